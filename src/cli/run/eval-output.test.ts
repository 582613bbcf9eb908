// What gradus eval prints, and that what it writes is read back as the same evaluation.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { samplesOf } from '../../compare/__fixtures__/scored-run.ts'
import { readEvaluationFile } from '../../compare/index.ts'
import { problemsHash, protocolOf } from '../../eval/index.ts'
import { type EvalReport, evalJson, evalText, resultOf } from './eval-output.ts'
import { writeEvaluationFile } from './evaluation-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'gradus-eval-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const samples = samplesOf(['rrww', 'wwww', 'rr?w'])
const estimate = { value: 0.4, low: 0.1, high: 0.7, n: 3 }
const report: EvalReport = {
  name: 'runs/a at step 5',
  step: 5,
  seed: 7,
  seconds: 1.5,
  maj: [3],
  evaluation: {
    n: 3,
    k: { 1: estimate, 4: { value: 0.5, low: 0.2, high: 0.8, n: 2 } },
    undecided: 1,
    failed: 0,
    truncated: 2,
    tokens: 60,
    samples,
  },
  conditions: {
    task: 'sums',
    n: 3,
    problems: problemsHash(['p0', 'p1', 'p2']),
    split: 'test',
    knobs: {},
    k: [1, 4],
    samples: 4,
    temperature: 0.5,
    maxTokens: 32,
    prompt: 'tokens',
  },
}

describe('what gradus eval prints', () => {
  it('is one line of JSON that begins as it always did, with the conditions behind', () => {
    const text = evalJson(report)
    expect(text.endsWith('}\n')).toBe(true)
    const line = JSON.parse(text)
    expect(Object.keys(line).slice(0, 4)).toEqual(['task', 'n', 'k', 'seconds'])
    expect(line.k['1']).toEqual({ value: 0.4, low: 0.1, high: 0.7 })
    expect(line).toMatchObject({ samples: 4, temperature: 0.5, seed: 7, max_tokens: 32, seconds: 1.5, undecided: 1 })
    expect(line.protocol).toBe(protocolOf(report.conditions))
    // 2 of 4, 0 of 4, 2 of the 3 decided.
    expect(line.mean['4'].value).toBeCloseTo((2 / 4 + 0 + 2 / 3) / 3, 12)
    // Answers 1 1 4 5: two of the four draws of 3 hold both 1, the others tie in three. Answers 1 1 5: right.
    expect(line.maj['3'].value).toBeCloseTo(((1 + 1 + 1 / 3 + 1 / 3) / 4 + 0 + 1) / 3, 12)
  })

  it('is a table for readers that says what the numbers rest on', () => {
    const text = evalText(report, 'text')
    for (const part of [
      'runs/a at step 5 on sums: 3 problems, 4 samples each, temperature 0.5',
      'pass@1  0.400 [0.100, 0.700]  3',
      'maj@3',
      'mean@4',
      `seed 7, at most 32 tokens, protocol ${protocolOf(report.conditions)}`,
      '2 of 12 samples truncated',
      '1 of 12 samples undecided',
    ]) {
      expect(text).toContain(part)
    }
  })

  it('has all conditions in every other format', () => {
    for (const format of ['markdown', 'csv', 'latex'] as const) {
      const text = evalText(report, format)
      for (const part of ['pass@4', 'maj@3', '0.5', '32', protocolOf(report.conditions)]) expect(text).toContain(part)
    }
    expect(evalText(report, 'csv').split('\n')[0]).toBe(
      'model,task,measure,k,value,low,high,n,samples,temperature,seed,max_tokens,protocol',
    )
  })
})

describe('a result file', () => {
  const path = join(folder, 'result.json')

  it('is read back with its samples, its conditions and its protocol', () => {
    writeEvaluationFile(path, resultOf(report), samples)
    const read = readEvaluationFile(path)
    expect(read).toMatchObject({ task: 'sums', step: 5, seed: 7, conditions: report.conditions })
    expect(read.protocol).toBe(protocolOf(report.conditions))
    expect([...read.problems.keys()]).toEqual(['p0', 'p1', 'p2'])
    expect([...read.problems.values()].flat()).toEqual(samples)
  })

  it('tells problems apart that come twice', () => {
    writeEvaluationFile(
      path,
      { n: 2, k: { 1: {} } },
      samplesOf(['r', 'w'], () => 'same'),
    )
    expect([...readEvaluationFile(path).problems.keys()]).toEqual(['same', 'same#2'])
  })

  it('is refused when its samples are not those of its problems', () => {
    writeEvaluationFile(path, { n: 3, k: { 1: {} } }, samples.slice(0, 10))
    expect(() => readEvaluationFile(path)).toThrow(expect.objectContaining({ code: 'data/bad-evaluation' }))
  })
})
