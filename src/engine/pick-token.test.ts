import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import { entropyOf, type PickOptions, pickSettings, TokenPicker, topTokens, uniformFor } from './pick-token.ts'

const forbidden = Number.NEGATIVE_INFINITY

function logSoftmax(logits: readonly number[]): Float32Array {
  const top = Math.max(...logits)
  const mass = logits.reduce((sum, z) => sum + Math.exp(z - top), 0)
  return Float32Array.from(logits, (z) => z - top - Math.log(mass))
}

const rowOf = (...probabilities: number[]) => Float32Array.from(probabilities, Math.log)

function pick(row: Float32Array, options: PickOptions, uniform: number): number {
  return new TokenPicker(row.length).pick(row, 0, pickSettings(options, row.length), uniform)
}

// The distribution as the options describe it, written without any care for speed.
function naive(row: Float32Array, options: PickOptions): number[] {
  const { temperature = 1, topK = 0, topP = 1, minP = 0, logitBias } = options
  const ids = [...row.keys()]
  const logits = ids.map((id) => row[id] + (logitBias?.get(id) ?? 0))
  const top = Math.max(...logits)
  if (temperature === 0) return ids.map((id) => (id === logits.indexOf(top) ? 1 : 0))
  const weights = logits.map((z) => Math.exp((z - top) / temperature))
  let kept = ids.toSorted((a, b) => weights[b] - weights[a] || a - b)
  if (topK > 0) kept = kept.slice(0, topK)
  if (topP < 1) {
    const needed = topP * kept.toSorted((a, b) => a - b).reduce((sum, id) => sum + weights[id], 0)
    let mass = 0
    let count = 0
    do {
      mass += weights[kept[count++]]
    } while (mass < needed && count < kept.length)
    kept = kept.slice(0, count)
  }
  kept = kept.filter((id) => weights[id] >= minP)
  const total = kept.reduce((sum, id) => sum + weights[id], 0)
  return ids.map((id) => (kept.includes(id) ? weights[id] / total : 0))
}

// The probability of each token, read off the picker by a fine grid of uniform numbers.
function shares(row: Float32Array, options: PickOptions, points = 2000): number[] {
  const picker = new TokenPicker(row.length)
  const settings = pickSettings(options, row.length)
  const counts = new Array<number>(row.length).fill(0)
  for (let k = 0; k < points; k++) counts[picker.pick(row, 0, settings, (k + 0.5) / points)] += 1 / points
  return counts
}

const rows = fc
  .array(fc.oneof(fc.double({ min: -6, max: 6, noNaN: true }), fc.constantFrom(0, 1, 2)), {
    minLength: 1,
    maxLength: 12,
  })
  .map(logSoftmax)
const optionSets: fc.Arbitrary<PickOptions> = fc.record(
  {
    temperature: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0.2, max: 3, noNaN: true })),
    topK: fc.integer({ min: 0, max: 14 }),
    topP: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0.05, max: 0.99, noNaN: true })),
    minP: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1, noNaN: true })),
  },
  { requiredKeys: [] },
)

describe('TokenPicker without options', () => {
  it('walks the cumulative distribution', () => {
    const row = rowOf(0.25, 0.5, 0.25)
    expect([0, 0.2, 0.26, 0.74, 0.76, 0.999].map((u) => pick(row, {}, u))).toEqual([0, 0, 1, 1, 2, 2])
  })

  it('reads the row at its offset and not beyond', () => {
    const batch = Float32Array.from([...rowOf(1, 0), ...rowOf(0, 1), ...rowOf(1, 0)])
    const picker = new TokenPicker(2)
    expect(picker.pick(batch, 2, pickSettings({}, 2), 0)).toBe(1)
    expect(picker.pick(batch, 2, pickSettings({ temperature: 0 }, 2), 0)).toBe(1)
    expect(picker.pick(batch, 4, pickSettings({ topK: 1 }, 2), 0.9)).toBe(0)
  })

  it('never gives a token of probability 0, at either end of the range of uniforms', () => {
    const row = rowOf(0, 0.5, 0, 0.5, 0)
    expect(pick(row, {}, 0)).toBe(1)
    // ln 0.5 in float32 is a little low, so the sum ends below this uniform.
    expect([1, 3]).toContain(pick(row, {}, 1 - 2 ** -53))
    expect(pick(row, {}, 0.9)).toBe(3)
  })

  it('gives what rounding leaves over to the most likely token', () => {
    // Sums to 0.96: a row that lost mass. The last token with any probability is not a fair heir.
    const row = rowOf(0.01, 0.9, 0.05, 1e-30)
    expect(pick(row, {}, 0.99)).toBe(1)
  })
})

describe('TokenPicker, greedy', () => {
  it('takes the lowest id of the largest value, whatever the filters and the uniform', () => {
    const row = rowOf(0.2, 0.4, 0.4)
    expect(pick(row, { temperature: 0, topP: 0.1, topK: 2, minP: 0.5 }, 0.99)).toBe(1)
  })

  it('applies the bias', () => {
    const row = rowOf(0.2, 0.4, 0.4)
    expect(pick(row, { temperature: 0, logitBias: new Map([[1, forbidden]]) }, 0)).toBe(2)
    expect(pick(row, { temperature: 0, logitBias: new Map([[0, 1]]) }, 0)).toBe(0)
  })
})

describe('TokenPicker with filters', () => {
  const row = rowOf(0.1, 0.4, 0.2, 0.3)
  const support = (options: PickOptions, from = row) =>
    shares(from, options, 400).flatMap((share, id) => (share > 0 ? [id] : []))

  it('keeps exactly k tokens, ties by lower id', () => {
    expect(support({ topK: 2 })).toEqual([1, 3])
    expect(support({ topK: 2 }, rowOf(0.2, 0.2, 0.2, 0.4))).toEqual([0, 3])
    expect(support({ topK: 9 })).toEqual([0, 1, 2, 3])
  })

  it('keeps the smallest set whose mass reaches p, the crossing token included', () => {
    expect(support({ topP: 0.3 })).toEqual([1])
    expect(support({ topP: 0.45 })).toEqual([1, 3])
    expect(support({ topP: 0.75 })).toEqual([1, 2, 3])
    expect(support({ topP: 0 })).toEqual([1])
    expect(support({ topP: 0.5 }, rowOf(0.25, 0.25, 0.25, 0.25))).toEqual([0, 1])
  })

  it('measures p against what top-k left', () => {
    // After top-k 2 the shares are 4/7 and 3/7: the first alone has 0.57.
    expect(support({ topK: 2, topP: 0.55 })).toEqual([1])
    expect(support({ topP: 0.55 })).toEqual([1, 3])
  })

  it('keeps tokens of at least minP times the largest probability, after the temperature', () => {
    expect(support({ minP: 0.6 })).toEqual([1, 3])
    expect(support({ minP: 0.7, temperature: 2 })).toEqual([1, 2, 3])
    expect(support({ minP: 1 }, rowOf(0.4, 0.2, 0.4))).toEqual([0, 2])
  })

  it('survives a temperature so small that the other tokens underflow', () => {
    for (const temperature of [1e-3, 1e-300, 5e-324]) {
      expect(support({ temperature })).toEqual([1])
      expect(support({ temperature, topP: 0.99, topK: 3 })).toEqual([1])
    }
  })

  it('never draws a forbidden token, even when it is all that top-k could add', () => {
    const logitBias = new Map([
      [1, forbidden],
      [3, forbidden],
    ])
    expect(support({ logitBias })).toEqual([0, 2])
    expect(support({ logitBias, topK: 3, topP: 0.999 })).toEqual([0, 2])
  })

  it('equals the naive distribution for any row and options', () => {
    fc.assert(
      fc.property(rows, optionSets, (any, options) => {
        const expected = naive(any, options)
        const got = shares(any, options, 500)
        // The grid resolves 1/500 per token.
        for (let id = 0; id < any.length; id++) expect(Math.abs(got[id] - expected[id])).toBeLessThan(1 / 400)
      }),
      { numRuns: 150 },
    )
  })

  it('gives a token of positive probability for any uniform number', () => {
    const uniforms = fc.oneof(
      fc.constantFrom(0, 1 - 2 ** -53, 1 - 2 ** -32),
      fc.double({ min: 0, max: 1 - 2 ** -53, noNaN: true }),
    )
    const biases = fc.array(fc.tuple(fc.integer({ min: 0, max: 11 }), fc.constantFrom(forbidden, -3, 2)), {
      maxLength: 4,
    })
    fc.assert(
      fc.property(rows, optionSets, biases, uniforms, (any, options, pairs, uniform) => {
        // Token 0 stays allowed, so that there is something to draw.
        const logitBias = new Map(pairs.filter(([id, bias]) => id < any.length && (id > 0 || bias > forbidden)))
        const all = { ...options, logitBias }
        expect(naive(any, all)[pick(any, all, uniform)]).toBeGreaterThan(0)
      }),
    )
  })
})

describe('TokenPicker, drawing with seeded streams', () => {
  // Critical values of chi-square at p = 0.001 for 7 and 3 degrees of freedom.
  it.each([
    { options: {}, critical: 24.32, degrees: 7 },
    { options: { temperature: 0.7 }, critical: 24.32, degrees: 7 },
    { options: { temperature: 1.3, topK: 4 }, critical: 16.27, degrees: 3 },
  ])('matches the distribution of $options by chi-square', ({ options, critical, degrees }) => {
    const row = logSoftmax([0, 1, -1, 0.5, 2, 0.3, -0.7, 1.4])
    const expected = naive(row, options)
    expect(expected.filter((p) => p > 0)).toHaveLength(degrees + 1)
    const picker = new TokenPicker(8)
    const settings = pickSettings(options, 8)
    const counts = new Array<number>(8).fill(0)
    const draws = 20_000
    for (let index = 0; index < 20; index++) {
      const uniform = uniformFor(7, index)
      for (let k = 0; k < draws / 20; k++) counts[picker.pick(row, 0, settings, uniform())]++
    }
    let chiSquare = 0
    for (let id = 0; id < 8; id++) {
      if (expected[id] === 0) expect(counts[id]).toBe(0)
      else chiSquare += (counts[id] - draws * expected[id]) ** 2 / (draws * expected[id])
    }
    expect(chiSquare).toBeLessThan(critical)
  })

  it('draws from the stream named by seed and index, one number after the other', () => {
    const rng = stream('sample', 3, 5)
    const uniform = uniformFor(3, 5)
    expect([uniform(), uniform(), uniform()]).toEqual([rng.next(), rng.next(), rng.next()])
    expect(uniformFor(3, 6)()).not.toBe(uniformFor(3, 5)())
    expect(uniformFor(4, 5)()).not.toBe(uniformFor(3, 5)())
  })
})

describe('TokenPicker on broken rows', () => {
  const all = new Map([
    [0, forbidden],
    [1, forbidden],
  ])

  it('says so when every token is forbidden', () => {
    for (const temperature of [0, 0.5, 1]) {
      expect(() => pick(rowOf(0.5, 0.5), { temperature, logitBias: all }, 0)).toThrow(
        expect.objectContaining({ code: 'sampler/no-token', message: 'every token has probability 0' }),
      )
    }
  })

  it.each([{}, { temperature: 0 }, { topP: 0.9 }])('refuses NaN with %o', (options) => {
    for (const row of [new Float32Array([Number.NaN, Number.NaN]), new Float32Array([Number.NaN, -1])]) {
      expect(() => pick(row, options, 0.5)).toThrow(/NaN/)
    }
  })
})

describe('pickSettings', () => {
  it('sees when there is nothing to do', () => {
    expect(pickSettings({}, 4).plain).toBe(true)
    expect(pickSettings({ temperature: 1, topK: 4, topP: 1, minP: 0, logitBias: new Map() }, 4).plain).toBe(true)
    for (const options of [
      { temperature: 0.9 },
      { topK: 3 },
      { topP: 0.9 },
      { minP: 0.1 },
      { logitBias: new Map([[1, 2]]) },
    ]) {
      expect(pickSettings(options, 4).plain).toBe(false)
    }
  })

  it.each<[PickOptions, RegExp]>([
    [{ temperature: -1 }, /temperature is -1/],
    [{ temperature: Number.NaN }, /temperature is NaN/],
    [{ temperature: Number.POSITIVE_INFINITY }, /temperature is Infinity/],
    [{ topK: 1.5 }, /topK is 1.5/],
    [{ topK: -1 }, /topK is -1/],
    [{ topP: 1.1 }, /topP is 1.1/],
    [{ minP: -0.1 }, /minP is -0.1/],
    [{ logitBias: new Map([[4, 0]]) }, /logitBias token is 4/],
    [{ logitBias: new Map([[0, Number.POSITIVE_INFINITY]]) }, /logitBias of token 0 is Infinity/],
    [{ logitBias: new Map([[0, Number.NaN]]) }, /logitBias of token 0 is NaN/],
  ])('refuses %o', (options, message) => {
    expect(() => pickSettings(options, 4)).toThrow(message)
    expect(() => pickSettings(options, 4)).toThrow(expect.objectContaining({ code: 'sampler/bad-option' }))
  })
})

describe('entropyOf', () => {
  it('is ln V for a uniform row, 0 for a sure one, and skips tokens of probability 0', () => {
    expect(entropyOf(rowOf(0.25, 0.25, 0.25, 0.25), 0, 4)).toBeCloseTo(Math.log(4), 6)
    expect(entropyOf(rowOf(0, 1, 0), 0, 3)).toBe(0)
    expect(entropyOf(Float32Array.from([-9, ...rowOf(0.5, 0, 0.5), -9]), 1, 3)).toBeCloseTo(Math.LN2, 6)
  })
})

describe('topTokens', () => {
  it('gives the most likely first, equal ones by lower id, and all when there are fewer', () => {
    const row = Float32Array.from([-9, -3, -1, -2, -1, forbidden])
    expect(topTokens(row, 1, 5, 3)).toEqual({ ids: Int32Array.of(1, 3, 2), logprobs: Float32Array.of(-1, -1, -2) })
    expect([...topTokens(row, 1, 5, 9).ids]).toEqual([1, 3, 2, 0, 4])
    expect(topTokens(row, 1, 5, 0).ids).toHaveLength(0)
  })

  it('equals a full sort', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: -5, max: 0 }), fc.constant(forbidden)), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 12 }), (list, count) => {
        const sorted = [...list.keys()]
          .sort((a, b) => (list[a] === list[b] ? a - b : list[b] - list[a]))
          .slice(0, count)
        const top = topTokens(Float32Array.from(list), 0, list.length, count)
        expect([...top.ids]).toEqual(sorted)
        expect([...top.logprobs]).toEqual(sorted.map((id) => list[id]))
      }),
    )
  })
})
