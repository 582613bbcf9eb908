// What a run is, as plain data: enough to start it and, read back from config.json, to go on with it.
import { z } from 'zod'
import { GradusError } from '../../base/error.ts'
import type { Task } from '../../contracts/index.ts'
import { type AnyRecipe, findRecipe } from '../../recipes/index.ts'
import { readConfig } from '../../store/index.ts'
import { atLevels, findTask } from '../../tasks/index.ts'

const settings = z.record(z.string(), z.unknown())

const planSchema = z.object({
  recipe: z.string(),
  task: z.string(),
  seed: z.int(),
  device: z.enum(['cpu', 'webgpu', 'cuda']),
  /** `embedded`, or `tinker:URL`. */
  engine: z.string().default('embedded'),
  /** Where problems come from; null when the task makes them. */
  data: z
    .object({
      path: z.string(),
      levels: z.array(z.number()).readonly().optional(),
      columns: z.record(z.string(), z.string()).optional(),
      sha256: z.string(),
    })
    .nullable(),
  /** Levels of the problems that the task makes, in turn; null for that of the knobs. */
  levels: z.array(z.number()).nullable().default(null),
  /** Folder of the model to start from; null when it is made here. */
  model: z.string().nullable(),
  /** Shape of fresh weights, where the run makes its model. */
  shape: settings.nullable(),
  /** Configuration of the base model's own training, where there is one. */
  base: z.object({ recipe: z.string(), config: settings }).nullable(),
  /** Configuration of the recipe. */
  config: settings,
})

/** A run as it stands in config.json. */
export type RunPlan = z.infer<typeof planSchema>

/** Where graphs run. */
export type DeviceName = RunPlan['device']

/** The plan of a run directory. @throws `store/bad-run`, `store/not-a-training-run` */
export function readPlan(dir: string): RunPlan {
  const parsed = planSchema.safeParse(readConfig(dir))
  if (parsed.success) return parsed.data
  throw new GradusError(
    'store/bad-run',
    `config.json of ${dir} is not that of a training run: ${z.prettifyError(parsed.error)}`,
    {
      hint: 'It was changed, or another program wrote it. Restore it, or start again with --overwrite.',
    },
  )
}

/** The recipe and the task of a plan. */
export function partsOf(plan: RunPlan): { recipe: AnyRecipe; task: Task } {
  const task = findTask(plan.task)
  return { recipe: findRecipe(plan.recipe), task: plan.levels === null ? task : atLevels(task, plan.levels) }
}

/** The plan of the base model's own run. */
export function basePlan(plan: RunPlan): RunPlan | undefined {
  const { base } = plan
  return base === null ? undefined : { ...plan, recipe: base.recipe, config: base.config, base: null }
}
