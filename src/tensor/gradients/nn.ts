// Differentiation rules of the matrix product and the fused operators.
import { add, exp, mul, neg, sub } from '../ops/elementwise.ts'
import { type MatmulOptions, matmul } from '../ops/matmul.ts'
import { normalize, rotate } from '../ops/nn.ts'
import { mean, sum } from '../ops/reduce.ts'
import { reshape, transpose } from '../ops/shaping.ts'
import { factorsOf, productDim } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { type GradientRule, rule, sumToShape } from './rule.ts'

/** [..., M, N] as [rows, N]. */
const flat = (x: Tensor): Tensor => reshape(x, [productDim(x.shape.slice(0, -1)), x.shape[x.shape.length - 1]])

/** In how many parts the rows of a weight gradient are summed; callers that can choose give a multiple of it. */
const PARTS = 4

/**
 * Left^T right summed over all leading axes: the gradient of a weight. Where the number of rows is known to divide, as
 * several products side by side: each goes through its own rows once, which is 1.2 to 1.4 times as fast for 4,096 rows.
 */
function weightGradient(left: Tensor, right: Tensor, options: MatmulOptions): Tensor {
  const { number, names } = factorsOf(left.shape.slice(0, -1))
  if (number % PARTS !== 0) return matmul(flat(left), flat(right), { ...options, transA: true })
  const rows = productDim([number / PARTS, ...names])
  const inParts = (x: Tensor): Tensor => reshape(x, [PARTS, rows, x.shape[x.shape.length - 1]])
  return sum(matmul(inParts(left), inParts(right), { ...options, transA: true }), 0)
}

/**
 * a^T b of batches. A transposed left operand is copied first; where it is the wider one (of a named size beside a fixed
 * one, as scores beside heads), (b^T a)^T copies less, and turning the result can join the transpose that follows.
 */
function leftTransposed(a: Tensor, b: Tensor, options: MatmulOptions): Tensor {
  const rank = b.shape.length
  const batched = rank > 2 && rank === a.shape.length
  if (!batched || typeof b.shape[rank - 1] !== 'number' || typeof a.shape[rank - 1] === 'number')
    return matmul(a, b, { ...options, transA: true })
  return swapLastAxes(matmul(b, a, { ...options, transA: true }))
}

const swapLastAxes = (x: Tensor): Tensor => {
  const axes = x.shape.map((_, axis) => axis)
  return transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2])
}

const matmulRule: GradientRule = rule((g, node) => {
  const [a, b] = node.inputs
  const { transA, transB, alpha } = node.attrs as { transA: boolean; transB: boolean; alpha: number }
  // With a plain 2-D right operand all leading axes of the left one are rows of a single product.
  if (b.shape.length === 2 && !transA) {
    const da = matmul(g, b, { transB: !transB, alpha })
    const [left, right] = transB ? [g, a] : [a, g]
    return [da, weightGradient(left, right, { alpha })]
  }
  const da = transA ? matmul(b, g, { transA: transB, transB: true, alpha }) : matmul(g, b, { transB: !transB, alpha })
  const [left, right] = transB ? [g, a] : [a, g]
  const db = transA ? matmul(left, right, { transA: transB, transB, alpha }) : leftTransposed(left, right, { alpha })
  return [sumToShape(da, a), sumToShape(db, b)]
})

export const nnGradients: Readonly<Record<string, GradientRule>> = {
  matmul: matmulRule,
  softmax: rule((g, y) => [mul(y, sub(g, sum(mul(g, y), -1, true)))]),
  logSoftmax: rule((g, y) => [sub(g, mul(exp(y), sum(g, -1, true)))]),
  // y = x r with r = 1 / sqrt(mean(x^2) + eps): dx = r (g - y mean(g y)); and dr/dx = -r^2 y / D.
  normalize(node, [g, gInverse]) {
    const [x, gain] = node.inputs
    const eps = node.attrs.eps as number
    // With a gain the normalised numbers are not among the outputs: they are computed again.
    const y = gain ? normalize(x, eps) : node.siblings[0]
    const inverse = node.siblings[1]
    const parts: Tensor[] = []
    const gy = g && gain ? mul(g, gain) : g
    if (gy) parts.push(mul(sub(gy, mul(y, mean(mul(gy, y), -1, true))), inverse))
    if (gInverse)
      parts.push(mul(mul(gInverse, mul(inverse, inverse)), mul(y, -1 / (x.shape[x.shape.length - 1] as number))))
    const dx = parts.length === 0 ? undefined : parts.reduce((a, b) => add(a, b))
    return gain ? [dx, g && sumToShape(mul(g, y), gain)] : [dx]
  },
  // The inverse rotation is the rotation by the opposite angle.
  rotate: rule((g, node) => {
    const [, positions, cos, sin] = node.inputs
    const back = rotate(g, { positions, cos, sin: neg(sin) }, node.attrs.width as number)
    return [back, undefined, undefined, undefined]
  }),
  // y = P v with P = softmax(s): dP = g v^T (+ gP), ds = P (dP - sum(dP P)). That sum over the places is sum(g y) over the
  // width (Dao et al. 2022, section 3.1), which is the smaller one.
  mix(node, [g, gWeights]) {
    const [, values] = node.inputs
    const [mixed, weights] = node.siblings
    const parts: { dWeights: Tensor; inner: Tensor }[] = []
    if (g) parts.push({ dWeights: matmul(g, values, { transB: true }), inner: sum(mul(g, mixed), -1, true) })
    if (gWeights) parts.push({ dWeights: gWeights, inner: sum(mul(gWeights, weights), -1, true) })
    const { dWeights, inner } = parts.reduce((a, b) => ({
      dWeights: add(a.dWeights, b.dWeights),
      inner: add(a.inner, b.inner),
    }))
    return [mul(weights, sub(dWeights, inner)), g && leftTransposed(weights, g, {})]
  },
}
