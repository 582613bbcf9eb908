// What a loss sees of a batch, against values by hand; and what is said when it cannot see what it reads.
import { describe, expect, it } from 'vitest'
import type { Example, Loss, LossInputs, LossTerms } from '../contracts/index.ts'
import { log, max, mul, slice, sub, sum } from '../tensor/index.ts'
import { datum, example, relativeDistance, takeGradient, tinyModel, tinyTrainer } from './__fixtures__/tiny-model.ts'

const trainer = tinyTrainer(tinyModel())
/** Every example in a micro-batch of its own. */
const splitting = tinyTrainer(tinyModel(), { microBatchTokens: 1 })

/** A loss that is only about its fields: its value is known without the model. */
const fieldLoss = (terms: (x: LossInputs) => LossTerms, more: Partial<Loss> = {}): Loss => ({
  id: 'test',
  fields: ['a'],
  wants: [],
  coefficients: [],
  terms,
  ...more,
})

const square = (x: LossInputs['logprobs']) => mul(x, x)

/** Two pairs. Per sequence the field sums to 3, 10 and 100, 6; per example to 13 and 106. */
const pairs: Example[] = [
  { sequences: [datum('a', 'bc', { a: [1, 2] }), datum('a', 'defg', { a: [4, 3, 2, 1] })], scalars: { margin: 2 } },
  { sequences: [datum('abc', 'd', { a: [100] }), datum('abc', 'abc', { a: [1, 2, 3] })], scalars: { margin: 5 } },
]

describe.each([
  ['in one micro-batch', trainer],
  ['in several', splitting],
])('reductions (%s)', (_name, engine) => {
  it('sum tokens by sequence', async () => {
    const loss = fieldLoss(({ field, perSequence }) => ({ total: sum(square(perSequence(field('a')))), report: {} }))
    expect((await engine.forward(pairs, loss)).total).toBe(9 + 100 + 10_000 + 36)
  })

  it('sum sequences by example', async () => {
    const loss = fieldLoss(({ field, perSequence, perExample }) => ({
      total: sum(square(perExample(perSequence(field('a'))))),
      report: {},
    }))
    expect((await engine.forward(pairs, loss)).total).toBe(13 ** 2 + 106 ** 2)
  })

  it('put the sequences of an example in columns, beside its scalars', async () => {
    const loss = fieldLoss(
      ({ field, perSequence, rows, scalar }) => {
        const table = rows(perSequence(field('a')), 2)
        const column = (at: number) => slice(table, 1, at, 1)
        const difference = sum(sub(column(0), column(1)), 1)
        return { total: sum(mul(difference, scalar('margin'))), report: {} }
      },
      { scalars: ['margin'] },
    )
    expect((await engine.forward(pairs, loss)).total).toBe((3 - 10) * 2 + (100 - 6) * 5)
  })

  it('spread sequences over their tokens', async () => {
    const loss = fieldLoss(({ field, perSequence, toTokens }) => ({
      total: sum(mul(toTokens(perSequence(field('a'))), field('a'))),
      report: {},
    }))
    expect((await engine.forward(pairs, loss)).total).toBe(9 + 100 + 10_000 + 36)
  })

  it('add reports up, and keep the largest of those of which it counts', async () => {
    const loss = fieldLoss(({ field }) => ({
      total: sum(field('a')),
      report: { sum: sum(field('a')) },
      reportMax: { largest: max(field('a')) },
    }))
    const { report, lossTokens } = await engine.forward(pairs, loss)
    expect(report).toEqual({ sum: 119, largest: 100 })
    expect(lossTokens).toBe(10)
  })

  it('read several numbers a token', async () => {
    const wide = { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] as const }
    const narrow = { ...datum('a', 'b'), fields: { a: { data: Float32Array.of(7, 8, 9), shape: [1, 3] as const } } }
    const batch = [example({ ...datum('a', 'bc'), fields: { a: wide } }), example(narrow)]
    const loss = fieldLoss(({ field, logprobs }) => ({
      total: sum(mul(sum(field('a'), 1), mul(logprobs, 0))),
      report: { last: sum(slice(field('a'), 1, 2, 1)) },
    }))
    expect((await engine.forward(batch, loss)).report).toEqual({ last: 3 + 6 + 9 })
  })
})

describe('a coefficient', () => {
  const scaled = fieldLoss(
    ({ field, coefficient, logprobs }) => ({
      total: mul(coefficient('c'), sum(mul(field('a'), logprobs))),
      report: {},
    }),
    { coefficients: ['c'] },
  )

  it('is read anew in each call and scales the gradient', async () => {
    await trainer.forwardBackward(pairs, scaled, { c: 1 })
    const once = await takeGradient(trainer)
    await trainer.forwardBackward(pairs, scaled, { c: -3 })
    const thrice = await takeGradient(trainer)
    expect(
      relativeDistance(
        thrice,
        once.map((g) => -3 * g),
      ),
    ).toBeLessThan(1e-5)
  })

  it('that is missing is named', async () => {
    await expect(trainer.forwardBackward(pairs, scaled)).rejects.toMatchObject({
      code: 'train/missing-coefficient',
      message: expect.stringContaining('"c"'),
    })
  })
})

describe('data that a loss cannot read', () => {
  const plain = fieldLoss(({ field, logprobs }) => ({ total: sum(mul(field('a'), logprobs)), report: {} }))

  it.each<[string, Example, string, string]>([
    ['without the field', example(datum('a', 'bc', { b: [1, 2] })), 'train/missing-field', '"a"'],
    ['with too few numbers', example(datum('a', 'bc', { a: [1] })), 'train/bad-field', '2 completion tokens'],
    ['without a prompt', example(datum('', 'bc', { a: [1, 2] })), 'train/bad-datum', 'no prompt'],
    ['without a completion', example(datum('ab', '', { a: [] })), 'train/bad-datum', 'no completion'],
    ['longer than the model reads', example(datum('a', 'b'.repeat(64), { a: [] })), 'train/bad-datum', '65 tokens'],
  ])('is refused by name: a sequence %s', async (_name, bad, code, says) => {
    await expect(trainer.forwardBackward([bad], plain)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(says),
    })
  })

  it('is refused by name: an example without a scalar', async () => {
    const loss = { ...plain, scalars: ['margin'] }
    await expect(trainer.forward([example(datum('a', 'b', { a: [1] }))], loss)).rejects.toMatchObject({
      code: 'train/missing-scalar',
      message: expect.stringContaining('"margin"'),
    })
  })
})

describe('a loss that is not a number', () => {
  const broken = fieldLoss(({ field, logprobs }) => ({ total: sum(mul(log(field('a')), logprobs)), report: {} }))

  it('is reported, and the step refused before any weight changes', async () => {
    const model = tinyModel()
    const own = tinyTrainer(model)
    const before = model.arena.data.slice()
    const { total } = await own.forwardBackward([example(datum('a', 'b', { a: [-1] }))], broken)
    expect(total).toBeNaN()
    await expect(own.optimStep({ lr: 1 })).rejects.toMatchObject({
      code: 'train/not-finite',
      hint: expect.stringContaining('unchanged'),
    })
    expect(model.arena.data).toEqual(before)
  })
})
