// Plans of the lab's runs: presets of the task, then those of the testbed, then the arm's own settings, then --set.
// What a recipe does not have of presets and of --set is left out; an arm's own settings must all exist.
import { GradusError, isGradusError } from '../../base/error.ts'
import type { Arm, Knobs } from '../../contracts/index.ts'
import type { Planner, Testbed } from '../../lab/index.ts'
import { findRecipe } from '../../recipes/index.ts'
import { findTask, readKnobs } from '../../tasks/index.ts'
import { makePlan } from './make-plan.ts'
import { findModel } from './model-source.ts'
import { isSettings, overlay, type Settings } from './overrides.ts'
import { resolveConfig } from './resolve-config.ts'
import type { RunPlan } from './run-plan.ts'

/** All seeds of all arms start from one model, so the base has a seed of its own. */
const BASE_SEED = 1

/** The recipe that makes base models. */
const BASE_RECIPE = 'sft'

/** A planner that lays these settings over every run; `base.*` over every base model. */
export function labPlanner(set: Settings): Planner<RunPlan> {
  const { base: forBase, ...own } = set
  return {
    base: (testbed) => baseOf(testbed, own, forBase),
    arm: (testbed, arm, seed) => armPlan(testbed, { arm, seed, own }),
    startingFrom: (plan, dir) => ({ ...plan, model: findModel(dir).folder }),
  }
}

function baseOf({ task, base, recipe }: Testbed, own: Settings, forBase: unknown): RunPlan {
  if (forBase !== undefined && !isSettings(forBase)) {
    throw new GradusError('config/bad-value', `"base" cannot be ${JSON.stringify(forBase)}`, {
      hint: 'Set what is inside it, such as base.schedule.steps=100 or base.model.layers=2.',
    })
  }
  // The base learns the problems that the recipes go on with.
  const knobs = [recipe.knobs, own.knobs].filter(isSettings).reduce(overlay, {})
  const { model: shape, ...settings } = [base, forBase ?? {}].reduce<Settings>(overlay, { knobs })
  return makePlan({
    recipe: BASE_RECIPE,
    task,
    seed: BASE_SEED,
    device: 'cpu',
    settings: { ...settings, ...(shape !== undefined && { base: { model: shape } }) },
  })
}

function armPlan(
  { task, recipe: presets, tokens, steps }: Testbed,
  { arm, seed, own }: { arm: Arm; seed: number; own: Settings },
): RunPlan {
  const { config: schema } = findRecipe(arm.recipe)
  const plan = makePlan({ recipe: arm.recipe, task, seed, device: 'cpu' })
  const budget = { schedule: { tokens, steps } }
  const onTestbed = resolveConfig({ schema, presets: [plan.config, presets, budget], overrides: arm.settings })
  const config = resolveConfig({ schema, presets: [onTestbed, own] })
  const found = findTask(task)
  if (isSettings(config.knobs)) readKnobs(found.id, found.knobs, config.knobs as Knobs)
  return { ...plan, config, model: null, shape: null, base: null }
}

/** Refuses a setting of --set that none of these recipes has. @throws `config/unknown-key` with the closest key */
export function refuseUnused({ base: _base, ...own }: Settings, recipes: readonly string[]): void {
  for (const path of pathsOf(own)) {
    const refusals = recipes.map((id) => refusalOf(id, path))
    if (refusals.length > 0 && refusals.every((refusal) => refusal !== undefined)) throw refusals[0]
  }
}

// Only whether the key exists: the value is checked where it is used.
function refusalOf(recipe: string, path: Settings): unknown {
  try {
    resolveConfig({ schema: findRecipe(recipe).config, overrides: path })
  } catch (error) {
    if (isGradusError(error) && error.code === 'config/unknown-key') return error
  }
}

/** Every leaf as settings of its own. */
function pathsOf(settings: Settings): readonly Settings[] {
  return Object.entries(settings).flatMap(([key, value]) =>
    isSettings(value) ? pathsOf(value).map((inner) => ({ [key]: inner })) : [{ [key]: value }],
  )
}
