// The rules of an output folder: whole or not at all, nothing of others touched, the same bytes every time.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { writeSmallRun } from './__fixtures__/small-run.ts'
import { exportRun } from './export-run.ts'
import { exporters } from './exporters.ts'

const root = mkdtempSync(join(tmpdir(), 'gradus-export-'))
afterAll(() => rmSync(root, { recursive: true }))
let dir: string
let run: string
let out: string
beforeEach(() => {
  dir = mkdtempSync(join(root, 'case-'))
  run = writeSmallRun(join(dir, 'run'))
  out = join(dir, 'out')
})

const bytesOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length), readFileSync(path, 'hex')]),
  )

describe.each(exporters.map(({ id }) => id))('to %s', (to) => {
  it('writes the same bytes again, and only when asked to', async () => {
    await exportRun(run, { to, out })
    const first = bytesOf(out)
    await expect(exportRun(run, { to, out })).rejects.toMatchObject({ code: 'usage/not-empty' })
    await exportRun(run, { to, out, overwrite: true })
    expect(bytesOf(out)).toEqual(first)
  })

  it('puts a second run beside the first', async () => {
    const other = writeSmallRun(join(dir, 'other'), { id: 'other', startedAt: '2026-01-02T00:00:00.000Z' })
    const first = await exportRun(run, { to, out })
    const before = bytesOf(first.folder)
    const second = await exportRun(other, { to, out })
    expect(second.folder).not.toBe(first.folder)
    expect(bytesOf(first.folder)).toEqual(before)
  })

  it('leaves nothing behind when a log is damaged', async () => {
    writeFileSync(join(run, 'metrics.jsonl'), '{"step":1}\nnothing\n')
    await expect(exportRun(run, { to, out })).rejects.toMatchObject({ code: 'store/bad-line' })
    expect(existsSync(out) ? readdirSync(out) : []).toEqual([])
  })

  it('takes a run that has only begun', async () => {
    rmSync(run, { recursive: true })
    mkdirSync(run)
    const info = JSON.parse(readFileSync(join(writeSmallRun(join(dir, 'whole')), 'run.json'), 'utf8'))
    writeFileSync(join(run, 'run.json'), JSON.stringify({ ...info, status: 'running', endedAt: undefined }))
    expect((await exportRun(run, { to, out })).files.length).toBeGreaterThan(1)
  })
})

describe('exportRun', () => {
  it('does not replace what another run, or someone else, put there', async () => {
    const { folder } = await exportRun(run, { to: 'otel', out })
    const namesake = writeSmallRun(join(dir, 'namesake'), { startedAt: '2026-02-01T00:00:00.000Z' })
    const attempt = exportRun(namesake, { to: 'otel', out, overwrite: true })
    await expect(attempt).rejects.toMatchObject({ code: 'usage/not-empty', hint: expect.stringContaining('--name') })
    await exportRun(namesake, { to: 'otel', out, name: 'second' })
    mkdirSync(join(out, 'mine'))
    await expect(exportRun(run, { to: 'otel', out, name: 'mine', overwrite: true })).rejects.toThrow()
    expect(readdirSync(out).sort()).toEqual(['mine', 'second', 'small_run'])
    expect(existsSync(folder)).toBe(true)
  })

  it('writes nothing into the run directory', async () => {
    await expect(exportRun(run, { to: 'otel', out: join(run, 'logs') })).rejects.toMatchObject({
      code: 'usage/bad-option',
    })
  })

  it.each(['../up', 'a/b', '.hidden', '', 'x'.repeat(101)])('refuses the name %j', async (name) => {
    await expect(exportRun(run, { to: 'otel', out, name })).rejects.toMatchObject({ code: 'usage/bad-option' })
  })

  it('makes a plain file name of an id', async () => {
    const odd = writeSmallRun(join(dir, 'odd'), { id: '../../evil' })
    expect((await exportRun(odd, { to: 'otel', out })).folder).toBe(join(out, '_._.._evil'))
  })

  it('says which row of metrics has no step', async () => {
    writeFileSync(join(run, 'metrics.jsonl'), '{"step":0}\n{"time_s":1}\n')
    await expect(exportRun(run, { to: 'otel', out })).rejects.toMatchObject({
      code: 'store/bad-row',
      message: expect.stringContaining('metrics.jsonl:2'),
    })
  })
})
