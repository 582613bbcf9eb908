// Every recipe, by name. Adding one is an import and a line.
import { closestName } from '../base/closest-name.ts'
import { GradusError } from '../base/error.ts'
import type { Recipe } from '../contracts/index.ts'
import { limitOfRlvr } from './evaluation/limit-of-rlvr.ts'
import { dapo } from './policy-optimisation/dapo.ts'
import { drGrpo } from './policy-optimisation/dr-grpo.ts'
import { grpo } from './policy-optimisation/grpo.ts'
import { nsr } from './policy-optimisation/nsr.ts'
import { oneShotRlvr } from './policy-optimisation/one-shot-rlvr.ts'
import { ppo } from './policy-optimisation/ppo.ts'
import { psr } from './policy-optimisation/psr.ts'
import { reinforce } from './policy-optimisation/reinforce.ts'
import { reinforcePlusPlus } from './policy-optimisation/reinforce-plus-plus.ts'
import { rloo } from './policy-optimisation/rloo.ts'
import { wReinforce } from './policy-optimisation/w-reinforce.ts'
import { dpo } from './preference/dpo.ts'
import { rolloutDpo } from './preference/rollout-dpo.ts'
import { rft } from './supervised/rft.ts'
import { sft } from './supervised/sft.ts'

/** A recipe whose configuration is checked when it is used. */
export type AnyRecipe = Recipe<never>

export const recipes = [
  sft,
  rft,
  reinforce,
  rloo,
  reinforcePlusPlus,
  grpo,
  drGrpo,
  dapo,
  ppo,
  oneShotRlvr,
  psr,
  nsr,
  wReinforce,
  dpo,
  rolloutDpo,
  limitOfRlvr,
] as unknown as readonly AnyRecipe[]

/** The recipe of this id. @throws `config/unknown-recipe` with the closest name */
export function findRecipe(id: string): AnyRecipe {
  const found = recipes.find((recipe) => recipe.id === id)
  if (found) return found
  const names = recipes.map((recipe) => recipe.id)
  const closest = closestName(id, names)
  throw new GradusError(
    'config/unknown-recipe',
    `there is no recipe "${id}"${closest ? `; did you mean "${closest}"?` : ''}`,
    {
      hint: `Recipes: ${names.join(', ')}.`,
    },
  )
}
