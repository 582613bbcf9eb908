// Models for the stages of a run: from a plain folder, from a checkpoint, with and without its optimiser.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Trainer, Update } from '../../../contracts/index.ts'
import { writeTokenizer } from '../../../text/index.ts'
import { collect, tinyTokenizer } from '../../__fixtures__/tiny-model.ts'
import { clippedRatio, likelihood } from './__fixtures__/losses.ts'
import { distance, optimizer, probe, train, World } from './__fixtures__/tinker-world.ts'
import { dialectOf } from './dialect.ts'
import { refuseStage } from './refuse-unsuited.ts'
import { tinkerHost } from './tinker-host.ts'

const open: { close?(): Promise<void>; dispose?(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await (one.close?.() ?? one.dispose?.())
})

const update: Update = {
  optimizer,
  lr: 0.01,
  schedule: { kind: 'constant' },
  lora: { rank: 4, alpha: 32, seed: 3 },
}

async function hosted(fake: ConstructorParameters<typeof World>[0] = {}) {
  const here = new World({ dialect: 'skyrl-jax', ...fake })
  open.push(here)
  const base = join(here.folder, 'base')
  mkdirSync(base)
  await writeTokenizer(tinyTokenizer, base)
  const host = tinkerHost({ ...here.options, apiKey: 'tml-secret' })
  const trainer = async (folder: string, resume: boolean, more: Partial<Update> = {}): Promise<Trainer> => {
    const made = await host.trainer(folder, { ...update, ...more }, { resume })
    open.push(made)
    return made
  }
  return { here, base, host, trainer }
}

const training = { loss: clippedRatio, steps: 1 }

describe('a checkpoint', () => {
  it('is a folder with a tokenizer and a pointer, and no key', async () => {
    const { here, base, trainer } = await hosted({ dialect: 'skyrl-torch' })
    const first = await trainer(base, false)
    const folder = join(here.folder, 'step-000001')
    expect(await first.save(folder)).toEqual({ path: folder })
    expect(readdirSync(folder).sort()).toEqual(['tinker.json', 'tokenizer.json', 'tokenizer_config.json'])
    const pointer = JSON.parse((await import('node:fs')).readFileSync(join(folder, 'tinker.json'), 'utf8'))
    expect(pointer).toMatchObject({
      format: 1,
      url: here.server.url,
      dialect: 'skyrl-torch',
      path: expect.stringMatching(/^tinker:\/\/.*\/weights\/step-000001-\d+$/),
      samplerPath: expect.stringMatching(/^tinker:\/\/[^/]+\/step-000001-\d+$/),
      baseModel: 'tiny/base',
      rank: 4,
    })
    expect(JSON.stringify(pointer)).not.toContain('secret')
  })

  it.each(['skyrl-jax', 'hatchery'] as const)(
    'resumed on %s goes on as if the run had not ended; without its optimiser it does not',
    async (dialect) => {
      const { here, base, trainer } = await hosted({ dialect })
      const first = await trainer(base, false)
      await train(first, { ...training, steps: 2 })
      const folder = join(here.folder, 'two')
      await first.save(folder)
      await train(first, { ...training, from: 2 })
      const expected = await probe(first)
      await first.dispose()
      const resumed = await trainer(folder, true)
      await train(resumed, { ...training, from: 2 })
      expect(distance(await probe(resumed), expected)).toBeLessThan(1e-5)
      const restarted = await trainer(folder, false)
      await train(restarted, { ...training, from: 2 })
      expect(distance(await probe(restarted), expected)).toBeGreaterThan(1e-3)
    },
  )

  it('can be sampled from, also where the server stored no snapshot of it', async () => {
    const { here, base, host, trainer } = await hosted({ dialect: 'skyrl-torch' })
    const first = await trainer(base, false)
    await train(first, { ...training, steps: 3 })
    const request = [{ context: tinyTokenizer.encode('abc'), maxTokens: 8, temperature: 0, seed: 1 }]
    const live = await first.sampler()
    const [[expected]] = await collect(live, request)
    const [stored, bare] = [join(here.folder, 'stored'), join(here.folder, 'bare')]
    await first.save(stored)
    here.server.faults.on('save_weights_for_sampler', { status: 422, json: { detail: 'not here' } })
    await first.save(bare)
    expect(here.notes.join()).toContain('could not store a sampler snapshot')
    for (const folder of [stored, bare]) {
      const sampler = await host.sampler(folder)
      open.push(sampler)
      expect((await collect(sampler, request))[0][0].ids).toEqual(expected.ids)
    }
    const reference = await host.sampler(base)
    open.push(reference, live)
    const [score] = await reference.score([{ context: tinyTokenizer.encode('a'), ids: tinyTokenizer.encode('b') }])
    expect(score.logprobs[0]).toBeLessThan(0)
  })

  it('says so where a new optimiser cannot be had', async () => {
    const said = 'loads the optimiser with the weights'
    for (const dialect of ['skyrl-jax', 'gradus'] as const) {
      const { here, base, trainer } = await hosted({ dialect })
      const folder = join(here.folder, 'parent')
      await (await trainer(base, false)).save(folder)
      await trainer(folder, true)
      expect(here.notes.join()).not.toContain(said)
      await trainer(folder, false)
      expect(here.notes.join().includes(said)).toBe(dialect === 'skyrl-jax')
    }
  })

  it('keeps a model for its sampler where samplers are no snapshots, and no longer', async () => {
    const { here, base, host, trainer } = await hosted()
    const first = await trainer(base, false)
    await train(first, training)
    const [live, request] = [await first.sampler(), { context: tinyTokenizer.encode('abc'), maxTokens: 8, seed: 1 }]
    const expected = await collect(live, [request])
    const folder = join(here.folder, 'kept')
    await first.save(folder)
    await train(first, { ...training, from: 1 })
    const sampler = await host.sampler(folder)
    expect(here.server.modelCount).toBe(2)
    expect((await collect(sampler, [request]))[0][0].ids).toEqual(expected[0][0].ids)
    await sampler.dispose()
    expect(here.server.modelCount).toBe(1)
    open.push(live)
  })

  it('of another server, another rank, or damaged, is refused with what to do', async () => {
    const { here, base, trainer } = await hosted()
    const first = await trainer(base, false)
    const folder = join(here.folder, 'one')
    await first.save(folder)
    await expect(trainer(folder, true, { lora: { rank: 8 } })).rejects.toMatchObject({ code: 'store/other-adapter' })
    await expect(first.load({ path: base })).rejects.toMatchObject({ code: 'store/no-pointer' })
    const file = join(folder, 'tinker.json')
    const text = (await import('node:fs')).readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('fake.test', 'other.test'))
    await expect(trainer(folder, true)).rejects.toMatchObject({
      code: 'store/other-server',
      hint: expect.stringContaining('http://other.test'),
    })
    writeFileSync(file, text.slice(0, 40))
    await expect(trainer(folder, true)).rejects.toMatchObject({ code: 'store/bad-pointer' })
  })
})

describe('a host', () => {
  it('uses one session for all its models, and ends it with the last', async () => {
    const { here, base, host } = await hosted()
    const trainer = await host.trainer(base, update, { resume: false })
    const sampler = await host.sampler(base)
    expect(here.server.bodies('create_session')).toHaveLength(1)
    await trainer.dispose()
    await sampler.dispose()
    expect(here.server.modelCount).toBe(0)
    await (await host.sampler(base)).dispose()
    expect(here.server.bodies('create_session')).toHaveLength(2)
  })

  it('asks for the base model when the server has several', async () => {
    const capabilities = { supported_models: [{ model_name: 'a/one' }, { model_name: 'b/two' }] }
    const { base, host } = await hosted({ capabilities })
    await expect(host.sampler(base)).rejects.toMatchObject({
      code: 'config/no-base-model',
      hint: expect.stringContaining('a/one, b/two'),
    })
  })

  it('finishes nothing half: a save that fails leaves no pointer', async () => {
    const { here, base, trainer } = await hosted()
    const first = await trainer(base, false)
    here.server.faults.on('retrieve_future', { status: 400, json: { detail: 'disk full' } })
    const folder = join(here.folder, 'none')
    await expect(first.save(folder)).rejects.toMatchObject({ code: 'engine/operation-failed' })
    expect(existsSync(join(folder, 'tinker.json'))).toBe(false)
  })
})

describe('what no server can do', () => {
  const jax = dialectOf('skyrl-jax')
  const stage = (more: Partial<Update>, loss = likelihood) => ({ id: 's', loss, update: { ...update, ...more } })

  it('is refused before a run', () => {
    const refusals: [Partial<Update>, string][] = [
      [{ optimizer: { kind: 'muon' } }, 'config/unsupported'],
      [{ optimizer: { kind: 'adamw', beta1: 2 } }, 'config/bad-optimizer'],
      [{ valueHead: true }, 'config/unsupported'],
      [{ lora: { targets: ['q_proj'] } }, 'config/unsupported'],
      [{ lora: { rank: 0 } }, 'config/bad-lora'],
    ]
    for (const [more, code] of refusals)
      expect(() => refuseStage(stage(more), jax)).toThrow(expect.objectContaining({ code }))
    expect(() => refuseStage(stage({}, { ...likelihood, id: 'critic', wants: ['values'] }), jax)).toThrow(
      expect.objectContaining({
        code: 'train/unsupported-want',
        message: expect.stringContaining('"critic" wants values'),
      }),
    )
  })

  it('is said where it only has no effect', () => {
    expect(refuseStage(stage({}), dialectOf('hosted'))).toEqual([])
    expect(refuseStage(stage({ lora: undefined }), dialectOf('hosted')).join()).toContain('not all weights')
    const said = refuseStage(stage({ clipNorm: 1, lora: { alpha: 16 } }), dialectOf('skyrl-torch')).join()
    for (const word of ['alpha', 'betas', 'clipNorm 1']) expect(said).toContain(word)
    expect(refuseStage(stage({}), jax).join()).toContain('set weightDecay to 0')
  })
})
