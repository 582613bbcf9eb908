// Every call that cannot be right is refused when the graph is built, with the operator and the shapes in the message.
import { describe, expect, it } from 'vitest'
import { isGradusError } from '../base/error.ts'
import { add, div, equal, maximum, where } from './ops/elementwise.ts'
import { cumulativeSum, gather, oneHot, pick, place, scatterAdd } from './ops/indexing.ts'
import { matmul } from './ops/matmul.ts'
import { mix, normalize, rotate } from './ops/nn.ts'
import { max, mean, sum } from './ops/reduce.ts'
import { broadcastTo, concat, padAxis, reshape, slice, split, transpose } from './ops/shaping.ts'
import { constant, type DType, input, type Tensor } from './tensor.ts'

const t = (...shape: (number | string)[]): Tensor => input('t', shape)
const ids = (...shape: (number | string)[]): Tensor => input('ids', shape, 'int32')
const typed = (dtype: DType, ...shape: (number | string)[]): Tensor => input('typed', shape, dtype)
const angles = (half: number) => ({ positions: ids(1, 2), cos: t(8, half), sin: t(8, half) })

/** A bad call, and what its message must hold. */
const calls: readonly [call: string, run: () => unknown, parts: readonly string[]][] = [
  ['add of [2, 3] and [4]', () => add(t(2, 3), t(4)), ['add', '[2, 3]', '[4]', '3 against 4']],
  ['add of two names', () => add(t('A'), t('B')), ['add', '[A]', '[B]', 'A against B']],
  ['add of a name and a number', () => add(t('A', 2), t(3, 2)), ['add', '[A, 2]', '[3, 2]']],
  ['add of two types', () => add(t(2), ids(2)), ['add', '[2]', 'float32', 'int32']],
  ['div of [2] and [3]', () => div(t(2), t(3)), ['div', '[2]', '[3]']],
  ['maximum of [2] and [3]', () => maximum(t(2), t(3)), ['maximum', '[2]', '[3]']],
  ['equal of [2] and [3]', () => equal(t(2), t(3)), ['equal', '[2]', '[3]']],
  ['where on floats', () => where(t(2), t(2), t(2)), ['where', '[2]', 'float32', 'bool']],
  ['where of [2] and [3]', () => where(typed('bool', 1), t(2), t(3)), ['where', '[2]', '[3]']],
  ['sum over axis 2 of two', () => sum(t(2, 3), 2), ['sum', '[2, 3]', 'axis 2']],
  ['max over axis -3 of two', () => max(t(2, 3), -3), ['max', '[2, 3]', 'axis -3']],
  ['mean of whole numbers', () => mean(ids(3)), ['mean', '[3]', 'int32']],
  ['reshape to another count', () => reshape(t(2, 3), [5]), ['reshape', '[2, 3]', '[5]']],
  ['reshape to another name', () => reshape(t('A', 3), ['B', 3]), ['reshape', '[A, 3]', '[B, 3]']],
  ['transpose that repeats an axis', () => transpose(t(2, 3), [0, 0]), ['transpose', '[2, 3]', '[0, 0]']],
  ['transpose of too few axes', () => transpose(t(2, 3), [0]), ['transpose', '[2, 3]', '[0]']],
  ['slice past the end', () => slice(t(2, 3), 1, 2, 2), ['slice', '[2, 3]', '2 to 4', 'axis 1']],
  ['slice from before the start', () => slice(t(3), 0, -1, 2), ['slice', '[3]', '-1 to 1']],
  ['slice of a named axis', () => slice(t('A'), 0, 0, 1), ['slice', '[A]', 'use split']],
  ['pad of a named axis', () => padAxis(t('A'), 0, 1, 0), ['pad', '[A]', 'axis 0']],
  ['concat of other sizes', () => concat([t(2, 3), t(2, 4)], 0), ['concat', '[2, 3]', '[2, 4]', 'axis 0']],
  ['concat of other ranks', () => concat([t(2), t(2, 1)], 0), ['concat', '[2]', '[2, 1]']],
  ['concat of other types', () => concat([t(2), ids(2)], 0), ['concat', '[2]']],
  ['split into too much', () => split(t(5), 0, [2, 4]), ['split', '[5]', '2 + 4']],
  ['broadcastTo of two to three', () => broadcastTo(t(2), [3]), ['broadcastTo', '[2]', '[3]']],
  ['broadcastTo of fewer axes', () => broadcastTo(t(1, 3), [3]), ['broadcastTo', '[1, 3]', '[3]']],
  ['gather by floats', () => gather(t(4, 2), t(3)), ['gather', '[4, 2]', '[3]', 'int32']],
  ['gather from a scalar', () => gather(t(), ids(3)), ['gather', '[]', '[3]']],
  ['scatterAdd of other rows', () => scatterAdd(t(3, 2), ids(4), 9), ['scatterAdd', '[3, 2]', '[4]']],
  ['scatterAdd of whole numbers', () => scatterAdd(ids(3), ids(3), 9), ['scatterAdd', '[3]', 'int32']],
  ['place by a matrix of indices', () => place(t(3, 2), ids(3, 2), 9), ['place', '[3, 2]', 'one index']],
  ['place of other rows', () => place(t(3, 2), ids(4), 9), ['place', '[3, 2]', '[4]']],
  ['pick with an index for each number', () => pick(t(3, 2), ids(3, 2)), ['pick', '[3, 2]', 'one index']],
  ['pick from a vector', () => pick(t(3), ids()), ['pick', '[3]', '[]']],
  ['oneHot of floats', () => oneHot(t(3), 4), ['oneHot', '[3]', 'int32']],
  ['oneHot of a scalar', () => oneHot(ids(), 4), ['oneHot', '[]']],
  ['cumulativeSum over axis 1 of one', () => cumulativeSum(t(3), 1), ['cumulativeSum', '[3]', 'axis 1']],
  ['matmul of a vector', () => matmul(t(3), t(3, 2)), ['matmul', '[3]', '[3, 2]', 'two axes']],
  ['matmul of 3 and 4', () => matmul(t(2, 3), t(4, 2)), ['matmul', '[2, 3]', '[4, 2]', '3 and 4']],
  [
    'matmul that transposing would mend',
    () => matmul(t(2, 3), t(3, 4), { transB: true }),
    ['matmul', '[2, 3]', '[3, 4]', '3 and 4'],
  ],
  ['matmul of other batches', () => matmul(t(2, 3, 4), t(5, 4, 1)), ['matmul', '[2]', '[5]']],
  ['normalize over a named axis', () => normalize(t(2, 'A'), 1), ['normalize', '[2, A]']],
  ['normalize with a longer gain', () => normalize(t(2, 3), 1, t(4)), ['normalize', '[2, 3]', '[4]']],
  ['rotate of four axes', () => rotate(t(1, 1, 2, 4), angles(2), 4), ['rotate', '[1, 1, 2, 4]', '[8, 2]']],
  ['rotate of too few', () => rotate(t(1, 2, 4), angles(3), 4), ['rotate', '[1, 2, 4]', '[8, 3]']],
  ['rotate of half a head', () => rotate(t(1, 2, 6), angles(2), 4), ['rotate', '[1, 2, 6]', 'W = 4']],
  ['mix of other places', () => mix(t(2, 3, 4), t(2, 5, 4)), ['mix', '[2, 3, 4]', '[2, 5, 4]']],
  ['mix of other batches', () => mix(t(2, 3, 4), t(4, 4)), ['mix', '[2, 3, 4]', '[4, 4]']],
  ['constant that is not full', () => constant(Float32Array.of(1, 2), [3]), ['constant', '2 numbers', '[3]']],
]

describe('shape errors', () => {
  it.each(calls)('%s', (_call, run, parts) => {
    let thrown: unknown
    try {
      run()
    } catch (error) {
      thrown = error
    }
    expect(isGradusError(thrown)).toBe(true)
    const { code, message } = thrown as Error & { code: string }
    expect(code).toBe('tensor/shape')
    for (const part of parts) expect(message).toContain(part)
  })
})
