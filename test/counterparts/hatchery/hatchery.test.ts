// Our client against a real Hatchery server, which divides the loss of each call by the sum of its weights. Gradients are
// compared with the server's own plain sum: where weights add up to less than one, it divides by one.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Sampler, Update } from '../../../src/contracts/index.ts'
import { collect, tinyModel, tinySampler } from '../../../src/engine/__fixtures__/tiny-model.ts'
import { saveModel } from '../../../src/engine/checkpoint.ts'
import { clippedRatio, likelihood } from '../../../src/engine/remote/tinker/__fixtures__/losses.ts'
import { distance, probe, train } from '../../../src/engine/remote/tinker/__fixtures__/tinker-world.ts'
import { type GradientSequence, gradientPasses, scoringPass } from '../../../src/engine/remote/tinker/gradient-form.ts'
import { Session, tinkerHost, wire } from '../../../src/engine/remote/tinker/index.ts'
import { type Pass, RemoteModel } from '../../../src/engine/remote/tinker/remote-model.ts'
import { describeHatchery, HATCHERY_KEY, type HatcheryServer, startHatchery } from './hatchery-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'hatchery-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Without memory, and so that a step grows with the gradient. */
const adam = { learning_rate: 0.1, beta1: 0, beta2: 0, eps: 1, weight_decay: 0, grad_clip_norm: 0 }

/** dL/dlogp of completions after prompts of two tokens; of both signs, and adding up to -3. */
const gradients: readonly GradientSequence[] = [
  { ids: [3, 4, 5, 6, 7, 8], gradient: [-0.75, -0.5, 0.25, -0.25] },
  { ids: [9, 10, 11], gradient: [-0.75] },
  { ids: [12, 3, 12, 4, 4], gradient: [-1, 0.5, -0.5] },
].map(({ ids, gradient }) => ({
  ids: Int32Array.from(ids),
  promptLength: 2,
  gradient: Float32Array.from(gradient),
  logprobs: new Float32Array(gradient.length),
}))

/** Cross-entropy with these weights on completions and none on prompts. */
const weighted = (weights: (sequence: GradientSequence) => Float32Array): Pass => ({
  lossFn: 'cross_entropy',
  data: gradients.map((sequence) => {
    const { ids } = sequence
    return {
      tokens: ids.subarray(0, -1),
      inputs: {
        target_tokens: wire.int64(ids.subarray(1)),
        weights: wire.float32(Float32Array.of(0, ...weights(sequence))),
      },
    }
  }),
})

describeHatchery('Hatchery', () => {
  const model = join(folder, 'tiny')
  let server: HatcheryServer
  let session: Session
  /** A checkpoint that all models begin with: fresh adapters would differ. */
  let start: string
  const notes: string[] = []

  beforeAll(async () => {
    await saveModel(model, tinyModel())
    server = await startHatchery(model)
    session = await Session.open({ url: server.url, apiKey: HATCHERY_KEY, onNote: (note) => notes.push(note) })
    const first = await fresh()
    // An adapter begins with a zero matrix; some steps away from there, all of its gradients count.
    for (let step = 0; step < 3; step++) {
      await first.pass(weighted(({ gradient }) => gradient.map(Math.abs)))
      await first.step(adam)
    }
    start = await first.save('start')
  }, 150_000)

  // The server keeps twenty models at once, and cannot save one that it has dropped to make room.
  afterEach(async () => {
    for (const model of models.splice(0)) await model.unload()
  })

  afterAll(async () => {
    session?.close()
    await server?.stop()
  })

  const models: RemoteModel[] = []
  const fresh = async (): Promise<RemoteModel> => {
    const made = await RemoteModel.create(session, { baseModel: model, lora: { rank: 4 } })
    models.push(made)
    return made
  }

  const loaded = async (): Promise<RemoteModel> => {
    const made = await fresh()
    await made.load(start, false)
    return made
  }

  const scores = async (of: RemoteModel): Promise<number[]> =>
    (await of.pass(scoringPass(gradients))).outputs.flatMap(({ logprobs }) => Array.from(logprobs.data))

  /** Log-probabilities after one step with the gradients of these passes, from the same weights. */
  const after = async (...passes: readonly Pass[]): Promise<number[]> => {
    const made = await loaded()
    for (const pass of passes) await made.pass(pass)
    await made.step(adam)
    return scores(made)
  }

  it('is found out', () => {
    expect(session.connection.dialect.name).toBe('hatchery')
    expect(notes).not.toContainEqual(expect.stringContaining('looks like'))
  })

  it('gives the log-probabilities of the embedded engine', async () => {
    const sampler = tinySampler(tinyModel())
    const items = gradients.map(({ ids }) => ({ context: ids.subarray(0, 1), ids: ids.subarray(1) }))
    const ours = (await sampler.score(items)).flatMap(({ logprobs }) => Array.from(logprobs))
    await sampler.dispose()
    expect(distance(await scores(await fresh()), ours)).toBeLessThan(1e-5)
  })

  it('divides a call by the sum of its weights, but by no less than one', async () => {
    const ones = weighted(({ gradient }) => gradient.map(() => 1))
    const [mean, doubled] = [await after(ones), await after(weighted(({ gradient }) => gradient.map(() => 2)))]
    const [small, tenfold] = [0.01, 0.1].map((w) => weighted(({ gradient }) => gradient.map(() => w)))
    const eighth = weighted(({ gradient }) => gradient.map(() => 1 / 8))
    expect(distance(doubled, mean)).toBeLessThan(1e-5)
    // Eight completion tokens: weights that add up to one give the mean, too.
    expect(distance(await after(eighth), mean)).toBeLessThan(1e-5)
    expect(distance(await after(small), await after(tenfold))).toBeGreaterThan(0.01)
    expect(distance(await after(ones, ones), mean)).toBeGreaterThan(0.01)
  })

  it('adds the gradient that it is told to, in one call or in several', async () => {
    // Four calls, whose weights add up to less than one each.
    const quarter = weighted(({ gradient }) => gradient.map((g) => -g / 4))
    const exact = await after(quarter, quarter, quarter, quarter)
    const scored = await (await loaded()).pass(scoringPass(gradients))
    const known = gradients.map((sequence, i) => ({
      ...sequence,
      logprobs: Float32Array.from(scored.outputs[i].logprobs.data.subarray(1)),
    }))
    const passes = (sequences: number): Pass[] =>
      gradientPasses(known, session.connection.dialect, { sequences, bytes: 1e6 })
    expect([passes(9).length, passes(1).length]).toEqual([1, 3])
    expect(distance(await after(...passes(9)), exact)).toBeLessThan(1e-5)
    expect(distance(await after(...passes(1)), exact)).toBeLessThan(1e-5)
    // What a server that sums would be sent comes to something else here.
    const naive = await after(weighted(({ gradient }) => gradient.map((g) => -g)))
    expect(distance(naive, exact)).toBeGreaterThan(0.05)
    expect(distance(exact, await scores(await loaded()))).toBeGreaterThan(0.05)
  })

  it('trains by a loss of ours, and a resumed run goes on to the last bit', async () => {
    const { trainer, host, update } = await training()
    const untrained = await probe(trainer)
    await train(trainer, { loss: likelihood, steps: 6 })
    const before = await probe(trainer)
    const { path } = await trainer.save(join(folder, 'saved'))
    // Weights are stored in bfloat16, of eight bits; the run itself goes on from there.
    expect(distance(await probe(trainer), before)).toBeLessThan(0.02)
    const resumed = await host.trainer(path, update, { resume: true })
    for (const each of [trainer, resumed]) await train(each, { loss: clippedRatio, steps: 2, from: 6 })
    const after = await probe(trainer)
    expect(await probe(resumed)).toEqual(after)
    expect(distance(after, before)).toBeGreaterThan(0.02)
    expect(distance(before, untrained)).toBeGreaterThan(0.05)
    await resumed.dispose()
    // A second save of the same run is of the weights as they are now.
    const later = await trainer.save(join(folder, 'later'))
    const sampler = await host.sampler(later.path)
    expect(distance(await scoresOf(sampler), await scoresOf(await trainer.sampler()))).toBeLessThan(1e-5)
    await trainer.dispose()
  }, 60_000)

  it('samples at random, also one sample alone, and agrees on what it sampled', async () => {
    const { trainer, host } = await training()
    for (const sampler of [await trainer.sampler(), await host.sampler(model)]) {
      const texts = new Set<string>()
      for (const request of [{ n: 4, seed: 5 }, ...[6, 7, 8, 9].map((seed) => ({ seed }))]) {
        const [samples] = await collect(sampler, [{ context, maxTokens: 6, ...request }])
        expect(samples).toHaveLength(request.seed === 5 ? 4 : 1)
        const scored = await sampler.score(samples.map(({ ids }) => ({ context, ids })))
        samples.forEach(({ text, logprobs }, i) => {
          texts.add(text)
          expect(distance(Array.from(logprobs), Array.from(scored[i].logprobs))).toBeLessThan(1e-4)
        })
      }
      // The first of the four has a seed of its own, and so has each that was asked for alone.
      expect(texts.size).toBeGreaterThan(4)
      await sampler.dispose()
    }
    await trainer.dispose()
  }, 60_000)

  it('stores only the first save of a model, and draws only where several samples are wanted', async () => {
    const made = await loaded()
    const before = await scores(made)
    const first = await made.save('first')
    await made.pass(weighted(({ gradient }) => gradient.map(() => 1)))
    await made.step(adam)
    const second = await fresh()
    await second.load(await made.save('second'), true)
    expect(first).not.toContain('second')
    expect(distance(await scores(second), before)).toBeLessThan(1e-5)
    expect(distance(await scores(made), before)).toBeGreaterThan(0.05)

    const { samplingSession = '' } = await made.snapshot()
    const draw = async (count: number) => {
      const ask = { source: { session: samplingSession, seqId: 0 }, prompt: context, count }
      const texts = new Set<string>()
      for (const seed of [1, 2, 3, 4]) {
        const settings = { maxTokens: 8, seed, temperature: 1, topK: -1, topP: 1 }
        const ticket = await session.connection.send('asample', { json: wire.sampleAskToJson({ ...ask, settings }) })
        const reply = await session.connection.poll({ json: ticket.json() })
        texts.add(wire.sampleAnswerSchema.parse(reply.json()).sequences[0].tokens.join())
      }
      return texts.size
    }
    expect(await draw(1)).toBe(1)
    expect(await draw(2)).toBeGreaterThan(1)
  })

  it('has no frozen weights: a sampler is refused once they have changed', async () => {
    const { trainer } = await training()
    // The save before the first step gives the run another model.
    await train(trainer, { loss: likelihood, steps: 1 })
    const sampler = await trainer.sampler()
    const before = await scoresOf(sampler)
    expect(await scoresOf(sampler)).toEqual(before)
    await train(trainer, { loss: likelihood, steps: 2 })
    await expect(scoresOf(sampler)).rejects.toMatchObject({ code: 'engine/snapshot-lost' })
    await sampler.dispose()
    await trainer.dispose()
  })

  /** A run with adapters of its own. */
  async function training() {
    const host = tinkerHost({
      url: server.url,
      apiKey: HATCHERY_KEY,
      baseModel: model,
      onNote: (note) => notes.push(note),
    })
    const optimizer = { kind: 'adamw', beta1: 0.9, beta2: 0.95, eps: 1e-3, weightDecay: 0 }
    const schedule = { kind: 'constant' }
    const update: Update = { optimizer, lr: 0.01, schedule, lora: { rank: 4, alpha: 8 } }
    return { host, update, trainer: await host.trainer(model, update, { resume: false }) }
  }
})

const context = Int32Array.of(9, 10, 11)

const scoresOf = async (sampler: Sampler): Promise<number[]> =>
  Array.from((await sampler.score([{ context, ids: Int32Array.of(5, 6, 7) }]))[0].logprobs)
