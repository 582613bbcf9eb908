// Gradients: right against finite differences, and the same however a batch is split, laid out or added up.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import { batchOf, nll, surrogate } from './__fixtures__/tiny-batch.ts'
import {
  collect,
  datum,
  example,
  largestDifference,
  norm,
  relativeDistance,
  richConfig,
  takeGradient,
  tinyConfig,
  tinyModel,
  tinySampler,
  tinyTokenizer,
  tinyTrainer,
} from './__fixtures__/tiny-model.ts'
import { EmbeddedTrainer } from './embedded-trainer.ts'

describe('the gradient', () => {
  it.each([
    ['a plain model', tinyConfig],
    ['every switch of the families', richConfig],
    ['partial rotation', { ...tinyConfig, partialRotary: 0.5 }],
  ])('is the slope of the loss, parameter by parameter (%s)', async (_name, config) => {
    const model = tinyModel({ config, seed: 2 })
    const trainer = tinyTrainer(model)
    const batch = batchOf({ groups: 3 })
    await trainer.forwardBackward(batch, surrogate)
    const gradient = await takeGradient(trainer)
    const weights = model.arena.data
    const origin = weights.slice()
    const rng = stream(3, 'direction')
    const lossAt = async (direction: Float64Array, by: number): Promise<number> => {
      direction.forEach((d, i) => {
        weights[i] = origin[i] + by * d
      })
      const { total } = await trainer.forward(batch, surrogate)
      weights.set(origin)
      return total
    }
    for (const { name, start, end } of model.arena.params) {
      // Half along the gradient of this parameter, half anywhere in it.
      const direction = new Float64Array(weights.length)
      const size = norm(gradient.slice(start, end))
      expect(size, name).toBeGreaterThan(0)
      for (let i = start; i < end; i++) direction[i] = gradient[i] / size + rng.normal() / Math.sqrt(end - start)
      const slope = direction.reduce((total, d, i) => total + d * gradient[i], 0)
      const step = 2e-3
      const measured = ((await lossAt(direction, step)) - (await lossAt(direction, -step))) / (2 * step)
      expect(Math.abs(measured - slope), `${name}: ${measured}, ${slope}`).toBeLessThan(1e-3 * Math.abs(slope) + 0.01)
    }
  })

  it.each(['rows', 'groups'])('is the same for any split into micro-batches, to rounding (%s)', async (layout) => {
    const model = tinyModel({ config: richConfig })
    const batch = batchOf({ grouped: layout === 'groups' })
    const [whole, split, single] = await Promise.all(
      [4096, 64, 1].map(async (microBatchTokens) => {
        const trainer = tinyTrainer(tinyModel({ config: richConfig }), { microBatchTokens })
        const { total, report, lossTokens } = await trainer.forwardBackward(batch, nll)
        return { total, report, lossTokens, gradient: await takeGradient(trainer) }
      }),
    )
    expect(model.arena.count).toBeGreaterThan(1000)
    for (const other of [split, single]) {
      expect(relativeDistance(other.gradient, whole.gradient)).toBeLessThan(1e-5)
      expect(other.total).toBeCloseTo(whole.total, 2)
      expect(other.report.tokens).toBeCloseTo(whole.report.tokens, 3)
      expect(other.lossTokens).toBe(whole.lossTokens)
    }
  })

  it('is the same whether a group’s prompt is shared or not, with fewer tokens computed', async () => {
    const [apart, shared] = await Promise.all(
      [false, true].map(async (grouped) => {
        const trainer = tinyTrainer(tinyModel({ config: richConfig }))
        const batch = batchOf({ grouped })
        const { tokens } = await trainer.forwardBackward(batch, surrogate)
        const gradient = await takeGradient(trainer)
        const { sequences } = await trainer.forward(batch, surrogate)
        return { tokens, gradient, logprobs: sequences!.map(({ logprobs }) => logprobs) }
      }),
    )
    expect(shared.tokens).toBeLessThan(apart.tokens)
    expect(relativeDistance(shared.gradient, apart.gradient)).toBeLessThan(1e-5)
    const [all, expected] = [shared, apart].map(({ logprobs }) => logprobs.flatMap((row) => [...row]))
    expect(largestDifference(all, expected)).toBeLessThan(1e-4)
  })

  it('adds up over calls, and starts anew after a step', async () => {
    const batch = batchOf()
    const trainer = tinyTrainer(tinyModel())
    await trainer.forwardBackward(batch, nll)
    const whole = await takeGradient(trainer)
    for (const part of [batch.slice(0, 10), batch.slice(10, 11), batch.slice(11)])
      await trainer.forwardBackward(part, nll)
    expect(relativeDistance(await takeGradient(trainer), whole)).toBeLessThan(1e-5)
    await trainer.forwardBackward(batch, nll)
    expect(await takeGradient(trainer)).toEqual(whole)
  })

  it('is zero when nothing was added', async () => {
    const trainer = tinyTrainer(tinyModel())
    expect(await trainer.optimStep({ lr: 1 })).toEqual({ gradNorm: 0 })
    await trainer.forwardBackward(batchOf({ groups: 1 }), nll)
    await takeGradient(trainer)
    expect(norm(await takeGradient(trainer))).toBe(0)
  })

  it('is clipped to the norm asked for; the norm reported is the one before', async () => {
    const trainer = tinyTrainer(tinyModel())
    const batch = batchOf({ groups: 2 })
    await trainer.forwardBackward(batch, nll)
    const free = await takeGradient(trainer)
    await trainer.forwardBackward(batch, nll)
    const { gradNorm } = await trainer.optimStep({ lr: 0, clipNorm: 1e-3 })
    expect(gradNorm).toBeCloseTo(norm(free), 3)
    await trainer.forwardBackward(batch, nll)
    const clipped = await takeGradient(trainer, norm(free) / 4)
    expect(
      relativeDistance(
        clipped,
        free.map((g) => g / 4),
      ),
    ).toBeLessThan(1e-5)
    await trainer.forwardBackward(batch, nll)
    expect(await takeGradient(trainer, norm(free) * 4)).toEqual(free)
  })
})

describe('what cannot change anything', () => {
  it('is skipped exactly: the gradient is that of the rest, bit for bit', async () => {
    const batch = batchOf({ zeroGroups: 5 })
    const trainer = tinyTrainer(tinyModel())
    const report = await trainer.forwardBackward(batch, surrogate)
    const skipping = await takeGradient(trainer)
    expect(report.skipped).toBe(20)
    const rest = await trainer.forwardBackward(batch.slice(20), surrogate)
    expect(await takeGradient(trainer)).toEqual(skipping)
    expect(rest).toEqual({ ...report, skipped: 0 })
    await trainer.forwardBackward(batch, { ...surrogate, vanishesWith: undefined })
    expect(relativeDistance(await takeGradient(trainer), skipping)).toBeLessThan(1e-5)
  })

  it('may be the whole batch', async () => {
    const trainer = tinyTrainer(tinyModel())
    const report = await trainer.forwardBackward(batchOf({ zeroGroups: 12 }), surrogate)
    expect(report).toMatchObject({ skipped: 48, tokens: 0, lossTokens: 0, total: 0 })
    expect(await trainer.optimStep({ lr: 1 })).toEqual({ gradNorm: 0 })
  })

  it('is still scored by forward', async () => {
    const batch = batchOf({ groups: 2, zeroGroups: 2 })
    const { sequences, skipped } = await tinyTrainer(tinyModel()).forward(batch, surrogate)
    expect([skipped, sequences!.length]).toEqual([0, 8])
  })
})

describe('forward', () => {
  it('gives every sequence in the caller’s order, as the sampler scores it, and changes nothing', async () => {
    const model = tinyModel({ config: richConfig })
    const trainer = tinyTrainer(model, { microBatchTokens: 40 })
    const before = model.arena.data.slice()
    const batch = batchOf()
    const { sequences } = await trainer.forward(batch, { ...nll, wants: ['entropy'] })
    const items = batch.map(({ sequences: [{ ids, promptLength }] }) => ({
      context: ids.slice(0, promptLength),
      ids: ids.slice(promptLength),
      want: ['entropy' as const],
    }))
    const scored = await tinySampler(model).score(items)
    sequences!.forEach(({ logprobs, entropy }, s) => {
      expect(logprobs.length).toBe(items[s].ids.length)
      expect(largestDifference(logprobs, scored[s].logprobs)).toBeLessThan(1e-4)
      expect(largestDifference(entropy!, scored[s].entropy!)).toBeLessThan(1e-4)
    })
    expect(model.arena.data).toEqual(before)
    expect(await trainer.optimStep({ lr: 1 })).toEqual({ gradNorm: 0 })
  })

  it('sums the same loss as forwardBackward', async () => {
    const trainer = tinyTrainer(tinyModel())
    const batch = batchOf({ groups: 3 })
    const { total } = await trainer.forwardBackward(batch, nll)
    expect((await trainer.forward(batch, nll)).total).toBeCloseTo(total, 3)
  })
})

describe('weights', () => {
  it('learn: a sequence shown thirty times becomes likely', async () => {
    const model = tinyModel()
    const trainer = new EmbeddedTrainer(model, {
      optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0 },
    })
    const lesson = [example(datum('ab', 'cdefg', { weights: [1, 1, 1, 1, 1] }))]
    for (let step = 0; step < 30; step++) {
      await trainer.forwardBackward(lesson, nll)
      await trainer.optimStep({ lr: 0.02, clipNorm: 1 })
    }
    const sampler = await trainer.sampler()
    const greedy = { context: tinyTokenizer.encode('ab'), maxTokens: 5, temperature: 0, seed: 0 }
    expect((await collect(sampler, [greedy]))[0][0].text).toBe('cdefg')
  })

  it('of a sampler are those of the moment it was made', async () => {
    const model = tinyModel({ endless: true })
    const trainer = tinyTrainer(model)
    const request = { context: tinyTokenizer.encode('abc'), maxTokens: 8, n: 3, seed: 1 }
    const [old, untouched] = [await trainer.sampler(), tinySampler(tinyModel({ endless: true }))]
    await trainer.forwardBackward(batchOf({ groups: 2 }), nll)
    await trainer.optimStep({ lr: 1e9 })
    expect(await collect(old, [request])).toEqual(await collect(untouched, [request]))
    const fresh = await trainer.sampler()
    expect((await collect(fresh, [request]))[0][0].logprobs).not.toEqual((await collect(old, [request]))[0][0].logprobs)
  })

  it('and optimiser come back from a folder: the next step is the same, bit for bit', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gradus-trainer-'))
    const make = (seed: number) =>
      new EmbeddedTrainer(tinyModel({ seed }), {
        optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0.1 },
      })
    const step = async (trainer: EmbeddedTrainer): Promise<void> => {
      await trainer.forwardBackward(batchOf({ groups: 2 }), nll)
      await trainer.optimStep({ lr: 0.01, clipNorm: 1 })
    }
    try {
      const [first, second] = [make(1), make(2)]
      await step(first)
      await first.save(folder)
      await second.load({ path: folder })
      for (const trainer of [first, second]) await step(trainer)
      expect(second.model.arena.data).toEqual(first.model.arena.data)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
