// Evaluates the model in a folder on given problems, in this process.
import { hash32 } from '../../base/rng.ts'
import type { Problem, Task } from '../../contracts/index.ts'
import { embeddedHost } from '../../engine/embedded-host.ts'
import { type Evaluation, evaluate } from '../../eval/index.ts'
import { promptTokens } from '../../rollout/index.ts'
import { readTokenizer } from '../../text/index.ts'
import type { ProgressDisplay } from './progress.ts'
import type { DeviceName } from './run-plan.ts'

/** What to evaluate and how. */
export interface ModelEvaluation {
  readonly folder: string
  readonly task: Task
  readonly problems: readonly Problem[]
  readonly samples: number
  readonly k: readonly number[]
  readonly temperature: number
  readonly maxTokens: number
  readonly seed: number
  readonly device?: DeviceName
  readonly display: ProgressDisplay
  /** What the line of progress begins with. */
  readonly label: string
}

/** pass@k with intervals. Equal problems and seeds draw alike for every model, so that differences are the models'. */
export async function evaluateModel(options: ModelEvaluation): Promise<Evaluation> {
  const { folder, seed, device, display, label, ...how } = options
  const vocab = await readTokenizer(folder)
  const sampler = await embeddedHost({ device }).sampler(folder)
  try {
    return await evaluate({
      ...how,
      sampler,
      seedOf: (problem) => hash32(`${seed}/evaluation/${problem.id}`),
      encode: (problem) => promptTokens(vocab, problem),
      onSample: (done, total) => display.share(label, done / total),
    })
  } finally {
    display.clear()
    await sampler.dispose()
  }
}
