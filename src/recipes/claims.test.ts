// Claims over synthetic runs: what holds, what does not, and what the numbers cannot say.
import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import type { ArmRun, Claim, Finding } from '../contracts/index.ts'
import {
  all,
  difference,
  isAbove,
  isClose,
  isHigher,
  lateMetric,
  passAt,
  raisesAccuracy,
  startPassAt,
} from './claims.ts'

const SAMPLES = 8
const PROBLEMS = 40

/** Runs of three seeds on the same problems, each problem solved with this probability on average. */
function runs(name: string, { start = 0.3, end, metric }: { start?: number; end: number; metric?: number }): ArmRun[] {
  return [1, 2, 3].map((seed): ArmRun => {
    const rng = stream('claims-test', name, seed)
    const counts = (mean: number) => ({
      samples: SAMPLES,
      right: Array.from({ length: PROBLEMS }, () => {
        let right = 0
        for (let i = 0; i < SAMPLES; i++) right += rng.next() < mean ? 1 : 0
        return right
      }),
    })
    const metrics = Array.from({ length: 8 }, (_, i) => ({
      step: i + 1,
      time_s: 0,
      tokens: 0,
      // Early steps say something else.
      'value/explained_variance': i < 6 ? -5 : (metric ?? 0) + 0.01 * rng.normal(),
    }))
    return { seed, first: counts(start), last: counts(end), metrics }
  })
}

const arms = {
  good: runs('good', { end: 0.7, metric: 0.4 }),
  alike: runs('alike', { end: 0.7, metric: 0 }),
  poor: runs('poor', { end: 0.3, metric: -0.4 }),
}

const outcome = (check: Claim['check']): Finding['outcome'] => check(arms).outcome

const one = (right: readonly number[], metrics: ArmRun['metrics'] = []): ArmRun => ({
  seed: 1,
  first: { samples: 4, right: [0, 2] },
  last: { samples: 4, right },
  metrics,
})

describe('measures', () => {
  it('give pass@k of each problem at the end and at the start', () => {
    const run = one([1, 4])
    expect(passAt(1).of(run)).toEqual([0.25, 1])
    // 1 - C(3, 2) / C(4, 2) = 1 - 3 / 6, and 1 - C(2, 2) / C(4, 2) = 1 - 1 / 6.
    expect(passAt(2).of(run)[0]).toBeCloseTo(0.5, 12)
    expect(startPassAt(1).of(run)).toEqual([0, 0.5])
    expect(startPassAt(2).of(run)[1]).toBeCloseTo(5 / 6, 12)
  })

  it('count only samples with a verdict, and give no number where fewer than k have one', () => {
    const run: ArmRun = { ...one([]), last: { samples: 4, right: [1, 2, 0], decided: [2, 4, 0] } }
    expect(passAt(1).of(run)).toEqual([0.5, 0.5, Number.NaN])
    // Both of two, one of them right; then 1 - C(2, 2) / C(4, 2).
    expect(passAt(2).of(run)[0]).toBe(1)
    expect(passAt(2).of(run)[1]).toBeCloseTo(5 / 6, 12)
    expect(passAt(4).of(run)).toEqual([Number.NaN, 1, Number.NaN])
    // Too few samples are no matter of verdicts.
    expect(() => passAt(8).of(run)).toThrow(expect.objectContaining({ code: 'usage/bad-count' }))
    expect(startPassAt(1).of({ ...run, first: run.last })).toEqual([0.5, 0.5, Number.NaN])
  })

  it('average a metric over the last quarter of the steps that have it', () => {
    const rows = [100, 100, 100, 100, 100, 100, 3, 5].map((value, i) => ({
      step: i + 1,
      time_s: 0,
      tokens: 0,
      'reward/mean': value,
    }))
    const without = { step: 9, time_s: 0, tokens: 0 }
    expect(lateMetric('reward/mean').of(one([], [...rows, without, { ...without, 'reward/mean': null }]))).toEqual([4])
    expect(lateMetric('reward/mean').of(one([], rows.slice(6, 7)))).toEqual([3])
  })

  it('are compared problem by problem, seed by seed', () => {
    const own = [one([4, 0]), one([4, 2])]
    const other = [one([2, 0]), one([2, 4])]
    const { value, n } = difference({ own, other }, [
      ['own', passAt(1)],
      ['other', passAt(1)],
    ])
    expect(value).toBeCloseTo((0.5 + 0 + 0.5 - 0.5) / 4, 12)
    expect(n).toBe(4)
    // Each problem a quarter higher, however unlike the problems: no interval at all.
    const raised = difference({ a: [one([4, 1])], b: [one([3, 0])] }, [
      ['a', passAt(1)],
      ['b', passAt(1)],
    ])
    expect([raised.low, raised.high]).toEqual([0.25, 0.25])
  })
})

describe('problems without a number', () => {
  const decided = (right: readonly number[], known: readonly number[]): ArmRun => ({
    ...one([]),
    last: { samples: 4, right, decided: known },
  })
  const own = [decided([4, 0, 3], [4, 0, 4]), decided([2, 4, 3], [2, 4, 4])]
  const other = [decided([2, 2, 1], [4, 4, 4]), decided([1, 2, 1], [2, 4, 4])]

  it('in one run are left out of all, on both sides', () => {
    // p1 has none in the first run: (1 - 1/2 + 3/4 - 1/4 + 1 - 1/2 + 3/4 - 1/4) / 4.
    const found = difference({ own, other }, [
      ['own', passAt(1)],
      ['other', passAt(1)],
    ])
    expect(found).toMatchObject({ value: 0.5, low: 0.5, high: 0.5, n: 4, problems: 2, asked: 3 })
    const { evidence } = isHigher(['own', passAt(1)], ['other', passAt(1)])({ own, other })
    expect(evidence).toContain('0.500 [0.500, 0.500] over 2 of 3 problems, the others lack verdicts')
    // (1 + 3/4 + 1 + 3/4) / 4
    expect(isAbove(['own', passAt(1)], 0.5)({ own }).evidence).toContain('0.875 [')
  })

  it('are an error when they are all, as is another number of problems', () => {
    const none = [decided([0, 0, 0], [0, 0, 0])]
    const check = isHigher(['own', passAt(1)], ['other', passAt(1)])
    expect(() => check({ own: none, other: [other[0]] })).toThrow(expect.objectContaining({ code: 'data/no-values' }))
    const fewer = [decided([1, 1], [4, 4])]
    for (const [a, b] of [
      [fewer, [other[0]]],
      [[other[0]], fewer],
    ])
      expect(() => check({ own: a, other: b })).toThrow(expect.objectContaining({ code: 'data/not-paired' }))
    expect(() => isAbove(['own', passAt(1)], 0)({ own: [other[0], ...fewer] })).toThrow(
      expect.objectContaining({ code: 'data/not-paired' }),
    )
  })
})

describe('isHigher', () => {
  it('holds above, does not below, and is inconclusive between', () => {
    expect(outcome(isHigher(['good', passAt(1)], ['poor', passAt(1)]))).toBe('held')
    expect(outcome(isHigher(['poor', passAt(1)], ['good', passAt(1)]))).toBe('not held')
    expect(outcome(isHigher(['good', passAt(1)], ['alike', passAt(1)]))).toBe('inconclusive')
    expect(outcome(isHigher(['good', passAt(1)], ['good', passAt(1)]))).toBe('inconclusive')
  })

  it('compares the end of an arm with its start', () => {
    expect(outcome(isHigher(['good', passAt(1)], ['good', startPassAt(1)]))).toBe('held')
    expect(outcome(isHigher(['good', startPassAt(1)], ['good', passAt(1)]))).toBe('not held')
    expect(raisesAccuracy('x').check({ own: arms.good }).outcome).toBe('held')
    expect(raisesAccuracy('x').check({ own: arms.poor }).outcome).toBe('inconclusive')
  })

  it('says both sides, the difference and its interval', () => {
    const { evidence } = isHigher(['a', passAt(1)], ['b', passAt(2)])({ a: [one([4, 4])], b: [one([0, 0])] })
    expect(evidence).toBe('pass@1 (a) minus pass@2 (b): 1.000 [1.000, 1.000]')
  })
})

describe('isClose', () => {
  const near = (margin: number) => isClose(['good', passAt(1)], ['alike', passAt(1)], margin)

  it('holds when the whole interval is within the margin, on either side', () => {
    expect(outcome(near(0.2))).toBe('held')
    expect(outcome(isClose(['alike', passAt(1)], ['good', passAt(1)], 0.2))).toBe('held')
  })

  it('does not when the whole interval is outside, on either side', () => {
    expect(outcome(isClose(['good', passAt(1)], ['poor', passAt(1)], 0.2))).toBe('not held')
    expect(outcome(isClose(['poor', passAt(1)], ['good', passAt(1)], 0.2))).toBe('not held')
  })

  it('is inconclusive when the interval reaches over the margin', () => {
    expect(outcome(near(0.001))).toBe('inconclusive')
  })
})

describe('isAbove', () => {
  const explained = lateMetric('value/explained_variance')

  it('holds above the number, does not below, and is inconclusive around it', () => {
    expect(outcome(isAbove(['good', explained], 0.2))).toBe('held')
    expect(outcome(isAbove(['poor', explained], 0.2))).toBe('not held')
    expect(outcome(isAbove(['alike', passAt(1)], 0.7))).toBe('inconclusive')
  })
})

describe('all', () => {
  const held = isHigher(['good', passAt(1)], ['poor', passAt(1)])
  const notHeld = isHigher(['poor', passAt(1)], ['good', passAt(1)])
  const open = isHigher(['good', passAt(1)], ['good', passAt(1)])

  it('holds when every check does', () => {
    expect(outcome(all(held, held))).toBe('held')
  })

  it('does not when one does not, whatever the others say', () => {
    expect(outcome(all(held, notHeld))).toBe('not held')
    expect(outcome(all(notHeld, open))).toBe('not held')
    expect(outcome(all(open, notHeld))).toBe('not held')
  })

  it('is inconclusive when one is and none is against', () => {
    expect(outcome(all(held, open))).toBe('inconclusive')
  })

  it('gives the evidence of every check', () => {
    const [a, b] = [held(arms).evidence, open(arms).evidence]
    expect(all(held, open)(arms).evidence).toBe(`${a}; ${b}`)
  })
})

describe('runs that cannot be compared', () => {
  it('are refused when a metric is in none of their rows', () => {
    const check = isAbove(['a', lateMetric('reward/mean')], 0)
    expect(() => check({ a: [one([1, 1])] })).toThrow(expect.objectContaining({ code: 'data/no-values' }))
  })

  // The second arm has one more seed; it is left out without a word.
  it('are refused when the arms are not of the same seeds', () => {
    const [first, second, third] = arms.good
    const check = isHigher(['a', passAt(1)], ['b', passAt(1)])
    expect(() => check({ a: [first, second], b: [third, first, second] })).toThrow()
  })
})
