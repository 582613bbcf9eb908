// Element-wise operators with NumPy broadcasting.
import { broadcast, sameShape, shapeError } from '../shape.ts'
import { apply, constant, type DType, isScalar, type Op, type Tensor } from '../tensor.ts'
import { broadcastTo, broadcastToOp } from './shaping.ts'

/** A tensor or a number. */
export type Operand = Tensor | number

/** A number as a scalar constant. */
export const lift = (x: Operand): Tensor => (typeof x === 'number' ? constant(x) : x)

function binary(kind: string, dtype: DType | 'same'): Op {
  return {
    kind,
    infer([a, b]) {
      if (a.dtype !== b.dtype) throw shapeError(kind, [a.shape, b.shape], `have types ${a.dtype} and ${b.dtype}`)
      return [{ shape: broadcast(kind, a.shape, b.shape), dtype: dtype === 'same' ? a.dtype : dtype }]
    },
  }
}

const addOp = binary('add', 'same')
const subOp = binary('sub', 'same')
const mulOp = binary('mul', 'same')
const divOp = binary('div', 'same')
const maximumOp = binary('maximum', 'same')
const minimumOp = binary('minimum', 'same')
const greaterOp = binary('greater', 'bool')
const greaterEqualOp = binary('greaterEqual', 'bool')
const lessOp = binary('less', 'bool')
const lessEqualOp = binary('lessEqual', 'bool')
const equalOp = binary('equal', 'bool')

/** Applies a binary operator, dropping a broadcast that the other operand makes anyway. */
function combine(op: Op, x: Operand, y: Operand): Tensor {
  let a = lift(x)
  let b = lift(y)
  const shape = broadcast(op.kind, a.shape, b.shape)
  const peel = (t: Tensor, other: Tensor): Tensor =>
    t.op === broadcastToOp && sameShape(broadcast(op.kind, t.inputs[0].shape, other.shape), shape) ? t.inputs[0] : t
  a = peel(a, b)
  b = peel(b, a)
  return apply(op, [a, b])
}

/** True when x is this number and leaving it out keeps the other operand's shape. */
const isNeutral = (x: Tensor, value: number, other: Tensor): boolean =>
  isScalar(x, value) && x.shape.length <= other.shape.length

/** a + b */
export function add(a: Operand, b: Operand): Tensor {
  const [x, y] = [lift(a), lift(b)]
  return isNeutral(y, 0, x) ? x : isNeutral(x, 0, y) ? y : combine(addOp, x, y)
}

/** a - b */
export function sub(a: Operand, b: Operand): Tensor {
  const [x, y] = [lift(a), lift(b)]
  return isNeutral(y, 0, x) ? x : combine(subOp, x, y)
}

/** a * b */
export function mul(a: Operand, b: Operand): Tensor {
  const [x, y] = [lift(a), lift(b)]
  return isNeutral(y, 1, x) ? x : isNeutral(x, 1, y) ? y : combine(mulOp, x, y)
}

/** a / b */
export function div(a: Operand, b: Operand): Tensor {
  const [x, y] = [lift(a), lift(b)]
  return isNeutral(y, 1, x) ? x : combine(divOp, x, y)
}

/** The larger of a and b; where they are equal the whole gradient goes to a. */
export const maximum = (a: Operand, b: Operand): Tensor => combine(maximumOp, a, b)
/** The smaller of a and b; where they are equal the whole gradient goes to a. */
export const minimum = (a: Operand, b: Operand): Tensor => combine(minimumOp, a, b)
export const greater = (a: Operand, b: Operand): Tensor => combine(greaterOp, a, b)
export const greaterEqual = (a: Operand, b: Operand): Tensor => combine(greaterEqualOp, a, b)
export const less = (a: Operand, b: Operand): Tensor => combine(lessOp, a, b)
export const lessEqual = (a: Operand, b: Operand): Tensor => combine(lessEqualOp, a, b)
export const equal = (a: Operand, b: Operand): Tensor => combine(equalOp, a, b)

/** x limited to [low, high]; the gradient is zero outside and, as in PyTorch, whole on the bounds. */
export const clamp = (x: Tensor, low: Operand, high: Operand): Tensor => minimum(maximum(x, low), high)

function unary(kind: string): (x: Tensor) => Tensor {
  const op: Op = { kind, infer: ([x]) => [{ shape: x.shape, dtype: x.dtype }] }
  return (x) => apply(op, [x])
}

export const neg = unary('neg')
export const exp = unary('exp')
export const log = unary('log')
export const sqrt = unary('sqrt')
export const reciprocal = unary('reciprocal')
export const abs = unary('abs')
/** -1, 0 or 1; no gradient passes. */
export const sign = unary('sign')
export const tanh = unary('tanh')
export const sigmoid = unary('sigmoid')
export const relu = unary('relu')
/** log(1 + exp(x)), stable. */
export const softplus = unary('softplus')
/** x * sigmoid(x) (Swish). */
export const silu = unary('silu')
/** x, through which no gradient passes. */
export const stopGradient = unary('stopGradient')
export const square = (x: Tensor): Tensor => mul(x, x)
/** log(sigmoid(x)), stable. */
export const logSigmoid = (x: Tensor): Tensor => neg(softplus(neg(x)))

const castOp: Op = { kind: 'cast', infer: ([x], attrs) => [{ shape: x.shape, dtype: attrs.to as DType }] }

/** The same values as another type; booleans become 0 and 1. */
export const cast = (x: Tensor, to: DType): Tensor => (x.dtype === to ? x : apply(castOp, [x], { to }))

const whereOp: Op = {
  kind: 'where',
  infer([condition, a, b]) {
    if (condition.dtype !== 'bool') throw shapeError('where', [condition.shape], `is ${condition.dtype}, not bool`)
    return [{ shape: broadcast('where', broadcast('where', condition.shape, a.shape), b.shape), dtype: a.dtype }]
  },
}

/** a where the condition holds, else b. Gradients do not leak through the side not taken. */
export const where = (condition: Tensor, a: Operand, b: Operand): Tensor =>
  apply(whereOp, [condition, lift(a), lift(b)])

/** One number in the shape of a tensor. */
export const fullLike = (x: Tensor, value: number): Tensor => broadcastTo(constant(value), x.shape)
