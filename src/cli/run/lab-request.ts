// The options of `gradus lab run` as a request: which recipes, which testbed, how many seeds. Every name is checked here.
import { resolve } from 'node:path'
import { closestName } from '../../base/closest-name.ts'
import { GradusError } from '../../base/error.ts'
import { findTestbed, isTraining, type LabRequest, testbeds } from '../../lab/index.ts'
import { type AnyRecipe, findRecipe, recipes } from '../../recipes/index.ts'
import type { Shell } from '../io.ts'
import { packageVersion } from '../version.ts'
import { processClock } from './host-facts.ts'
import { isSettings, type Settings } from './overrides.ts'

/** Options of the verb. */
export interface LabRunOptions {
  readonly recipes?: readonly string[]
  readonly family?: string
  readonly testbed?: string
  readonly seeds: number
  readonly tokens?: number
  readonly out: string
  readonly claims: boolean
  readonly check?: boolean
  readonly dryRun?: boolean
  readonly set: readonly string[]
  readonly json?: boolean
  readonly quiet?: boolean
}

/** The request. @throws `config/unknown-recipe`, `config/unknown-family`, `config/unknown-testbed`, `usage/...` */
export function labRequest(options: LabRunOptions, settings: Settings, { command }: Shell): LabRequest {
  const { testbed = testbeds[0].id, seeds, tokens, out, claims, check } = options
  if (check && !claims) {
    throw new GradusError('usage/nothing-to-check', '--check and --no-claims exclude each other', {
      hint: 'What --check looks at are the claims.',
    })
  }
  return {
    testbed: findTestbed(testbed),
    recipes: chosenRecipes(options),
    seeds: Array.from({ length: seeds }, (_, i) => i + 1),
    budget: budgetOf(tokens, settings),
    settings,
    withClaims: claims,
    out: resolve(out),
    command,
    at: processClock.iso(),
    version: packageVersion(),
  }
}

// What --set says of the length is the budget too, so that reports tell the truth. Wrong values are the planner's to refuse.
function budgetOf(tokens: number | undefined, { schedule }: Settings): LabRequest['budget'] {
  const set = isSettings(schedule) ? schedule : {}
  const budget = { tokens: set.tokens ?? tokens, steps: set.steps }
  return Object.fromEntries(Object.entries(budget).filter(([, value]) => typeof value === 'number'))
}

function chosenRecipes({ recipes: ids, family }: LabRunOptions): readonly AnyRecipe[] {
  if (ids !== undefined && family !== undefined) {
    throw new GradusError('usage/recipes-or-family', '--recipes and --family exclude each other', {
      hint: 'Name all the recipes with --recipes.',
    })
  }
  if (ids !== undefined) return ids.map(findRecipe)
  if (family === undefined) return recipes.filter(isTraining)
  const found = recipes.filter((recipe) => recipe.family === family)
  if (found.length > 0) return found
  const families = [...new Set(recipes.map((recipe) => recipe.family))]
  const near = closestName(family, families)
  throw new GradusError(
    'config/unknown-family',
    `there is no family "${family}"${near === undefined ? '' : `; did you mean "${near}"?`}`,
    { hint: `Families: ${families.join(', ')}.` },
  )
}
