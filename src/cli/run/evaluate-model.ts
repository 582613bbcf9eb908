// Evaluates a model on given problems: one that lies in a folder, or one that a server has.
import { hash32 } from '../../base/rng.ts'
import type { Problem, Sampler, Task } from '../../contracts/index.ts'
import { type AnswerClasses, type Evaluation, evaluate } from '../../eval/index.ts'
import { promptTokens } from '../../rollout/index.ts'
import { readTokenizer } from '../../text/index.ts'
import { hostOf } from './engine-host.ts'
import type { ProgressDisplay } from './progress.ts'
import type { DeviceName } from './run-plan.ts'

/** What to evaluate and how. */
export interface ModelEvaluation {
  readonly task: Task
  readonly problems: readonly Problem[]
  readonly samples: number
  readonly k: readonly number[]
  /** Which answers are the same. */
  readonly classesOf?: AnswerClasses
  readonly temperature: number
  readonly maxTokens: number
  readonly seed: number
  readonly display: ProgressDisplay
  /** What the line of progress begins with. */
  readonly label: string
}

/** Where the weights are. */
export interface ModelPlace {
  readonly folder: string
  /** Default `embedded`. */
  readonly engine?: string
  readonly device?: DeviceName
}

/** pass@k with intervals. Equal problems and seeds draw alike for every model, so that differences are the models'. */
export async function evaluateModel({
  folder,
  engine = 'embedded',
  device,
  ...how
}: ModelEvaluation & ModelPlace): Promise<Evaluation> {
  const vocab = await readTokenizer(folder)
  const sampler = await (await hostOf({ engine, device })).sampler(folder)
  return evaluateSampler(sampler, { ...how, encode: (problem) => promptTokens(vocab, problem) })
}

/** The same for any sampler, which is disposed after it. */
export async function evaluateSampler(
  sampler: Sampler,
  { seed, display, label, ...how }: ModelEvaluation & { readonly encode: (problem: Problem) => Int32Array },
): Promise<Evaluation> {
  try {
    return await evaluate({
      ...how,
      sampler,
      seedOf: (problem) => hash32(`${seed}/evaluation/${problem.id}`),
      onSample: (done, total) => display.share(label, done / total),
    })
  } finally {
    display.clear()
    await sampler.dispose()
  }
}
