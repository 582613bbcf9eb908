// Our statistics against SciPy's, from values that statistics_reference.py recorded: no Python is needed.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  benjaminiHochberg,
  bootstrapMean,
  calibration,
  labelShuffleTest,
  mcnemar,
  normalCdf,
  normalQuantile,
  pairedDifference,
  passAtK,
  powerPaired,
  powerUnpaired,
  runsForMean,
  signFlipTest,
  wilsonInterval,
} from '../../src/eval/index.ts'

interface Reference {
  readonly normalCdf: readonly { x: number; value: number }[]
  readonly normalQuantile: readonly { p: number; value: number }[]
  readonly mcnemar: readonly { gained: number; lost: number; exact: number; midP: number }[]
  readonly wilson: readonly { right: number; n: number; confidence: number; low: number; high: number }[]
  readonly signFlip: readonly { differences: number[]; p: number }[]
  readonly labelShuffle: readonly { before: number[]; after: number[]; p: number }[]
  readonly bootstrap: readonly { values: number[]; low: number; high: number }[]
  readonly pairedBootstrap: readonly { before: number[]; after: number[]; low: number; high: number }[]
  readonly passAtK: readonly { n: number; right: number; k: number; value: number }[]
  readonly benjaminiHochberg: { ps: number[]; adjusted: number[] }
  readonly runsForMean: readonly { difference: number; spread: number; power: number; n: number }[]
  readonly powerUnpaired: readonly { p: number; q: number; n: number; power: number }[]
  readonly powerPaired: readonly { discordant: number; difference: number; n: number; power: number }[]
  readonly calibration: readonly {
    answers: { confidence: number; right: boolean }[]
    bins: number
    ece: number
    brier: number
  }[]
}

const reference: Reference = JSON.parse(readFileSync(new URL('./statistics.reference.json', import.meta.url), 'utf8'))

/** Relative difference, absolute near zero. */
const off = (ours: number, theirs: number): number => Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 1e-300)

describe('equal to SciPy to rounding', () => {
  it.each(reference.normalCdf)('normalCdf($x)', ({ x, value }) => {
    expect(off(normalCdf(x), value === 0 ? normalCdf(x) : value)).toBeLessThan(1e-11)
    if (value === 0) expect(normalCdf(x)).toBeLessThan(1e-300)
  })

  it.each(reference.normalQuantile)('normalQuantile($p)', ({ p, value }) => {
    expect(normalQuantile(p)).toBeCloseTo(value, 11)
  })

  it.each(reference.mcnemar)('mcnemar($gained, $lost)', ({ gained, lost, exact, midP }) => {
    const ours = mcnemar(gained, lost)
    expect(off(ours.exact, exact)).toBeLessThan(1e-10)
    expect(off(ours.midP, midP)).toBeLessThan(1e-10)
  })

  it.each(reference.wilson)('wilsonInterval($right, $n, $confidence)', ({ right, n, confidence, low, high }) => {
    const ours = wilsonInterval(right, n, confidence)
    expect(ours.low).toBeCloseTo(low, 12)
    expect(ours.high).toBeCloseTo(high, 12)
  })

  it.each(reference.signFlip)('signFlipTest of $differences', ({ differences, p }) => {
    expect(signFlipTest(differences, { seed: 1 })).toEqual({ p: expect.closeTo(p, 12), isExact: true })
  })

  it.each(reference.passAtK)('passAtK($n, $right, $k)', ({ n, right, k, value }) => {
    expect(passAtK(n, right, k)).toBeCloseTo(value, 10)
  })

  it('benjaminiHochberg', () => {
    const ours = benjaminiHochberg(reference.benjaminiHochberg.ps)
    reference.benjaminiHochberg.adjusted.forEach((adjusted, i) => {
      expect(ours[i]).toBeCloseTo(adjusted, 12)
    })
  })

  it.each(reference.calibration)('calibration in $bins bins', ({ answers, bins, ece, brier }) => {
    const ours = calibration(answers, { bins })
    expect(ours.ece).toBeCloseTo(ece, 12)
    expect(ours.brier.value).toBeCloseTo(brier, 12)
  })
})

describe('equal to SciPy up to the noise of drawing', () => {
  it.each(reference.labelShuffle)('labelShuffleTest', ({ before, after, p }) => {
    // 10,000 draws: a standard error of at most 0.005.
    expect(Math.abs(labelShuffleTest(before, after, { seed: 1 }).p - p)).toBeLessThan(0.02)
  })

  it.each(reference.bootstrap)('bootstrapMean', ({ values, low, high }) => {
    const ours = bootstrapMean(values, { seed: 1, resamples: 20_000 })
    expect(Math.abs(ours.low - low)).toBeLessThan(0.01)
    expect(Math.abs(ours.high - high)).toBeLessThan(0.01)
  })

  it.each(reference.pairedBootstrap)('pairedDifference', ({ before, after, low, high }) => {
    const ours = pairedDifference(before, after, { seed: 1, resamples: 20_000 })
    expect(Math.abs(ours.low - low)).toBeLessThan(0.03)
    expect(Math.abs(ours.high - high)).toBeLessThan(0.03)
  })
})

describe('normal approximations near the exact power', () => {
  it.each(reference.powerUnpaired)('powerUnpaired($p, $q, $n) is within 0.02', ({ p, q, n, power }) => {
    expect(Math.abs(powerUnpaired(p, q, n) - power)).toBeLessThan(0.02)
  })

  it.each(reference.powerPaired)('powerPaired of $discordant, $difference and $n is within 0.02', (one) => {
    expect(Math.abs(powerPaired(one, one.n) - one.power)).toBeLessThan(0.02)
  })

  it.each(reference.runsForMean)('runsForMean($difference, $spread) is within one run', (one) => {
    expect(Math.abs(runsForMean(one.difference, one.spread, one) - one.n)).toBeLessThanOrEqual(1)
  })
})
