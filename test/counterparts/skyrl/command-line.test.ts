// `gradus train --engine tinker:URL` against a SkyRL server: the command of the embedded engine with one flag more, and what
// happens to a run when the server or the command itself is killed.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pairedDifference } from '../../../src/eval/index.ts'
import { listCheckpoints, listEvaluations } from '../../../src/store/index.ts'
import { gradus, lastingFilesOf, type Started, start, untilRows } from '../../e2e/gradus.ts'
import { counterparts } from '../../python.ts'
import { type SkyrlServer, startSkyrl } from './skyrl-server.ts'

const sets = (settings: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(settings).flatMap(([path, value]) => ['--set', `${path}=${JSON.stringify(value)}`])

/** Three operations modulo 5: few facts to learn, and enough problems to hold some out. */
const knobs = { 'knobs.level': 3, 'knobs.modulus': 5, 'knobs.operators': '+-' }

/** A base that works without a mistake, but mostly guesses: what reinforcement learning can put right. */
const base = {
  ...knobs,
  ...{ 'schedule.steps': 220, 'schedule.lr': 2e-3, batch: 64, 'evaluation.problems': 16 },
  mixture: [
    { style: 'chain', share: 0.4 },
    { style: 'direct-wrong', share: 0.6 },
  ],
  ...{ 'base.model.hiddenSize': 128, 'base.model.feedForward': 256, 'base.model.layers': 2 },
}

/** For all runs, on both engines. The server trains adapters, with its alpha; the entropy of distributions stays with it. */
const run = {
  ...{ ...knobs, 'update.lora.rank': 8, 'update.lora.alpha': 32, 'rollout.maxTokens': 32 },
  ...{ entropyCoef: 0, 'schedule.lr': 1e-3 },
}

const lesson = {
  ...{ ...run, 'schedule.steps': 6, 'rollout.problems': 16 },
  ...{ 'evaluation.problems': 256, 'evaluation.every': 0 },
}

const short = {
  ...{ ...run, 'schedule.steps': 4, 'schedule.checkpointEvery': 2, 'rollout.problems': 8 },
  ...{ klCoef: 0, 'evaluation.problems': 32, 'evaluation.every': 0 },
}

/** Share of right answers to each held-out problem, by its prompt, at an evaluation. */
function scores(dir: string, which: number): ReadonlyMap<string, number> {
  const { step } = listEvaluations(dir).at(which) ?? { step: -1 }
  const text = readFileSync(join(dir, 'evals', `chain-arithmetic@${step}.samples.jsonl`), 'utf8')
  const of = new Map<string, number[]>()
  for (const line of text.trim().split('\n')) {
    const { prompt, verdict } = JSON.parse(line)
    of.set(prompt, [...(of.get(prompt) ?? []), verdict === 'right' ? 1 : 0])
  }
  return new Map([...of].map(([prompt, right]) => [prompt, right.reduce((a, b) => a + b) / right.length]))
}

/** How much pass@1 rose from the first evaluation to the last, over different problems, with 95 %. */
function gain(dir: string) {
  const [before, after] = [scores(dir, 0), scores(dir, -1)]
  const prompts = [...before.keys()]
  return pairedDifference(
    prompts.map((prompt) => before.get(prompt) ?? Number.NaN),
    prompts.map((prompt) => after.get(prompt) ?? Number.NaN),
    { seed: 1 },
  )
}

counterparts.describe('gradus train on a SkyRL server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'skyrl-cli-'))
  const at = (name: string): string => join(folder, name)
  const model = at('model')
  let server: SkyrlServer
  const train = (dir: string, settings: Readonly<Record<string, unknown>>): string[] => [
    ...['train', 'one-shot-rlvr', '--task', 'chain-arithmetic', '--model', model, '--out', at(dir), '--json'],
    ...sets(settings),
  ]
  const remotely = (): string[] => ['--engine', `tinker:${server.url}`]

  beforeAll(async () => {
    const { code, err } = await gradus('train', 'sft', '--task', 'chain-arithmetic', '--out', at('base'), ...sets(base))
    expect(code, err).toBe(0)
    const { folder: last = '' } = listCheckpoints(at('base')).at(-1) ?? {}
    for (const file of ['config', 'generation_config', 'tokenizer', 'tokenizer_config'])
      cpSync(join(last, `${file}.json`), join(model, `${file}.json`))
    cpSync(join(last, 'model.safetensors'), join(model, 'model.safetensors'))
    server = await startSkyrl(model, at('state'))
  }, 400_000)
  afterAll(async () => {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }, 30_000)

  it('learns from one problem what holds for others, as with the embedded engine', async () => {
    for (const [dir, engine] of [
      ['embedded', []],
      ['remote', remotely()],
    ] as const) {
      const { code, err } = await gradus(...train(dir, lesson), ...engine)
      expect(code, err).toBe(0)
      const { value, low, n } = gain(at(dir))
      expect(n).toBeGreaterThan(150)
      expect(value).toBeGreaterThan(0.05)
      expect(low).toBeGreaterThan(0)
    }
  }, 400_000)

  describe('after kill -9', () => {
    beforeAll(async () => {
      const { code, err } = await gradus(...train('whole', short), ...remotely())
      expect(code, err).toBe(0)
    }, 400_000)

    /** A run with one optimiser step after its last checkpoint. */
    async function underWay(dir: string): Promise<Started> {
      const started = start([...train(dir, short), ...remotely()])
      await untilRows(at(dir), 3, started)
      return started
    }

    /** Every step counts once: nothing differs from the run that was left alone, log-probabilities in its metrics included. */
    const expectWhole = (dir: string): void => expect(lastingFilesOf(at(dir))).toEqual(lastingFilesOf(at('whole')))

    async function resumed(dir: string): Promise<void> {
      const { code, err } = await gradus('train', '--resume', at(dir), '--json')
      expect(code, err).toBe(0)
    }

    async function restart(): Promise<void> {
      server = await startSkyrl(model, at('state'), Number(new URL(server.url).port))
    }

    it('of the command, goes on where it was', async () => {
      const { child, ended } = await underWay('killed')
      child.kill('SIGKILL')
      expect((await ended).code).toBe(null)
      await resumed('killed')
      expectWhole('killed')
    }, 400_000)

    it('of the server, waits until it is there again and loses nothing', async () => {
      const { ended } = await underWay('outlived')
      await server.stop('SIGKILL')
      await restart()
      const { code, err } = await ended
      expect(code, err).toBe(0)
      expectWhole('outlived')
    }, 400_000)

    it('of both, goes on where it was', async () => {
      const { child, ended } = await underWay('both')
      await server.stop('SIGKILL')
      child.kill('SIGKILL')
      await ended
      await restart()
      await resumed('both')
      expectWhole('both')
    }, 400_000)
  })
})
