// A report needs nothing but the directories.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EvalSampleRow } from '../../contracts/run.ts'
import { toyOptions } from '../__fixtures__/toy-run.ts'
import { createRun } from '../run-directory.ts'
import { renderReport } from './render-report.ts'
import { reportOfRuns } from './report-of-runs.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gradus-report-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function sample(problem: string, verdict: EvalSampleRow['verdict']): EvalSampleRow {
  return { problem, prompt: `solve ${problem}`, completion: 'x', verdict, reason: 'because' }
}

function makeRun(name: string, recipe: string): string {
  const dir = join(root, name)
  const run = createRun({ ...toyOptions(dir), recipe, command: `gradus train ${recipe}`, configDiff: { lr: 0.1 } })
  for (const step of [0, 5]) {
    const score = step / 10
    run.sink.metrics({
      step,
      time_s: step,
      tokens: step * 100,
      'reward/mean': score,
      'eval/sums/pass@1': score,
      'eval/sums/pass@1_low': score - 0.1,
      'eval/sums/pass@1_high': score + 0.1,
      'eval/sums/n': 64,
    })
    run.sink.evaluation('sums', step, {}, [
      sample('a', 'right'),
      sample('b', step === 0 ? 'wrong' : 'right'),
      sample('b', 'failed'),
    ])
  }
  run.sink.metrics({ step: 6, time_s: 6, tokens: 600, 'reward/mean': null })
  run.close('done', 'all steps done')
  return dir
}

describe('reportOfRuns', () => {
  it('shows the last evaluation, the curves, and what changed first', () => {
    const data = reportOfRuns([makeRun('one', 'grpo')])
    expect(data.title).toBe('grpo on sums')
    expect(data.table).toEqual({
      measures: ['sums pass@1'],
      rows: [
        { name: 'grpo', estimates: [{ value: 0.5, low: 0.4, high: 0.6 }], n: 64, seeds: [1], tokens: 600, seconds: 6 },
      ],
    })
    expect(data.charts?.map((chart) => [chart.title, chart.size])).toEqual([
      ['sums pass@1', 'wide'],
      ['reward/mean', 'small'],
    ])
    expect(data.charts?.[1].series[0].points).toMatchObject([
      { x: 0, y: 0 },
      { x: 5, y: 0.5 },
      { x: 6, y: Number.NaN },
    ])
    expect(data.samples?.map((s) => [s.problem, ...s.completions.map((c) => `${c.label} ${c.verdict}`)])).toEqual([
      ['solve b', 'step 0 wrong', 'step 5 right'],
      ['solve a', 'step 0 right', 'step 5 right'],
    ])
    expect(data).toMatchObject({ command: 'gradus train grpo', config: { lr: 0.1 }, configDiff: { lr: 0.1 } })
    expect(renderReport(data)).not.toMatch(/NaN|undefined/)
  })

  it('puts runs side by side under names that tell them apart', () => {
    const dirs = [makeRun('one', 'grpo'), makeRun('two', 'grpo'), makeRun('three', 'ppo')]
    const data = reportOfRuns(dirs)
    expect(data.table?.rows.map((row) => row.name)).toEqual(['one', 'two', 'ppo'])
    expect(data.charts?.[0].series.map((series) => series.name)).toEqual(['one', 'two', 'ppo'])
    expect(data.samples).toHaveLength(6)
  })

  it('has no table and no samples before the first evaluation', () => {
    const run = createRun(toyOptions(join(root, 'new')))
    run.close('interrupted', 'test')
    const data = reportOfRuns([join(root, 'new')])
    expect([data.table, data.charts, data.samples]).toEqual([undefined, [], []])
    expect(renderReport(data)).toContain('new: interrupted (test)')
  })
})
