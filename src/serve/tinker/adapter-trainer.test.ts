// The training verbs of one adapter, against finite differences and the embedded trainer.
import { afterAll, describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { largestDifference, richConfig, tinyModel } from '../../engine/__fixtures__/tiny-model.ts'
import { EmbeddedTrainer } from '../../engine/embedded-trainer.ts'
import { float32, int64, type WireDatum } from '../../engine/remote/tinker/wire/index.ts'
import { freshLora } from '../../model/lora.ts'
import { adamwReference } from '../../optim/adamw-reference.ts'
import { batch, datum } from './__fixtures__/tiny-server.ts'
import { AdapterTrainer, type StepSettings } from './adapter-trainer.ts'
import { servedLosses } from './losses.ts'
import { toSequence } from './sequence.ts'
import { TrainingPrograms } from './training-programs.ts'

const base = tinyModel({ config: richConfig })
const programs = new TrainingPrograms(base)
afterAll(() => programs.dispose())

const crossEntropy = servedLosses.get('cross_entropy')!
const bounds = { vocabSize: 16, contextLimit: 64 }
const sequences = (data: readonly WireDatum[], served = crossEntropy) =>
  data.map((one, i) => toSequence(one, i, served, {}, bounds))

function trainer(seed = 1): AdapterTrainer {
  const adapter = freshLora(base.arena.params, { rank: 2, alpha: 4, targets: ['all-linear'], seed })
  // Away from zero, where half of the gradients vanish.
  const rng = stream(seed, 'test')
  for (const { start, end } of adapter.arena.params)
    for (let i = start; i < end; i++) adapter.arena.data[i] += 0.1 * rng.normal()
  return new AdapterTrainer(base, programs, adapter)
}

/** A step that moves every weight by its gradient times 1e-4, nearly. */
const reading: StepSettings = { lr: 1e4, beta1: 0, beta2: 0, eps: 1e8, weightDecay: 0, clipNorm: 0 }

function takeGradient(one: AdapterTrainer): Float64Array {
  const before = one.adapter.arena.data.slice()
  one.step(reading)
  const gradient = Float64Array.from(before, (x, i) => (x - one.adapter.arena.data[i]) * 1e4)
  one.adapter.arena.data.set(before)
  return gradient
}

const distance = (a: Float64Array, b: Float64Array): number =>
  Math.sqrt(a.reduce((sum, x, i) => sum + (x - b[i]) ** 2, 0) / b.reduce((sum, x) => sum + x * x, 0))

describe('AdapterTrainer', () => {
  it('gives the log-probabilities of the embedded trainer, from a pass without and with gradients', async () => {
    const one = trainer()
    const embedded = new EmbeddedTrainer(
      { ...base, adapter: one.adapter },
      { optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0 } },
    )
    const examples = sequences(batch).map(({ datum }) => ({ sequences: [datum] }))
    const { sequences: expected = [], total } = await embedded.forward(examples, crossEntropy.loss)
    for (const mode of ['forward', 'backward'] as const) {
      const report = await one.pass(sequences(batch), crossEntropy, mode)
      expect(report.total).toBeCloseTo(total, 4)
      report.logprobs.forEach((list, i) => {
        expect(largestDifference(list, expected[i].logprobs)).toBeLessThan(1e-5)
      })
    }
    await embedded.dispose()
  })

  it('takes gradients towards targets that are not the next inputs, as finite differences have them', async () => {
    const one = trainer()
    const free: WireDatum = {
      tokens: Int32Array.of(3, 4, 5),
      inputs: { target_tokens: int64(Int32Array.of(9, 3, 15)), weights: float32(Float32Array.of(1, -0.5, 2)) },
    }
    const wanted = sequences([free, datum([6, 7, 8])])
    await one.pass(wanted, crossEntropy, 'backward')
    const gradient = takeGradient(one)
    const weights = one.adapter.arena.data
    const rng = stream('places')
    for (let trial = 0; trial < 6; trial++) {
      const at = one.adapter.arena.params[rng.int(one.adapter.arena.params.length)].start + rng.int(8)
      const middle = weights[at]
      const at1 = async (x: number): Promise<number> => {
        weights[at] = x
        const { total } = await one.pass(wanted, crossEntropy, 'forward')
        weights[at] = middle
        return total
      }
      const slope = ((await at1(middle + 2e-2)) - (await at1(middle - 2e-2))) / 4e-2
      expect(gradient[at]).toBeCloseTo(slope, 1)
      expect(Math.abs(gradient[at] - slope)).toBeLessThan(0.02 * Math.max(1, Math.abs(slope)))
    }
  })

  it('adds up the passes since the last step, and begins anew after it', async () => {
    const one = trainer()
    await one.pass(sequences(batch), crossEntropy, 'backward')
    const whole = takeGradient(one)
    for (const part of batch) await one.pass(sequences([part]), crossEntropy, 'backward')
    expect(distance(takeGradient(one), whole)).toBeLessThan(1e-4)
    expect(takeGradient(one).every((x) => x === 0)).toBe(true)
  })

  it('leaves what was added up alone when a pass is not finite', async () => {
    const one = trainer()
    await one.pass(sequences(batch), crossEntropy, 'backward')
    const sampling = servedLosses.get('importance_sampling')!
    const wild: WireDatum = {
      tokens: Int32Array.of(3, 4),
      inputs: {
        target_tokens: int64(Int32Array.of(4, 5)),
        logprobs: float32(Float32Array.of(-1e4, -1)),
        advantages: float32(Float32Array.of(1, 1)),
      },
    }
    await expect(one.pass(sequences([wild], sampling), sampling, 'backward')).rejects.toThrow('-Infinity')
    const kept = takeGradient(one)
    await one.pass(sequences(batch), crossEntropy, 'backward')
    expect(distance(kept, takeGradient(one))).toBe(0)
  })

  it('is AdamW with the settings of each step and one memory', async () => {
    const one = trainer()
    const steps: StepSettings[] = [
      { lr: 0.01, beta1: 0.9, beta2: 0.95, eps: 1e-12, weightDecay: 0, clipNorm: 0 },
      { lr: 0.02, beta1: 0.5, beta2: 0.9, eps: 1e-3, weightDecay: 0.5, clipNorm: 0 },
      { lr: 0.03, beta1: 0.5, beta2: 0.9, eps: 1e-3, weightDecay: 0.5, clipNorm: 1 },
    ]
    const [{ start }] = one.adapter.arena.params
    let state = { weight: one.adapter.arena.data[start], m: 0, v: 0 }
    for (const [i, settings] of steps.entries()) {
      const probe = new AdapterTrainer(base, programs, one.adapter)
      await probe.pass(sequences(batch), crossEntropy, 'backward')
      const raw = takeGradient(probe)[start]
      await one.pass(sequences(batch), crossEntropy, 'backward')
      const norm = one.step(settings)
      const gradient = settings.clipNorm > 0 ? raw * Math.min(1, settings.clipNorm / norm) : raw
      state = adamwReference(state, { gradient, lr: settings.lr, step: i + 1, decay: true }, settings)
      expect(one.adapter.arena.data[start]).toBeCloseTo(state.weight, 4)
    }
    expect(one.optimizerState().step).toBe(3)
  })

  it('trains adapters of one shape in turns as it trains each alone, from one set of programs', async () => {
    const settings: StepSettings = { lr: 0.02, beta1: 0.9, beta2: 0.95, eps: 1e-12, weightDecay: 0, clipNorm: 0 }
    const go = async (one: AdapterTrainer, data: readonly WireDatum[]): Promise<void> => {
      await one.pass(sequences(data), crossEntropy, 'backward')
      one.step(settings)
    }
    const [a, b, alone] = [trainer(1), trainer(2), trainer(2)]
    for (let step = 0; step < 3; step++) {
      await go(a, batch.slice(0, 1))
      await go(b, batch)
    }
    for (let step = 0; step < 3; step++) await go(alone, batch)
    expect(largestDifference(b.adapter.arena.data, alone.adapter.arena.data)).toBe(0)
    expect(largestDifference(b.adapter.arena.data, a.adapter.arena.data)).toBeGreaterThan(0.01)
  })
})
