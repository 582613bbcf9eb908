// Kill -9 anywhere, resume, and the files equal those of a run that was left in peace.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Killed, mortalFs, toyOptions, trainToy } from './__fixtures__/toy-run.ts'
import { readEvents, readMetrics, withoutTimings } from './read-run.ts'
import { resumeRun } from './run-directory.ts'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'gradus-kill-'))
})
afterAll(() => rmSync(root, { recursive: true }))

// All that must not depend on kills and clocks.
function contents(dir: string): unknown {
  const files = (folder: string): readonly (readonly string[])[] =>
    readdirSync(join(dir, folder))
      .sort()
      .map((name) => [name, readFileSync(join(dir, folder, name), 'utf8')])
  return {
    metrics: readMetrics(dir).rows.map(withoutTimings),
    events: readEvents(dir)
      .rows.filter((row) => row.kind !== 'resume')
      .map(({ at: _at, ...row }) => row),
    rollouts: files('rollouts'),
    evals: files('evals'),
    checkpoints: readdirSync(join(dir, 'checkpoints'))
      .filter((name) => !name.startsWith('.'))
      .sort(),
    model: readFileSync(join(dir, 'checkpoints/step-000006/model'), 'utf8'),
  }
}

function trainUntilKilled(dir: string, lifetime: number): void {
  try {
    trainToy({ ...toyOptions(dir), fs: mortalFs(lifetime).fs })
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  }
}

describe('a killed run', () => {
  it('ends as an uninterrupted one, wherever it was killed, twice', () => {
    const reference = join(root, 'reference')
    const whole = mortalFs(Number.POSITIVE_INFINITY)
    trainToy({ ...toyOptions(reference), fs: whole.fs })
    const expected = contents(reference)
    // A prime stride, so that the kills land everywhere in lines and between calls.
    for (let lifetime = 1; lifetime < whole.used(); lifetime += 101) {
      const dir = join(root, `killed-${lifetime}`)
      trainUntilKilled(dir, lifetime)
      trainUntilKilled(dir, (lifetime * 7) % 1499)
      try {
        trainToy(toyOptions(dir))
      } catch (error) {
        expect(error, `killed after ${lifetime}`).toMatchObject({ code: 'store/already-done' })
      }
      expect(contents(dir), `killed after ${lifetime}`).toEqual(expected)
    }
  })
})

describe('resumeRun', () => {
  let finished: string
  let copies = 0
  beforeAll(() => {
    finished = join(root, 'finished')
    trainToy(toyOptions(finished))
    const path = join(finished, 'run.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"done"', '"running"'))
  })
  const copy = (): string => {
    const dir = join(root, `copy-${copies++}`)
    cpSync(finished, dir, { recursive: true })
    return dir
  }

  it('takes the newest checkpoint that the metrics reach to, wherever metrics.jsonl was cut', () => {
    const whole = readFileSync(join(finished, 'metrics.jsonl'))
    const ends = [...whole.entries()].filter(([, byte]) => byte === 10).map(([index]) => index + 1)
    const dir = copy()
    for (let size = whole.length; size >= ends[1]; size--) {
      truncateSync(join(dir, 'metrics.jsonl'), size)
      const run = resumeRun(dir, toyOptions(dir))
      run.close('interrupted', 'test')
      const step = size >= ends[5] ? 6 : size >= ends[3] ? 4 : 2
      expect(run.resumed?.state?.step, `cut to ${size}`).toBe(step)
      expect(statSync(join(dir, 'metrics.jsonl')).size).toBe(ends[step - 1])
    }
  })

  it.each([
    ['a cut file', (folder: string) => truncateSync(join(folder, 'model'), 3), 'model has 3 bytes'],
    ['a changed file', (folder: string) => writeFileSync(join(folder, 'model'), flipped(folder)), 'checksum'],
    ['a missing file', (folder: string) => rmSync(join(folder, 'model')), 'model is missing'],
    ['half a state', (folder: string) => truncateSync(join(folder, 'state.json'), 40), 'state.json cannot be read'],
    ['no state', (folder: string) => rmSync(join(folder, 'state.json')), 'state.json cannot be read'],
  ])('skips a checkpoint with %s, says why, and trains on to the same end', (_name, damage, why) => {
    const dir = copy()
    damage(join(dir, 'checkpoints/step-000006'))
    const run = resumeRun(dir, toyOptions(dir))
    run.close('interrupted', 'test')
    expect(run.resumed).toMatchObject({
      checkpoint: join(dir, 'checkpoints/step-000004'),
      state: { step: 4, data: { cursor: 4 } },
    })
    const events = readEvents(dir).rows.slice(-3)
    expect(events).toMatchObject([
      { kind: 'warning', code: 'store/damaged-checkpoint', step: 6, message: expect.stringContaining(why) },
      { kind: 'resume', step: 4 },
      { kind: 'end' },
    ])
    trainToy(toyOptions(dir))
    expect(contents(dir)).toEqual(contents(finished))
  })

  it('refuses when every checkpoint is damaged, and leaves the run as it is', () => {
    const dir = copy()
    for (const step of [2, 4, 6]) rmSync(join(dir, `checkpoints/step-00000${step}/model`))
    const before = readFileSync(join(dir, 'metrics.jsonl'), 'utf8')
    expect(() => resumeRun(dir, toyOptions(dir))).toThrow(
      expect.objectContaining({
        code: 'store/no-checkpoint',
        message: expect.stringContaining('step-000002: model is missing'),
      }),
    )
    expect(readFileSync(join(dir, 'metrics.jsonl'), 'utf8')).toBe(before)
    expect(readdirSync(dir)).not.toContain('.lock')
  })

  it('goes on although rollouts were deleted to save space', () => {
    const dir = copy()
    rmSync(join(dir, 'rollouts'), { recursive: true })
    const run = resumeRun(dir, toyOptions(dir))
    run.close('done', 'test')
    expect(run.resumed?.state?.step).toBe(6)
  })
})

function flipped(folder: string): Buffer {
  const bytes = readFileSync(join(folder, 'model'))
  bytes[0] ^= 1
  return bytes
}
