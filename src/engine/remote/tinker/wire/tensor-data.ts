// Numbers as the protocol carries them: flat, with a type and a shape. In memory they are typed arrays; in JSON, lists.
// 64-bit integers are token ids and offsets here, which 32 bits hold; a larger one is refused.
import { z } from 'zod'
import { GradusError } from '../../../../base/error.ts'

/** The types a tensor may have on the wire. */
export type WireType = 'int64' | 'float32'

/** Numbers with their shape. */
export interface WireTensor {
  readonly dtype: WireType
  readonly data: Int32Array | Float32Array
  /** Absent: one row of `data.length`. */
  readonly shape?: readonly number[]
}

/** A flat row of integers. */
export const int64 = (data: Int32Array): WireTensor => ({ dtype: 'int64', data, shape: [data.length] })

/** A flat row of floats. */
export const float32 = (data: Float32Array): WireTensor => ({ dtype: 'float32', data, shape: [data.length] })

/** JSON has no NaN and no infinity: a log-probability this low stands for "impossible". */
const LOWEST = -1e4

/** A list of numbers that JSON can hold; nine digits are all that a float32 has. */
export function toJsonNumbers(data: Int32Array | Float32Array): number[] {
  if (data instanceof Int32Array) return Array.from(data)
  return Array.from(data, (x) => (Number.isFinite(x) ? Number(x.toPrecision(9)) : x > 0 ? -LOWEST : LOWEST))
}

/** The JSON form. */
export const tensorToJson = ({ dtype, data, shape }: WireTensor) => ({
  data: toJsonNumbers(data),
  dtype,
  ...(shape && { shape }),
})

/** Longest list of numbers that is read. */
const MAX_NUMBERS = 2 ** 24

const sparse = z.array(z.number()).max(MAX_NUMBERS).nullish()

/** Reads the JSON form. Null, which some servers write for what is not a number, becomes NaN. */
export const tensorSchema = z
  .object({
    data: z.array(z.number().nullable()).max(MAX_NUMBERS),
    dtype: z.string().max(20),
    shape: z.array(z.number().int().min(0)).max(8).nullish(),
    sparse_crow_indices: sparse,
    sparse_col_indices: sparse,
  })
  .transform(({ data, dtype, shape, sparse_crow_indices, sparse_col_indices }, context): WireTensor => {
    if (sparse_crow_indices || sparse_col_indices)
      context.addIssue({ code: 'custom', message: 'sparse tensors are not supported here' })
    if (shape && shape.reduce((a, b) => a * b, 1) !== data.length)
      context.addIssue({
        code: 'custom',
        message: `${data.length} numbers do not fill the shape [${shape.join(', ')}]`,
      })
    const isInteger = dtype.startsWith('int')
    const bad = isInteger ? data.find((x) => x === null || !isInt32(x)) : undefined
    if (bad !== undefined) context.addIssue({ code: 'custom', message: `${bad} is no 32-bit integer` })
    return {
      dtype: isInteger ? 'int64' : 'float32',
      data: isInteger ? Int32Array.from(data, (x) => x ?? 0) : Float32Array.from(data, (x) => x ?? Number.NaN),
      ...(shape && { shape }),
    }
  })

export const isInt32 = (x: number): boolean => (x | 0) === x

/** The numbers of a tensor as floats. @throws `engine/bad-answer` when there are not `length` of them */
export function floatsOf(tensor: WireTensor | undefined, length: number, what: string): Float32Array {
  if (tensor === undefined || tensor.data.length !== length)
    throw new GradusError(
      'engine/bad-answer',
      `the server gave ${tensor ? tensor.data.length : 'no'} ${what} where ${length} were due`,
      { hint: 'Check that the server and the dialect fit together (option dialect).' },
    )
  return tensor.data instanceof Float32Array ? tensor.data : Float32Array.from(tensor.data)
}
