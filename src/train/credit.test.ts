// Rewards, advantages and aggregators against numbers worked out by hand.
import { describe, expect, it } from 'vitest'
import type { Datum, Group, Problem, Rollout, StepContext } from '../contracts/index.ts'
import { groupAdvantage } from './advantage/group-advantage.ts'
import {
  minibatch,
  seqMeanTokenMean,
  seqMeanTokenSumNorm,
  seqSumTokenMean,
  tokenMean,
} from './aggregate/aggregators.ts'
import { sequences } from './assemble/sequences.ts'
import { verdictReward } from './reward/verdict-reward.ts'

const problem: Problem = { id: 'p', task: 't', split: 'train', prompt: '1+1=', meta: {} }
const context = {} as StepContext

function rollout(kind: 'right' | 'wrong' | 'undecided', tokens = 2): Rollout {
  return {
    problem,
    promptIds: Int32Array.of(5, 6),
    sample: { ids: new Int32Array(tokens).fill(7), text: '', stop: 'eos', logprobs: new Float32Array(tokens).fill(-1) },
    verdict: { kind, score: kind === 'right' ? 1 : 0, reason: '' },
    status: kind === 'undecided' ? 'undecided' : 'unscored',
    parts: {},
    origin: 'policy',
    fields: {},
  }
}

const group = (...rollouts: Rollout[]): Group => ({ problem, rollouts })

async function advantagesOf(rollouts: Rollout[], options: Parameters<typeof groupAdvantage>[0]): Promise<number[]> {
  const scored = await verdictReward()([group(...rollouts)], context)
  const [credited] = await groupAdvantage(options)(scored, context)
  return credited.rollouts.map(({ advantages }) => advantages?.[0] ?? Number.NaN)
}

describe('group advantages', () => {
  it('are plus and minus 0.707 for two samples of which one is right (unbiased deviation)', async () => {
    const [right, wrong] = await advantagesOf([rollout('right'), rollout('wrong')], { normalize: true })
    expect(right).toBeCloseTo(Math.SQRT1_2, 5)
    expect(wrong).toBeCloseTo(-Math.SQRT1_2, 5)
  })

  it('are exact zeros where all rewards are equal', async () => {
    expect(await advantagesOf([rollout('right'), rollout('right')], { normalize: true })).toEqual([0, 0])
    expect(await advantagesOf([rollout('wrong'), rollout('wrong')], { normalize: true })).toEqual([0, 0])
  })

  it('scale both extremes of success alike: 1 right of 10 and 9 of 10', async () => {
    const few = await advantagesOf([rollout('right'), ...Array.from({ length: 9 }, () => rollout('wrong'))], {
      normalize: true,
    })
    // mean 0.1, unbiased variance 0.1: 0.9 / sqrt(0.1) = 2.846
    expect(few[0]).toBeCloseTo(2.846, 3)
    expect(few[1]).toBeCloseTo(-0.3162, 4)
  })

  it('without normalising are the reward minus the mean (Dr. GRPO), or minus the mean of the others (RLOO)', async () => {
    const three = [rollout('right'), rollout('wrong'), rollout('wrong')]
    const mean = await advantagesOf(three, { normalize: false })
    expect(mean[0]).toBeCloseTo(2 / 3, 6)
    const others = await advantagesOf(three, { normalize: false, leaveOneOut: true })
    expect(others[0]).toBeCloseTo(1, 6)
    expect(others[1]).toBeCloseTo(-0.5, 6)
  })

  it('leave undecided rollouts without advantage and out of the mean', async () => {
    const [right, wrong, undecided] = await advantagesOf([rollout('right'), rollout('wrong'), rollout('undecided')], {
      normalize: false,
    })
    expect([right, wrong]).toEqual([0.5, -0.5])
    expect(undecided).toBeNaN()
  })
})

describe('aggregators', () => {
  // Two sequences of 1 and 3 trained-on tokens; the second has one more that is masked.
  const datum = (mask: number[]): Datum => ({
    ids: new Int32Array(2 + mask.length),
    promptLength: 2,
    fields: { mask: { data: Float32Array.from(mask), shape: [mask.length] } },
  })
  const batch = [{ sequences: [datum([1])] }, { sequences: [datum([1, 1, 0, 1])] }]
  const weights = (aggregate: typeof tokenMean): number[][] =>
    aggregate(batch).map(({ sequences: [s] }) => [...s.fields.weights.data])

  it('differ as the papers say', () => {
    const close = (got: number[][], want: number[][]) =>
      got.forEach((row, i) => {
        row.forEach((w, t) => {
          expect(w).toBeCloseTo(want[i][t], 6)
        })
      })
    close(weights(tokenMean), [[1 / 4], [1 / 4, 1 / 4, 0, 1 / 4]])
    close(weights(seqMeanTokenMean), [[1 / 2], [1 / 6, 1 / 6, 0, 1 / 6]])
    close(weights(seqMeanTokenSumNorm(10)), [[1 / 20], [1 / 20, 1 / 20, 0, 1 / 20]])
    close(weights(seqSumTokenMean), [[1], [1 / 3, 1 / 3, 0, 1 / 3]])
  })
})

describe('assembling', () => {
  it('makes one example of every scored rollout and none of the others', async () => {
    const scored = await verdictReward()([group(rollout('right'), rollout('undecided'), rollout('wrong', 3))], context)
    const examples = sequences(await groupAdvantage({ normalize: false })(scored, context), context)
    expect(examples.map(({ sequences: [s] }) => s.ids.length)).toEqual([4, 5])
    expect(examples[0].sequences[0].group).toBe(0)
    expect([...examples[1].sequences[0].fields.advantages.data]).toEqual([-0.5, -0.5, -0.5])
  })

  it('cuts a batch into consecutive parts that cover it', () => {
    const examples = Array.from({ length: 7 }, () => ({ sequences: [] }))
    const parts = [0, 1, 2].map((i) => minibatch(examples, i, 3))
    expect(parts.map(({ length }) => length)).toEqual([2, 2, 3])
    expect(parts.flat()).toEqual(examples)
  })
})
