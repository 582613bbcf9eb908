// Cutting a batch: nothing lost, nothing twice, nothing over budget, always the same.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Datum } from '../contracts/index.ts'
import { datum } from './__fixtures__/tiny-model.ts'
import {
  checkDatum,
  completionLength,
  divisorOf,
  type MicroBatch,
  type PlacedSequence,
  paddedTokens,
  planMicroBatches,
} from './micro-batch.ts'
import { microBatchFeeds } from './micro-batch-feeds.ts'

const sequence = (promptLength: number, completion: number, group?: number): Datum => ({
  ids: new Int32Array(promptLength + completion).fill(3 + (group ?? 0)),
  promptLength,
  ...(group !== undefined && { group }),
  fields: {},
})

function placed(examples: readonly (readonly Datum[])[]): PlacedSequence[][] {
  let index = 0
  return examples.map((data, example) => data.map((d) => ({ datum: d, index: index++, example })))
}

const indices = (batches: readonly MicroBatch[]): number[] =>
  batches.flatMap(({ rows }) => rows.flatMap((row) => row.map(({ index }) => index)))

const anySequence = fc.record({ prompt: fc.integer({ min: 1, max: 12 }), completion: fc.integer({ min: 1, max: 20 }) })
const anyExamples = fc.array(fc.array(anySequence, { minLength: 1, maxLength: 3 }), { maxLength: 30 })
/** Groups of equal size: 1 to 6 samples of 1 to 8 prompts. */
const anyGroups = fc.record({
  samples: fc.integer({ min: 1, max: 6 }),
  prompts: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }),
  lengths: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 48, maxLength: 48 }),
})
const budgets = fc.integer({ min: 1, max: 300 })

describe('planMicroBatches', () => {
  it('takes every sequence exactly once and keeps examples whole', () => {
    fc.assert(
      fc.property(anyExamples, budgets, (lengths, budget) => {
        const examples = placed(lengths.map((all) => all.map(({ prompt, completion }) => sequence(prompt, completion))))
        const batches = planMicroBatches(examples, budget)
        expect(indices(batches).sort((a, b) => a - b)).toEqual(examples.flat().map(({ index }) => index))
        const where = new Map<number, number>()
        batches.forEach(({ rows }, b) => {
          for (const { example } of rows.flat()) {
            expect(where.get(example) ?? b).toBe(b)
            where.set(example, b)
          }
        })
      }),
    )
  })

  it('keeps to the budget of padded tokens, but for a single example that is larger', () => {
    fc.assert(
      fc.property(anyExamples, budgets, (lengths, budget) => {
        const examples = placed(lengths.map((all) => all.map(({ prompt, completion }) => sequence(prompt, completion))))
        for (const batch of planMicroBatches(examples, budget)) {
          const members = new Set(batch.rows.flat().map(({ example }) => example))
          if (members.size > 1) expect(paddedTokens([batch])).toBeLessThanOrEqual(budget)
        }
      }),
    )
  })

  it('keeps to the budget when groups are of different sizes', () => {
    const sizes = fc.array(
      fc.record({ samples: fc.integer({ min: 1, max: 9 }), prompt: fc.integer({ min: 2, max: 12 }) }),
      { minLength: 1, maxLength: 8 },
    )
    fc.assert(
      fc.property(sizes, budgets, (groups, budget) => {
        const data = groups.flatMap(({ samples, prompt }, group) =>
          Array.from({ length: samples }, (_, s) => [sequence(prompt, 1 + ((s * 7 + group) % 5), group)]),
        )
        for (const batch of planMicroBatches(placed(data), budget))
          if (batch.rows.length > 1) expect(paddedTokens([batch])).toBeLessThanOrEqual(budget)
      }),
    )
  })

  it('shares prompts of groups only where that makes less work, each sequence still once', () => {
    fc.assert(
      fc.property(anyGroups, budgets, ({ samples, prompts, lengths }, budget) => {
        const data = prompts.flatMap((prompt, group) =>
          Array.from({ length: samples }, (_, s) => [sequence(prompt, lengths[group * 6 + s], group)]),
        )
        const grouped = planMicroBatches(placed(data), budget)
        const apart = planMicroBatches(placed(data.map(([d]) => [{ ...d, group: undefined }])), budget)
        expect(indices(grouped).sort((a, b) => a - b)).toEqual(data.map((_, i) => i))
        expect(paddedTokens(grouped)).toBeLessThanOrEqual(paddedTokens(apart))
        for (const { layout, rows } of grouped)
          if (layout === 'groups')
            for (const row of rows) expect(new Set(row.map(({ datum }) => datum.group)).size).toBe(1)
      }),
    )
  })

  it('puts a group of one prompt together, and says what it costs', () => {
    const data = Array.from({ length: 4 }, () => [sequence(10, 5, 0)])
    const [batch, ...none] = planMicroBatches(placed(data), 1000)
    expect(none).toEqual([])
    expect([batch.layout, batch.rows.length, batch.rows[0].length]).toEqual(['groups', 1, 4])
    // Nine prompt tokens once, and four times the five places that predict a completion token; apart it is 4 x 14.
    expect(paddedTokens([batch])).toBe(9 + 4 * 5)
  })

  it('does not share prompts that differ, whatever their group says', () => {
    const [a, b] = [datum('abcdef', 'abc', {}, 0), datum('abcdeg', 'abc', {}, 0)]
    expect(planMicroBatches(placed([[a], [b]]), 1000).every(({ layout }) => layout === 'rows')).toBe(true)
    expect(planMicroBatches(placed([[a], [{ ...b, ids: a.ids }]]), 1000)[0].layout).toBe('groups')
  })

  it('sorts by length, equal lengths in the caller’s order, so that the same batch is always cut the same', () => {
    const lengths = [5, 2, 5, 9, 2, 2]
    const batches = planMicroBatches(placed(lengths.map((length) => [sequence(1, length)])), 6)
    expect(batches.map((batch) => indices([batch]))).toEqual([[1, 4, 5], [0], [2], [3]])
  })

  it('cuts rows by fours where it can', () => {
    const batches = planMicroBatches(placed(Array.from({ length: 14 }, () => [sequence(1, 10)])), 70)
    expect(batches.map(({ rows }) => rows.length)).toEqual([4, 4, 6])
    expect(batches.map(divisorOf)).toEqual([4, 4, 1])
  })

  it('makes nothing of nothing', () => {
    expect(planMicroBatches([], 100)).toEqual([])
  })
})

describe('microBatchFeeds', () => {
  it('lays two sequences out as rows, by hand', () => {
    const batch = planMicroBatches(placed([[datum('ab', 'cd')], [datum('a', 'b')]]), 100)[0]
    const { feeds, sizes, spans, tokens } = microBatchFeeds(batch, { fields: [], scalars: [] }, () => ({}))
    expect(sizes).toMatchObject({ P: 2, T: 3, N: 3, S: 2, E: 2 })
    // The shorter one first: `a` predicts `b`; then `ab|c` predicts `cd`.
    expect([...feeds['rows.ids']]).toEqual([3, 0, 0, 3, 4, 5])
    expect([...feeds.targets]).toEqual([4, 5, 6])
    expect([...feeds.select]).toEqual([0, 4, 5])
    expect([...feeds.sequence]).toEqual([0, 1, 1])
    expect(spans).toEqual([
      { index: 1, start: 0, length: 1 },
      { index: 0, start: 1, length: 2 },
    ])
    expect(tokens).toBe(4)
  })

  it('lays a group out behind its prompt, by hand', () => {
    const batch = planMicroBatches(placed([[datum('abc', 'd', {}, 0)], [datum('abc', 'ef', {}, 0)]]), 100)[0]
    expect(batch.layout).toBe('groups')
    const { feeds, sizes, tokens } = microBatchFeeds(batch, { fields: [], scalars: [] }, () => ({}))
    expect(sizes).toMatchObject({ P: 1, G: 2, T: 2, C: 2, N: 3 })
    expect([...feeds['prompt.ids']]).toEqual([3, 4])
    // Each continuation begins with the prompt's last token, at its position.
    expect([...feeds['rows.ids']]).toEqual([5, 0, 5, 7])
    expect([...feeds['rows.positions']]).toEqual([2, 3, 2, 3])
    expect([...feeds.targets]).toEqual([6, 7, 8])
    expect([...feeds.select]).toEqual([0, 2, 3])
    expect(tokens).toBe(2 + 1 + 2)
  })

  it('counts rows and samples in what divides them', () => {
    const rows = planMicroBatches(placed(Array.from({ length: 8 }, () => [sequence(1, 3)])), 100)[0]
    expect(microBatchFeeds(rows, { fields: [], scalars: [], divisor: 4 }, () => ({})).sizes).toMatchObject({
      P: 2,
      T: 3,
    })
    const group = planMicroBatches(placed(Array.from({ length: 4 }, () => [sequence(5, 3, 0)])), 100)[0]
    expect(divisorOf(group)).toBe(4)
    const { sizes } = microBatchFeeds(group, { fields: [], scalars: [], divisor: 4 }, () => ({}))
    expect(sizes).toMatchObject({ P: 1, G: 1, T: 3, C: 4 })
  })
})

describe('checkDatum', () => {
  it.each([
    ['a prompt', sequence(0, 3)],
    ['a completion', sequence(3, 0)],
    ['room', sequence(8, 3)],
  ])('asks for %s', (_what, bad) => {
    expect(() => checkDatum(bad, 10)).toThrow(
      expect.objectContaining({ code: 'train/bad-datum', hint: expect.any(String) }),
    )
  })

  it('accepts a sequence that just fits', () => {
    expect(() => checkDatum(sequence(7, 3), 10)).not.toThrow()
    expect(completionLength(sequence(7, 3))).toBe(3)
  })
})
