// What single operators drawn at random do not show: every kind of matrix product, numbers far from zero, repeated and
// missing rows, and the shortcuts that operators take when a graph is built.
import { describe, expect, it } from 'vitest'
import { agree, checkGradients } from './__fixtures__/check-expressions.ts'
import { gradients } from './gradient.ts'
import {
  abs,
  add,
  clamp,
  div,
  exp,
  fullLike,
  logSigmoid,
  mul,
  sigmoid,
  silu,
  softplus,
  square,
  sub,
  tanh,
} from './ops/elementwise.ts'
import { cumulativeSum, gather, pick, place, scatterAdd } from './ops/indexing.ts'
import { matmul } from './ops/matmul.ts'
import { logSoftmax, normalize, softmax } from './ops/nn.ts'
import { mean, sum } from './ops/reduce.ts'
import { broadcastTo, concat, reshape, slice, transpose } from './ops/shaping.ts'
import { type Shape, showShape } from './shape.ts'
import { constant, input, type Tensor } from './tensor.ts'

const wave = (count: number, phase = 0): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(1.7 * i + phase))

describe('matmul', () => {
  /** Leading axes of both operands: plain, one side batched, both, and broadcast against each other. */
  const batches: readonly [name: string, a: Shape, b: Shape][] = [
    ['2-D', [], []],
    ['2-D right operand', ['B', 2], []],
    ['2-D left operand', [], [2]],
    ['equal batches', ['B', 2], ['B', 2]],
    ['broadcast left', [1, 2], ['B', 2]],
    ['broadcast both ways', ['B', 1], [1, 2]],
    ['right of rank 3', ['B', 2], [2]],
  ]
  const swap = (isSwapped: boolean, shape: Shape): Shape =>
    isSwapped ? [...shape.slice(0, -2), ...shape.slice(-2).toReversed()] : shape

  it.each(batches)(
    'multiplies and differentiates with %s, transposed or not, scaled or not',
    async (_name, left, right) => {
      // An operand in its stored and in its transposed layout are two inputs with the same numbers.
      const layouts = (name: string, shape: Shape) =>
        [false, true].map((isSwapped) => input(`${name}${Number(isSwapped)}`, swap(isSwapped, shape)))
      const [a, b] = [layouts('a', [...left, 3, 4]), layouts('b', [...right, 4, 2])]
      const losses: Record<string, Tensor> = {}
      for (const transA of [false, true])
        for (const transB of [false, true])
          for (const alpha of [1, -0.5]) {
            const product = matmul(a[Number(transA)], b[Number(transB)], { transA, transB, alpha })
            losses[`${transA} ${transB} ${alpha}`] = sum(square(product))
          }
      const feeds = { a0: wave(48), a1: wave(48, 1), b0: wave(32, 2), b1: wave(32, 3) }
      await checkGradients(losses, [...a, ...b], { sizes: { B: 2 }, feeds })
    },
  )

  it('differentiates a weight in parts where the number of rows is known to divide', async () => {
    const [x, w, v] = [input('x', ['4*B', 'T', 3]), input('w', [3, 2]), input('v', [2, 3])]
    const losses = {
      right: sum(square(matmul(x, w, { alpha: -0.5 }))),
      transposed: sum(square(matmul(x, v, { transB: true }))),
    }
    const kinds = gradients(losses.right, [w])[0].inputs.map((input) => showShape(input.shape))
    expect(kinds).toEqual(['[4, 3, 2]'])
    const feeds = { x: wave(72), w: wave(6, 1), v: wave(6, 2) }
    await checkGradients(losses, [x, w, v], { sizes: { B: 2, T: 3 }, feeds })
  })

  it('multiplies no rows', async () => {
    const [a, b] = [input('a', ['N', 2]), input('b', [2, 3])]
    const y = matmul(a, b)
    const [da, db] = gradients(sum(y), [a, b])
    const values = await agree({ y, da, db }, { sizes: { N: 0 }, feeds: { a: new Float32Array(0), b: wave(6) } })
    expect(values.y).toHaveLength(0)
    expect([...values.db]).toEqual([0, 0, 0, 0, 0, 0])
  })
})

describe('numbers far from zero', () => {
  const x = input('x', [8])
  const feeds = { x: Float32Array.of(-1000, -90, -30, -1, 1, 30, 90, 1000) }

  it('leaves values and gradients finite and right', async () => {
    const functions = {
      softplus,
      logSigmoid,
      sigmoid,
      tanh,
      silu,
      softmax,
      logSoftmax,
      square: (y: Tensor) => normalize(y, 1e-6),
    }
    const outputs: Record<string, Tensor> = {}
    for (const [name, f] of Object.entries(functions)) {
      outputs[name] = f(x)
      outputs[`d ${name}`] = gradients(sum(mul(f(x), slice(x, 0, 3, 1))), [x])[0]
    }
    const values = await agree(outputs, { feeds })
    for (const name in values) expect(values[name].every(Number.isFinite), name).toBe(true)
    expect(values.logSigmoid[0]).toBe(-1000)
    expect(values.softplus[7]).toBe(1000)
    expect(values.logSoftmax[0]).toBe(-2000)
  })
})

describe('rows by index', () => {
  it('sums what repeated rows send back', async () => {
    const [table, ids] = [input('table', [4, 2]), input('ids', ['N'], 'int32')]
    const rows = gather(table, ids)
    const g = gradients(sum(mul(rows, rows)), [table])[0]
    const feeds = { table: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), ids: Int32Array.of(2, 0, 2, 2) }
    const values = await agree({ g }, { sizes: { N: 4 }, feeds })
    // 2 x times how often the row was read: once, never, three times, never.
    expect([...values.g]).toEqual([2, 4, 0, 0, 30, 36, 0, 0])
  })

  it('adds and places no rows at all', async () => {
    const [rows, ids] = [input('rows', ['N', 2]), input('ids', ['N'], 'int32')]
    const outputs = {
      added: scatterAdd(rows, ids, 2),
      placed: place(rows, ids, 2),
      read: gather(input('t', [3, 2]), ids),
    }
    const feeds = { rows: new Float32Array(0), ids: new Int32Array(0), t: wave(6) }
    const values = await agree(outputs, { sizes: { N: 0 }, feeds })
    expect([...values.added]).toEqual([0, 0, 0, 0])
    expect([...values.placed]).toEqual([0, 0, 0, 0])
    expect(values.read).toHaveLength(0)
  })

  it('differentiates gathers, sums and places of rows, with the promise of distinct rows or without', async () => {
    const [x, ids] = [input('x', [5, 2]), input('ids', ['N'], 'int32')]
    const losses = {
      plain: sum(exp(gather(x, ids))),
      distinct: sum(exp(gather(x, ids, { distinct: true }))),
      added: sum(square(scatterAdd(exp(gather(x, ids)), ids, 5))),
      placed: sum(square(add(place(tanh(gather(x, ids)), ids, 5), x))),
      picked: sum(square(pick(softmax(x), input('which', [5], 'int32')))),
      returns: sum(square(cumulativeSum(x, 0, true))),
    }
    const feeds = { x: wave(10), ids: Int32Array.of(3, 0, 4), which: Int32Array.of(0, 1, 1, 0, 1) }
    await checkGradients(losses, [x], { sizes: { N: 3 }, feeds })
  })

  it('sums per-token terms by sequence and hands them back, as losses do', async () => {
    const [terms, sequence] = [input('terms', ['N']), input('sequence', ['N'], 'int32')]
    const perSequence = scatterAdd(terms, sequence, 'S')
    const back = gather(perSequence, sequence)
    const outputs = { perSequence, g: gradients(sum(mul(back, terms)), [terms])[0] }
    const feeds = { terms: Float32Array.of(1, 2, 3, 4), sequence: Int32Array.of(0, 2, 0, 2) }
    const values = await agree(outputs, { sizes: { N: 4, S: 3 }, feeds })
    expect([...values.perSequence]).toEqual([4, 0, 6])
    // sum_s (sum of terms)^2 has the gradient 2 * the sum of one's own sequence.
    expect([...values.g]).toEqual([8, 12, 8, 12])
  })
})

describe('shortcuts', () => {
  const x = input('x', ['A', 3])

  it('drops neutral numbers only where the shape stays', () => {
    expect(add(x, 0)).toBe(x)
    expect(mul(1, x)).toBe(x)
    expect(div(x, 1)).toBe(x)
    expect(sub(x, 0)).toBe(x)
    const ones = constant(Float32Array.of(1), [1, 1, 1])
    expect(mul(x, ones).shape).toEqual([1, 'A', 3])
    expect(sub(0, x)).not.toBe(x)
  })

  it('does nothing where nothing is asked', () => {
    expect(reshape(x, ['A', 3])).toBe(x)
    expect(transpose(x, [0, 1])).toBe(x)
    expect(broadcastTo(x, ['A', 3])).toBe(x)
    expect(slice(x, 1, 0, 3)).toBe(x)
    expect(concat([x], 0)).toBe(x)
    expect(sum(constant(2))).toMatchObject({ shape: [] })
    expect(reshape(reshape(x, ['3*A']), ['A', 3])).toBe(x)
  })

  it('gives the same numbers with a broadcast left out as with one made', async () => {
    const row = input('row', [3])
    const wide = broadcastTo(row, ['A', 3])
    expect(mul(x, wide).inputs[1]).toBe(row)
    // Both sides broadcast: one of them has to stay.
    const both = mul(wide, broadcastTo(constant(2), ['A', 3]))
    expect(both.shape).toEqual(['A', 3])
    const losses = {
      one: sum(exp(mul(x, wide))),
      both: sum(mul(both, tanh(x))),
      full: mean(mul(square(wide), fullLike(x, 3))),
    }
    await checkGradients(losses, [x, row], { sizes: { A: 2 }, feeds: { x: wave(6), row: wave(3, 1) } })
  })

  it('clips between tensors as between numbers', async () => {
    const bound = abs(input('row', [3]))
    const outputs = { y: clamp(x, mul(bound, -1), bound), z: clamp(x, -0.5, 0.5) }
    const feeds = { x: Float32Array.of(-2, 0.1, 2, 0.5, -0.5, 0), row: Float32Array.of(0.5, -0.5, 0.5) }
    const { y, z } = await agree(outputs, { sizes: { A: 2 }, feeds })
    expect([...y]).toEqual([...z])
    expect(z[0]).toBe(-0.5)
    expect([...z].slice(2)).toEqual([0.5, 0.5, -0.5, 0])
  })
})
