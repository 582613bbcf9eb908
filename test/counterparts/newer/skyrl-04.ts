// Our client against a real SkyRL 0.4, which takes training passes in protocol buffers only. Its environment is 6 GB and wants
// Python 3.12, so these tests are there only when GRADUS_SKYRL04_ENV names one (see README.md); else recorded bytes do.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Update } from '../../../src/contracts/index.ts'
import { collect, tinyModel, tinySampler } from '../../../src/engine/__fixtures__/tiny-model.ts'
import { saveModel } from '../../../src/engine/checkpoint.ts'
import { clippedRatio } from '../../../src/engine/remote/tinker/__fixtures__/losses.ts'
import { distance, probe, train } from '../../../src/engine/remote/tinker/__fixtures__/tinker-world.ts'
import { type GradientSequence, gradientPasses, scoringPass } from '../../../src/engine/remote/tinker/gradient-form.ts'
import { Session, tinkerHost, wire } from '../../../src/engine/remote/tinker/index.ts'
import { type Pass, RemoteModel } from '../../../src/engine/remote/tinker/remote-model.ts'
import type { SkyrlServer } from '../skyrl/skyrl-server.ts'

/** The server starts on the Python that is asked for here. */
async function startOn(environment: string, model: string, state: string): Promise<SkyrlServer> {
  process.env.GRADUS_COUNTERPARTS_ENV = environment
  const { startSkyrl } = await import('../skyrl/skyrl-server.ts')
  return startSkyrl(model, state)
}

/** Keeps the weights: the norm of the gradient is what is asked for. */
const still = { learning_rate: 0, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0, grad_clip_norm: 0 }

const sequence = (ids: readonly number[], gradient: readonly number[]): GradientSequence => ({
  ids: Int32Array.from(ids),
  promptLength: ids.length - gradient.length,
  gradient: Float32Array.from(gradient),
  logprobs: new Float32Array(gradient.length),
})

describe('SkyRL 0.4', () => {
  const folder = mkdtempSync(join(tmpdir(), 'skyrl-04-'))
  const model = join(folder, 'tiny')
  let server: SkyrlServer
  let session: Session

  beforeAll(async () => {
    await saveModel(model, tinyModel())
    server = await startOn(process.env.GRADUS_SKYRL04_ENV ?? '', model, join(folder, 'state'))
    session = await Session.open({ url: server.url, apiKey: 'tml-dummy' })
  }, 240_000)

  afterAll(async () => {
    session?.close()
    await server?.stop()
    rmSync(folder, { recursive: true })
  }, 60_000)

  const fresh = (): Promise<RemoteModel> =>
    RemoteModel.create(session, { baseModel: model, lora: { rank: 4, seed: 1 } })

  /** The norm of what these passes add. */
  const normOf = async (on: RemoteModel, passes: readonly Pass[]): Promise<number> => {
    for (const pass of passes) await on.pass(pass)
    return (await on.step(still))['skyrl.ai/grad_norm']
  }

  it('is found out, and takes no JSON', async () => {
    expect(session.connection.dialect.name).toBe('skyrl-jax-proto')
    const reply = await session.connection.send('forward_backward', { json: {}, retry: 'none' })
    expect(reply.status).toBe(415)
  })

  it('does a request once that is sent twice under one number', async () => {
    const on = await fresh()
    const json = { model_id: on.id, seq_id: 1, adam_params: still, type: 'optim_step' }
    const send = async () => (await session.connection.send('optim_step', { json, retry: 'none' })).json()
    expect(await send()).toEqual(await send())
  }, 60_000)

  it('gives the log-probabilities of the embedded engine', async () => {
    const ids = [Int32Array.of(1, 3, 4, 5, 6, 7), Int32Array.of(8, 9, 10)]
    const sampler = tinySampler(tinyModel())
    const ours = await sampler.score(ids.map((all) => ({ context: all.subarray(0, 1), ids: all.subarray(1) })))
    await sampler.dispose()
    const { outputs } = await (await fresh()).pass(scoringPass(ids.map((all) => ({ ids: all }))))
    const flat = (rows: readonly { readonly [index: number]: number }[]): number[] =>
      rows.flatMap((row) => Array.from(row as Float32Array))
    expect(
      distance(flat(outputs.map(({ logprobs }) => logprobs.data)), flat(ours.map((one) => one.logprobs))),
    ).toBeLessThan(1e-5)
  }, 120_000)

  it('adds the gradient that it is told to', async () => {
    const on = await fresh()
    const { dialect } = session.connection
    const score = async (all: readonly GradientSequence[]): Promise<GradientSequence[]> => {
      const { outputs } = await on.pass(scoringPass(all))
      return all.map((one, i) => ({
        ...one,
        logprobs: (outputs[i].logprobs.data as Float32Array).slice(one.promptLength - 1),
      }))
    }
    const norm = async (...all: readonly GradientSequence[]): Promise<number> =>
      normOf(on, gradientPasses(await score(all), dialect, { sequences: 9, bytes: 1e6 }))
    const ids = [3, 4, 5, 6, 7, 8]
    // Of one token in one sequence the server's own mean is the sum.
    const plain: Pass = {
      lossFn: 'cross_entropy',
      data: [
        {
          tokens: Int32Array.from(ids.slice(0, -1)),
          inputs: {
            target_tokens: wire.int64(Int32Array.from(ids.slice(1))),
            weights: wire.float32(Float32Array.of(0, 0, 0, 0, 1)),
          },
        },
      ],
    }
    const one = await normOf(on, [plain])
    expect(one).toBeGreaterThan(0.1)
    expect((await norm(sequence(ids, [-1]))) / one).toBeCloseTo(1, 4)
    expect((await norm(sequence(ids, [0, 0, 0, -1]))) / one).toBeCloseTo(1, 4)
    expect((await norm(sequence(ids, [0, 3]), sequence([9, 10, 11], [0]))) / one).toBeCloseTo(3, 4)
    expect((await norm(sequence(ids, [-1]), sequence(ids, [-1]))) / one).toBeCloseTo(2, 4)
  }, 180_000)

  it('trains by a loss of ours, and a resumed run goes on to the last bit', async () => {
    const host = tinkerHost({ url: server.url, apiKey: 'tml-dummy', baseModel: model })
    const optimizer = { kind: 'adamw', beta1: 0.9, beta2: 0.95, eps: 1e-3, weightDecay: 0 }
    const schedule = { kind: 'constant' }
    const update: Update = { optimizer, lr: 0.01, schedule, lora: { rank: 4, alpha: 32 } }
    const trainer = await host.trainer(model, update, { resume: false })
    const before = await probe(trainer)
    await train(trainer, { loss: clippedRatio, steps: 3, calls: 2 })
    const { path } = await trainer.save(join(folder, 'saved'))
    const resumed = await host.trainer(path, update, { resume: true })
    expect(await probe(resumed)).toEqual(await probe(trainer))
    for (const each of [trainer, resumed]) await train(each, { loss: clippedRatio, steps: 1, from: 3 })
    expect(await probe(resumed)).toEqual(await probe(trainer))
    expect(distance(await probe(trainer), before)).toBeGreaterThan(0.05)
    await resumed.dispose()
    await trainer.dispose()
  }, 180_000)

  it('samples, and agrees on what it sampled', async () => {
    const host = tinkerHost({ url: server.url, apiKey: 'tml-dummy', baseModel: model })
    const sampler = await host.sampler(model)
    const context = Int32Array.of(9, 10, 11)
    const draw = async () => (await collect(sampler, [{ context, n: 4, maxTokens: 6, seed: 5 }]))[0]
    const samples = await draw()
    const scored = await sampler.score(samples.map(({ ids }) => ({ context, ids })))
    samples.forEach(({ logprobs }, i) => {
      expect(distance(Array.from(logprobs), Array.from(scored[i].logprobs))).toBeLessThan(1e-4)
    })
    expect((await draw()).map(({ text }) => text)).toEqual(samples.map(({ text }) => text))
    expect(new Set(samples.map(({ text }) => text)).size).toBeGreaterThan(1)
    await sampler.dispose()
  }, 180_000)
})
