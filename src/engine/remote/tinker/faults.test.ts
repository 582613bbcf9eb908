// What goes wrong on the way must change nothing: after every fault the weights are those of an undisturbed run, and each
// optimiser step is in them once.
import { afterEach, describe, expect, it } from 'vitest'
import { stream } from '../../../base/rng.ts'
import { BigramModel } from './__fixtures__/bigram-model.ts'
import type { Fault } from './__fixtures__/faults.ts'
import { clippedRatio, likelihood, lossBatch } from './__fixtures__/losses.ts'
import { distance, probe, train, World } from './__fixtures__/tinker-world.ts'
import type { DialectName } from './dialect.ts'

const worlds: World[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

function world(fake: ConstructorParameters<typeof World>[0] = {}, options = {}): World {
  const made = new World({ ...fake, model: BigramModel }, options)
  worlds.push(made)
  return made
}

const training = { loss: clippedRatio, steps: 1 }

/** Log-probabilities after three undisturbed steps. */
let undisturbed: Promise<number[]> | undefined
function expected(): Promise<number[]> {
  undisturbed ??= (async () => {
    const trainer = await world({ dialect: 'gradus' }).trainer()
    await train(trainer, { ...training, steps: 3 })
    return probe(trainer, clippedRatio)
  })()
  return undisturbed
}

/** One step, a save, another step, then a step in which something goes wrong. */
async function disturbed(dialect: DialectName, route: string, faults: readonly Fault[], options = {}) {
  const here = world({ dialect }, options)
  const trainer = await here.trainer()
  await train(trainer, { ...training, from: 0 })
  await trainer.save(`${here.folder}/checkpoint`)
  await train(trainer, { ...training, from: 1 })
  here.server.faults.on(route, ...faults)
  await train(trainer, { ...training, from: 2 })
  return { here, trainer, after: await probe(trainer, clippedRatio) }
}

const broken: readonly Fault[] = [
  'refused',
  'dropped-before',
  'dropped-after',
  'cut-short',
  { status: 500 },
  { status: 502, done: true },
  { status: 408, done: true },
  { status: 429 },
  { status: 503, headers: { 'retry-after': '1' } },
  'killed-before',
  'killed-after',
]

describe.each(['gradus', 'skyrl-jax'] as const)('on %s', (dialect) => {
  it.each(broken.flatMap((fault) => ['forward_backward', 'optim_step'].map((route) => [fault, route] as const)))(
    'a step counts once when %o meets %s',
    async (fault, route) => {
      const { here, trainer, after } = await disturbed(dialect, route, [fault])
      expect(here.server.faults.left).toBe(0)
      expect(distance(after, await expected())).toBeLessThan(1e-4)
      expect(here.server.model.steps).toBe(3)
      // Steps are done again only on a model made anew from the save.
      if (trainer.rebuilds === 0) expect(here.server.stepsDone).toBe(3)
      const isKill = fault === 'killed-before' || fault === 'killed-after'
      if (dialect === 'gradus') expect(trainer.rebuilds).toBe(isKill ? 1 : 0)
    },
  )

  it.each(['killed-before', 'killed-after', 'dropped-before', 'silent', { status: 404 }] as const)(
    'and when %o meets the poll for it',
    async (fault) => {
      // The step's own poll comes after those of its passes.
      const { here, after } = await disturbed(dialect, 'retrieve_future', ['none', 'none', fault], {
        pollTimeoutMs: 50,
      })
      expect(here.server.faults.left).toBe(0)
      expect(distance(after, await expected())).toBeLessThan(1e-4)
      expect(here.server.model.steps).toBe(3)
    },
  )
})

describe('whatever goes wrong, in any order', () => {
  const routes = [
    'forward',
    'forward_backward',
    'optim_step',
    'retrieve_future',
    'save_weights',
    'load_weights',
    'create_model',
  ]

  it.each(Array.from({ length: 12 }, (_, seed) => seed))('each step counts once (case %i)', async (seed) => {
    const rng = stream(seed, 'any-faults')
    const here = world({ dialect: rng.pick(['gradus', 'skyrl-jax', 'hatchery'] as const) })
    const trainer = await here.trainer()
    for (let step = 0; step < 3; step++) {
      for (let i = rng.int(3); i >= 0; i--) {
        const before: Fault[] = Array.from({ length: rng.int(4) }, () => 'none')
        here.server.faults.on(rng.pick(routes), ...before, rng.pick(broken))
      }
      await train(trainer, { ...training, from: step })
      if (rng.int(2) === 0) await trainer.save(`${here.folder}/checkpoint-${step}`)
    }
    expect(distance(await probe(trainer, clippedRatio), await expected())).toBeLessThan(1e-4)
    expect(here.server.model.steps).toBe(3)
  })
})

describe('on a server that speaks protocol buffers', () => {
  it.each(['dropped-after', 'cut-short', 'killed-after'] as const)(
    'a step counts once when %s meets it',
    async (fault) => {
      const { here, after } = await disturbed('skyrl-jax-proto', 'forward_backward', [fault])
      expect(distance(after, await expected())).toBeLessThan(1e-4)
      expect(here.server.model.steps).toBe(3)
    },
  )
})

describe('a server that honours sequence numbers', () => {
  it('is sent the same request again, and does it once', async () => {
    const { here, trainer } = await disturbed('gradus', 'optim_step', [
      'dropped-after',
      'dropped-after',
      { status: 500, done: true },
    ])
    expect(here.server.stepsDone).toBe(3)
    expect(trainer.rebuilds).toBe(0)
    const numbers = here.server.bodies('optim_step').map(({ seq_id }) => seq_id)
    expect(new Set(numbers.slice(-4)).size).toBe(1)
  })

  it('is sent it again when it has lost the promise (410)', async () => {
    const { here } = await disturbed('gradus', 'retrieve_future', ['none', 'none', { status: 410 }])
    expect(here.server.stepsDone).toBe(3)
  })

  it('does what a proxy delivers twice once', async () => {
    const { here, after } = await disturbed('gradus', 'optim_step', ['delivered-twice'])
    expect(here.server.stepsDone).toBe(3)
    expect(distance(after, await expected())).toBeLessThan(1e-4)
  })
})

describe('a server that runs every request', () => {
  it('is never sent a step twice whose answer is lost: a new model does it, from the last save', async () => {
    const { here, trainer } = await disturbed('skyrl-jax', 'optim_step', ['dropped-after'])
    // One step before the save; one after it, done again; the lost one, done on the old model and on the new.
    expect(here.server.stepsDone).toBe(5)
    expect(here.server.model.steps).toBe(3)
    expect(trainer.rebuilds).toBe(1)
    const byModel = new Map<unknown, unknown[]>()
    for (const { model_id, seq_id } of here.server.bodies('optim_step'))
      byModel.set(model_id, [...(byModel.get(model_id) ?? []), seq_id])
    for (const numbers of byModel.values()) expect(new Set(numbers).size).toBe(numbers.length)
    expect(here.notes.join('\n')).toContain('going on from the last save (1 steps)')
  })

  it('is asked for the answer when the operation has a ticket: a broken poll costs no new model', async () => {
    const { trainer } = await disturbed('skyrl-jax', 'retrieve_future', [
      'none',
      'none',
      'dropped-after',
      { status: 502 },
    ])
    expect(trainer.rebuilds).toBe(0)
  })

  it('that dies again while the model is made anew is tried again', async () => {
    const here = world({ dialect: 'skyrl-jax' })
    const trainer = await here.trainer()
    await train(trainer, { ...training, steps: 2 })
    here.server.faults.on('optim_step', 'killed-after', 'none', 'killed-before')
    await train(trainer, { ...training, from: 2 })
    expect(here.server.faults.left).toBe(0)
    expect(distance(await probe(trainer, clippedRatio), await expected())).toBeLessThan(1e-4)
    expect([trainer.rebuilds, here.server.model.steps]).toEqual([2, 3])
  })

  it('that loses every answer ends the run with what is unknown', async () => {
    const here = world({ dialect: 'skyrl-jax' })
    const trainer = await here.trainer()
    here.server.faults.on('optim_step', ...Array.from({ length: 10 }, () => 'dropped-after' as const))
    await expect(train(trainer, training)).rejects.toMatchObject({ code: 'engine/answer-lost' })
  })
})

describe('a save', () => {
  it.each(['gradus', 'skyrl-jax'] as const)('whose answer is lost is made again, on %s', async (dialect) => {
    const here = world({ dialect })
    const trainer = await here.trainer()
    await train(trainer, { ...training, steps: 2 })
    here.server.faults.on('save_weights', 'dropped-after')
    await trainer.save(`${here.folder}/checkpoint`)
    expect(trainer.rebuilds).toBe(0)
    await train(trainer, { ...training, from: 2 })
    expect(distance(await probe(trainer, clippedRatio), await expected())).toBeLessThan(1e-4)
    expect(here.server.model.steps).toBe(3)
  })

  it('is restored with the optimiser: the run goes on as if it had not ended', async () => {
    const here = world({ dialect: 'skyrl-jax' })
    const trainer = await here.trainer()
    await train(trainer, { ...training, steps: 2 })
    const checkpoint = await trainer.save(`${here.folder}/checkpoint`)
    await train(trainer, { loss: likelihood, from: 7 })
    await trainer.load(checkpoint)
    await train(trainer, { ...training, from: 2 })
    expect(distance(await probe(trainer, clippedRatio), await expected())).toBeLessThan(1e-4)
  })

  it('is made by itself when the run makes none for long', async () => {
    const here = world({ dialect: 'skyrl-jax' })
    const trainer = await here.trainer()
    await trainer.forwardBackward([], likelihood)
    for (let step = 0; step < 51; step++) await trainer.optimStep({ lr: 0 })
    expect(here.server.bodies('save_weights').map(({ path }) => path)).toEqual(['start-1', 'journal-2'])
  })
})

describe('an operation that the server refuses', () => {
  const refused = { code: 'engine/operation-failed', message: expect.stringContaining('no such thing') }

  it('throws what the server says and leaves the weights as they were', async () => {
    const here = world({ dialect: 'gradus' })
    const trainer = await here.trainer()
    await train(trainer, { ...training, steps: 2 })
    here.server.faults.on('retrieve_future', 'none', {
      status: 200,
      json: { error: 'no such thing', category: 'user' },
    })
    await expect(trainer.forwardBackward(lossBatch(2), clippedRatio)).rejects.toMatchObject(refused)
    await train(trainer, { ...training, from: 2 })
    expect(distance(await probe(trainer, clippedRatio), await expected())).toBeLessThan(1e-4)
    expect(here.server.model.steps).toBe(3)
  })

  it('leaves the gradients, too, where they wait for the step', async () => {
    const here = world({ dialect: 'skyrl-jax' })
    const trainer = await here.trainer()
    await train(trainer, { ...training, steps: 2 })
    await trainer.forwardBackward(lossBatch(2), clippedRatio)
    here.server.faults.on('retrieve_future', { status: 400, json: { detail: 'no such thing' } })
    await expect(trainer.optimStep({ lr: 0.01 })).rejects.toMatchObject(refused)
    await trainer.optimStep({ lr: 0.01 })
    expect(distance(await probe(trainer, clippedRatio), await expected())).toBeLessThan(1e-4)
    expect(here.server.model.steps).toBe(3)
  })
})
