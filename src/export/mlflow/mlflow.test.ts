// The files of MLflow's store, to the byte where they are ours alone.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeSmallRun } from '../__fixtures__/small-run.ts'
import { type ExportedRun, exportRun } from '../export-run.ts'
import { flatYaml } from './yaml.ts'

let dir: string
let exported: ExportedRun
const text = (name: string): string => readFileSync(join(exported.folder, name), 'utf8')
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gradus-mlflow-'))
  exported = await exportRun(writeSmallRun(join(dir, 'run')), { to: 'mlflow', out: join(dir, 'out') })
})
afterAll(() => rmSync(dir, { recursive: true }))

describe('a run in the file store', () => {
  it('has a file for every metric with time, value and step, under a name that MLflow allows', () => {
    expect(exported.files.map(({ name }) => name).filter((name) => name.startsWith('metrics/'))).toEqual([
      'metrics/eval/sums/pass_at_1',
      'metrics/loss/total',
      'metrics/reward/mean',
      'metrics/time_s',
      'metrics/tokens.value',
      'metrics/tokens/seen',
    ])
    expect(text('metrics/tokens.value')).toBe('1767225600000 0 0\n1767225601500 40 1\n')
    expect(text('metrics/loss/total')).toBe('1767225601500 nan 1\n')
    expect(exported.notes).toHaveLength(1)
  })

  it('has the configuration as parameters of one line', () => {
    expect(text('params/lr')).toBe('0.1')
    expect(text('params/k')).toBe('[1,8]')
    expect(text('params/shape.kind')).toBe('flat\\u000aline')
  })

  it('says which run it is, when it was and how it ended', () => {
    const id = exported.folder.split('/').at(-1)
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    const meta = text('meta.yaml').split('\n')
    for (const line of [
      `artifact_uri: "${pathToFileURL(exported.folder).href}/artifacts"`,
      `run_id: "${id}"`,
      'run_name: "small_run"',
      'start_time: 1767225600000',
      'end_time: 1767225602000',
      'status: 3',
      'tags: []',
    ]) {
      expect(meta).toContain(line)
    }
    expect(text('tags/mlflow.source.git.commit')).toBe('abc123')
  })

  it('lies in an experiment of its task', () => {
    const experiment = readFileSync(join(exported.folder, '..', 'meta.yaml'), 'utf8')
    expect(experiment).toContain('name: "gradus/sums"\n')
    expect(experiment).toMatch(/^experiment_id: "\d{18}"$/m)
  })

  it('takes the small files along', () => {
    expect(text('artifacts/evals/sums@0.json')).toContain('"n":4')
    expect(text('artifacts/run.json')).toContain('"id":"small run"')
  })
})

describe('flatYaml', () => {
  it('quotes text as plain ASCII', () => {
    expect(flatYaml({ a: 'x: "y"\\\n', b: 'é🙂\ud800', c: 1, d: null, e: [] })).toBe(
      'a: "x: \\"y\\"\\\\\\u000a"\nb: "\\u00e9\\U0001f642\\ufffd"\nc: 1\nd: null\ne: []\n',
    )
  })
})
