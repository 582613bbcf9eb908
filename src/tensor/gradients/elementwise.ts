// Differentiation rules of element-wise operators.
import {
  add,
  cast,
  div,
  greater,
  greaterEqual,
  lessEqual,
  mul,
  neg,
  sigmoid,
  sign,
  sub,
  where,
} from '../ops/elementwise.ts'
import type { Tensor } from '../tensor.ts'
import { type GradientRule, rule, sumToShape } from './rule.ts'

const binary = (gradient: (g: Tensor, a: Tensor, b: Tensor, y: Tensor) => readonly [Tensor, Tensor]): GradientRule =>
  rule((g, node) => {
    const [a, b] = node.inputs
    const [da, db] = gradient(g, a, b, node)
    return [sumToShape(da, a), sumToShape(db, b)]
  })

const unary = (gradient: (g: Tensor, x: Tensor, y: Tensor) => Tensor): GradientRule =>
  rule((g, node) => [gradient(g, node.inputs[0], node)])

const none: GradientRule = (node) => node.inputs.map(() => undefined)

/** The gradient goes to the operand that was chosen; to the first where both are equal. */
const choose = (first: (a: Tensor, b: Tensor) => Tensor): GradientRule =>
  binary((g, a, b) => {
    const chosen = cast(first(a, b), 'float32')
    return [mul(g, chosen), mul(g, sub(1, chosen))]
  })

export const elementwiseGradients: Readonly<Record<string, GradientRule>> = {
  add: binary((g) => [g, g]),
  sub: binary((g) => [g, neg(g)]),
  mul: binary((g, a, b) => [mul(g, b), mul(g, a)]),
  div: binary((g, _a, b, y) => [div(g, b), neg(div(mul(g, y), b))]),
  maximum: choose(greaterEqual),
  minimum: choose(lessEqual),
  greater: none,
  greaterEqual: none,
  less: none,
  lessEqual: none,
  equal: none,
  neg: unary((g) => neg(g)),
  exp: unary((g, _x, y) => mul(g, y)),
  log: unary((g, x) => div(g, x)),
  sqrt: unary((g, _x, y) => div(mul(g, 0.5), y)),
  reciprocal: unary((g, _x, y) => neg(mul(g, mul(y, y)))),
  abs: unary((g, x) => mul(g, sign(x))),
  sign: none,
  tanh: unary((g, _x, y) => mul(g, sub(1, mul(y, y)))),
  sigmoid: unary((g, _x, y) => mul(g, mul(y, sub(1, y)))),
  relu: unary((g, x) => mul(g, cast(greater(x, 0), 'float32'))),
  softplus: unary((g, x) => mul(g, sigmoid(x))),
  // s + y (1 - s) with s = sigmoid(x), y = x s.
  silu: unary((g, x, y) => {
    const s = sigmoid(x)
    return mul(g, add(s, mul(y, sub(1, s))))
  }),
  stopGradient: none,
  cast: rule((g, node) => [node.dtype === 'float32' && node.inputs[0].dtype === 'float32' ? g : undefined]),
  where: rule((g, node) => {
    const [condition, a, b] = node.inputs
    return [undefined, sumToShape(where(condition, g, 0), a), sumToShape(where(condition, 0, g), b)]
  }),
}
