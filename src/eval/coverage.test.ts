// Do intervals hold what they promise? Each is made many times from known truths, with fixed seeds. The shares found here
// stand in docs/statistics.md.
import { describe, expect, it } from 'vitest'
import { type Rng, stream } from '../base/rng.ts'
import { clusteredWilson } from './clustered-wilson.ts'
import { comparePaired, compareUnpaired } from './compare-scores.ts'
import { bootstrapMean, type Estimate, wilsonInterval } from './intervals.ts'
import { nestedMean } from './nested-bootstrap.ts'
import { nestedDifference } from './nested-difference.ts'
import { estimateScores } from './problem-scores.ts'

const times = 600

/** Share of intervals that hold the truth. */
function coverage(truth: number, name: string, make: (rng: Rng, seed: number) => Estimate): number {
  let held = 0
  for (let t = 0; t < times; t++) {
    const { low, high } = make(stream('coverage', name, t), t)
    if (low <= truth && truth <= high) held++
  }
  return held / times
}

const draws = <T>(count: number, draw: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => draw(i))
const coin = (rng: Rng, p: number): number => (rng.next() < p ? 1 : 0)
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length
/** How hard a problem is: its share of right answers, uniform, 1/2 on average. */
const problemRate = (rng: Rng): number => rng.next()
const quick = (seed: number) => ({ seed, resamples: 400 })

describe('95 % intervals hold the truth', { tags: ['slow'] }, () => {
  it.each([
    [0.5, 50],
    [0.05, 100],
    [0.9, 20],
  ])('Wilson, share %s of %s: 92 to 98 times in 100', (p, n) => {
    const share = coverage(p, `wilson ${p}`, (rng) =>
      wilsonInterval(
        draws(n, () => coin(rng, p)).reduce((a, b) => a + b, 0),
        n,
      ),
    )
    expect(share).toBeGreaterThan(0.92)
    expect(share).toBeLessThan(0.985)
  })

  it.each([
    [20, 0.9],
    [100, 0.925],
  ])('the bootstrap over %s problems, 8 samples each', (problems, least) => {
    const share = coverage(0.5, `bootstrap ${problems}`, (rng, seed) => {
      const values = draws(problems, () => {
        const rate = problemRate(rng)
        return mean(draws(8, () => coin(rng, rate)))
      })
      return bootstrapMean(values, quick(seed))
    })
    expect(share).toBeGreaterThan(least)
    expect(share).toBeLessThan(0.975)
  })

  it.each([
    [10, 0.89],
    [30, 0.92],
    [100, 0.92],
  ])('clustered Wilson over %s problems, 8 samples each', (problems, least) => {
    const share = coverage(0.5, `clustered ${problems}`, (rng) =>
      clusteredWilson(
        draws(problems, () => {
          const rate = problemRate(rng)
          return mean(draws(8, () => coin(rng, rate)))
        }),
      ),
    )
    expect(share).toBeGreaterThan(least)
    expect(share).toBeLessThan(0.985)
  })

  it('clustered Wilson over 30 problems near 0, where the bootstrap falls short', () => {
    const rates = (rng: Rng) => draws(30, () => (rng.next() < 0.05 ? 0.4 : 0))
    const make = (how: (values: readonly number[], seed: number) => Estimate) => (rng: Rng, seed: number) =>
      how(
        rates(rng).map((rate) => mean(draws(4, () => coin(rng, rate)))),
        seed,
      )
    const wilson = coverage(
      0.02,
      'near zero',
      make((values) => clusteredWilson(values)),
    )
    const drawn = coverage(
      0.02,
      'near zero',
      make((values, seed) => bootstrapMean(values, quick(seed))),
    )
    expect(wilson).toBeGreaterThan(0.92)
    expect(drawn).toBeLessThan(0.85)
  })

  it('would not, were samples taken for problems', () => {
    // 20 problems, 16 samples each, all 320 as if independent: what clustering is there to prevent.
    const share = coverage(0.5, 'naive', (rng) => {
      const right = draws(20, () => {
        const rate = problemRate(rng)
        return draws(16, () => coin(rng, rate)).reduce((a, b) => a + b, 0)
      }).reduce((a, b) => a + b, 0)
      return wilsonInterval(right, 320)
    })
    expect(share).toBeLessThan(0.75)
  })

  it('differences on the same 100 problems, one sample each', () => {
    const share = coverage(0.1, 'paired', (rng, seed) => {
      const [before, after]: number[][] = [[], []]
      for (let i = 0; i < 100; i++) {
        const rate = problemRate(rng) * 0.8
        before.push(coin(rng, rate))
        after.push(coin(rng, rate + 0.1))
      }
      return comparePaired([before], [after], { seed }).difference
    })
    expect(share).toBeGreaterThan(0.92)
    expect(share).toBeLessThan(0.98)
  })

  it('differences on other problems', () => {
    const share = coverage(0.1, 'unpaired', (rng, seed) => {
      const side = (p: number) => {
        const scores = draws(80, () => coin(rng, p))
        return { scores: [scores, scores], estimate: estimateScores(scores) }
      }
      return compareUnpaired(side(0.4), side(0.5), { seed }).difference
    })
    expect(share).toBeGreaterThan(0.92)
    expect(share).toBeLessThan(0.98)
  })

  it.each([
    [3, 0.75, 0.93],
    [10, 0.88, 0.97],
  ])('seeds and problems, %s seeds: too narrow when seeds are few', (seeds, least, most) => {
    const share = coverage(0.5, `nested ${seeds}`, (rng, seed) => {
      // Seeds differ by 0.05, problems by 0.2.
      const ofProblem = draws(60, () => rng.normal() * 0.2)
      const values = draws(seeds, () => {
        const ofSeed = rng.normal() * 0.05
        return ofProblem.map((own) => 0.5 + own + ofSeed)
      })
      return nestedMean(values, quick(seed))
    })
    expect(share).toBeGreaterThan(least)
    expect(share).toBeLessThan(most)
  })

  it('tests find a difference that is not there in at most 1 of 20 cases or so', () => {
    const shares: Record<string, number> = { 'mcnemar-mid-p': 0, 'sign-flip': 0 }
    for (let t = 0; t < times; t++) {
      const rng = stream('coverage', 'level', t)
      const [one, two, three, four]: number[][] = [[], [], [], []]
      for (let i = 0; i < 60; i++) {
        const rate = problemRate(rng)
        one.push(coin(rng, rate))
        two.push(coin(rng, rate))
        three.push(mean(draws(4, () => coin(rng, rate))))
        four.push(mean(draws(4, () => coin(rng, rate))))
      }
      for (const { test, p } of [
        comparePaired([one], [two], { seed: t }),
        comparePaired([three], [four], { seed: t }),
      ]) {
        if (p <= 0.05) shares[test] += 1 / times
      }
    }
    for (const share of Object.values(shares)) {
      expect(share).toBeGreaterThan(0.02)
      expect(share).toBeLessThan(0.075)
    }
  })
  it.each([
    [3, 0.25],
    [10, 0.12],
  ])('over %s seeds, a bootstrap finds one too often where seeds differ much', (seeds, most) => {
    let found = 0
    for (let t = 0; t < times; t++) {
      const rng = stream('coverage', 'seeds', seeds, t)
      const side = () =>
        draws(seeds, () => {
          const ofSeed = rng.normal() * 0.05
          return draws(40, () => 0.5 + ofSeed + rng.normal() * 0.1)
        })
      if (nestedDifference(side(), side(), { ...quick(t), isPaired: true }).p <= 0.05) found += 1 / times
    }
    expect(found).toBeGreaterThan(0.05)
    expect(found).toBeLessThan(most)
  })
})
