// All measurements of `gradus bench`, one after the other, and the one JSON object that they make. Every number is a
// median of warm repetitions; the whole spread goes to the progress callback.
import type { Clock } from '../contracts/index.ts'
import { EmbeddedTrainer } from '../engine/embedded-trainer.ts'
import { SamplerPrograms } from '../engine/sampler-programs.ts'
import { adamwConfig } from '../optim/index.ts'
import { type ColdCommand, measureColdStart } from './cold-start.ts'
import { MatmulProbe } from './matmul-probe.ts'
import { type DecodingSpeed, measureDecoding } from './measure-decoding.ts'
import { type GrpoStepSeconds, measureGrpo } from './measure-grpo.ts'
import { measureTraining } from './measure-training.ts'
import { RunTimer } from './run-timer.ts'
import { type BenchSize, benchModel, benchSizes } from './sizes.ts'
import { medianOf, type Spread, spreadOf } from './spread.ts'
import { GRPO_PROMPTS } from './workload.ts'

/** What to measure. */
export interface BenchOptions {
  /** Its milliseconds must have fractions: a decode step of one row takes a third of one. */
  readonly clock: Clock
  /** Names of sizes; default all. */
  readonly sizes?: readonly BenchSize['name'][]
  /** Few repetitions and short decoding, to see that everything works; the numbers mean nothing. */
  readonly quick?: boolean
  /** How to start a cold training run; `cold_start_s` is null without it. */
  readonly cold?: ColdCommand
  readonly onProgress?: (measured: BenchProgress) => void
}

/** One finished measurement. */
export interface BenchProgress {
  /** Such as `5M decode 64`. */
  readonly what: string
  readonly unit: 'GFLOP/s' | 'tok/s' | 'share' | 's'
  readonly spread: Spread
}

/** The JSON of `gradus bench --json`. */
export interface BenchResult {
  /** 10^9 operations a second of a 1024 x 1024 x 1024 product. */
  readonly matmul_gflops: number
  readonly sizes: readonly BenchSizeResult[]
  readonly cold_start_s: number | null
}

/** The numbers of one model. */
export interface BenchSizeResult {
  readonly name: BenchSize['name']
  readonly train_tok_per_s: number
  readonly train_peak_share: number
  readonly decode: readonly { readonly batch: number; readonly tok_per_s: number; readonly outside_share: number }[]
  readonly grpo_step_s: GrpoStepSeconds
}

/** How much of everything. */
interface Effort {
  readonly trainSteps: Readonly<Record<BenchSize['name'], number>>
  readonly newTokens: number
  readonly decodeRounds: number
  /** Prompts of a GRPO step, 8 rollouts each. */
  readonly prompts: number
  readonly grpoSteps: number
  readonly coldStarts: number
}

const BATCHES = [1, 16, 64, 256] as const
const FULL: Effort = {
  trainSteps: { '0.8M': 40, '5M': 12 },
  newTokens: 128,
  decodeRounds: 5,
  prompts: GRPO_PROMPTS,
  grpoSteps: 5,
  coldStarts: 3,
}
const QUICK: Effort = {
  trainSteps: { '0.8M': 2, '5M': 1 },
  newTokens: 8,
  decodeRounds: 1,
  prompts: 4,
  grpoSteps: 1,
  coldStarts: 1,
}

/** Measures everything; a few minutes on two cores. @throws `engine/cold-start` */
export async function runBench(options: BenchOptions): Promise<BenchResult> {
  const { clock, quick = false, cold, onProgress } = options
  const effort = quick ? QUICK : FULL
  const wanted = benchSizes.filter(({ name }) => options.sizes?.includes(name) ?? true)
  const tell = (what: string, unit: BenchProgress['unit'], spread: Spread): void => onProgress?.({ what, unit, spread })
  const coldStarts: number[] = []
  // First: nothing of this process competes yet.
  for (let i = 0; cold && i < effort.coldStarts; i++) coldStarts.push(await measureColdStart(cold, clock))
  if (coldStarts.length > 0) tell('cold start', 's', spreadOf(coldStarts))
  const probe = await MatmulProbe.compile(clock)
  try {
    const peaks: number[] = []
    const sizes: BenchSizeResult[] = []
    for (const size of wanted) {
      const { gflops, result } = await measureSize(size, { clock, probe, effort, tell })
      peaks.push(gflops)
      sizes.push(result)
    }
    const matmul = peaks.length > 0 ? medianOf(peaks) : await probe.gflops()
    return { matmul_gflops: matmul, sizes, cold_start_s: coldStarts.length > 0 ? medianOf(coldStarts) : null }
  } finally {
    await probe.dispose()
  }
}

interface Setting {
  readonly clock: Clock
  readonly probe: MatmulProbe
  readonly effort: Effort
  readonly tell: (what: string, unit: BenchProgress['unit'], spread: Spread) => void
}

async function measureSize(
  size: BenchSize,
  { clock, probe, effort, tell }: Setting,
): Promise<{ gflops: number; result: BenchSizeResult }> {
  const { name } = size
  const timer = new RunTimer(clock)
  const model = benchModel(size, { observer: timer })
  const trainer = new EmbeddedTrainer(model, { optimizer: adamwConfig.parse({ kind: 'adamw' }) })
  const programs = new SamplerPrograms(model)
  try {
    const training = await measureTraining(size, trainer, { probe, clock, repetitions: effort.trainSteps[name] })
    tell('matrix product', 'GFLOP/s', training.matmulGflops)
    tell(`${name} train`, 'tok/s', training.tokPerS)
    tell(`${name} train, share of peak`, 'share', training.peakShare)
    const decoding: DecodingSpeed[] = []
    for (const batch of BATCHES) {
      const { newTokens, decodeRounds: repetitions } = effort
      const speed = await measureDecoding(size, batch, { model, programs, timer, clock, newTokens, repetitions })
      tell(`${name} decode ${batch}`, 'tok/s', speed.tokPerS)
      tell(`${name} decode ${batch}, outside the runtime`, 'share', speed.outsideShare)
      decoding.push(speed)
    }
    const { seconds } = await measureGrpo(trainer, model.tokenizer, {
      prompts: effort.prompts,
      clock,
      repetitions: effort.grpoSteps,
    })
    for (const phase of ['sample', 'score', 'verify', 'train'] as const)
      tell(`${name} grpo ${phase}`, 's', seconds[phase])
    return {
      gflops: training.matmulGflops.median,
      result: {
        name,
        train_tok_per_s: training.tokPerS.median,
        train_peak_share: training.peakShare.median,
        decode: decoding.map(({ batch, tokPerS, outsideShare }) => ({
          batch,
          tok_per_s: tokPerS.median,
          outside_share: outsideShare.median,
        })),
        grpo_step_s: {
          sample: seconds.sample.median,
          score: seconds.score.median,
          verify: seconds.verify.median,
          train: seconds.train.median,
        },
      },
    }
  } finally {
    await programs.dispose()
    await trainer.dispose()
  }
}
