import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestAtN, type ScoredSample } from './best-at-n.ts'
import { logBinomial, subsetShare } from './binomial.ts'
import { meanAtK } from './mean-at-k.ts'
import { estimateScores, type JudgedSample, problemScore, readMeasure } from './problem-scores.ts'
import { problemsHash, protocolOf } from './protocol.ts'

describe('binomials', () => {
  it('gives values worked out by hand', () => {
    expect(Math.exp(logBinomial(5, 2))).toBeCloseTo(10, 10)
    expect(logBinomial(7, 0)).toBe(0)
    expect(logBinomial(3, 4)).toBe(Number.NEGATIVE_INFINITY)
    // Known to 30 digits: log C(1000, 500).
    expect(logBinomial(1000, 500)).toBeCloseTo(689.4672615678511, 9)
    expect(subsetShare(3, 5, 2)).toBeCloseTo(3 / 10, 12)
    expect(subsetShare(1, 5, 2)).toBe(0)
  })
})

/** Mean over all subsets of n, by the definition. */
function bestByCounting(samples: readonly ScoredSample[], n: number): number {
  let [sum, sets] = [0, 0]
  for (let set = 0; set < 1 << samples.length; set++) {
    const drawn = samples.filter((_, i) => (set >> i) & 1)
    if (drawn.length !== n) continue
    const top = Math.max(...drawn.map(({ score }) => score))
    const tied = drawn.filter(({ score }) => score === top)
    sum += tied.filter(({ right }) => right).length / tied.length
    sets++
  }
  return sum / sets
}

describe('bestAtN', () => {
  const samples = [
    { score: 3, right: false },
    { score: 2, right: true },
    { score: 1, right: true },
  ]

  it('gives values worked out by hand', () => {
    // Pairs: (3, 2) wrong, (3, 1) wrong, (2, 1) right.
    expect(bestAtN(samples, 2)).toBeCloseTo(1 / 3, 12)
    expect(bestAtN(samples, 1)).toBeCloseTo(2 / 3, 12)
    expect(bestAtN(samples, 3)).toBe(0)
    expect(
      bestAtN(
        [
          { score: 1, right: true },
          { score: 1, right: false },
        ],
        2,
      ),
    ).toBe(0.5)
  })

  it('is the mean over all subsets, ties drawn fairly', () => {
    const sample = fc.record({ score: fc.integer({ min: 0, max: 3 }), right: fc.boolean() })
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 8 }), fc.nat(), (all, pick) => {
        const n = 1 + (pick % all.length)
        expect(bestAtN(all, n)).toBeCloseTo(bestByCounting(all, n), 10)
      }),
    )
  })

  it('is the accuracy for n = 1 and with scores that say nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), fc.nat(), (rights, pick) => {
        const accuracy = rights.filter(Boolean).length / rights.length
        const flat = rights.map((right) => ({ score: 1, right }))
        expect(bestAtN(flat, 1 + (pick % rights.length))).toBeCloseTo(accuracy, 10)
      }),
    )
  })

  it('refuses more than there are and scores that are not numbers', () => {
    expect(() => bestAtN(samples, 4)).toThrow(expect.objectContaining({ code: 'usage/bad-count' }))
    expect(() => bestAtN([{ score: Number.NaN, right: true }], 1)).toThrow(
      expect.objectContaining({ code: 'data/no-values' }),
    )
  })
})

/** `rrw?` with answers: right `a`, right `a`, wrong `b`, undecided. */
const judged = (text: string): JudgedSample[] =>
  [...text].map((letter) =>
    letter === '?' ? { verdict: 'undecided' } : { verdict: letter === 'a' ? 'right' : 'wrong', class: letter },
  )

describe('problemScore', () => {
  it('takes undecided samples for nothing at all', () => {
    expect(problemScore(judged('ab?'), { kind: 'pass', k: 1 })).toBe(0.5)
    expect(problemScore(judged('ab?'), { kind: 'pass', k: 2 })).toBe(1)
    expect(problemScore(judged('ab?'), { kind: 'pass', k: 3 })).toBeUndefined()
    expect(problemScore(judged('???'), { kind: 'pass', k: 1 })).toBeUndefined()
  })

  it('gives mean@k of exactly k samples, which is pass@1', () => {
    expect(problemScore(judged('aab'), { kind: 'mean', k: 3 })).toBeCloseTo(2 / 3, 12)
    expect(problemScore(judged('aab'), { kind: 'mean', k: 2 })).toBeUndefined()
    expect(meanAtK(4, 1)).toBe(0.25)
    expect(() => meanAtK(0, 0)).toThrow(expect.objectContaining({ code: 'usage/bad-count' }))
  })

  it('votes by the class of the answer', () => {
    expect(problemScore(judged('aab'), { kind: 'maj', k: 3 })).toBe(1)
    expect(problemScore(judged('abb'), { kind: 'maj', k: 3 })).toBe(0)
    expect(problemScore(judged('abc'), { kind: 'maj', k: 3 })).toBeCloseTo(1 / 3, 12)
  })

  it('reads the names of measures and of nothing else', () => {
    expect(readMeasure('pass@8')).toEqual({ kind: 'pass', k: 8 })
    for (const bad of ['pass@0', 'pass@', 'best@3', 'pass@8 ', 'pass@99999999'])
      expect(readMeasure(bad)).toBeUndefined()
  })
})

describe('estimateScores', () => {
  it("is Wilson's interval for right and wrong, and never a point at 0 or 1", () => {
    expect(estimateScores([1, 1, 0, 1])).toMatchObject({ value: 0.75, n: 4 })
    const none = estimateScores(new Array(20).fill(0))
    expect(none.low).toBe(0)
    expect(none.high).toBeCloseTo(0.16112515805, 10)
    expect(estimateScores([])).toEqual({ value: 0, low: 0, high: 1, n: 0 })
  })

  it('lies around the mean for shares', () => {
    const { value, low, high } = estimateScores([0.5, 0.25, 1, 0.75])
    expect(value).toBe(0.625)
    expect(low).toBeLessThan(value)
    expect(high).toBeGreaterThan(value)
  })
})

describe('protocolOf', () => {
  const conditions = { task: 'sums', n: 2, problems: problemsHash(['b', 'a']), k: [1], samples: 4, temperature: 1 }

  it('is a name of the content: the order of keys and of problems does not count', () => {
    const { task, ...rest } = conditions
    expect(protocolOf({ ...rest, task })).toBe(protocolOf(conditions))
    expect(problemsHash(['a', 'b'])).toBe(conditions.problems)
    expect(protocolOf({ ...conditions, maxTokens: undefined })).toBe(protocolOf(conditions))
    expect(protocolOf(conditions)).toMatch(/^[0-9a-f]{12}$/)
  })

  it('changes with every condition', () => {
    const others = [
      { task: 'products' },
      { n: 3 },
      { problems: problemsHash(['a', 'c']) },
      { split: 'test' },
      { data: 'x' },
      { knobs: { level: 2 } },
      { levels: [1] },
      { k: [1, 8] },
      { samples: 8 },
      { temperature: 0 },
      { maxTokens: 64 },
      { prompt: 'chat' as const },
    ]
    const names = others.map((other) => protocolOf({ ...conditions, ...other }))
    expect(new Set([protocolOf(conditions), ...names]).size).toBe(others.length + 1)
  })
})
