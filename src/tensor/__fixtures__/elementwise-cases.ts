// Conformance rows of the element-wise operators.
import fc from 'fast-check'
import * as ops from '../ops/elementwise.ts'
import type { DType, Tensor } from '../tensor.ts'
import {
  broadcastable,
  broadcastPairs,
  type Domain,
  dtypes,
  type OperatorCase,
  operand,
  shapes,
} from './operator-case.ts'

interface Options {
  /** Also with int32 operands. */
  readonly int?: boolean
  readonly gradient?: OperatorCase['gradient']
}

function unary(
  kind: string,
  f: (x: Tensor) => Tensor,
  domain: Domain,
  { int = false, gradient }: Options = {},
): OperatorCase {
  const draw = fc
    .tuple(shapes(), dtypes(int))
    .map(([shape, dtype]) => ({ operands: [operand(shape, domain, dtype)], attrs: {} }))
  return { kind, draw, build: ([x]) => f(x), gradient }
}

function binary(
  kind: string,
  f: (a: Tensor, b: Tensor) => Tensor,
  [left, right]: readonly [Domain, Domain],
  { gradient }: Options = {},
): OperatorCase {
  const draw = fc.tuple(broadcastPairs, dtypes(true)).map(([[a, b], dtype]) => ({
    operands: [operand(a, left, dtype), operand(b, right, dtype)],
    attrs: {},
  }))
  return { kind, draw, build: ([a, b]) => f(a, b), gradient }
}

const anyPair = ['any', 'any'] as const
/** Away from where the larger one changes; whole numbers still tie. */
const apart = ['distinct', 'distinct'] as const

const cast: OperatorCase = {
  kind: 'cast',
  draw: fc
    .tuple(
      shapes(),
      fc.constantFrom<DType[]>('float32', 'int32', 'bool'),
      fc.constantFrom<DType[]>('float32', 'int32', 'bool'),
    )
    .map(([shape, from, to]) => ({
      operands: [operand(shape, 'nonzero', from === 'int32' ? 'int32' : 'float32')],
      attrs: { from, to },
    })),
  // Booleans are not fed, so they are made from a comparison.
  build: ([x], { from, to }) => ops.cast(from === 'bool' ? ops.greater(x, 0) : x, to as DType),
  gradient: 'none',
}

const where: OperatorCase = {
  kind: 'where',
  draw: broadcastPairs.chain(([a, b]) =>
    fc.oneof(broadcastable(a), broadcastable(b)).map((condition) => ({
      operands: [operand(condition, 'nonzero'), operand(a), operand(b)],
      attrs: {},
    })),
  ),
  build: ([x, a, b]) => ops.where(ops.greater(x, 0), a, b),
}

export const elementwiseCases: readonly OperatorCase[] = [
  binary('add', ops.add, anyPair),
  binary('sub', ops.sub, anyPair),
  binary('mul', ops.mul, anyPair),
  binary('div', ops.div, ['any', 'nonzero']),
  binary('maximum', ops.maximum, apart),
  binary('minimum', ops.minimum, apart),
  binary('greater', ops.greater, apart, { gradient: 'none' }),
  binary('greaterEqual', ops.greaterEqual, apart, { gradient: 'none' }),
  binary('less', ops.less, apart, { gradient: 'none' }),
  binary('lessEqual', ops.lessEqual, apart, { gradient: 'none' }),
  binary('equal', ops.equal, apart, { gradient: 'none' }),
  unary('neg', ops.neg, 'any', { int: true }),
  unary('exp', ops.exp, 'any'),
  unary('log', ops.log, 'positive'),
  unary('sqrt', ops.sqrt, 'positive'),
  unary('reciprocal', ops.reciprocal, 'nonzero'),
  unary('abs', ops.abs, 'nonzero', { int: true }),
  unary('sign', ops.sign, 'nonzero', { int: true, gradient: 'zero' }),
  unary('tanh', ops.tanh, 'any'),
  unary('sigmoid', ops.sigmoid, 'any'),
  unary('relu', ops.relu, 'nonzero'),
  unary('softplus', ops.softplus, 'any'),
  unary('silu', ops.silu, 'any'),
  unary('stopGradient', ops.stopGradient, 'any', { int: true, gradient: 'zero' }),
  cast,
  where,
]
