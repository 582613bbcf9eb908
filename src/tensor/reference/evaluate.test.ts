// The oracle's own oracle: values worked out by hand, for every kernel that is more than a formula.
import { describe, expect, it } from 'vitest'
import {
  abs,
  add,
  cast,
  div,
  greater,
  logSigmoid,
  maximum,
  sigmoid,
  sign,
  silu,
  softplus,
  where,
} from '../ops/elementwise.ts'
import { cumulativeSum, gather, oneHot, pick, place, scatterAdd } from '../ops/indexing.ts'
import { matmul } from '../ops/matmul.ts'
import { logSoftmax, mix, normalize, rotate, softmax } from '../ops/nn.ts'
import { max, mean, sum } from '../ops/reduce.ts'
import { broadcastTo, concat, padAxis, reshape, slice, split, transpose } from '../ops/shaping.ts'
import { constant, input, type Tensor } from '../tensor.ts'
import { evaluate } from './evaluate.ts'

const floats = (shape: readonly number[], ...numbers: number[]): Tensor => constant(Float32Array.from(numbers), shape)
const whole = (...numbers: number[]): Tensor => constant(Int32Array.from(numbers))
const numbers = (x: Tensor): number[] => [...evaluate({ x }).x.data]

const table = floats([2, 3], 1, 2, 3, 4, 5, 6)

describe('evaluate', () => {
  it('computes element by element, repeating axes of size one', () => {
    expect(numbers(add(table, floats([3], 10, 20, 30)))).toEqual([11, 22, 33, 14, 25, 36])
    expect(numbers(add(floats([2, 1], 1, 2), floats([1, 2], 10, 20)))).toEqual([11, 21, 12, 22])
    expect(numbers(maximum(floats([2], -1, 3), 0))).toEqual([0, 3])
    expect(numbers(sign(floats([3], -2, 0, 5)))).toEqual([-1, 0, 1])
    expect(numbers(abs(floats([2], -2, 3)))).toEqual([2, 3])
  })

  it('divides whole numbers towards zero, and casts so too', () => {
    expect(numbers(div(whole(7, -7), whole(2, 2)))).toEqual([3, -3])
    expect(numbers(cast(floats([2], 1.9, -1.9), 'int32'))).toEqual([1, -1])
    expect(numbers(cast(floats([3], 0.5, 0, -2), 'bool'))).toEqual([1, 0, 1])
  })

  it('chooses with where', () => {
    const x = floats([3], -1, 0, 1)
    expect(numbers(where(greater(x, -0.5), x, floats([1], Number.NaN)))).toEqual([Number.NaN, 0, 1])
  })

  it('stays exact far from zero', () => {
    const far = floats([4], -1000, -40, 40, 1000)
    expect(numbers(softplus(far))).toEqual([0, Math.exp(-40), 40 + Math.exp(-40), 1000])
    expect(numbers(logSigmoid(far))).toEqual([-1000, -40 - Math.exp(-40), -Math.exp(-40), -0])
    expect(numbers(sigmoid(floats([3], -1000, 0, 1000)))).toEqual([0, 0.5, 1])
    expect(numbers(silu(floats([2], 0, 1000)))).toEqual([0, 1000])
    expect(numbers(logSoftmax(floats([1, 2], 1000, 0)))).toEqual([0, -1000])
  })

  it('reduces over the axes asked for', () => {
    expect(numbers(sum(table, 0))).toEqual([5, 7, 9])
    expect(numbers(sum(table, [0, 1]))).toEqual([21])
    expect(numbers(mean(table, 1))).toEqual([2, 5])
    expect(numbers(max(table, 0))).toEqual([4, 5, 6])
    expect(evaluate({ x: sum(table, -1, true) }).x.shape).toEqual([2, 1])
  })

  it('moves numbers', () => {
    expect(numbers(transpose(table, [1, 0]))).toEqual([1, 4, 2, 5, 3, 6])
    // [1, 2, 3] to [3, 1, 2]: out[i, j, k] = in[j, k, i].
    expect(numbers(transpose(reshape(table, [1, 2, 3]), [2, 0, 1]))).toEqual([1, 4, 2, 5, 3, 6])
    expect(numbers(slice(table, 1, 1, 2))).toEqual([2, 3, 5, 6])
    expect(numbers(padAxis(floats([2], 1, 2), 0, 1, 2))).toEqual([0, 1, 2, 0, 0])
    expect(numbers(concat([table, floats([2, 1], 7, 8)], 1))).toEqual([1, 2, 3, 7, 4, 5, 6, 8])
    expect(split(table, 1, [1, 2]).map(numbers)).toEqual([
      [1, 4],
      [2, 3, 5, 6],
    ])
    expect(numbers(broadcastTo(floats([2, 1], 1, 2), [2, 2]))).toEqual([1, 1, 2, 2])
  })

  it('picks and places by index', () => {
    expect(numbers(gather(table, whole(1, 0, 1)))).toEqual([4, 5, 6, 1, 2, 3, 4, 5, 6])
    expect(numbers(scatterAdd(table, whole(2, 2), 3))).toEqual([0, 0, 0, 0, 0, 0, 5, 7, 9])
    expect(numbers(place(table, whole(2, 0), 3))).toEqual([4, 5, 6, 0, 0, 0, 1, 2, 3])
    expect(numbers(pick(table, whole(2, 0)))).toEqual([3, 4])
    expect(numbers(oneHot(whole(1, 0), 3))).toEqual([0, 1, 0, 1, 0, 0])
  })

  it('sums up from either end', () => {
    expect(numbers(cumulativeSum(table, 1))).toEqual([1, 3, 6, 4, 9, 15])
    expect(numbers(cumulativeSum(table, 1, true))).toEqual([6, 5, 3, 15, 11, 6])
    expect(numbers(cumulativeSum(table, 0, true))).toEqual([5, 7, 9, 4, 5, 6])
  })

  it('multiplies matrices', () => {
    const b = floats([3, 1], 1, 0, -1)
    expect(numbers(matmul(table, b))).toEqual([-2, -2])
    expect(numbers(matmul(table, floats([1, 3], 1, 0, -1), { transB: true, alpha: 0.5 }))).toEqual([-1, -1])
    expect(numbers(matmul(table, floats([2, 1], 1, 1), { transA: true }))).toEqual([5, 7, 9])
    // Two matrices on the left, one on the right.
    expect(numbers(matmul(floats([2, 1, 2], 1, 2, 3, 4), floats([1, 2, 1], 1, 10)))).toEqual([21, 43])
  })

  it('normalises rows', () => {
    // Odds of three to one.
    const [rare, likely] = numbers(softmax(floats([2], 0, Math.log(3))))
    expect(rare).toBeCloseTo(0.25, 7)
    expect(likely).toBeCloseTo(0.75, 7)
    // mean(x^2) of (3, 4) is 12.5; with 12.5 added the root is 5.
    const normal = normalize(floats([1, 2], 3, 4), 12.5)
    expect(numbers(normal)).toEqual([3 * (1 / 5), 4 * (1 / 5)])
    expect(numbers(normal.siblings[1])).toEqual([1 / 5])
    expect(numbers(normalize(floats([1, 2], 3, 4), 12.5, floats([2], 5, 10)))[1]).toBeCloseTo(8, 12)
  })

  it('rotates the first numbers of a head by the angle at its position', () => {
    // One head of five numbers, four of them rotated: pairs (1, 3) and (2, 4) by a quarter turn and not at all.
    const x = floats([1, 1, 5], 1, 2, 3, 4, 5)
    const [cos, sin] = [floats([2, 2], 9, 9, 0, 1), floats([2, 2], 9, 9, 1, 0)]
    const rotation = { positions: reshape(whole(1), [1, 1]), cos, sin }
    expect(numbers(rotate(x, rotation, 5))).toEqual([-3, 2, 1, 4, 5])
    // A second head beside it turns alike.
    expect(numbers(rotate(concat([x, x], 2), rotation, 5)).slice(5)).toEqual([-3, 2, 1, 4, 5])
  })

  it('mixes values by the softmax of scores', () => {
    // Odds of three to one: weights 1/4 and 3/4.
    const mixed = mix(floats([1, 2], 0, Math.log(3)), floats([2, 1], 4, 8))
    expect(numbers(mixed)[0]).toBeCloseTo(7, 6)
    expect(numbers(mixed.siblings[1])[1]).toBeCloseTo(0.75, 7)
  })

  it('binds named dimensions and reads no more of a feed than they say', () => {
    const x = input('x', ['N', '(N+1)'])
    const { y } = evaluate({ y: add(x, 1) }, { sizes: { N: 2 }, feeds: { x: [1, 2, 3, 4, 5, 6, 99] } })
    expect(y.shape).toEqual([2, 3])
    expect([...y.data]).toEqual([2, 3, 4, 5, 6, 7])
  })

  it.each([
    ['tensor/missing-input', { sizes: { N: 1 } }],
    ['tensor/shape', { sizes: { N: 3 }, feeds: { x: [1, 2] } }],
    ['tensor/unbound-dimension', { feeds: { x: [1, 2] } }],
  ])('throws %s', (code, given) => {
    expect(() => evaluate({ y: input('x', ['N']) }, given)).toThrow(expect.objectContaining({ code }))
  })

  it('refuses an index outside the rows', () => {
    for (const index of [-1, 2]) {
      expect(() => numbers(gather(table, whole(index)))).toThrow(
        expect.objectContaining({ code: 'tensor/index-range', message: expect.stringContaining(`index ${index}`) }),
      )
    }
  })
})
