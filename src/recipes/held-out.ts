// Problems that a recipe trains on and those that it is evaluated on: from a file when one is given, else generated.
import type { EvaluationPlan, Knobs, RecipeSetting, Source, Task } from '../contracts/index.ts'
import { unknownStyle } from '../tasks/unknown-style.ts'
import { problemSource, taskSource } from '../train/index.ts'

/** Generated training problems, even where a file is given (its rows have no worked solutions); none that it holds out. */
export const generatedSource = ({ task, data }: RecipeSetting, knobs: Knobs, pool = 0): Source =>
  taskSource(task, knobs, { ...(pool > 0 && { pool }), without: data?.held })

/** Refuses a style that the task does not have, before anything starts. @throws `config/unknown-style` */
export function checkStyles({ id, styles }: Task, wanted: readonly string[]): void {
  const unknown = wanted.find((style) => !styles.includes(style))
  if (unknown !== undefined) throw unknownStyle(id, unknown, styles)
}

/** Training problems of a setting. */
export const trainingSource = ({ task, data }: RecipeSetting, knobs: Knobs): Source =>
  data ? problemSource(data.train) : taskSource(task, knobs)

/** The evaluation slot of a stage. */
export function heldOutEvaluation(
  { task, data }: RecipeSetting,
  knobs: Knobs,
  config: { every: number; problems: number; samples: number; k: readonly number[]; temperature: number },
  maxTokens: number,
): EvaluationPlan {
  const { every, problems, samples, k, temperature } = config
  return {
    every,
    problems: data
      ? data.held.slice(0, problems)
      : Array.from({ length: problems }, (_, i) => task.problem('validation', i, knobs)),
    samples: Math.max(samples, ...k),
    k,
    maxTokens,
    temperature,
  }
}
