import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { levelChart } from './level-chart.ts'
import { levelPage } from './level-report.ts'
import { type LevelResults, levelTrend, readLevelResults, writeLevelResults } from './level-results.ts'

const results = (rights: readonly number[], chance = 0): LevelResults => ({
  schema: 1,
  task: 'made-up',
  seed: 1,
  trainedTokens: 12_345,
  steps: 10,
  levels: rights.map((right, i) => ({ level: i + 1, n: 100, right, truncated: 0, chance })),
})

describe('levelTrend', () => {
  it('sees a fall where the interval of the difference lies above 0', () => {
    const { difference, trend } = levelTrend(results([56, 48]))
    expect(trend).toBe('no difference seen')
    // Newcombe (1998), method 10, by hand: 0.08, Wilson [0.462, 0.653] and [0.385, 0.577].
    expect(difference.value).toBeCloseTo(0.08, 10)
    expect(difference.low).toBeCloseTo(-0.0573, 3)
    expect(difference.high).toBeCloseTo(0.2136, 3)
    expect(levelTrend(results([90, 60, 10])).trend).toBe('falls')
    expect(levelTrend(results([10, 60, 90])).trend).toBe('rises')
  })

  it('tells nothing learnt from all solved', () => {
    expect(levelTrend(results([1, 0, 0])).trend).toBe('nothing learnt')
    expect(levelTrend(results([25, 26, 24], 0.25)).trend).toBe('nothing learnt')
    expect(levelTrend(results([100, 99, 99])).trend).toBe('all solved')
  })
})

describe('level results', () => {
  it('are read back as they were written; a broken file is named', () => {
    const dir = mkdtempSync(join(tmpdir(), 'levels-'))
    expect(readLevelResults(dir)).toBeUndefined()
    writeLevelResults(dir, results([3, 2]))
    expect(readLevelResults(dir)).toEqual(results([3, 2]))
    writeFileSync(join(dir, 'levels.json'), '{"schema":1}')
    expect(() => readLevelResults(dir)).toThrow(/does not hold pass rates/)
  })

  it('make a page with a row, and a picture with a panel, per task', () => {
    const both = [results([90, 60, 10]), { ...results([5, 5]), task: 'other' }]
    const page = levelPage(both, { picture: 'levels.svg', command: 'gradus lab levels' })
    expect(page).toContain('| made-up | 12.3k | 0.90 | 0.60 | 0.10 | 0.800 [')
    expect(page).toContain('1 of 2 tasks show it')
    const chart = levelChart(both)
    expect(chart.match(/class="title"/g)).toHaveLength(2)
    expect(chart.match(/<circle/g)).toHaveLength(5)
  })
})
