// The meaning of element-wise operators.
import { type Kernel, kernel } from './kernel.ts'
import { fill, read } from './value.ts'

const unary = (f: (x: number) => number): Kernel => kernel(([x], shape) => fill(shape, (at) => f(read(x, at))))

const binary = (f: (a: number, b: number) => number): Kernel =>
  kernel(([a, b], shape) => fill(shape, (at) => f(read(a, at), read(b, at))))

const compare = (holds: (a: number, b: number) => boolean): Kernel => binary((a, b) => (holds(a, b) ? 1 : 0))

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

export const elementwiseKernels: Readonly<Record<string, Kernel>> = {
  add: binary((a, b) => a + b),
  sub: binary((a, b) => a - b),
  mul: binary((a, b) => a * b),
  div: kernel(([a, b], shape, { dtype }) =>
    fill(shape, (at) => {
      const quotient = read(a, at) / read(b, at)
      // Whole numbers divide towards zero.
      return dtype === 'int32' ? Math.trunc(quotient) : quotient
    }),
  ),
  maximum: binary(Math.max),
  minimum: binary(Math.min),
  greater: compare((a, b) => a > b),
  greaterEqual: compare((a, b) => a >= b),
  less: compare((a, b) => a < b),
  lessEqual: compare((a, b) => a <= b),
  equal: compare((a, b) => a === b),
  neg: unary((x) => -x),
  exp: unary(Math.exp),
  log: unary(Math.log),
  sqrt: unary(Math.sqrt),
  reciprocal: unary((x) => 1 / x),
  abs: unary(Math.abs),
  sign: unary(Math.sign),
  tanh: unary(Math.tanh),
  sigmoid: unary(sigmoid),
  relu: unary((x) => Math.max(x, 0)),
  // exp of a large x overflows; of -|x| it does not.
  softplus: unary((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  silu: unary((x) => x * sigmoid(x)),
  stopGradient: unary((x) => x),
  cast: kernel(([x], shape, { dtype }) =>
    fill(shape, (at) => {
      const value = read(x, at)
      return dtype === 'bool' ? (value === 0 ? 0 : 1) : dtype.startsWith('int') ? Math.trunc(value) : value
    }),
  ),
  where: kernel(([condition, a, b], shape) => fill(shape, (at) => read(read(condition, at) === 1 ? a : b, at))),
}
