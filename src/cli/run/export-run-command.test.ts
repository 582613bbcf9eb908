// gradus export of runs and gradus query, as command lines: what is printed where, and which options go together.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeSmallRun } from '../../export/__fixtures__/small-run.ts'
import { listeningIo } from '../__fixtures__/listening-io.ts'
import { runProgram } from '../program.ts'

let dir: string
let run: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'gradus-export-command-'))
  run = writeSmallRun(join(dir, 'run'))
})
afterAll(() => rmSync(dir, { recursive: true }))

async function gradus(...args: readonly string[]) {
  const io = listeningIo()
  const code = await runProgram(args, io, () => '1.2.3')
  return { code, out: io.results, err: io.errors }
}

describe('gradus export of a run', () => {
  it('prints the files on stdout, and how to go on on stderr', async () => {
    const out = join(dir, 'a')
    const { code, out: printed, err } = await gradus('export', run, '--to', 'tensorboard', '--out', out)
    expect(code).toBe(0)
    expect(printed).toContain(join(out, 'small_run', 'events.out.tfevents.1767225600.gradus'))
    expect(err).toBe(`next: tensorboard --logdir ${out}\n`)
  })

  it('prints one line of JSON, and nothing on stderr when quiet', async () => {
    const printed = await gradus('export', run, '--to', 'mlflow', '--out', join(dir, 'b'), '--json', '--quiet')
    expect(printed.err).toBe('')
    expect(JSON.parse(printed.out)).toMatchObject({ to: 'mlflow', notes: [expect.stringContaining('_at_')] })
  })

  it('says what to do when it was exported before', async () => {
    const again = () => gradus('export', run, '--to', 'wandb', '--out', join(dir, 'c'))
    expect((await again()).code).toBe(0)
    expect(await again()).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--overwrite') })
    expect((await gradus('export', run, '--to', 'wandb', '--out', join(dir, 'c'), '--overwrite')).code).toBe(0)
  })

  it.each([
    [['--to', 'otel'], '--out'],
    [['--to', 'otel', '--out', 'x', '--step', '1'], '--step is for models'],
    [['--to', 'otel', '--out', 'x', '--dtype', 'f16'], '--dtype is for models'],
    [['--to', 'hf', '--out', 'x', '--overwrite'], '--overwrite is for what a run recorded'],
    [['--to', 'gguf', '--name', 'x'], '--name is for what a run recorded'],
    [['--to', 'tensorbord', '--out', 'x'], 'Did you mean "tensorboard"?'],
  ])('refuses %j', async (options, said) => {
    expect(await gradus('export', run, ...options)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(said),
    })
  })
})

describe('gradus query', () => {
  it('says when there is no run', async () => {
    const { code, err } = await gradus('query', 'select 1', join(dir, 'nowhere'))
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('error[usage/no-run]') })
  })

  it('does not take two formats', async () => {
    const { code, err } = await gradus('query', 'select 1', run, '--json', '--format', 'csv')
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('do not go together') })
  })

  it('refuses what is no question, or says which package is missing', async () => {
    const { code, out, err } = await gradus('query', 'drop table metrics', run)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/usage\/(bad-sql|missing-package)/)
  })

  it('answers over a folder of runs, or says which package is missing', async () => {
    const folder = join(dir, 'many')
    for (const id of ['one', 'two']) writeSmallRun(join(folder, id), { id })
    writeSmallRun(join(folder, 'broken'))
    writeFileSync(join(folder, 'broken', 'run.json'), '{')
    const { code, out, err } = await gradus('query', 'select run from runs order by run', folder, '--format', 'csv')
    expect(err).toContain('note: left out: ')
    if (err.includes('usage/missing-package')) expect([code, out]).toEqual([2, ''])
    else expect([code, out]).toEqual([0, 'run\r\none\r\ntwo\r\n'])
  })
})
