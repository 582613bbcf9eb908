// Opening, refusing and resuming. The kills themselves are in kill-and-resume.test.ts.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { realFs, type WriteFs } from '../base/atomic-file.ts'
import type { EventRow, MetricRow } from '../contracts/run.ts'
import { tickingClock, toyOptions, trainSteps, trainToy } from './__fixtures__/toy-run.ts'
import { listCheckpoints, readCheckpoint } from './checkpoints.ts'
import {
  listEvaluations,
  listRolloutSteps,
  listRuns,
  readEvaluation,
  readEvents,
  readMetrics,
  readRollouts,
  readSpans,
} from './read-run.ts'
import { createRun, openOrCreate, resumeRun } from './run-directory.ts'
import { readConfig, readRunInfo } from './run-info.ts'

let root: string
let dir: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gradus-run-'))
  dir = join(root, 'run')
})
afterEach(() => rmSync(root, { recursive: true }))

function kinds(rows: readonly EventRow[]): string {
  return rows.map((row) => row.kind).join(' ')
}

describe('createRun', () => {
  it('names the folder by date, recipe, task and a short id, and never reuses one', () => {
    const options = {
      ...toyOptions(''),
      dir: undefined,
      root,
      task: 'openai/gsm8k',
      clock: { nowMs: () => 0, iso: () => '2026-05-01T10:00:00Z' },
    }
    const runs = [createRun(options), createRun(options)]
    for (const run of runs) expect(run.info.id).toMatch(/^2026-05-01-grpo-openai-gsm8k-[0-9a-z]{6}$/)
    expect(runs[0].dir).not.toBe(runs[1].dir)
    for (const run of runs) run.close('done', 'test')
  })

  it('writes what the run is, and its end', () => {
    const run = createRun({
      ...toyOptions(dir),
      configDiff: { lr: 0.1 },
      command: 'gradus train grpo',
      host: { cpus: 2 },
    })
    expect(readRunInfo(dir)).toMatchObject({ schema: 1, status: 'running', seeds: [1], command: 'gradus train grpo' })
    expect(readConfig(dir)).toEqual({ steps: 6, lr: 0.1 })
    run.close('failed', 'loss is not a number')
    expect(readRunInfo(dir)).toMatchObject({ status: 'failed', exitReason: 'loss is not a number', host: { cpus: 2 } })
    expect(kinds(readEvents(dir).rows)).toBe('start end')
    expect(existsSync(join(dir, '.lock'))).toBe(false)
  })

  it('refuses a folder with other things in it', () => {
    writeFileSync(join(root, 'thesis.tex'), '')
    expect(() => createRun(toyOptions(root))).toThrow(
      expect.objectContaining({ code: 'store/dir-not-empty', message: expect.stringContaining('thesis.tex') }),
    )
    expect(readdirSync(root)).toEqual(['thesis.tex'])
  })

  it('is locked while open', () => {
    const run = createRun(toyOptions(dir))
    expect(() => resumeRun(dir, toyOptions(dir))).toThrow(expect.objectContaining({ code: 'store/locked' }))
    run.close('interrupted', 'test')
    resumeRun(dir, toyOptions(dir)).close('done', 'test')
  })
})

describe('the files of a run', () => {
  it('read back as they were written', () => {
    trainToy(toyOptions(dir))
    expect(readMetrics(dir).rows.map((row) => row.step)).toEqual([1, 2, 3, 4, 5, 6])
    expect(readSpans(dir).rows).toHaveLength(6)
    expect(listRolloutSteps(dir)).toEqual([1, 3, 5])
    expect(readRollouts(dir, 3)).toMatchObject([{ problem: 'p3', stop: 'eos' }])
    expect(readRollouts(dir, 2)).toEqual([])
    expect(listEvaluations(dir)).toEqual([1, 3, 5].map((step) => ({ task: 'sums', step })))
    expect(readEvaluation(dir, 'sums', 1)).toMatchObject({ result: { right: 16807 }, samples: [{ problem: 'p1' }] })
    expect(listCheckpoints(dir).map((entry) => entry.step)).toEqual([2, 4, 6])
    expect(readCheckpoint(join(dir, 'checkpoints/step-000004'))).toMatchObject({
      state: { step: 4, tokens: 40, data: { cursor: 4 }, files: { model: { bytes: expect.any(Number) } } },
    })
  })

  it('show a run whose process is gone as interrupted', () => {
    createRun(toyOptions(dir))
    rmSync(join(dir, '.lock'))
    expect(readRunInfo(dir).status).toBe('interrupted')
    writeFileSync(join(root, 'notes.txt'), '')
    expect(listRuns(root).runs.map((run) => run.info.id)).toEqual(['run'])
  })

  it('hold tasks with slashes in their names', () => {
    const run = createRun(toyOptions(dir))
    run.sink.evaluation('openai/gsm8k', 7, { n: 1 }, [])
    expect(listEvaluations(dir)).toEqual([{ task: 'openai/gsm8k', step: 7 }])
    expect(readEvaluation(dir, 'openai/gsm8k', 7).result).toEqual({ n: 1 })
    run.close('done', 'test')
  })
})

describe('the sink', () => {
  it('records an alert when it begins and tells the loop, also after a resume', () => {
    const seen: string[] = []
    const row = (step: number): MetricRow => ({ step, time_s: 0, tokens: 0, 'completion/truncated_frac': 0.5 })
    const run = createRun({ ...toyOptions(dir), onEvent: (event) => seen.push(event.kind) })
    expect(run.sink.metrics(row(1)).map((alert) => alert.name)).toEqual(['truncated'])
    expect(run.sink.metrics(row(2))).toEqual([])
    expect(seen).toEqual(['start', 'alert'])
    run.sink.commitCheckpoint(2, { step: 2, tokens: 0, time_s: 0, data: {} })
    run.close('interrupted', 'test')
    const again = resumeRun(dir, toyOptions(dir))
    expect(again.sink.metrics(row(3))).toEqual([])
    again.close('done', 'test')
    expect(readEvents(dir).rows.filter((event) => event.kind === 'alert')).toMatchObject([
      { name: 'truncated', step: 1 },
    ])
  })

  it('warns once of a metric without a row in the glossary', () => {
    const run = createRun(toyOptions(dir))
    for (const step of [1, 2]) run.sink.metrics({ step, time_s: 0, tokens: 0, 'reward/wow': 1 })
    run.close('done', 'test')
    expect(readEvents(dir).rows.filter((event) => event.kind === 'warning')).toMatchObject([
      { code: 'train/unknown-metric' },
    ])
  })

  it('prunes checkpoints by its policy, and the newest stays', () => {
    trainToy({ ...toyOptions(dir), keep: { last: 1, every: 4 } })
    expect(readdirSync(join(dir, 'checkpoints')).sort()).toEqual(['step-000004', 'step-000006'])
  })

  it('keeps the earlier checkpoint and its log when the disk fills up while one is written', () => {
    let full = false
    const fs: WriteFs = {
      ...realFs,
      openSync(path, flags) {
        if (full && path.includes('state.json')) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
        return realFs.openSync(path, flags)
      },
    }
    const run = createRun({ ...toyOptions(dir), fs })
    trainSteps(run, toyOptions(dir), 2)
    full = true
    expect(() =>
      trainSteps({ ...run, resumed: { state: { step: 3, tokens: 0, time_s: 0, data: {} } } }, toyOptions(dir), 4),
    ).toThrow(expect.objectContaining({ code: 'store/disk-full' }))
    run.close('failed', 'disk full')
    expect(kinds(readEvents(dir).rows)).toBe('start eval checkpoint end')
    expect(listCheckpoints(dir).map((entry) => entry.step)).toEqual([2])
  })

  it('replaces a checkpoint of the same step', () => {
    const run = createRun(toyOptions(dir))
    for (const tokens of [1, 2]) {
      writeFileSync(join(run.sink.checkpointFolder(5), 'model'), String(tokens))
      run.sink.commitCheckpoint(5, { step: 5, tokens, time_s: 0, data: {} })
    }
    run.close('done', 'test')
    expect(readdirSync(join(dir, 'checkpoints'))).toEqual(['step-000005'])
    expect(readCheckpoint(join(dir, 'checkpoints/step-000005'))).toMatchObject({ state: { tokens: 2 } })
  })
})

describe('openOrCreate', () => {
  it('goes on where only what may differ does', () => {
    openOrCreate({ ...toyOptions(dir), config: { lr: 1, engine: 'a' } }).close('interrupted', 'stopped')
    const other = { ...toyOptions(dir), config: { lr: 1, engine: 'b' } }
    expect(() => openOrCreate(other)).toThrow(/engine/)
    const run = openOrCreate({ ...other, mayDiffer: ['engine'] })
    expect(run.info.resumes).toBe(1)
    run.close('done', 'done')
  })

  it('refuses another configuration, says what differs and how to go on', () => {
    createRun(toyOptions(dir)).close('interrupted', 'test')
    expect(() => openOrCreate({ ...toyOptions(dir), config: { lr: 0.2, steps: 6 }, seeds: [2] })).toThrow(
      expect.objectContaining({
        code: 'store/different-config',
        message: expect.stringMatching(/: lr: 0\.1 -> 0\.2; seeds: \[1\] -> \[2\]$/),
        hint: expect.stringMatching(/--fork.*--overwrite/),
      }),
    )
  })

  it('resumes an equal one, whatever the order of its keys', () => {
    createRun(toyOptions(dir)).close('interrupted', 'test')
    const run = openOrCreate({ ...toyOptions(dir), config: { lr: 0.1, steps: 6, note: undefined } })
    expect(run.info.resumes).toBe(1)
    expect(run.resumed).toEqual({})
    run.close('done', 'test')
    expect(() => openOrCreate(toyOptions(dir))).toThrow(expect.objectContaining({ code: 'store/already-done' }))
  })

  it("overwrites when asked, keeping files that are not the run's", () => {
    trainToy(toyOptions(dir))
    writeFileSync(join(dir, 'notes.txt'), 'mine')
    const run = openOrCreate({ ...toyOptions(dir), config: { lr: 9 }, onDifferent: 'overwrite' })
    run.close('done', 'test')
    expect(readConfig(dir)).toEqual({ lr: 9 })
    expect(readMetrics(dir).rows).toEqual([])
    expect(listCheckpoints(dir)).toEqual([])
    expect(readFileSync(join(dir, 'notes.txt'), 'utf8')).toBe('mine')
  })

  it('forks into a new folder that names its parent and the checkpoint to start from', () => {
    trainToy(toyOptions(dir))
    const run = openOrCreate({ ...toyOptions(dir), config: { lr: 9 }, onDifferent: 'fork' })
    run.close('done', 'test')
    expect(run.dir).not.toBe(dir)
    expect(run.info.parent).toBe('run')
    expect(run.parentCheckpoint).toBe(join(dir, 'checkpoints/step-000006'))
    expect(readMetrics(dir).rows).toHaveLength(6)
  })
})

describe('readRunInfo', () => {
  it('says what is wrong with a folder', () => {
    const code = (): unknown => {
      try {
        readRunInfo(root)
      } catch (error) {
        return (error as { code: unknown }).code
      }
    }
    expect(code()).toBe('store/not-a-run')
    writeFileSync(join(root, 'run.json'), '{"schema":2}')
    expect(code()).toBe('store/newer-run')
    writeFileSync(join(root, 'run.json'), '{"schema":1}')
    expect(code()).toBe('store/bad-run')
    expect(tickingClock().iso()).toBe('2026-01-01T00:00:00.001Z')
  })
})
