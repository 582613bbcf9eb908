// The command line as a function: which errors it gives, with which exit codes, and what the quick verbs print.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findTask } from '../tasks/index.ts'
import { listeningIo } from './__fixtures__/listening-io.ts'
import { runProgram } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'gradus-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)

async function run(...args: readonly string[]) {
  const io = listeningIo()
  const code = await runProgram(args, io, () => '1.2.3')
  return { code, out: io.results, err: io.errors }
}

describe('help and version', () => {
  it('lists the verbs and the exit codes', async () => {
    for (const args of [[], ['--help'], ['help']]) {
      const { code, out } = await run(...args)
      expect(code).toBe(0)
      for (const text of ['start', 'train', 'eval', 'doctor', 'Tinker', '--version', '3 interrupted'])
        expect(out).toContain(text)
    }
    expect(await run('--version')).toMatchObject({ code: 0, out: '1.2.3\n' })
  })

  it('shows options and examples of every verb, all with --json and --quiet', async () => {
    for (const verb of [
      ['start'],
      ['train'],
      ['eval'],
      ['tasks', 'sample'],
      ['verify'],
      ['recipes', 'ls'],
      ['explain'],
      ['export'],
      ['serve'],
      ['rewards'],
      ['compare'],
      ['show'],
      ['query'],
      ['lab', 'levels'],
      ['launch', 'trl'],
      ['bench'],
      ['doctor'],
    ]) {
      const { code, out } = await run(...verb, '--help')
      expect(code).toBe(0)
      expect(out).toContain('--json')
      expect(out).toContain('--quiet')
    }
  })
})

describe('wrong usage, settings and data', () => {
  writeFileSync(at('empty.jsonl'), '')
  writeFileSync(at('bad.jsonl'), '{"id":"a","nums":[1,2,3],"target":6}\n{"id":"b","nums":[1,"x"],"target":6}\n')
  const countdown = (file: string): string[] => ['train', 'grpo', '--task', 'countdown', '--data', file]

  it.each<[readonly string[], string, string]>([
    [['trian'], 'usage/unknown-verb', 'did you mean "train"'],
    [['train', 'grop'], 'config/unknown-recipe', 'did you mean "grpo"'],
    [['train', 'grpo', '--sede', '1'], 'usage/unknown-option', '--seed'],
    [['train', 'grpo', '--seed', 'x'], 'usage/bad-option', '--seed cannot be "x"'],
    [['train', 'grpo', '--device', 'gpu'], 'usage/bad-option', 'expected cpu, webgpu, cuda'],
    [['train', 'grpo', '--levels', '3,99'], 'config/bad-level', 'no level 99'],
    [['train', 'grpo', '--task', 'coutdown'], 'usage/unknown-task', 'countdown'],
    [['train', 'grpo', '--set', 'schedule.step=3'], 'config/unknown-key', 'did you mean "steps"?'],
    [['train', 'grpo', '--set', 'base.schedul.steps=3'], 'config/unknown-key', 'did you mean "schedule"?'],
    [['train', 'grpo', '--set', 'base.model.layer=3'], 'config/unknown-key', 'did you mean "layers"?'],
    [['train', 'grpo', '--set', 'base.model.heads=3'], 'config/bad-value', 'must divide heads (3)'],
    [['train', 'grpo', '--set', 'base=3'], 'config/bad-value', '"base" cannot be 3'],
    [['train', 'sft', '--set', 'base.schedule.steps=3'], 'config/unknown-key', '"base.schedule" cannot be set for sft'],
    [
      ['train', 'grpo', '--set', 'clipLow=-1'],
      'config/bad-value',
      '"clipLow" cannot be -1: expected a number, above 0',
    ],
    [['train', 'grpo', '--set', 'knobs.operation=3'], 'config/unknown-key', 'operations'],
    [['train', 'grpo', '--set', 'steps'], 'usage/bad-set', '"steps" is not a setting'],
    [['train', 'grpo', '--fork', '--overwrite'], 'usage/fork-or-overwrite', 'exclude'],
    [['train'], 'usage/no-recipe', 'no recipe'],
    [['eval', 'no-such-run'], 'usage/no-model', 'no-such-run'],
    [['eval', 'x', '--k', '0'], 'usage/bad-option', '--k cannot be "0"'],
    [['export', 'x', '--to', 'gguf'], 'usage/no-model', 'neither a run directory'],
    [['export', 'x', '--out', 'y'], 'usage/missing-mandatory-option-value', '--to'],
    [['tasks', 'check', 'nonsense'], 'usage/unknown-task', 'nonsense'],
    [['start', '--set', 'bas.x=1'], 'config/unknown-key', 'did you mean "base"?'],
    [countdown('empty.jsonl'), 'data/empty-file', 'empty.jsonl'],
    [countdown('bad.jsonl'), 'data/bad-row', 'bad.jsonl:2: '],
    [countdown('none.jsonl'), 'data/not-found', 'none.jsonl'],
  ])('%j', async (args, code, text) => {
    // Were they not refused, some of these would begin a run.
    const out = args[0] === 'train' ? ['--out', at('never')] : []
    const ended = await run(...args.map((arg) => (arg.endsWith('.jsonl') ? at(arg) : arg)), ...out)
    expect(ended.err).toContain(`error[${code}]: `)
    expect(ended.err).toContain(text)
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(existsSync(at('never'))).toBe(false)
  })

  it('is a failure, not wrong usage, when a run cannot be read', async () => {
    const { code, err } = await run('train', '--resume', at('no-such-run'))
    expect(code).toBe(1)
    expect(err).toContain('error[store/not-a-run]')
  })
})

describe('gradus train --dry-run', () => {
  const plan = async (...args: readonly string[]) =>
    JSON.parse((await run('train', ...args, '--dry-run', '--json')).out)

  it('shows the plan: presets of the task, the level in both parts, then what was set', async () => {
    const made = await plan(
      'grpo',
      '--task',
      'countdown',
      '--levels',
      '4',
      '--set',
      'schedule.steps=12',
      '--set',
      'base.batch=9',
    )
    expect(made).toMatchObject({
      recipe: 'grpo',
      task: 'countdown',
      seed: 1,
      model: null,
      config: { schedule: { steps: 12 }, rollout: { maxTokens: 40 }, knobs: { level: 4 } },
      base: { recipe: 'sft', config: { batch: 9, knobs: { level: 4 } } },
    })
    expect(made.base.config.mixture.length).toBeGreaterThan(0)
  })

  it('gives a recipe that starts from fresh weights no base', async () => {
    const made = await plan('sft', '--set', 'base.model.layers=2')
    expect(made).toMatchObject({ base: null, shape: { layers: 2 }, task: 'chain-arithmetic' })
  })
})

describe('quick verbs', () => {
  it('list recipes and tasks as JSON', async () => {
    const recipes = JSON.parse((await run('recipes', 'ls', '--json')).out)
    expect(recipes.find((r: { id: string }) => r.id === 'one-shot-rlvr')).toEqual({
      id: 'one-shot-rlvr',
      family: expect.any(String),
      paper: { id: '2504.20571', title: expect.any(String), year: 2025 },
      baseline: 'grpo',
      summary: expect.any(String),
    })
    expect(JSON.parse((await run('tasks', 'ls', '--json')).out).map((t: { id: string }) => t.id)).toContain('countdown')
  })

  it('sample problems that their own verifier accepts, others for another seed', async () => {
    const sample = async (seed: string) =>
      (await run('tasks', 'sample', 'countdown', '--n', '2', '--seed', seed, '--json')).out
    const rows = (await sample('3'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows).toHaveLength(2)
    for (const row of rows)
      expect(await findTask('countdown').verify(row, row.solution)).toMatchObject({ kind: 'right' })
    expect(await sample('3')).toBe(await sample('3'))
    expect(await sample('4')).not.toBe(await sample('3'))
  })

  it('check a task', async () => {
    const { code, out } = await run('tasks', 'check', 'chain-arithmetic', '--n', '2', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ ok: true, failures: [] })
  })

  it('explain a recipe: formula, settings, difference to its baseline', async () => {
    const { out } = await run('explain', 'one-shot-rlvr')
    for (const text of ['2504.20571', 'clip', 'schedule.steps', 'klCoef=0.001']) expect(out).toContain(text)
    expect(JSON.parse((await run('explain', 'grpo', '--json', '--set', 'klCoef=0.5')).out).config.klCoef).toBe(0.5)
  })
})
