// What changes of the rewards change the advantages: a shift, a scale, one reward more.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Credit } from '../../contracts/index.ts'
import { credited, firstAdvantages, groupOf, rewarded, scored } from '../__fixtures__/rollouts.ts'
import { batchAdvantage } from './batch-advantage.ts'
import { groupAdvantage } from './group-advantage.ts'
import { returnsToGo } from './returns.ts'
import { signAdvantage } from './sign-advantage.ts'
import { whitenAdvantages } from './whiten.ts'

const methods = {
  grpo: [groupAdvantage({ normalize: true })],
  'dr-grpo': [groupAdvantage({ normalize: false })],
  rloo: [groupAdvantage({ normalize: false, leaveOneOut: true })],
  'reinforce, batch mean': [batchAdvantage({ baseline: 'batch-mean' })],
  'reinforce, no baseline': [batchAdvantage({ baseline: 'none' })],
  'reinforce++': [returnsToGo(), whitenAdvantages()],
} as const satisfies Record<string, readonly Credit[]>

type Method = keyof typeof methods

// Steps of 1/8 are exact in float32, so that only the method's own arithmetic rounds.
const eighths = fc.integer({ min: -16, max: 16 }).map((x) => x / 8)
const batches = fc.array(fc.array(eighths, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 3 })

const advantages = async (method: Method, batch: readonly (readonly number[])[]): Promise<number[]> =>
  firstAdvantages(
    await credited(
      methods[method],
      batch.map((rewards) => rewarded(...rewards)),
    ),
  )

const mapped = (batch: readonly (readonly number[])[], f: (reward: number) => number) =>
  batch.map((rewards) => rewards.map(f))

const largestDifference = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((largest, x, i) => Math.max(largest, Math.abs(x - b[i])), 0)

describe('a constant added to all rewards', () => {
  it.each(['grpo', 'dr-grpo', 'rloo', 'reinforce, batch mean', 'reinforce++'] as const)(
    'changes nothing for %s',
    async (method) => {
      await fc.assert(
        fc.asyncProperty(batches, eighths, async (batch, c) => {
          const before = await advantages(method, batch)
          const after = await advantages(
            method,
            mapped(batch, (reward) => reward + c),
          )
          expect(largestDifference(before, after)).toBeLessThan(2e-5)
        }),
        { numRuns: 40 },
      )
    },
  )

  it('is the whole change without a baseline', async () => {
    expect(await advantages('reinforce, no baseline', [[1.5, 0.5]])).toEqual([1.5, 0.5])
  })

  it('changes the share of a group for REINFORCE with the mean of the batch when it falls on that group alone', async () => {
    expect(
      await advantages('reinforce, batch mean', [
        [0, 0],
        [1, 1],
      ]),
    ).toEqual([-0.5, -0.5, 0.5, 0.5])
    expect(
      await advantages('grpo', [
        [0, 0],
        [1, 1],
      ]),
    ).toEqual([0, 0, 0, 0])
  })
})

describe('all rewards scaled', () => {
  const scales = fc.integer({ min: 1, max: 64 }).map((x) => x / 4)

  it.each(['grpo', 'reinforce++'] as const)('change nothing for %s, up to epsilon', async (method) => {
    await fc.assert(
      fc.asyncProperty(batches, scales, async (batch, k) => {
        const before = await advantages(method, batch)
        const after = await advantages(
          method,
          mapped(batch, (reward) => k * reward),
        )
        // A/(σ + ε) against kA/(kσ + ε): relative difference below ε/(kσ), with kσ at least 1/64 here.
        expect(largestDifference(before, after)).toBeLessThan(1e-3)
      }),
      { numRuns: 40 },
    )
  })

  it.each(['dr-grpo', 'rloo', 'reinforce, batch mean', 'reinforce, no baseline'] as const)(
    'scale the advantages of %s',
    async (method) => {
      await fc.assert(
        fc.asyncProperty(batches, scales, async (batch, k) => {
          const before = await advantages(method, batch)
          const after = await advantages(
            method,
            mapped(batch, (reward) => k * reward),
          )
          expect(
            largestDifference(
              before.map((a) => k * a),
              after,
            ),
          ).toBeLessThan(1e-5 * k)
        }),
        { numRuns: 40 },
      )
    },
  )
})

describe('the sign alone', () => {
  it('sees neither shift nor scale of the rewards, but the verdict', async () => {
    const credit = signAdvantage({ right: 0.1, wrong: 1 })
    const same = [scored(1), scored(0)]
    const moved = same.map((rollout) => ({ ...rollout, reward: 7 - 3 * rollout.reward! }))
    expect(firstAdvantages(await credited([credit], [groupOf(...moved)]))).toEqual(
      firstAdvantages(await credited([credit], [groupOf(...same)])),
    )
    // A group of right completions alone is not centred: a verdict counts by itself.
    expect(firstAdvantages(await credited([signAdvantage({ right: 1, wrong: 1 })], [rewarded(1, 1)]))).toEqual([1, 1])
  })
})

/** A standardised sample whose peers are all equal has the largest or smallest value there is, and can only keep it. */
function isSaturated(method: Method, batch: readonly (readonly number[])[], index: number, raised: number): boolean {
  const own = batch.flatMap((rewards, g) => rewards.map(() => g))[index]
  const all = method === 'grpo' ? batch[own] : batch.flat()
  const at = method === 'grpo' ? index - batch.slice(0, own).flat().length : index
  const [first, ...others] = all.filter((_, i) => i !== at)
  const isStandardised = method === 'grpo' || method === 'reinforce++'
  return isStandardised && others.every((x) => x === first) && Math.sign(all[at] - first) === Math.sign(raised - first)
}

describe('one reward raised', () => {
  it.each(Object.keys(methods) as Method[])('raises the advantage of its sample for %s', async (method) => {
    await fc.assert(
      fc.asyncProperty(batches, fc.nat(), fc.integer({ min: 1, max: 16 }), async (batch, at, more) => {
        const flat = batch.flat()
        const index = at % flat.length
        const raised = flat[index] + more / 8
        let seen = 0
        const [before] = (await advantages(method, batch)).slice(index)
        const [after] = (
          await advantages(
            method,
            mapped(batch, (reward) => (seen++ === index ? raised : reward)),
          )
        ).slice(index)
        if (isSaturated(method, batch, index, raised)) expect(after).toBeGreaterThanOrEqual(before - 1e-6)
        else expect(after).toBeGreaterThan(before)
      }),
      { numRuns: 100 },
    )
  })

  it('lowers all others of the group where the baseline is a plain mean', async () => {
    expect(await advantages('dr-grpo', [[0, 0, 0, 0]])).toEqual([0, 0, 0, 0])
    expect(await advantages('dr-grpo', [[1, 0, 0, 0]])).toEqual([0.75, -0.25, -0.25, -0.25])
  })
})
