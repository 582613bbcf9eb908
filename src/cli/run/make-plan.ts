// From the words of a command line to the plan of a run: presets of the task, then the user's settings, all checked.
// It reads the data file's hash and finds the model's folder, and starts nothing.
import { GradusError } from '../../base/error.ts'
import type { Knobs, Task } from '../../contracts/index.ts'
import { type BasePreset, basePreset } from '../../recipes/bases.ts'
import { type AnyRecipe, findRecipe, recipes } from '../../recipes/index.ts'
import { atLevels, findTask, readKnobs, tasks } from '../../tasks/index.ts'
import { isEmbedded } from './engine-host.ts'
import { findModel } from './model-source.ts'
import { isSettings, type Settings } from './overrides.ts'
import { dataSource } from './problem-data.ts'
import { resolveConfig } from './resolve-config.ts'
import type { DeviceName, RunPlan } from './run-plan.ts'
import { checkShape, shapeSchema } from './run-shape.ts'

/** What a user asks for. */
export interface RunRequest {
  readonly recipe: string
  /** Default: that of the model's run, else the first task. */
  readonly task?: string
  /** A file or folder on this machine. */
  readonly data?: string
  readonly columns?: Readonly<Record<string, string>>
  readonly levels?: readonly number[]
  /** A model folder or a run directory. */
  readonly model?: string
  /** From `--set`; `base.*` belongs to the base model. */
  readonly settings?: Settings
  readonly seed: number
  readonly device: DeviceName
  /** Default `embedded`. */
  readonly engine?: string
}

/** Makes the plan. @throws `usage/...`, `config/...`, `data/not-found`, `store/no-checkpoint` */
export function makePlan(request: RunRequest): RunPlan {
  const { settings = {}, levels, data, engine = 'embedded' } = request
  if (!isEmbedded(engine) && request.model === undefined) {
    throw new GradusError('usage/engine-needs-model', `--engine ${engine} needs --model`, {
      hint: "Give the folder of the model that the server has: its tokenizer is read here. A base made here will do: gradus train sft --task T --out DIR, then start the server on DIR's last checkpoint.",
    })
  }
  const recipe = findRecipe(request.recipe)
  const source = request.model === undefined ? undefined : findModel(request.model)
  const task = findTask(request.task ?? source?.run?.info.task ?? tasks[0].id)
  const preset = source === undefined ? basePreset(task) : presetIfAny(task)
  const { base: baseSettings, ...own } = settings
  const forBase = inner(baseSettings, 'base')
  if (source !== undefined) refuseBase(forBase)
  // Rows of a file are chosen by level; problems that the task makes are made so.
  const mixed = data === undefined && levels !== undefined && levels.length > 1 ? levels : null
  if (mixed !== null) refuseLevelKnob(atLevels(task, mixed), own)
  const level: Knobs = levels?.length === 1 ? { level: levels[0] } : {}
  const config = configOf(recipe, preset, { knobs: level }, own)
  checkKnobs(task, config)
  const { model: shapeSettings, ...baseOwn } = forBase
  const common = {
    recipe: recipe.id,
    task: task.id,
    seed: request.seed,
    device: request.device,
    engine,
    data: data === undefined ? null : dataSource(data, levels, request.columns),
    levels: mixed === null ? null : [...mixed],
    config,
  }
  if (source !== undefined || preset === undefined) {
    return { ...common, model: source?.folder ?? null, shape: null, base: null }
  }
  const shape = shapeOf({ ...preset.model }, shapeSettings)
  if (recipe.fromScratch) {
    if (Object.keys(baseOwn).length > 0) {
      throw new GradusError('config/unknown-key', `"base.${Object.keys(baseOwn)[0]}" cannot be set for ${recipe.id}`, {
        hint: `${recipe.id} starts from fresh weights and has no base of its own; only base.model.* sets their shape.`,
      })
    }
    return { ...common, model: null, shape, base: null }
  }
  const maker = baseMaker()
  // The base learns the problems that the recipe goes on with, unless told otherwise.
  const baseConfig = configOf(maker, preset, { knobs: isSettings(config.knobs) ? config.knobs : {} }, baseOwn, 'base')
  checkKnobs(task, baseConfig)
  return { ...common, model: null, shape, base: { recipe: maker.id, config: baseConfig } }
}

/** A plan with some settings changed, as a fork has it. @throws `config/...` */
export function changePlan(plan: RunPlan, settings: Settings): RunPlan {
  const { base: baseSettings, ...own } = settings
  const { model: shapeSettings, ...baseOwn } = inner(baseSettings, 'base')
  if (plan.shape === null) refuseBase(inner(baseSettings, 'base'))
  const config = resolveConfig({ schema: findRecipe(plan.recipe).config, presets: [plan.config], overrides: own })
  checkKnobs(findTask(plan.task), config)
  return {
    ...plan,
    config,
    shape: plan.shape && shapeOf(plan.shape, shapeSettings),
    base: plan.base && {
      ...plan.base,
      config: resolveConfig({
        schema: findRecipe(plan.base.recipe).config,
        presets: [plan.base.config],
        overrides: baseOwn,
        prefix: 'base',
      }),
    },
  }
}

function shapeOf(preset: Settings, settings: unknown): Settings {
  const overrides = inner(settings, 'base.model')
  const shape = resolveConfig({ schema: shapeSchema, presets: [preset], overrides, prefix: 'base.model' })
  checkShape(shape)
  return shape
}

/** The recipe that makes base models. */
function baseMaker(): AnyRecipe {
  const maker = recipes.find((recipe) => recipe.fromScratch)
  if (maker !== undefined) return maker
  throw new GradusError('config/no-base', 'no recipe can make a base model', { hint: 'Give one with --model.' })
}

function configOf(
  recipe: AnyRecipe,
  preset: BasePreset | undefined,
  derived: Settings,
  overrides: Settings,
  prefix?: string,
): Settings {
  const presets = preset === undefined ? [] : [presetOf(recipe, preset), lengthsOf(preset), { knobs: preset.knobs }]
  return resolveConfig({ schema: recipe.config, presets: [...presets, derived], overrides, prefix })
}

const presetOf = (recipe: AnyRecipe, preset: BasePreset): Settings => (recipe.fromScratch ? preset.sft : preset.recipe)

// Recipes that sample have the first, the others the second.
const lengthsOf = ({ maxTokens }: BasePreset): Settings => ({ rollout: { maxTokens }, maxTokens })

function presetIfAny(task: Task): BasePreset | undefined {
  try {
    return basePreset(task)
  } catch {
    return undefined
  }
}

function inner(settings: unknown, name: string): Settings {
  if (settings === undefined) return {}
  if (isSettings(settings)) return settings
  throw new GradusError('config/bad-value', `"${name}" cannot be ${JSON.stringify(settings)}`, {
    hint: `Set what is inside it, such as base.schedule.steps=100 or base.model.layers=2.`,
  })
}

function refuseBase(settings: Settings): void {
  const [key] = Object.keys(settings)
  if (key === undefined) return
  throw new GradusError('usage/no-base', `with --model no base is made: "base.${key}" cannot be set`, {
    hint: 'Leave out --model, or the settings of the base.',
  })
}

function refuseLevelKnob({ id }: Task, { knobs }: Settings): void {
  if (!isSettings(knobs) || knobs.level === undefined) return
  throw new GradusError('usage/level-twice', `--levels and --set knobs.level of task "${id}" exclude each other`, {
    hint: 'Give the levels with --levels alone.',
  })
}

function checkKnobs(task: Task, { knobs }: Settings): void {
  if (isSettings(knobs)) readKnobs(task.id, task.knobs, knobs as Knobs)
}
