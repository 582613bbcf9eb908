// Generalised advantages against numbers worked out by hand, with a trainer that gives values from a list.
import { describe, expect, it } from 'vitest'
import type { Example, Group, Loss, Trainer } from '../../contracts/index.ts'
import { expectListsClose } from '../__fixtures__/lists-close.ts'
import { contextWith, credited, groupOf, scored, tokenAdvantages, undecided } from '../__fixtures__/rollouts.ts'
import { gae } from './gae.ts'
import { whitenAdvantages } from './whiten.ts'

/** Runs the credit with these values of each sequence, in the order of the trained-on rollouts. */
async function creditedBy(
  groups: readonly Group[],
  values: readonly (readonly number[])[],
  options: Parameters<typeof gae>[0],
) {
  const asked: { batch: readonly Example[]; loss: Loss }[] = []
  const reported: Record<string, number> = {}
  const trainer = {
    async forward(batch: readonly Example[], loss: Loss) {
      asked.push({ batch, loss })
      const sequences = values.map((list) => ({
        logprobs: new Float32Array(list.length),
        values: Float32Array.from(list),
      }))
      return { total: 0, report: {}, sequences, lossTokens: 0, tokens: 0, skipped: 0 }
    },
  } as unknown as Trainer
  const context = contextWith({
    models: { trainer } as never,
    report: (name, value) => {
      reported[name] = value
    },
  })
  return { groups: await credited([gae(options)], groups, context), asked, reported }
}

const field = (group: Group, name: string, at = 0): number[] => [...group.rollouts[at].fields[name].data]

describe('gae', () => {
  it('is the discounted sum of temporal differences', async () => {
    // Token rewards 0.1, 0, 0 and the outcome 1; values 0.5, 0.25, 0.75; γ = 0.9, λ = 0.8, γλ = 0.72:
    //   δ_2 = 1 + 0.9 · 0 - 0.75 = 0.25             A_2 = 0.25
    //   δ_1 = 0 + 0.9 · 0.75 - 0.25 = 0.425         A_1 = 0.425 + 0.72 · 0.25 = 0.605
    //   δ_0 = 0.1 + 0.9 · 0.25 - 0.5 = -0.175       A_0 = -0.175 + 0.72 · 0.605 = 0.2606
    const rollout = scored(1, { tokens: 3, tokenRewards: Float32Array.of(0.1, 0, 0) })
    const { groups } = await creditedBy([groupOf(rollout)], [[0.5, 0.25, 0.75]], { gamma: 0.9, lambda: 0.8 })
    expectListsClose(tokenAdvantages(groups)[0], [0.2606, 0.605, 0.25])
    expectListsClose(field(groups[0], 'oldValues'), [0.5, 0.25, 0.75])
    expectListsClose(field(groups[0], 'returns'), [0.7606, 0.855, 1])
  })

  it('with λ = γ = 1 and a critic at zero is the outcome at every token', async () => {
    const { groups } = await creditedBy([groupOf(scored(1, { tokens: 4 }))], [[0, 0, 0, 0]], { gamma: 1, lambda: 1 })
    expect(tokenAdvantages(groups)).toEqual([[1, 1, 1, 1]])
    expect(field(groups[0], 'returns')).toEqual([1, 1, 1, 1])
  })

  it('with λ = γ = 1 returns the outcome whatever the critic says, and with λ = 0 looks one token ahead', async () => {
    const group = groupOf(scored(1, { tokens: 3 }))
    const values = [[0.5, 0.25, 0.75]]
    const far = await creditedBy([group], values, { gamma: 1, lambda: 1 })
    expectListsClose(field(far.groups[0], 'returns'), [1, 1, 1])
    expectListsClose(tokenAdvantages(far.groups)[0], [0.5, 0.75, 0.25])
    const near = await creditedBy([group], values, { gamma: 1, lambda: 0 })
    expectListsClose(tokenAdvantages(near.groups)[0], [-0.25, 0.5, 0.25])
  })

  it('gives each trained-on rollout its own values, and the others none', async () => {
    const groups = [groupOf(scored(1), undecided()), groupOf(scored(9, { dropped: 'for the test' }), scored(0))]
    const result = await creditedBy(
      groups,
      [
        [0.5, 0.5],
        [0.25, 0.25],
      ],
      { gamma: 1, lambda: 1 },
    )
    expect(result.asked).toHaveLength(1)
    expect(result.asked[0].batch).toHaveLength(2)
    expect(result.asked[0].loss.wants).toEqual(['values'])
    const rollouts = result.groups.flatMap((group) => group.rollouts)
    expect(rollouts.map(({ advantages }) => advantages && [...advantages])).toEqual([
      [0.5, 0.5],
      undefined,
      undefined,
      [-0.25, -0.25],
    ])
  })

  it('keeps returns as they were when advantages are whitened after', async () => {
    const { groups } = await creditedBy(
      [groupOf(scored(1), scored(0))],
      [
        [0, 0],
        [0, 0],
      ],
      { gamma: 1, lambda: 1 },
    )
    const [group] = await credited([whitenAdvantages()], groups)
    expect(field(group, 'returns')).toEqual([1, 1])
    // 1, 1, 0, 0: unbiased deviation 1/√3.
    expectListsClose(group.rollouts[0].advantages!, [Math.sqrt(3) / 2, Math.sqrt(3) / 2])
  })
})

describe('the explained variance', () => {
  const right = (tokens: number) => scored(1, { tokens })
  const explained = async (groups: readonly Group[], values: readonly (readonly number[])[]): Promise<number> =>
    (await creditedBy(groups, values, { gamma: 1, lambda: 1 })).reported['value/explained_variance']

  it('is the share of the variance of returns that values account for', async () => {
    // Returns 1, 1, 0, 0: variance 1/4. Errors 0.5, 0, 0, 0.5: mean 1/4, variance 1/16. 1 - 1/4.
    const groups = [groupOf(right(2), scored(0, { tokens: 2 }))]
    expect(
      await explained(groups, [
        [0.5, 1],
        [0, -0.5],
      ]),
    ).toBeCloseTo(0.75, 6)
  })

  it('is 1 for a perfect critic, 0 for a constant one, negative for one that is wrong', async () => {
    const groups = [groupOf(right(1), scored(0, { tokens: 1 }))]
    expect(await explained(groups, [[1], [0]])).toBeCloseTo(1, 6)
    expect(await explained(groups, [[0.3], [0.3]])).toBeCloseTo(0, 6)
    expect(await explained(groups, [[0], [1]])).toBeCloseTo(-3, 6)
  })

  it('is 0 where returns do not vary', async () => {
    expect(await explained([groupOf(right(2))], [[0.25, 0.75]])).toBe(0)
  })
})
