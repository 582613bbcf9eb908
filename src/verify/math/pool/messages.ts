// What the pool and its workers say to each other. Types and the meaning of the shared counter only.
import type { MathOptions } from '../options.ts'
import type { MathVerdict } from '../verify-math.ts'

/** A pair to verify. */
export interface MathPair {
  /** Several: any of them will do. */
  readonly gold: string | readonly string[]
  readonly prediction: string
}

/** Given to a worker when it starts. `progress[0]` is the place of the pair it works on, or one of {@link idle}. */
export interface WorkerStart {
  readonly progress: Int32Array
  readonly options: MathOptions
}

/** Values of the counter while no pair is worked on: not loaded yet, waiting. */
export const idle = { loading: -2, waiting: -1 } as const

/** Pairs to verify in order. */
export interface WorkerTask {
  readonly id: number
  readonly pairs: readonly MathPair[]
}

/** Verdicts of pairs from `from` on; a task is answered in one or more parts. */
export interface WorkerAnswer {
  readonly id: number
  readonly from: number
  readonly verdicts: readonly MathVerdict[]
}
