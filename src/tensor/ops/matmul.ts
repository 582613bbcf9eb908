// The matrix product, batched, with either operand transposed and a factor: one operator, since one kernel does it.
import { broadcast, sameDim, shapeError } from '../shape.ts'
import { apply, type Op, type Tensor } from '../tensor.ts'

/** How {@link matmul} reads its operands. */
export interface MatmulOptions {
  /** Use a's last two axes swapped. */
  readonly transA?: boolean
  /** Use b's last two axes swapped. */
  readonly transB?: boolean
  /** Multiplies the product; default 1. */
  readonly alpha?: number
}

const matmulOp: Op = {
  kind: 'matmul',
  infer([a, b], attrs) {
    if (a.shape.length < 2 || b.shape.length < 2)
      throw shapeError('matmul', [a.shape, b.shape], 'must both have two axes or more')
    const [m, inner] = attrs.transA ? [a.shape.at(-1), a.shape.at(-2)] : [a.shape.at(-2), a.shape.at(-1)]
    const [inner2, n] = attrs.transB ? [b.shape.at(-1), b.shape.at(-2)] : [b.shape.at(-2), b.shape.at(-1)]
    if (m === undefined || n === undefined || inner === undefined || inner2 === undefined || !sameDim(inner, inner2))
      throw shapeError('matmul', [a.shape, b.shape], `do not multiply (inner sizes ${inner} and ${inner2})`)
    return [{ shape: [...broadcast('matmul', a.shape.slice(0, -2), b.shape.slice(0, -2)), m, n], dtype: a.dtype }]
  },
}

/** alpha * a b over the last two axes; leading axes broadcast: [..., M, K] and [..., K, N] give [..., M, N]. */
export const matmul = (a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor =>
  apply(matmulOp, [a, b], {
    transA: options.transA ?? false,
    transB: options.transB ?? false,
    alpha: options.alpha ?? 1,
  })
