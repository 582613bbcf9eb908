// Whatever goes wrong has a code, a message that names the culprit, a hint, an exit code, and nothing on stdout.
import { cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { listCheckpoints, readRunInfo } from '../../src/store/index.ts'
import { gradus, lastingFilesOf, short, temporaryFolder, tinyBase } from './gradus.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder, name)

// All of them, without a process each, are in src/cli/program.test.ts.
describe('wrong usage, settings and data', () => {
  it.each<[string, string, string]>([
    ['train grop', 'config/unknown-recipe', 'did you mean "grpo"'],
    [
      'train grpo --set lerningRate=1',
      'config/unknown-key',
      '"lerningRate" is not a setting; did you mean "schedule.lr"?',
    ],
  ])('gradus %s', async (line, code, text) => {
    const ended = await gradus(...line.split(' '), '--out', at('never'))
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain(`error[${code}]: `)
    expect(ended.err).toContain(text)
  })
})

describe('trouble inside a run', () => {
  beforeAll(async () => {
    const { code, err } = await gradus('train', 'grpo', '--out', at('run'), '--quiet', ...tinyBase(), ...short())
    expect(code, err).toBe(0)
  })

  it.each([
    ['sft', 'a loss that is not a number', 'train/not-finite', {}],
    [
      'grpo',
      'a model that cannot be sampled from',
      'train/all-failed',
      { 'rollout.problems': 4, 'rollout.maxTokens': 8 },
    ],
  ])('%s stops at %s, keeps the last checkpoint and says how to go on', async (recipe, _what, code, more) => {
    const settings = {
      'schedule.lr': 1e30,
      'schedule.checkpointEvery': 1,
      'schedule.steps': 6,
      'evaluation.problems': 4,
    }
    const sets = Object.entries({ ...settings, ...more }).flatMap(([path, value]) => ['--set', `${path}=${value}`])
    const out = at(`broken-${recipe}`)
    const ended = await gradus('train', recipe, '--model', at('run/base'), '--out', out, ...sets)
    expect(ended.code, ended.err).toBe(1)
    expect(ended.err).toContain(`error[${code}]`)
    expect(ended.err).toContain(`gradus train --resume ${out}`)
    expect(readRunInfo(out).status).toBe('failed')
    expect(listCheckpoints(out).length).toBeGreaterThan(0)
  })

  it('names the file of a checkpoint that cannot be read', async () => {
    cpSync(at('run'), at('damaged'), { recursive: true })
    truncateSync(at('damaged/checkpoints/step-000006/model.safetensors'), 100)
    const ended = await gradus('eval', at('damaged'), '--n', '4')
    expect(ended).toMatchObject({ code: 1, out: '' })
    expect(ended.err).toContain('error[store/damaged-checkpoint]')
    expect(ended.err).toContain('model.safetensors has 100 bytes')
  })

  it('resumes from the checkpoint before a damaged one, with the same end', async () => {
    cpSync(at('run'), at('again'), { recursive: true })
    const info = JSON.parse(readFileSync(at('again/run.json'), 'utf8'))
    writeFileSync(at('again/run.json'), JSON.stringify({ ...info, status: 'interrupted' }))
    truncateSync(at('again/checkpoints/step-000006/optimizer.safetensors'), 100)
    const ended = await gradus('train', '--resume', at('again'))
    expect(ended.code, ended.err).toBe(0)
    expect(ended.err).toContain('goes on after step 4')
    expect(lastingFilesOf(at('again'))).toEqual(lastingFilesOf(at('run')))
  })

  it('refuses a directory with other settings and says how to get past', async () => {
    const ended = await gradus('train', 'grpo', '--out', at('run'), ...tinyBase(), ...short({ clipLow: 0.1 }))
    expect(ended.code).toBe(1)
    expect(ended.err).toMatch(/error\[store\/different-config\]: .*clipLow: 0.2 -> 0.1/)
    expect(ended.err).toContain('--fork')
  })

  it('forks: other settings, from the last checkpoint, beside the run', async () => {
    const ended = await gradus(
      'train',
      '--resume',
      at('run'),
      '--fork',
      '--set',
      'schedule.steps=2',
      '--json',
      '--quiet',
    )
    expect(ended.code, ended.err).toBe(0)
    const { run, steps } = JSON.parse(ended.out)
    expect(steps).toBe(2)
    expect(readRunInfo(run).parent).toBe('run')
    expect(JSON.parse(readFileSync(join(run, 'config.json'), 'utf8')).model).toBe(at('run/checkpoints/step-000006'))
  })

  it('refuses to resume when the data file has changed', async () => {
    const rows = Array.from({ length: 20 }, (_, i) =>
      JSON.stringify({ id: `r${i}`, nums: [i + 1, 2, 7], target: i + 10 }),
    )
    writeFileSync(at('data.jsonl'), rows.join('\n'))
    const args = ['train', 'grpo', '--task', 'countdown', '--data', at('data.jsonl'), '--model', at('run/base')]
    await gradus(...args, '--out', at('data'), '--quiet', ...short({ 'schedule.steps': 1 }))
    writeFileSync(at('data.jsonl'), rows.slice(1).join('\n'))
    const info = JSON.parse(readFileSync(at('data/run.json'), 'utf8'))
    writeFileSync(at('data/run.json'), JSON.stringify({ ...info, status: 'interrupted' }))
    const ended = await gradus('train', '--resume', at('data'))
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain('error[data/changed]')
  })
})
