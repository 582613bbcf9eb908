// Every recipe, by name. Adding one is an import and a line.
import { closestName } from '../base/closest-name.ts'
import { GradusError } from '../base/error.ts'
import type { Recipe } from '../contracts/index.ts'
import { grpo } from './policy-optimisation/grpo.ts'
import { oneShotRlvr } from './policy-optimisation/one-shot-rlvr.ts'
import { sft } from './supervised/sft.ts'

/** A recipe whose configuration is checked when it is used. */
export type AnyRecipe = Recipe<never>

export const recipes = [sft, grpo, oneShotRlvr] as unknown as readonly AnyRecipe[]

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
