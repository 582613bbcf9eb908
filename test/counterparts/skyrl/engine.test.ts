// The Tinker client against a SkyRL server, beside the embedded engine: the same log-probabilities, the same training step
// by step, the same samples; and runs that go on from what was saved.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  Datum,
  Example,
  Host,
  Loss,
  Sample,
  SampleRequest,
  Sampler,
  Trainer,
} from '../../../src/contracts/index.ts'
import { type EmbeddedTrainer, tinkerHost } from '../../../src/engine/index.ts'
import { add, clipped, dpo, klToReference, negativeLogLikelihood, scale } from '../../../src/train/index.ts'
import { counterparts } from '../../python.ts'
import { type SkyrlServer, startSkyrl } from './skyrl-server.ts'
import {
  distance,
  downloadAdapter,
  leaveGradients,
  logprobsOf,
  lora,
  sequences,
  tokenizer,
  twin,
  untrained,
  writeTinyQwen,
} from './tiny-qwen.ts'

const optimizer = { kind: 'adamw', beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0.01 } as const
const LR = 5e-4
const update = { optimizer, lora, lr: LR, schedule: { kind: 'constant' } }
const STEPS = 5
const batch = sequences(1)

const single = (data: readonly Datum[]): Example[] => data.map((datum) => ({ sequences: [datum] }))

async function collect(sampler: Sampler, requests: readonly SampleRequest[]): Promise<Sample[][]> {
  const samples: Sample[][] = requests.map(() => [])
  for await (const { request, index, sample } of sampler.sample(requests)) samples[request][index] = sample
  return samples
}

counterparts.describe('a SkyRL server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'skyrl-'))
  const model = join(folder, 'model')
  const start = join(folder, 'start')
  let server: SkyrlServer
  let host: Host
  let trainer: Trainer

  beforeAll(async () => {
    await writeTinyQwen(model)
    server = await startSkyrl(model, join(folder, 'state'))
    host = tinkerHost({ url: server.url })
    trainer = await host.trainer(model, update, { resume: false })
    await trainer.save(start)
    await downloadAdapter(server.url, start)
  }, 400_000)
  afterAll(async () => {
    await trainer?.dispose()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }, 30_000)

  /** Both engines where fresh adapters leave them. */
  async function startedAlike(): Promise<EmbeddedTrainer> {
    await trainer.load({ path: start })
    return twin(start, optimizer)
  }

  async function step(each: Trainer, loss: Loss, examples = single(batch), coefficients = {}) {
    const { total } = await each.forwardBackward(examples, loss, coefficients)
    return { total, ...(await each.optimStep({ lr: LR })) }
  }

  it('gives the log-probabilities of the embedded engine, token by token', async () => {
    const embedded = await untrained(model, optimizer)
    const expected = await logprobsOf(embedded, batch)
    expect(new Set(expected.map(({ length }) => length)).size).toBeGreaterThan(8)
    expect(distance(await logprobsOf(trainer, batch), expected)).toBeLessThan(1e-4)
    await embedded.dispose()
  }, 120_000)

  describe('trains', () => {
    const grpo = clipped({ low: 0.2, high: 0.2 })
    const cases: Readonly<Record<string, { loss: Loss; pairs?: boolean; coefficients?: Record<string, number> }>> = {
      'by cross-entropy': { loss: negativeLogLikelihood() },
      "by GRPO's clipped policy gradient": { loss: grpo },
      'by a policy gradient with a KL to a reference': {
        loss: add(grpo, scale('klCoef', klToReference('k3'))),
        coefficients: { klCoef: 0.1 },
      },
      'by preferences (DPO)': { loss: dpo({ beta: 0.1 }), pairs: true },
    }
    it.each(Object.keys(cases))(
      '%s as the embedded engine does',
      async (name) => {
        const { loss, pairs = false, coefficients = {} } = cases[name]
        const embedded = await startedAlike()
        const before = await logprobsOf(embedded, batch)
        const data = batch.map((datum, i): Datum => {
          const past = { data: before[i], shape: [before[i].length] as const }
          return { ...datum, fields: { ...datum.fields, behaviourLogprobs: past, referenceLogprobs: past } }
        })
        const examples = pairs
          ? data.flatMap((datum, i) =>
              i % 2 === 0 ? [{ sequences: [datum, data[i + 1]], scalars: { weight: 2 / data.length } }] : [],
            )
          : single(data)
        for (let s = 0; s < STEPS; s++) {
          const [theirs, ours] = [
            await step(trainer, loss, examples, coefficients),
            await step(embedded, loss, examples, coefficients),
          ]
          expect(theirs.total).toBeCloseTo(ours.total, 4)
          expect(theirs.gradNorm / ours.gradNorm).toBeCloseTo(1, 3)
        }
        const after = await logprobsOf(embedded, batch)
        expect(distance(after, before)).toBeGreaterThan(0.1)
        expect(distance(await logprobsOf(trainer, batch), after)).toBeLessThan(1e-3)
        await embedded.dispose()
      },
      120_000,
    )
  })

  it('gives a new model none of the gradients that one in its place was never asked to use', async () => {
    const loss = negativeLogLikelihood()
    const embedded = await startedAlike()
    const { gradNorm } = await step(embedded, loss)
    await embedded.dispose()
    await trainer.dispose()
    // What a client leaves that is killed between the two requests of a step.
    await leaveGradients(server.url, model)
    trainer = await host.trainer(start, update, { resume: true })
    expect((await step(trainer, loss)).gradNorm / gradNorm).toBeCloseTo(1, 3)
  }, 120_000)

  it('goes on from what was saved, with the optimiser, in a new host', async () => {
    const loss = negativeLogLikelihood()
    await trainer.load({ path: start })
    for (let s = 0; s < 3; s++) await step(trainer, loss)
    const saved = join(folder, 'saved')
    await trainer.save(saved)
    await downloadAdapter(server.url, saved)
    const atSave = await logprobsOf(trainer, batch)
    await step(trainer, loss)
    const uninterrupted = await logprobsOf(trainer, batch)

    const resumed = await tinkerHost({ url: server.url }).trainer(saved, update, { resume: true })
    expect(distance(await logprobsOf(resumed, batch), atSave)).toBeLessThan(1e-6)
    await step(resumed, loss)
    expect(distance(await logprobsOf(resumed, batch), uninterrupted)).toBeLessThan(1e-6)
    await resumed.dispose()
    // With a new optimiser the step is another one, so that the comparison above says something.
    const anew = await twin(saved, optimizer)
    expect(distance(await logprobsOf(anew, batch), atSave)).toBeLessThan(1e-4)
    await step(anew, loss)
    expect(distance(await logprobsOf(anew, batch), uninterrupted)).toBeGreaterThan(1e-2)
    await anew.dispose()
  }, 120_000)

  describe('samples', () => {
    const context = tokenizer.encode('abc')
    const request = { context, maxTokens: 12, n: 16, seed: 7 }
    let embedded: EmbeddedTrainer
    let sampler: Sampler

    beforeAll(async () => {
      embedded = await startedAlike()
      for (const each of [trainer, embedded]) await step(each, negativeLogLikelihood())
      sampler = await trainer.sampler()
    }, 120_000)
    afterAll(async () => {
      await sampler?.dispose()
      await embedded?.dispose()
    })

    it('what the seed says, and something else for another seed', async () => {
      const texts = async (seed: number): Promise<string[]> =>
        (await collect(sampler, [{ ...request, seed }]))[0].map(({ text }) => text)
      const first = await texts(7)
      expect(new Set(first).size).toBeGreaterThan(8)
      expect(await texts(7)).toEqual(first)
      expect(await texts(1007)).not.toEqual(first)
    }, 120_000)

    it('with the log-probabilities that scoring and training give', async () => {
      const samples = (await collect(sampler, [request]))[0]
      const sampled = samples.map(({ logprobs }) => logprobs)
      const scored = await sampler.score(samples.map(({ ids }) => ({ context, ids })))
      expect(
        distance(
          scored.map(({ logprobs }) => logprobs),
          sampled,
        ),
      ).toBeLessThan(1e-4)
      const data = samples.map(({ ids }): Datum => {
        return { ids: Int32Array.from([...context, ...ids]), promptLength: context.length, fields: {} }
      })
      expect(distance(await logprobsOf(trainer, data), sampled)).toBeLessThan(1e-4)
      expect(distance(await logprobsOf(embedded, data), sampled)).toBeLessThan(1e-4)
    }, 120_000)

    it('from a checkpoint, in a new host', async () => {
      const saved = join(folder, 'sampled')
      await trainer.save(saved)
      const greedy = { context, maxTokens: 12, temperature: 0, seed: 0 }
      const [ours] = await collect(sampler, [greedy])
      const now = await logprobsOf(trainer, batch)
      const stored = await tinkerHost({ url: server.url }).sampler(saved)
      const [theirs] = await collect(stored, [greedy])
      expect(distance(await logprobsOf(trainer, batch), now)).toBe(0)
      expect(theirs.map(({ text, stop }) => [text, stop])).toEqual(ours.map(({ text, stop }) => [text, stop]))
      expect(distance([theirs[0].logprobs], [ours[0].logprobs])).toBeLessThan(1e-6)
      await stored.dispose()
    }, 120_000)

    it('greedily what the embedded engine does', async () => {
      const requests = ['abc', 'd', 'ponm', 'ac', 'l', 'bbb', 'ghij', 'fedcba'].map((text) => ({
        ...{ context: tokenizer.encode(text), maxTokens: 12, temperature: 0, seed: 0 },
      }))
      const own = await embedded.sampler()
      const [theirs, ours] = [await collect(sampler, requests), await collect(own, requests)].map((each) => each.flat())
      expect(theirs.map(({ text }) => text)).toEqual(ours.map(({ text }) => text))
      expect(theirs.map(({ stop }) => stop)).toEqual(ours.map(({ stop }) => stop))
      const rows = [theirs, ours].map((each) => each.map(({ logprobs }) => logprobs))
      expect(distance(rows[0], rows[1])).toBeLessThan(1e-4)
      await own.dispose()
    }, 120_000)

    it('up to a stop string, and no further', async () => {
      const free = (await collect(sampler, [request]))[0].map(({ text }) => text)
      const stop = [free[0].slice(5, 7), free[1].slice(8, 9)]
      const [samples] = await collect(sampler, [{ ...request, stop }])
      samples.forEach((sample, i) => {
        const ends = stop.flatMap((word) => (free[i].includes(word) ? [free[i].indexOf(word) + word.length] : []))
        expect(sample.text).toBe(free[i].slice(0, Math.min(...ends, free[i].length)))
        expect(sample.stopHit !== undefined).toBe(ends.length > 0)
      })
    }, 120_000)

    it('no more once its model has learnt, and leaves alone what was learnt', async () => {
      const untouched = await trainer.sampler()
      await step(trainer, negativeLogLikelihood())
      const learnt = await logprobsOf(trainer, batch)
      for (const stale of [sampler, untouched]) {
        const [[sample]] = await collect(stale, [{ context, maxTokens: 12, seed: 0 }])
        expect(sample.stop).toBe('error')
      }
      expect(distance(await logprobsOf(trainer, batch), learnt)).toBe(0)
      await untouched.dispose()
    }, 120_000)
  })
})
