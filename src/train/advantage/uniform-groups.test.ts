// What a group of equal rewards teaches, method by method: alone in its batch, and beside a group of other rewards. A
// method that is relative to the group gives exact zeros; one that is relative to the batch, or to nothing, does not.
import { describe, expect, it } from 'vitest'
import type { Credit, Group } from '../../contracts/index.ts'
import { expectListsClose } from '../__fixtures__/lists-close.ts'
import { contextWith, credited, groupOf, unscored } from '../__fixtures__/rollouts.ts'
import { dynamicSampling } from '../group/dynamic-sampling.ts'
import { isTrainedOn } from '../group/trained-on.ts'
import { verdictReward } from '../reward/verdict-reward.ts'
import { batchAdvantage } from './batch-advantage.ts'
import { gae } from './gae.ts'
import { groupAdvantage } from './group-advantage.ts'
import { returnsToGo } from './returns.ts'
import { signAdvantage } from './sign-advantage.ts'
import { whitenAdvantages } from './whiten.ts'

/** A number on every token, or `dropped`. */
type Yield = number | 'dropped'

interface Row {
  readonly method: string
  readonly credits: readonly Credit[]
  /** Of a group all wrong and of one all right. */
  readonly alone: readonly [wrong: Yield, right: Yield]
  /** The same groups beside one with one right and one wrong. */
  readonly mixed: readonly [wrong: Yield, right: Yield]
}

const rewards = [verdictReward()]
// Rewards 0 0 | 1 0 or 1 1 | 1 0 on two tokens each: 8 tokens, mean 1/4 or 3/4, unbiased variance 8/7 · 3/16 = 3/14.
const whitened = 0.25 / Math.sqrt(3 / 14)

const rows: readonly Row[] = [
  { method: 'GRPO', credits: [...rewards, groupAdvantage({ normalize: true })], alone: [0, 0], mixed: [0, 0] },
  { method: 'Dr. GRPO', credits: [...rewards, groupAdvantage({ normalize: false })], alone: [0, 0], mixed: [0, 0] },
  {
    method: 'RLOO',
    credits: [...rewards, groupAdvantage({ normalize: false, leaveOneOut: true })],
    alone: [0, 0],
    mixed: [0, 0],
  },
  {
    method: 'DAPO',
    credits: [dynamicSampling({ rounds: 0, rewards }), groupAdvantage({ normalize: true })],
    alone: ['dropped', 'dropped'],
    mixed: ['dropped', 'dropped'],
  },
  {
    method: 'PSR',
    credits: [...rewards, signAdvantage({ right: 1, wrong: 0 })],
    alone: ['dropped', 1],
    mixed: ['dropped', 1],
  },
  {
    method: 'NSR',
    credits: [...rewards, signAdvantage({ right: 0, wrong: 1 })],
    alone: [-1, 'dropped'],
    mixed: [-1, 'dropped'],
  },
  {
    method: 'W-REINFORCE',
    credits: [...rewards, signAdvantage({ right: 0.1, wrong: 1 })],
    alone: [-1, 0.1],
    mixed: [-1, 0.1],
  },
  {
    method: 'REINFORCE with the mean of the batch',
    credits: [...rewards, batchAdvantage({ baseline: 'batch-mean' })],
    alone: [0, 0],
    mixed: [-0.25, 0.25],
  },
  {
    method: 'REINFORCE without baseline',
    credits: [...rewards, batchAdvantage({ baseline: 'none' })],
    alone: [0, 1],
    mixed: [0, 1],
  },
  {
    method: 'REINFORCE++',
    credits: [...rewards, returnsToGo(), whitenAdvantages()],
    alone: [0, 0],
    mixed: [-whitened, whitened],
  },
  {
    // The critic says 1/4 everywhere: R - V before whitening.
    method: 'PPO before whitening',
    credits: [...rewards, gae({ gamma: 1, lambda: 1 })],
    alone: [-0.25, 0.75],
    mixed: [-0.25, 0.75],
  },
  {
    method: 'PPO',
    credits: [...rewards, gae({ gamma: 1, lambda: 1 }), whitenAdvantages()],
    alone: [0, 0],
    mixed: [-whitened, whitened],
  },
]

const wrong = groupOf(unscored('wrong'), unscored('wrong'))
const right = groupOf(unscored('right'), unscored('right'))
const both = groupOf(unscored('right'), unscored('wrong'))

/** A critic that says 1/4 at every token. */
const trainer = {
  forward: async (batch: readonly unknown[]) => ({
    sequences: batch.map(() => ({ values: Float32Array.of(0.25, 0.25) })),
  }),
}

async function yieldOf(
  credits: readonly Credit[],
  groups: readonly Group[],
): Promise<readonly (number[] | 'dropped')[]> {
  const context = contextWith({ models: { trainer } as never, more: async () => [] })
  const [{ rollouts }] = await credited(credits, groups, context)
  return rollouts.map((rollout) => (isTrainedOn(rollout) ? [...rollout.advantages!] : 'dropped'))
}

async function expectYield(credits: readonly Credit[], groups: readonly Group[], want: Yield): Promise<void> {
  for (const got of await yieldOf(credits, groups)) {
    if (got === 'dropped' || want === 'dropped') expect(got).toBe(want)
    else if (want === 0) expect(got).toEqual([0, 0])
    else expectListsClose(got, [want, want])
  }
}

describe.each(rows)('$method', ({ credits, alone, mixed }) => {
  it('gives a group all wrong and one all right, alone in the batch, what the table says', async () => {
    await expectYield(credits, [wrong], alone[0])
    await expectYield(credits, [right], alone[1])
  })

  it('gives them beside a mixed group what the table says', async () => {
    await expectYield(credits, [wrong, both], mixed[0])
    await expectYield(credits, [right, both], mixed[1])
  })
})
