// Preference pairs: a right completion over a wrong one, none of them twice.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Example, Group } from '../../contracts/index.ts'
import { contextWith, groupOf, scored, undecided } from '../__fixtures__/rollouts.ts'
import { exampleMean, pairs } from './pairs.ts'

/** Completions are told apart by their one token: right ones are even, wrong ones odd. */
const completion = (isRight: boolean, number: number) => {
  const rollout = scored(isRight ? 1 : 0, { tokens: 1 })
  return { ...rollout, sample: { ...rollout.sample, ids: Int32Array.of(2 * number + (isRight ? 0 : 1)) } }
}

const assemble = (perProblem: number, groups: readonly Group[]): readonly Example[] =>
  pairs({ perProblem })(groups, contextWith())

/** The completion tokens of both sides of each pair. */
const sides = (examples: readonly Example[]): number[][] =>
  examples.map(({ sequences }) => sequences.map(({ ids, promptLength }) => ids[promptLength]))

describe('pairs', () => {
  it('puts right before wrong, in the order of the group', () => {
    const group = groupOf(completion(false, 0), completion(true, 1), completion(true, 2), completion(false, 3))
    const examples = assemble(8, [group])
    expect(sides(examples)).toEqual([
      [2, 1],
      [4, 7],
    ])
    expect(examples[0].sequences.map(({ group: number }) => number)).toEqual([0, 0])
    expect([...examples[0].sequences[0].fields.mask.data]).toEqual([1])
  })

  it('are none for a group all right or all wrong, and number the groups all the same', () => {
    const right = groupOf(completion(true, 0), completion(true, 1))
    const wrong = groupOf(completion(false, 0), completion(false, 1))
    const mixed = groupOf(completion(true, 0), completion(false, 1))
    expect(assemble(8, [right, wrong])).toEqual([])
    expect(assemble(8, [right, wrong, mixed]).map(({ sequences }) => sequences[0].group)).toEqual([2])
  })

  it('are made of what is trained on only', () => {
    const group = groupOf({ ...completion(true, 0), dropped: 'for the test' }, undecided(), completion(false, 1))
    expect(assemble(8, [group])).toEqual([])
  })

  it('hold no completion twice, and are as many as both sides and the limit allow', () => {
    const sizes = fc.nat({ max: 6 })
    fc.assert(
      fc.property(sizes, sizes, fc.integer({ min: 1, max: 5 }), (rights, wrongs, perProblem) => {
        const group = groupOf(
          ...Array.from({ length: rights }, (_, i) => completion(true, i)),
          ...Array.from({ length: wrongs }, (_, i) => completion(false, i)),
        )
        const found = sides(assemble(perProblem, [group]))
        expect(found).toHaveLength(Math.min(rights, wrongs, perProblem))
        expect(new Set(found.flat()).size).toBe(2 * found.length)
        for (const [chosen, rejected] of found) expect([chosen % 2, rejected % 2]).toEqual([0, 1])
      }),
    )
  })
})

describe('exampleMean', () => {
  it('weighs each example by one over their number and keeps their other scalars', () => {
    const example: Example = { sequences: [], scalars: { margin: 3 } }
    expect(exampleMean([example, example, example, example])).toEqual(
      Array.from({ length: 4 }, () => ({ sequences: [], scalars: { margin: 3, weight: 0.25 } })),
    )
  })
})
