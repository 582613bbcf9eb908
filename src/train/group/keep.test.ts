// Group policies: who leaves the batch, with which reason, and that nobody leaves the group.
import { describe, expect, it } from 'vitest'
import type { Credit, Rollout } from '../../contracts/index.ts'
import { credited, groupOf, rewarded, scored, undecided } from '../__fixtures__/rollouts.ts'
import { dropRepeated, dropTruncated, dropUniform, isUniform, keepOnly } from './keep.ts'

/** Why each rollout was left out. */
async function reasons(credit: Credit, ...rollouts: readonly Rollout[]): Promise<(string | undefined)[]> {
  const [group] = await credited([credit], [groupOf(...rollouts)])
  expect(group.rollouts).toHaveLength(rollouts.length)
  return group.rollouts.map(({ dropped }) => dropped)
}

describe('keepOnly', () => {
  it('leaves out the other verdict and does not touch what is out already', async () => {
    const all = [scored(1), scored(0), undecided(), scored(0, { dropped: 'before' })]
    expect(await reasons(keepOnly('right'), ...all)).toEqual([undefined, 'not right', undefined, 'before'])
    expect(await reasons(keepOnly('wrong'), ...all)).toEqual(['not wrong', undefined, undefined, 'before'])
  })
})

describe('dropTruncated', () => {
  it('leaves out what the token budget ended, right or wrong', async () => {
    const all = [scored(1, { stop: 'max' }), scored(0, { stop: 'max' }), scored(1), scored(0, { stop: 'stop' })]
    expect(await reasons(dropTruncated(), ...all)).toEqual(['truncated', 'truncated', undefined, undefined])
  })
})

describe('dropRepeated', () => {
  it('keeps the first trained-on completion of each text', async () => {
    const all = [
      scored(1, { text: 'a', dropped: 'before' }),
      scored(1, { text: 'a' }),
      scored(1, { text: 'b' }),
      scored(1, { text: 'a' }),
    ]
    expect(await reasons(dropRepeated(), ...all)).toEqual(['before', undefined, undefined, 'repeated'])
  })

  it('keeps the same text of another problem', async () => {
    const groups = await credited([dropRepeated()], [groupOf(scored(1)), groupOf(scored(1))])
    expect(groups.flatMap(({ rollouts }) => rollouts.map(({ dropped }) => dropped))).toEqual([undefined, undefined])
  })
})

describe('isUniform', () => {
  it('compares the rewards of what is trained on', () => {
    expect(isUniform(rewarded(1, 1, 1))).toBe(true)
    expect(isUniform(rewarded(1, 1, 0))).toBe(false)
    expect(isUniform(groupOf(scored(1), undecided(), scored(0, { dropped: 'before' })))).toBe(true)
    expect(isUniform(groupOf(undecided()))).toBe(true)
  })

  it('compares their verdicts when asked to', () => {
    expect(isUniform(rewarded(1, 0.5), 'verdict')).toBe(true)
    expect(isUniform(rewarded(1, 0), 'verdict')).toBe(false)
    expect(isUniform(groupOf(scored(1), scored(0, { dropped: 'before' })), 'verdict')).toBe(true)
  })
})

describe('dropUniform', () => {
  it('leaves out groups of equal rewards and keeps the others whole', async () => {
    const groups = await credited([dropUniform()], [rewarded(1, 1), rewarded(1, 0), rewarded(0, 0)])
    const equal = expect.stringContaining('equal')
    expect(groups.map(({ rollouts }) => rollouts.map(({ dropped }) => dropped))).toEqual([
      [equal, equal],
      [undefined, undefined],
      [equal, equal],
    ])
    expect(groups[0].rollouts.map(({ reward }) => reward)).toEqual([1, 1])
  })
})
