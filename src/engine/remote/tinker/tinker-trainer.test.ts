// The same model, data and steps through the client and in the embedded engine: what they come to must be the same.
import { afterEach, describe, expect, it } from 'vitest'
import type { Loss, LossReport } from '../../../contracts/index.ts'
import { mul, neg, sum } from '../../../tensor/index.ts'
import { clippedRatio, likelihood, lossBatch, pairLoss, regularised } from './__fixtures__/losses.ts'
import { distance, probe, type Training, train, World } from './__fixtures__/tinker-world.ts'
import type { DialectName } from './dialect.ts'
import { gradientPasses } from './gradient-form.ts'
import { RemoteModel } from './remote-model.ts'

const worlds: World[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

function world(...options: ConstructorParameters<typeof World>): World {
  const made = new World(...options)
  worlds.push(made)
  return made
}

const kinds = {
  'a likelihood': { loss: likelihood },
  'clipped ratios': { loss: clippedRatio },
  pairs: { loss: pairLoss, pairs: true },
  'a divergence with a coefficient': { loss: regularised, coefficients: { klCoef: 0.4 } },
} as const satisfies Record<string, Training>

const all = Object.keys(kinds) as (keyof typeof kinds)[]

/** Requests of at most two sequences. */
const small = { fwdbwd_max_chunk_len: 2 }

const cases: readonly (readonly [DialectName, keyof typeof kinds, { calls?: number; config?: object }])[] = [
  ...all.map((kind) => ['gradus', kind, {}] as const),
  ...all.map((kind) => ['skyrl-jax', kind, {}] as const),
  ['gradus', 'clipped ratios', { calls: 3, config: small }],
  ['skyrl-jax', 'clipped ratios', { calls: 3, config: small }],
  ['hosted-proto', 'pairs', { config: small }],
  ['skyrl-jax-proto', 'a likelihood', { calls: 2 }],
  ['hatchery', 'a likelihood', {}],
  ['hatchery', 'clipped ratios', { calls: 2, config: small }],
]

const numbers = (reports: readonly LossReport[]): number[] =>
  reports.flatMap(({ total, report: { entropy: _, ...report }, lossTokens, skipped }) => [
    total,
    ...Object.values(report),
    lossTokens,
    skipped,
  ])

describe('five steps through a server', () => {
  it.each(cases)('of kind %s with %s come to what the embedded engine comes to %o', async (dialect, kind, more) => {
    const here = world({ dialect, config: more.config as Record<string, unknown> | undefined })
    const training: Training = { ...kinds[kind], calls: more.calls }
    const [remote, embedded] = [await here.trainer(), here.twin()]
    const before = await probe(embedded)
    expect(distance(await probe(remote), before)).toBeLessThan(1e-5)
    const [mine, theirs] = [await train(remote, training), await train(embedded, training)]
    const after = await probe(embedded)
    expect(distance(await probe(remote), after)).toBeLessThan(1e-4)
    // The steps were large enough to see a wrong one.
    expect(distance(before, after)).toBeGreaterThan(0.05)
    expect(distance(numbers(mine), numbers(theirs))).toBeLessThan(1e-3)
    expect(here.server.stepsDone).toBe(5)
    if (more.config) expect(here.server.passes).toBeGreaterThan(15)
  })
})

describe('a step without a gradient', () => {
  it.each(['gradus', 'skyrl-jax', 'hatchery'] as const)(
    'moves weights by momentum and decay alone, on %s as here',
    async (dialect) => {
      const here = world({ dialect })
      const [remote, embedded] = [await here.trainer(), here.twin()]
      const batch = lossBatch(7)
      const still = batch.map(({ sequences: [one] }) => {
        const { data, shape } = one.fields.advantages
        return { sequences: [{ ...one, fields: { ...one.fields, advantages: { data: data.map(() => 0), shape } } }] }
      })
      for (const trainer of [remote, embedded]) {
        await trainer.forwardBackward(batch, clippedRatio)
        await trainer.optimStep({ lr: 0.01 })
        const { skipped, lossTokens } = await trainer.forwardBackward(still, {
          ...clippedRatio,
          vanishesWith: undefined,
        })
        expect([skipped, lossTokens]).toEqual([
          0,
          batch.reduce((n, { sequences: [x] }) => n + x.ids.length - x.promptLength, 0),
        ])
        await trainer.optimStep({ lr: 0.01 })
      }
      expect(distance(await probe(remote), await probe(embedded))).toBeLessThan(1e-4)
    },
  )
})

describe('what is sent', () => {
  it('is one pass for a loss that is linear in the log-probabilities, where losses are summed', async () => {
    const here = world({ dialect: 'gradus' })
    const trainer = await here.trainer()
    await train(trainer, { loss: likelihood, steps: 1 })
    expect(here.server.bodies('forward')).toHaveLength(0)
    await train(trainer, { loss: clippedRatio, steps: 1 })
    expect(here.server.bodies('forward')).toHaveLength(1)
  })

  it('leaves out sequences on which the loss vanishes, or has no gradient', async () => {
    const here = world({ dialect: 'skyrl-jax' })
    const trainer = await here.trainer()
    const { skipped } = await trainer.forwardBackward(lossBatch(1), clippedRatio)
    expect(skipped).toBe(4)
    await trainer.optimStep({ lr: 0.01 })
    const sent = here.server
      .bodies('forward_backward')
      .flatMap(({ forward_backward_input }) => (forward_backward_input as { data: unknown[] }).data)
    expect(sent.length).toBeGreaterThan(0)
    expect(sent.length).toBeLessThanOrEqual(12)
  })

  it('carries the settings of AdamW with each step, the norm to clip at among them', async () => {
    const here = world({ dialect: 'gradus' })
    const trainer = await here.trainer()
    await trainer.forwardBackward(lossBatch(1), likelihood)
    const { gradNorm } = await trainer.optimStep({ lr: 0.02, clipNorm: 0.5 })
    expect(here.server.bodies('optim_step')[0].adam_params).toEqual({
      learning_rate: 0.02,
      beta1: 0.9,
      beta2: 0.95,
      eps: 1e-3,
      weight_decay: 0.01,
      grad_clip_norm: 0.5,
    })
    expect(gradNorm).toBeGreaterThan(0)
  })

  it('is said to have no effect where the server does not clip', async () => {
    const here = world({ dialect: 'skyrl-jax' })
    const trainer = await here.trainer()
    for (let step = 0; step < 2; step++) {
      await trainer.forwardBackward(lossBatch(1), likelihood)
      await trainer.optimStep({ lr: 0.02, clipNorm: 0.5 })
    }
    expect(here.notes).toEqual(['skyrl-jax does not clip gradients: clipNorm 0.5 has no effect'])
  })
})

describe('a loss that wants more than log-probabilities', () => {
  it('is given -log p for an entropy that it only reports, and that is said', async () => {
    const here = world({ dialect: 'gradus' })
    const trainer = await here.trainer()
    const batch = lossBatch(1)
    const { report, sequences = [] } = await trainer.forward(batch, regularised, { klCoef: 0.1 })
    const sampled = batch.reduce((all, { sequences: [{ fields }] }, i) => {
      const mask = fields.mask.data as Float32Array
      return all - sequences[i].logprobs.reduce((a, x, t) => a + x * mask[t], 0)
    }, 0)
    expect(report.entropy).toBeCloseTo(sampled, 3)
    expect(here.notes.join()).toContain('"regularised"')
  })

  const bonus = (wants: Loss['wants'], terms: Loss['terms']): Loss => ({
    ...likelihood,
    id: 'bonus',
    wants,
    terms,
  })

  it('is refused when it trains on the entropy, by itself or as a weight', async () => {
    const here = world({ dialect: 'gradus' })
    const trainer = await here.trainer()
    const losses = [
      bonus(['entropy'], ({ field, want }) => ({
        total: neg(sum(mul(field('weights'), want('entropy')))),
        report: {},
      })),
      bonus(['entropy'], ({ logprobs, want }) => ({ total: sum(mul(logprobs, want('entropy'))), report: {} })),
    ]
    for (const loss of losses)
      await expect(trainer.forwardBackward(lossBatch(1), loss)).rejects.toMatchObject({
        code: 'train/unsupported-want',
        message: expect.stringContaining('"bonus" wants entropy'),
      })
    expect(here.server.bodies('forward_backward')).toHaveLength(0)
  })

  it.each(['distribution', 'values', 'hidden'] as const)('is refused when it wants %s', async (want) => {
    const trainer = await world({ dialect: 'gradus' }).trainer()
    await expect(
      trainer.forward(
        lossBatch(1),
        bonus([want], (x) => ({ total: sum(x.want(want)), report: {} })),
      ),
    ).rejects.toMatchObject({ message: expect.stringContaining(`wants ${want}`) })
  })
})

describe('a model in the place of one that left gradients', () => {
  it.each(['gradus', 'skyrl-jax'] as const)('of a server of kind %s has none of them', async (dialect) => {
    const here = world({ dialect })
    const session = await here.session()
    const lora = { rank: 4, seed: 3 }
    const gone = await RemoteModel.create(session, { baseModel: 'tiny/base', lora })
    const left = lossBatch(7).flatMap(({ sequences }) =>
      sequences.map(({ ids, promptLength }) => {
        const each = new Float32Array(ids.length - promptLength)
        return { ids, promptLength, logprobs: each.fill(-3), gradient: each.map((_, t) => t - 1) }
      }),
    )
    for (const pass of gradientPasses(left, session.connection.dialect, session.connection.settings.limits))
      await gone.pass(pass)
    await gone.unload()
    session.close()

    const [remote, embedded] = [await here.trainer(), here.twin()]
    for (const trainer of [remote, embedded]) await train(trainer, { loss: clippedRatio, steps: 1 })
    expect(distance(await probe(remote), await probe(embedded))).toBeLessThan(1e-3)
    expect(here.server.stepsDone).toBe(1)
  })
})

describe('a gradient that is not a number', () => {
  it('stops the step before any weight changes', async () => {
    const here = world({ dialect: 'skyrl-jax' })
    const trainer = await here.trainer()
    const [
      {
        sequences: [one],
      },
    ] = lossBatch(1)
    const { data, shape } = one.fields.weights
    const bad = { ...one, fields: { ...one.fields, weights: { data: data.map(() => Number.NaN), shape } } }
    const { total } = await trainer.forwardBackward([{ sequences: [bad] }], likelihood)
    expect(total).toBeNaN()
    await expect(trainer.optimStep({ lr: 0.01 })).rejects.toMatchObject({ code: 'train/not-finite' })
    expect(here.server.stepsDone).toBe(0)
  })
})

describe('sequences that a server would stumble over', () => {
  it('are refused: unknown tokens, and more than the context holds', async () => {
    const trainer = await world({ dialect: 'gradus' }).trainer()
    const [
      {
        sequences: [one],
      },
    ] = lossBatch(1)
    const unknown = { ...one, ids: one.ids.map((id, i) => (i === 0 ? 99 : id)) }
    await expect(trainer.forward([{ sequences: [unknown] }], likelihood)).rejects.toMatchObject({
      code: 'train/bad-datum',
    })
    const long = { ids: new Int32Array(65).fill(3), promptLength: 64, fields: one.fields }
    await expect(trainer.forward([{ sequences: [long] }], likelihood)).rejects.toMatchObject({
      code: 'train/bad-datum',
    })
  })
})
