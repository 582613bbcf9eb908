import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeScoredRun } from './__fixtures__/scored-run.ts'
import {
  type CompareRequest,
  compareRuns,
  comparisonJson,
  costOf,
  readMetric,
  settingLines,
  testLine,
} from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'gradus-compare-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** `right` of 20 problems right. */
const some = (right: number): string[] => Array.from({ length: 20 }, (_, i) => (i < right ? 'r' : 'w'))

beforeAll(() => {
  const steps = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [i * 10, some(4 + i)]))
  makeScoredRun(join(folder, 'a'), { evaluations: steps })
  makeScoredRun(join(folder, 'b'), {
    config: { lr: 0.1, extra: { on: true } },
    evaluations: { 0: some(4), 80: some(18) },
  })
  for (const seed of [1, 2]) {
    makeScoredRun(join(folder, `c-${seed}`), {
      recipe: 'rloo',
      seed,
      evaluations: { 0: some(4), [seed * 40]: some(10) },
    })
  }
})

const given = (...names: readonly string[]) => names.map((name) => ({ name, path: join(folder, name) }))
const compare = (request: Partial<CompareRequest>) =>
  compareRuns({
    given: given('a', 'b'),
    metrics: [readMetric('pass@1')],
    correction: 'holm',
    axis: 'steps',
    ...request,
  })

describe('compareRuns', () => {
  it('calls runs by the names that were given, wherever they lie', () => {
    const [report] = compare({ given: given('a@20', 'b'), baseline: given('a')[0] })
    expect(report.rows.map(({ subject }) => subject.name)).toEqual(['a', 'a@20', 'b'])
    expect(comparisonJson(report)).toMatchObject({ metric: 'eval/sums/pass@1', baseline: 'a', paired: true })
    expect(() => compare({ given: given('a', 'nowhere') })).toThrow(/^there is no nowhere$/)
  })

  it('takes a name once, however often it is given', () => {
    const [report] = compare({ given: given('a', 'b', 'a') })
    expect(report.rows).toHaveLength(2)
  })

  it('reads no more evaluations for a curve than it is asked to draw, and keeps its ends', () => {
    const [{ curves }] = compare({ mostPoints: 3 })
    expect(curves[0].points.map(({ x, value, n }) => [x, value, n])).toEqual([
      [0, 0.2, 20],
      [40, 0.4, 20],
      [80, 0.6, 20],
    ])
    expect(compare({})[0].curves[0].points).toHaveLength(9)
  })

  it('draws over the tokens of training and sampling together', () => {
    const [{ curves }] = compare({ axis: 'tokens' })
    expect(curves[1].points.map(({ x }) => x)).toEqual([0, 2400])
  })

  it('says which tests were made and what they were corrected for', () => {
    expect(testLine(compare({})[0])).toBe("p: two-sided, McNemar's mid-p; one comparison, not corrected")
    const [three] = compare({ given: given('a', 'b', 'a@20'), correction: 'bh' })
    expect(testLine(three)).toContain('Benjamini-Hochberg')
  })
})

describe('what differs between settings', () => {
  it('is a line for each setting, with a value for each row', () => {
    const [{ rows }] = compare({ given: given('a', 'b', 'a@20', 'c-1') })
    expect(settingLines(rows)).toEqual([
      { path: 'config.extra.on', values: [undefined, true, undefined, undefined] },
      { path: 'config.lr', values: [0.01, 0.1, 0.01, 0.01] },
      { path: 'recipe', values: ['grpo', 'grpo', 'grpo', 'rloo'] },
    ])
  })

  it('is nothing between runs of one configuration', () => {
    expect(settingLines(compare({ given: given('a', 'a@20') })[0].rows)).toEqual([])
  })
})

describe('what a row cost', () => {
  it('is the mean over its seeds, and for an earlier evaluation what was spent by then', () => {
    const [{ rows }] = compare({ given: given('a@20', 'c-1', 'c-2'), groupSeeds: true })
    expect(rows.map(({ subject }) => costOf(subject))).toEqual([
      { tokens: 600, seconds: 10 },
      { tokens: (1200 + 2400) / 2, seconds: (20 + 40) / 2 },
    ])
  })
})
