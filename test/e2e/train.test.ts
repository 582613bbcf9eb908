// gradus train and eval: what they write, that seeds decide everything, and that errors are clear.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readEvents, readRunInfo } from '../../src/store/index.ts'
import { gradus, lastingFilesOf, short, temporaryFolder, tinyBase } from './gradus.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder, name)
let first: Awaited<ReturnType<typeof gradus>>

beforeAll(async () => {
  first = await gradus('train', 'grpo', '--out', at('a'), '--json', ...tinyBase(), ...short())
})

describe('gradus train', () => {
  it('builds the base in a run of its own, then runs the recipe, and prints one line of JSON', () => {
    expect(first.code, first.err).toBe(0)
    const lines = first.out.trim().split('\n')
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0])).toMatchObject({
      run: at('a'),
      recipe: 'grpo',
      task: 'chain-arithmetic',
      status: 'done',
      steps: 6,
      eval: { first: { step: 0, n: 16 }, last: { step: 6, n: 16 } },
    })
    expect(readRunInfo(at('a'))).toMatchObject({ status: 'done', recipe: 'grpo', seeds: [1] })
    expect(readRunInfo(at('a/base'))).toMatchObject({ status: 'done', recipe: 'sft' })
    expect(readFileSync(at('a/report.html'), 'utf8')).toContain('<svg')
  })

  it('tells plain lines where stderr is no terminal, one of them for the first step of the recipe', () => {
    expect(first.err).toMatch(/^grpo {2}step 1\/6 /m)
    expect(first.err).not.toContain('\u001b')
    // The base counts apart.
    expect(first.err.match(/step 1\//g)).toHaveLength(1)
  })

  it('uses only metrics that the glossary knows', () => {
    const warnings = ['a', 'a/base'].flatMap((name) =>
      readEvents(at(name)).rows.filter(({ kind }) => kind === 'warning'),
    )
    expect(warnings).toEqual([])
  })

  it('does the same again for the same seed, and something else for another', async () => {
    const [same, other] = await Promise.all(
      ['1', '2'].map((seed) =>
        gradus('train', 'grpo', '--out', at(`seed-${seed}`), '--seed', seed, ...tinyBase(), ...short()),
      ),
    )
    expect([same.code, other.code]).toEqual([0, 0])
    expect(lastingFilesOf(at('seed-1'))).toEqual(lastingFilesOf(at('a')))
    expect(lastingFilesOf(at('seed-1/base'))).toEqual(lastingFilesOf(at('a/base')))
    expect(lastingFilesOf(at('seed-2'))).not.toEqual(lastingFilesOf(at('a')))
  })

  it('has nothing to do for a finished run, and says so', async () => {
    const again = await gradus('train', '--resume', at('a'), '--json')
    expect(again.code, again.err).toBe(0)
    expect(again.err).toContain('is finished')
    expect(JSON.parse(again.out)).toMatchObject({ status: 'done', steps: 6 })
  })

  it('says nothing on stderr with --quiet, and creates nothing with --dry-run', async () => {
    const [quiet, dry] = await Promise.all([
      gradus(
        'train',
        'grpo',
        '--model',
        at('a/base'),
        '--out',
        at('quiet'),
        '--quiet',
        ...short({ 'schedule.steps': 1 }),
      ),
      gradus('train', 'grpo', '--out', at('dry'), '--dry-run', '--json', '--set', 'schedule.steps=12'),
    ])
    expect(quiet).toMatchObject({ code: 0, err: '' })
    expect(quiet.out).toContain('step 0')
    expect(dry).toMatchObject({ code: 0 })
    expect(JSON.parse(dry.out)).toMatchObject({ config: { schedule: { steps: 12 } }, base: { recipe: 'sft' } })
    expect(existsSync(at('dry'))).toBe(false)
  })

  it('says where the knobs of the model are others, and keeps it with the run', async () => {
    const other = ['--model', at('a/base'), '--set', 'knobs.modulus=7']
    const note = `${at('a/base')} was trained with knobs {"modulus":10}; this run uses {"modulus":7}; --set knobs.modulus=10 sets them`
    const [run, dry, alike] = await Promise.all([
      gradus('train', 'grpo', '--out', at('knobs'), ...other, ...short({ 'schedule.steps': 1 })),
      gradus('train', 'grpo', '--dry-run', ...other),
      gradus('train', 'grpo', '--dry-run', '--model', at('a/base')),
    ])
    expect([run.code, dry.code, alike.code], run.err).toEqual([0, 0, 0])
    for (const { err } of [run, dry]) expect(err).toContain(`note: ${note}\n`)
    expect(alike.err).toBe('')
    const warnings = readEvents(at('knobs')).rows.filter(({ kind }) => kind === 'warning')
    expect(warnings).toMatchObject([{ name: 'plan', message: note }])
  })

  it('trains on the rows of a file and evaluates on rows held out', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({
      id: `r${i}`,
      nums: [i + 1, 2 * i + 3, 7],
      target: 3 * i + 11,
    }))
    writeFileSync(at('rows.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'))
    const args = ['--data', at('rows.jsonl'), '--levels', '3']
    const trained = await gradus(
      ...['train', 'grpo', '--task', 'countdown', '--out', at('rows'), '--json', ...args],
      ...tinyBase({ pool: 16 }),
      ...short({ 'schedule.steps': 2 }),
    )
    expect(trained.code, trained.err).toBe(0)
    expect(JSON.parse(trained.out).eval.last).toMatchObject({ step: 2, n: 4 })
    const evaluated = await gradus('eval', at('rows'), '--json', '--quiet', ...args)
    expect(JSON.parse(evaluated.out)).toMatchObject({ task: 'countdown', n: 4 })
  })

  it('evaluates on the test files of the folder that it was trained on', async () => {
    const row = (i: number) => JSON.stringify({ nums: [i + 1, 2 * i + 3, 7], target: 3 * i + 11 })
    mkdirSync(at('set'))
    writeFileSync(at('set/train.jsonl'), Array.from({ length: 40 }, (_, i) => row(i)).join('\n'))
    writeFileSync(at('set/test.jsonl'), Array.from({ length: 7 }, (_, i) => row(100 + i)).join('\n'))
    const trained = await gradus(
      ...['train', 'grpo', '--task', 'countdown', '--out', at('of-set'), '--data', at('set'), '--quiet'],
      ...tinyBase({ pool: 16 }),
      ...short({ 'schedule.steps': 1 }),
    )
    expect(trained.code, trained.err).toBe(0)
    const asked = async (...split: string[]): Promise<unknown> =>
      JSON.parse((await gradus('eval', at('of-set'), '--data', at('set'), '--json', '--quiet', ...split)).out).n
    expect([await asked(), await asked('--split', 'validation')]).toEqual([7, 4])
  })
})

describe('gradus eval', () => {
  const keys = { value: expect.any(Number), low: expect.any(Number), high: expect.any(Number) }

  it('prints exactly one line of JSON, for any checkpoint', async () => {
    const args = ['--n', '24', '--k', '1,4', '--json', '--quiet']
    const [zero, last] = await Promise.all([
      gradus('eval', at('a'), '--step', '0', ...args),
      gradus('eval', at('a'), ...args),
    ])
    for (const { code, out, err } of [zero, last]) {
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(JSON.parse(out)).toMatchObject({
        task: 'chain-arithmetic',
        n: 24,
        k: { 1: keys, 4: keys },
        seconds: expect.any(Number),
      })
      expect(out.trim().split('\n')).toHaveLength(1)
    }
  })

  it('takes the base for step 0: the same weights score the same', async () => {
    const args = ['--n', '64', '--json', '--quiet', '--max-tokens', '24']
    const [zero, base] = await Promise.all([
      gradus('eval', at('a'), '--step', '0', ...args),
      gradus('eval', at('a/base'), ...args),
    ])
    expect(JSON.parse(zero.out).k).toEqual(JSON.parse(base.out).k)
  })
})

describe('gradus export', () => {
  it('writes a folder that is a model again', async () => {
    const exported = await gradus('export', at('a'), '--to', 'hf', '--out', at('hf'))
    expect(exported.code, exported.err).toBe(0)
    expect(readFileSync(at('hf/README.md'), 'utf8')).toContain('pass@1')
    const args = ['--task', 'chain-arithmetic', '--n', '32', '--json', '--quiet', '--max-tokens', '24']
    const [folder, run] = await Promise.all([gradus('eval', at('hf'), ...args), gradus('eval', at('a'), ...args)])
    expect(JSON.parse(folder.out).k).toEqual(JSON.parse(run.out).k)
  })
})
