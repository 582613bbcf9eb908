// One step of reinforcement learning, timed by phase: sample groups, score them with the training weights, verify, and
// train with a clipped policy gradient. Lengths and rewards are given (see workload.ts), so that peers do the same work.
import type { Clock, Datum, Example, Sample, Trainer } from '../contracts/index.ts'
import { chainArithmetic } from '../tasks/index.ts'
import type { Tokenizer } from '../text/index.ts'
import { clippedPolicyGradient } from './losses.ts'
import { BENCH_LR } from './measure-training.ts'
import { type Spread, spreadOf } from './spread.ts'
import { GROUP, type RolloutPlan, rolloutPlans } from './workload.ts'

const phases = ['sample', 'score', 'verify', 'train'] as const

/** Seconds of each phase. */
export type GrpoStepSeconds = Readonly<Record<(typeof phases)[number], number>>

/** What steps came to. */
export interface GrpoSpeed {
  readonly seconds: Readonly<Record<(typeof phases)[number], Spread>>
  /** Seconds of a step as a peer does it: all phases but `score`, since the sampler's own log-probabilities serve. */
  readonly step: Spread
}

/** Times `repetitions` steps of `prompts` x 8 rollouts after one to warm up. The trainer's weights change. */
export async function measureGrpo(
  trainer: Trainer,
  tokenizer: Tokenizer,
  { prompts, clock, repetitions }: { prompts: number; clock: Clock; repetitions: number },
): Promise<GrpoSpeed> {
  const plans = rolloutPlans(tokenizer, prompts)
  const steps: GrpoStepSeconds[] = []
  for (let step = -1; step < repetitions; step++) {
    const seconds = await grpoStep(trainer, plans, { clock, seed: step, score: true })
    if (step >= 0) steps.push(seconds)
  }
  const spread = (phase: (typeof phases)[number]): Spread => spreadOf(steps.map((seconds) => seconds[phase]))
  return {
    seconds: { sample: spread('sample'), score: spread('score'), verify: spread('verify'), train: spread('train') },
    step: spreadOf(steps.map(({ sample, verify, train }) => sample + verify + train)),
  }
}

/** One step over the rollouts; without `score` that phase is left out and takes 0 s. */
export async function grpoStep(
  trainer: Trainer,
  plans: readonly RolloutPlan[],
  { clock, seed, score: isScored }: { clock: Clock; seed: number; score: boolean },
): Promise<GrpoStepSeconds> {
  let last = clock.nowMs()
  const lap = (): number => {
    const since = last
    last = clock.nowMs()
    return (last - since) / 1000
  }
  const samples = await sampleAll(trainer, plans, seed)
  const sample = lap()
  for (const [i, { problem }] of plans.entries()) await chainArithmetic.verify(problem, samples[i].text)
  const verify = lap()
  const batch = toExamples(plans, samples)
  if (isScored) await trainer.forward(batch, clippedPolicyGradient)
  const score = lap()
  await trainer.forwardBackward(batch, clippedPolicyGradient)
  await trainer.optimStep({ lr: BENCH_LR, clipNorm: 1 })
  return { sample, score, verify, train: lap() }
}

async function sampleAll(trainer: Trainer, plans: readonly RolloutPlan[], seed: number): Promise<Sample[]> {
  const sampler = await trainer.sampler()
  // One request a rollout, since lengths differ; the sampler still computes a shared prompt once.
  const requests = plans.map(({ promptIds, length }, i) => ({
    context: promptIds,
    maxTokens: length,
    seed: seed * plans.length + i,
  }))
  const samples: Sample[] = new Array(plans.length)
  for await (const { request, sample } of sampler.sample(requests)) samples[request] = sample
  await sampler.dispose()
  return samples
}

function toExamples(plans: readonly RolloutPlan[], samples: readonly Sample[]): Example[] {
  return plans.map((plan, i) => ({ sequences: [toDatum(plan, samples[i], plans.length)] }))
}

/** Mean over sequences of each one's mean; advantages relative to a group of which half is right. */
function toDatum(
  { promptIds, group, reward }: RolloutPlan,
  { ids: completion, logprobs }: Sample,
  count: number,
): Datum {
  const ids = new Int32Array(promptIds.length + completion.length)
  ids.set(promptIds)
  ids.set(completion, promptIds.length)
  const field = (data: Float32Array) => ({ data, shape: [data.length] as const })
  const filled = (value: number) => field(new Float32Array(completion.length).fill(value))
  const deviation = Math.sqrt(GROUP / 4 / (GROUP - 1))
  return {
    ids,
    promptLength: promptIds.length,
    group,
    fields: {
      weights: filled(1 / (count * completion.length)),
      advantages: filled((reward - 0.5) / deviation),
      behaviourLogprobs: field(logprobs),
    },
  }
}
