import { describe, expect, test } from 'vitest'
import type { LabResults, LabRow } from './lab-results.ts'
import { countOutcomes, isCutShort, rankingOf, rowWords, whatCameOut, whatWasCompared } from './lab-summary.ts'

const estimate = (value: number, half = 0.02) => ({ value, low: value - half, high: value + half, n: 768 })
const row = (recipe: string, over: Partial<LabRow> = {}): LabRow => ({
  arm: `chain/${recipe}`,
  testbed: 'chain',
  recipe,
  settings: {},
  isOwn: true,
  baseline: null,
  seeds: [1, 2],
  missing: [],
  problems: 256,
  samples: 16,
  pass1: estimate(0.7),
  overStart: estimate(0.3),
  overBaseline: null,
  largestK: null,
  cost: { trainedTokens: 100_000, sampledTokens: 50_000, steps: 12, seconds: 10 },
  withoutVerdict: 0,
  ...over,
})
const results = (rows: readonly LabRow[], over: Partial<LabResults> = {}): LabResults => ({
  testbed: 'chain',
  recipes: rows.map(({ recipe }) => recipe),
  seeds: [1, 2],
  command: 'gradus lab run',
  settings: {},
  testbeds: [
    {
      id: 'chain',
      summary: '',
      task: 'chain-arithmetic',
      tokens: 100_000,
      steps: 40,
      dir: 'x',
      start: { 1: estimate(0.44) },
    },
  ],
  rows,
  claims: [],
  missing: 0,
  ...over,
})

describe('a lab in sentences', () => {
  const rows = [
    row('grpo'),
    row('nsr', { pass1: estimate(0.98), overStart: estimate(0.54) }),
    row('bad', { pass1: estimate(0.4), overStart: estimate(-0.04) }),
    row('same', { pass1: estimate(0.45), overStart: estimate(0.01) }),
    row('grpo', { isOwn: false, pass1: estimate(1) }),
    row('grpo', { testbed: 'other', pass1: estimate(1) }),
  ]

  test('ranks the recipes’ own arms on the chosen testbed', () => {
    expect(rankingOf(results(rows)).map(({ recipe }) => recipe)).toEqual(['nsr', 'grpo', 'same', 'bad'])
  })

  test('says what was compared', () => {
    expect(whatWasCompared(results(rows))).toBe(
      '4 recipes trained the same starting model on chain-arithmetic, each for about 100k trained tokens or 40 steps, with 2 seeds. Every run was then asked 256 problems that none was trained on, 16 times each.',
    )
  })

  test('says what came out and no more than the intervals do', () => {
    expect(whatCameOut(results(rows))).toBe(
      'From pass@1 0.440 at the start, recipes reached between 0.400 (bad) and 0.980 (nsr): 2 above the start, 1 below the start, 1 not told apart from the start.',
    )
    expect(whatCameOut(results([row('grpo')]))).toBe(
      'From pass@1 0.440 at the start, grpo reached 0.700: above the start.',
    )
    expect(whatCameOut(results([row('grpo'), row('rft')]))).toContain(': all above the start.')
    expect(whatCameOut(results([row('grpo', { pass1: null, overStart: null })]))).toBe('No run is finished yet.')
  })

  test('says how a row stands, and whether it had its budget', () => {
    expect(rowWords(row('dapo', { overBaseline: estimate(-0.025, 0.01), baseline: 'grpo' }))).toEqual([
      '+0.300 [+0.280, +0.320] over the start',
      '−0.025 [−0.035, −0.015] over grpo',
    ])
    expect(
      isCutShort(row('nsr', { cost: { trainedTokens: 21_000, sampledTokens: 0, steps: 40, seconds: 1 } }), 100_000),
    ).toBe(true)
    expect(isCutShort(row('grpo'), 100_000)).toBe(false)
  })

  test('counts claims by what came of them', () => {
    const claim = { recipe: 'grpo', testbed: 'chain', statement: '', evidence: '' }
    const claims = [
      { ...claim, outcome: 'held' as const },
      { ...claim, outcome: 'not checked' as const },
      { ...claim, outcome: 'held' as const },
    ]
    expect(countOutcomes(claims)).toEqual([
      { outcome: 'held', count: 2 },
      { outcome: 'not checked', count: 1 },
    ])
  })
})
