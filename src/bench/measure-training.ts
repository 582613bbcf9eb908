// Training speed: forward, backward and AdamW on one full batch, and its share of the machine's matrix-product peak,
// which is measured before and after every step, since a busy or throttled machine drifts.
import type { Clock, Example, Trainer } from '../contracts/index.ts'
import { tokenNll } from './losses.ts'
import type { MatmulProbe } from './matmul-probe.ts'
import { type BenchSize, trainingFlopsPerToken } from './sizes.ts'
import { medianOf, type Spread, spreadOf } from './spread.ts'
import { trainingRows } from './workload.ts'

/** What training came to. */
export interface TrainingSpeed {
  readonly tokPerS: Spread
  /** Of the peak around each step, in [0, 1]. */
  readonly peakShare: Spread
  readonly matmulGflops: Spread
  /** Loss of each timed step: peers on the same weights and tokens must have the same. */
  readonly losses: readonly number[]
}

/** Probe runs before each step. */
const PROBES = 3
const WARM_UPS = 2
/** Of the constant schedule. */
export const BENCH_LR = 3e-4

/** The mean of the tokens' losses: every row one sequence whose first token is given. */
export function trainingBatch(size: BenchSize): Example[] {
  const weights = new Float32Array(size.time).fill(1 / (size.time * size.rows))
  const fields = { weights: { data: weights, shape: [size.time] as const } }
  return trainingRows(size).map((ids) => ({ sequences: [{ ids, promptLength: 1, fields }] }))
}

/** Times `repetitions` steps after warming up. The trainer's weights change. */
export async function measureTraining(
  size: BenchSize,
  trainer: Trainer,
  { probe, clock, repetitions }: { probe: MatmulProbe; clock: Clock; repetitions: number },
): Promise<TrainingSpeed> {
  const batch = trainingBatch(size)
  const tokens = size.rows * size.time
  const flops = trainingFlopsPerToken(size) * tokens
  const peakNow = async (): Promise<number[]> => {
    const values: number[] = []
    for (let i = 0; i < PROBES; i++) values.push(await probe.gflops())
    return values
  }
  const speeds: number[] = []
  const shares: number[] = []
  const losses: number[] = []
  const peaks: number[] = []
  let before: number[] = []
  for (let repetition = -WARM_UPS; repetition < repetitions; repetition++) {
    // Not before warming up: a step's peak is that of the probes on both sides of it.
    if (repetition === 0) before = await peakNow()
    const start = clock.nowMs()
    const { total } = await trainer.forwardBackward(batch, tokenNll)
    await trainer.optimStep({ lr: BENCH_LR })
    const ms = clock.nowMs() - start
    if (repetition < 0) continue
    const after = await peakNow()
    speeds.push((tokens / ms) * 1000)
    shares.push(flops / ms / 1e6 / medianOf([...before, ...after]))
    losses.push(total)
    peaks.push(...before)
    before = after
  }
  return {
    tokPerS: spreadOf(speeds),
    peakShare: spreadOf(shares),
    matmulGflops: spreadOf([...peaks, ...before]),
    losses,
  }
}
