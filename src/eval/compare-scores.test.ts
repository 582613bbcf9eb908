import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import { comparePaired, compareUnpaired } from './compare-scores.ts'
import { pairedDifference, wilsonInterval } from './intervals.ts'
import { mcnemar } from './mcnemar.ts'
import { nestedDifference } from './nested-difference.ts'
import { pairedProportions } from './paired-proportions.ts'

const shares = fc.array(fc.constantFrom(0, 0.25, 0.5, 1), { minLength: 2, maxLength: 12 })

describe('nestedDifference', () => {
  it('is the paired bootstrap over problems when each side has one seed', () => {
    const before = Array.from({ length: 60 }, (_, i) => ((i * 7) % 5) / 4)
    const after = Array.from({ length: 60 }, (_, i) => ((i * 11) % 6) / 5)
    const ours = nestedDifference([before], [after], { seed: 1, isPaired: true, resamples: 8000 })
    const plain = pairedDifference(before, after, { seed: 1, resamples: 8000 })
    expect(ours.value).toBeCloseTo(plain.value, 12)
    expect(Math.abs(ours.low - plain.low)).toBeLessThan(0.02)
    expect(Math.abs(ours.high - plain.high)).toBeLessThan(0.02)
  })

  it('removes what seeds have in common when they are paired', () => {
    // Seeds differ by 0.4, and each gains 0.1 on every problem.
    const before = [
      [0.1, 0.3],
      [0.5, 0.7],
    ]
    const after = before.map((row) => row.map((x) => x + 0.1))
    const paired = nestedDifference(before, after, { seed: 1, isPaired: true })
    expect(paired.low).toBeCloseTo(0.1, 10)
    expect(paired.high).toBeCloseTo(0.1, 10)
    const loose = nestedDifference(before, after, { seed: 1, isPaired: false })
    expect(loose.value).toBeCloseTo(0.1, 12)
    expect(loose.low).toBeLessThan(-0.2)
    expect(loose.p).toBeGreaterThan(0.3)
  })

  it('changes its sign with the order of the sides', () => {
    fc.assert(
      fc.property(shares, (row) => {
        const other = [...row].reverse().map((x) => 1 - x)
        const options = { seed: 2, isPaired: true, resamples: 50 }
        const [one, two] = [nestedDifference([row], [other], options), nestedDifference([other], [row], options)]
        expect(two.value).toBeCloseTo(-one.value, 12)
        expect(two.low).toBeCloseTo(-one.high, 12)
        expect(two.p).toBe(one.p)
      }),
    )
  })

  it('refuses what cannot be compared', () => {
    const options = { seed: 1, isPaired: true }
    expect(() => nestedDifference([[1]], [[1, 2]], options)).toThrow(/other problems/)
    expect(() => nestedDifference([[1]], [[1], [1]], options)).toThrow(
      expect.objectContaining({ code: 'data/not-paired' }),
    )
    expect(nestedDifference([[1]], [[1], [1]], { ...options, isPaired: false }).value).toBe(0)
    expect(() => nestedDifference([], [], options)).toThrow(expect.objectContaining({ code: 'data/no-values' }))
  })
})

describe('comparePaired', () => {
  it('takes McNemar for right and wrong, sign flips for shares, the nested bootstrap for seeds', () => {
    const before = [0, 0, 0, 1, 1, 0, 0, 1]
    const after = [1, 1, 0, 1, 0, 1, 1, 1]
    const plain = comparePaired([before], [after], { seed: 1 })
    expect(plain).toMatchObject({ test: 'mcnemar-mid-p', p: mcnemar(4, 1).midP, difference: { value: 3 / 8, n: 8 } })
    expect(comparePaired([[0.5, 0, 1]], [[1, 0, 1]], { seed: 1 })).toMatchObject({ test: 'sign-flip', p: 1 })
    expect(comparePaired([before, before], [after, after], { seed: 1, seedsPaired: true }).test).toBe(
      'nested-bootstrap',
    )
  })

  it('does not call two systems that agree on 20 problems equal for sure', () => {
    const same = comparePaired([new Array(20).fill(1)], [new Array(20).fill(1)], { seed: 1 })
    expect(same.difference).toEqual(pairedProportions({ gained: 0, lost: 0, n: 20 }))
    expect(same.difference.high).toBeGreaterThan(0.1)
    expect(same.p).toBe(1)
    // Shares that are equal: the share of problems that change is below Wilson's bound for none of 20.
    const shares = new Array(20).fill(0.5)
    const room = wilsonInterval(0, 20).high
    expect(comparePaired([shares], [shares], { seed: 1 }).difference).toEqual({
      value: 0,
      low: -room,
      high: room,
      n: 20,
    })
  })

  it('takes what rounding leaves of 0 for 0', () => {
    // 0.1 + 0.2 - 0.3 is 5.6e-17.
    const { difference } = comparePaired([[0.3, 0.25]], [[0.1 + 0.2, 0.25]], { seed: 1 })
    expect(difference.value).toBe(0)
  })

  it('says what it could have seen: 2.8 standard errors', () => {
    const rng = stream('test', 'detectable')
    const before = Array.from({ length: 400 }, () => (rng.next() < 0.4 ? 1 : 0))
    const after = Array.from({ length: 400 }, () => (rng.next() < 0.4 ? 1 : 0))
    const { detectable } = comparePaired([before], [after], { seed: 1 })
    // Independent shares of 0.4: sqrt(2 * 0.24 / 400) = 0.0346.
    expect(detectable).toBeGreaterThan(2.8 * 0.0346 * 0.9)
    expect(detectable).toBeLessThan(2.8 * 0.0346 * 1.1)
  })
})

describe('compareUnpaired', () => {
  const side = (right: number, n: number) => ({
    scores: [[...new Array(right).fill(1), ...new Array(n - right).fill(0)]],
    estimate: wilsonInterval(right, n),
  })

  it("gives Newcombe's published interval", () => {
    // Newcombe 1998, Statist. Med. 17:873, table II, method 10: 56/70 against 48/80 is 0.2000 [0.0524, 0.3339].
    const { difference, test } = compareUnpaired(side(48, 80), side(56, 70), { seed: 1 })
    expect(test).toBe('label-shuffle')
    expect(difference.value).toBeCloseTo(0.2, 12)
    expect(difference.low).toBeCloseTo(0.0524, 4)
    expect(difference.high).toBeCloseTo(0.3339, 4)
    // The same table, (b): 9/10 against 3/10 is 0.6 [0.1705, 0.8090].
    const small = compareUnpaired(side(3, 10), side(9, 10), { seed: 1 }).difference
    expect(small.low).toBeCloseTo(0.1705, 4)
    expect(small.high).toBeCloseTo(0.809, 4)
  })

  it('takes a normal approximation for several seeds', () => {
    const one = { scores: [[0], [1]], estimate: { value: 0.5, low: 0.4, high: 0.6, n: 2 } }
    const two = { scores: [[1], [1]], estimate: { value: 0.7, low: 0.6, high: 0.8, n: 2 } }
    const { p, test } = compareUnpaired(one, two, { seed: 1 })
    // 0.2 over sqrt(2) * 0.1 / 1.96: z = 2.772.
    expect(test).toBe('normal')
    expect(p).toBeCloseTo(0.00557, 4)
  })
})
