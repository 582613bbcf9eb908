// Training adapters and value heads: gradients against finite differences, what stays as it was, and folders.
// Long because adapters, value heads and hosts are checked on the same models and losses.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Rng, stream } from '../base/rng.ts'
import type { Example, Loss, Update } from '../contracts/index.ts'
import type { ModelConfig } from '../model/config.ts'
import { readHfFolder } from '../model/hf/index.ts'
import { freshLora, loraConfig } from '../model/lora.ts'
import { decoderParams } from '../model/param-spec.ts'
import { VALUE_HEAD, valueHeadParam } from '../model/value-head.ts'
import { WeightArena } from '../model/weight-arena.ts'
import { add, exp, mul, neg, square, sub, sum } from '../tensor/index.ts'
import { datum, example, richConfig, tinyConfig, tinyModel, tinyTokenizer } from './__fixtures__/tiny-model.ts'
import { exportMerged, loadModel, saveModel } from './checkpoint.ts'
import { embeddedHost } from './embedded-host.ts'
import { type EmbeddedModel, trainedArena } from './embedded-model.ts'
import { EmbeddedTrainer } from './embedded-trainer.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adapters-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const policy: Loss = {
  id: 'policy',
  fields: ['advantages'],
  wants: [],
  coefficients: [],
  terms: ({ logprobs, field }) => ({ total: neg(sum(mul(exp(logprobs), field('advantages')))), report: {} }),
}

/** As PPO's: both parts in one loss. */
const actorCritic: Loss = {
  ...policy,
  id: 'actor-critic',
  fields: ['advantages', 'returns'],
  wants: ['values'],
  terms: (x) => ({
    total: add(policy.terms(x).total, sum(square(sub(x.want('values'), x.field('returns'))))),
    report: {},
  }),
}

const lora = loraConfig.parse({ rank: 2, alpha: 6, seed: 3 })
/** Of a shape that transformers has, so that it can be saved. */
const llamaConfig: ModelConfig = { ...richConfig, modelType: 'llama', qkNorm: false }
const adamw = { kind: 'adamw', beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0.1 } as const
/** An optimiser step that takes the gradient off the weights, nearly. */
const plainSteps = { kind: 'adamw', beta1: 0, beta2: 0, eps: 1e8, weightDecay: 0 } as const

function batchOf(groups = 3): Example[] {
  const rng = stream('adapters-batch')
  const word = (length: number): string => Array.from({ length }, () => 'abcdefghijklm'[rng.int(13)]).join('')
  return Array.from({ length: groups }, (_, group) => {
    const prompt = word(2 + rng.int(5))
    return [3, 5].map((length) => {
      const numbers = () => Array.from({ length }, () => rng.normal())
      return example(datum(prompt, word(length), { advantages: numbers(), returns: numbers() }, group))
    })
  }).flat()
}

/** A tiny model with adapters (B away from zero when `random`) and perhaps a value head. */
function adaptedModel({ config = llamaConfig, settings = lora, valueHead = false, random = true } = {}): EmbeddedModel {
  const model = tinyModel({ config })
  const head = valueHead ? [valueHeadParam(config)] : []
  const adapter = freshLora(decoderParams(config), settings, head)
  const rng = stream('adapters-b')
  if (random) for (const [name, view] of adapter.arena.views()) if (!name.includes('lora_A')) fillNormal(view, 0.2, rng)
  return { ...model, adapter }
}

/** A tiny model without adapters and with a value head, random when asked for. */
function criticModel({ config = tinyConfig, random = true } = {}): EmbeddedModel {
  const model = tinyModel({ config })
  const arena = new WeightArena([...decoderParams(config), valueHeadParam(config)])
  for (const [name, view] of model.arena.views()) arena.view(name).set(view)
  const rng = stream('critic-head')
  const head = arena.view(VALUE_HEAD)
  if (random) fillNormal(head, 0.3, rng)
  return { ...model, arena }
}

function fillNormal(into: Float32Array, deviation: number, rng: Rng): void {
  for (let i = 0; i < into.length; i++) into[i] = deviation * rng.normal()
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length)
  expect(Math.max(...found.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(5e-5)
}

async function logprobsOf(trainer: EmbeddedTrainer, batch: readonly Example[]): Promise<number[]> {
  const { sequences } = await trainer.forward(batch, policy)
  return sequences!.flatMap(({ logprobs }) => [...logprobs])
}

async function step(trainer: EmbeddedTrainer, loss: Loss = policy): Promise<void> {
  await trainer.forwardBackward(batchOf(), loss)
  await trainer.optimStep({ lr: 0.01, clipNorm: 1 })
}

/** Checks the gradient of every parameter that learns, along itself and a random direction. */
async function expectSlopes(model: EmbeddedModel, loss: Loss): Promise<void> {
  const trainer = new EmbeddedTrainer(model, { optimizer: plainSteps })
  const batch = batchOf()
  const { params, data } = trainedArena(model)
  const origin = data.slice()
  await trainer.forwardBackward(batch, loss)
  await trainer.optimStep({ lr: 1e12 })
  const gradient = Float64Array.from(origin, (value, i) => (value - data[i]) / 1e4)
  data.set(origin)
  const rng = stream('adapters-direction')
  for (const { name, start, end } of params) {
    const size = Math.hypot(...gradient.subarray(start, end))
    expect(size, name).toBeGreaterThan(1e-4)
    const direction = gradient.map((g, i) =>
      i < start || i >= end ? 0 : g / size + rng.normal() / Math.sqrt(end - start),
    )
    const slope = direction.reduce((total, d, i) => total + d * gradient[i], 0)
    const totalAt = async (by: number): Promise<number> => {
      data.set(origin.map((value, i) => value + by * direction[i]))
      const { total } = await trainer.forward(batch, loss)
      data.set(origin)
      return total
    }
    const measured = ((await totalAt(4e-3)) - (await totalAt(-4e-3))) / 8e-3
    expect(Math.abs(measured - slope), `${name}: ${measured}, ${slope}`).toBeLessThan(0.01 * Math.abs(slope) + 0.01)
  }
  await trainer.dispose()
}

describe('adapters in training', () => {
  it.each([
    ['every map', richConfig],
    ['fused maps', { ...tinyConfig, modelType: 'phi3' as const }],
  ])('have the slope of the loss as their gradient: %s', async (_name, config) => {
    await expectSlopes(adaptedModel({ config }), policy)
  })

  it('change nothing while B is zero', async () => {
    const [plain, adapted] = [tinyModel({ config: llamaConfig }), adaptedModel({ random: false })].map(
      (model) => new EmbeddedTrainer(model, { optimizer: adamw }),
    )
    expect(await logprobsOf(adapted, batchOf())).toEqual(await logprobsOf(plain, batchOf()))
  })

  it('are what a step changes; the weights below stay, bit for bit', async () => {
    const model = adaptedModel()
    const [base, adapters] = [model.arena.data.slice(), model.adapter!.arena.data.slice()]
    const trainer = new EmbeddedTrainer(model, { optimizer: adamw })
    await step(trainer)
    expect(model.arena.data).toEqual(base)
    for (const { name, start, end } of model.adapter!.arena.params)
      expect(model.adapter!.arena.data.subarray(start, end), name).not.toEqual(adapters.subarray(start, end))
  })

  it('are in what a sampler computes, as merged weights that later steps do not touch', async () => {
    const model = adaptedModel()
    const trainer = new EmbeddedTrainer(model, { optimizer: adamw })
    const batch = batchOf()
    const before = await logprobsOf(trainer, batch)
    const sampler = await trainer.sampler()
    await step(trainer)
    const items = batch.map(({ sequences: [{ ids, promptLength }] }) => ({
      context: ids.slice(0, promptLength),
      ids: ids.slice(promptLength),
    }))
    const scored = (await sampler.score(items)).flatMap(({ logprobs }) => [...logprobs])
    const difference = (a: readonly number[]) => Math.max(...scored.map((x, i) => Math.abs(x - a[i])))
    expect(difference(before)).toBeLessThan(1e-4)
    expect(difference(await logprobsOf(trainer, batch))).toBeGreaterThan(1e-3)
    expect(
      difference(await logprobsOf(new EmbeddedTrainer({ ...model, adapter: undefined }, { optimizer: adamw }), batch)),
    ).toBeGreaterThan(0.1)
  })
})

describe('a folder with adapters', () => {
  it('holds the base weights unmerged, and resumes with the optimiser, bit for bit', async () => {
    const trainer = new EmbeddedTrainer(adaptedModel({ valueHead: true }), { optimizer: adamw })
    await step(trainer, actorCritic)
    await trainer.save(folder)
    const plain = new WeightArena(decoderParams(llamaConfig))
    await (await readHfFolder(folder)).load(plain.params, ({ name }) => plain.view(name))
    expect(plain.data).toEqual(trainer.model.arena.data)

    const loaded = new EmbeddedTrainer(await loadModel(folder, { lora }), { optimizer: adamw })
    await loaded.load({ path: folder })
    expect(loaded.model.adapter!.arena.data).toEqual(trainer.model.adapter!.arena.data)
    for (const each of [trainer, loaded]) await step(each, actorCritic)
    expect(loaded.model.adapter!.arena.data).toEqual(trainer.model.adapter!.arena.data)
  })

  it('loses nothing when it is loaded without adapters, or with others: the old ones are merged', async () => {
    const trainer = new EmbeddedTrainer(adaptedModel(), { optimizer: adamw })
    await trainer.save(folder)
    const expected = await logprobsOf(trainer, batchOf())
    for (const options of [{}, { lora: { ...lora, rank: 3 } }]) {
      const other = new EmbeddedTrainer(await loadModel(folder, options), { optimizer: adamw })
      expect(other.model.adapter?.rank).toBe(options.lora?.rank)
      const found = await logprobsOf(other, batchOf())
      expectClose(found, expected)
      expect(other.model.arena.data).not.toEqual(trainer.model.arena.data)
    }
  })

  it('is refused by a trainer of other adapters, which stays as it was', async () => {
    await new EmbeddedTrainer(adaptedModel(), { optimizer: adamw }).save(folder)
    const other = new EmbeddedTrainer(adaptedModel({ settings: { ...lora, alpha: 1 } }), { optimizer: adamw })
    other.model.arena.data.fill(7)
    await expect(other.load({ path: folder })).rejects.toMatchObject({ code: 'store/other-adapter' })
    expect(other.model.arena.data.every((x) => x === 7)).toBe(true)
    await saveModel(folder, tinyModel({ config: llamaConfig }))
    await expect(other.load({ path: folder })).rejects.toThrow(/no adapter/)
  })

  it('becomes a plain one by export', async () => {
    const trainer = new EmbeddedTrainer(adaptedModel({ valueHead: true }), { optimizer: adamw })
    await trainer.save(folder)
    await exportMerged(folder, trainer.model)
    const beside = ['adapter_config.json', 'adapter_model.safetensors', 'value_head.safetensors']
    expect(beside.filter((name) => existsSync(join(folder, name)))).toEqual([])
    const plain = new EmbeddedTrainer(await loadModel(folder), { optimizer: adamw })
    const expected = await logprobsOf(trainer, batchOf())
    expectClose(await logprobsOf(plain, batchOf()), expected)
  })
})

describe('a value head', () => {
  it('and what is below it have the slope of the loss as their gradient', async () => {
    await expectSlopes(criticModel(), actorCritic)
  })

  it('learns beside adapters', async () => {
    await expectSlopes(adaptedModel({ config: tinyConfig, valueHead: true }), actorCritic)
  })

  it('gives zeros when fresh, and after a step what its weights say of the hidden states', async () => {
    const trainer = new EmbeddedTrainer(criticModel({ random: false }), { optimizer: adamw })
    const values = async () =>
      (await trainer.forward(batchOf(), actorCritic)).sequences!.flatMap(({ values }) => [...values!])
    expect((await values()).every((x) => x === 0)).toBe(true)
    await step(trainer, actorCritic)
    const once = await values()
    expect(Math.max(...once.map(Math.abs))).toBeGreaterThan(1e-3)
    const head = trainer.model.arena.view(VALUE_HEAD)
    head.set(head.map((x) => 2 * x))
    expectClose(
      await values(),
      once.map((x) => 2 * x),
    )
  })

  it('is saved beside a model that stays as others expect it, and comes back unless it is not wanted', async () => {
    const trainer = new EmbeddedTrainer(criticModel(), { optimizer: adamw })
    await step(trainer, actorCritic)
    await trainer.save(folder)
    const plain = new WeightArena(decoderParams(tinyConfig))
    await (await readHfFolder(folder)).load(plain.params, ({ name }) => plain.view(name))
    const loaded = new EmbeddedTrainer(await loadModel(folder), { optimizer: adamw })
    expect(loaded.model.arena.data).toEqual(trainer.model.arena.data)
    await loaded.load({ path: folder })
    for (const each of [trainer, loaded]) await step(each, actorCritic)
    expect(loaded.model.arena.data).toEqual(trainer.model.arena.data)
    expect((await loadModel(folder, { valueHead: false })).arena.views().has(VALUE_HEAD)).toBe(false)

    await saveModel(folder, tinyModel())
    await expect(loaded.load({ path: folder })).rejects.toMatchObject({ code: 'store/no-value-head' })
    expect((await loadModel(folder)).arena.views().has(VALUE_HEAD)).toBe(false)
    expect((await loadModel(folder, { valueHead: true })).arena.view(VALUE_HEAD)).toEqual(new Float32Array(16))
  })

  it('is asked for by name when a loss needs one', async () => {
    const trainer = new EmbeddedTrainer(tinyModel(), { optimizer: adamw })
    await expect(trainer.forward(batchOf(), actorCritic)).rejects.toMatchObject({ code: 'train/no-value-head' })
  })
})

describe("a stage's update", () => {
  const update = { optimizer: adamw, lr: 1, schedule: { kind: 'constant' } } satisfies Update
  const host = embeddedHost({ threads: 1 })

  it('asks for adapters and a value head, which a resumed stage finds again', async () => {
    await saveModel(folder, tinyModel())
    const wants = { ...update, lora: { rank: 2, targets: ['q_proj'] }, valueHead: true }
    const trainer = (await host.trainer(folder, wants, { resume: false })) as EmbeddedTrainer
    expect(trainer.model.adapter!.arena.params.map(({ name }) => name)).toEqual([
      'model.layers.0.self_attn.q_proj.lora_A.weight',
      'model.layers.0.self_attn.q_proj.lora_B.weight',
      VALUE_HEAD,
    ])
    await step(trainer, actorCritic)
    await trainer.save(folder)
    const resumed = (await host.trainer(folder, wants, { resume: true })) as EmbeddedTrainer
    for (const each of [trainer, resumed]) await step(each, actorCritic)
    expect(resumed.model.adapter!.arena.data).toEqual(trainer.model.adapter!.arena.data)
    const all = (await host.trainer(folder, update, { resume: false })) as EmbeddedTrainer
    expect(all.model.adapter).toBeUndefined()
    const sampler = await host.sampler(folder)
    const [context, ids] = ['abc', 'def'].map((text) => tinyTokenizer.encode(text))
    const scored = async (from: typeof sampler) => [...(await from.score([{ context, ids }]))[0].logprobs]
    expect(await scored(sampler)).toEqual(await scored(await all.sampler()))
  })

  it('is refused when its adapters make no sense', async () => {
    await saveModel(folder, tinyModel())
    const make = (lora: Record<string, unknown>) => host.trainer(folder, { ...update, lora }, { resume: false })
    await expect(make({ rank: 0 })).rejects.toMatchObject({ code: 'config/bad-lora' })
    await expect(make({ rnak: 2 })).rejects.toMatchObject({ code: 'config/bad-lora' })
    await expect(make({ targets: ['lm_head'] })).rejects.toMatchObject({ code: 'config/no-such-map' })
  })
})
