// Operators of neural networks that have a fused kernel: softmax, RMS normalisation, rotary positions.
import { sameDim, sameShape, shapeError } from '../shape.ts'
import { apply, applyAll, type Op, type Tensor } from '../tensor.ts'

const same = (kind: string): Op => ({ kind, infer: ([x]) => [{ shape: x.shape, dtype: x.dtype }] })
const softmaxOp = same('softmax')
const logSoftmaxOp = same('logSoftmax')

/** Softmax over the last axis. */
export const softmax = (x: Tensor): Tensor => apply(softmaxOp, [x])
/** Logarithm of the softmax over the last axis, stable. */
export const logSoftmax = (x: Tensor): Tensor => apply(logSoftmaxOp, [x])

const normalizeOp: Op = {
  kind: 'normalize',
  infer([x, gain]) {
    const width = x.shape[x.shape.length - 1]
    if (typeof width !== 'number' || (gain && (gain.shape.length !== 1 || gain.shape[0] !== width)))
      throw shapeError(
        'normalize',
        [x.shape, ...(gain ? [gain.shape] : [])],
        'need a fixed last axis and a gain as long',
      )
    return [
      { shape: x.shape, dtype: x.dtype },
      { shape: [...x.shape.slice(0, -1), 1], dtype: x.dtype },
    ]
  },
}

/**
 * RMS normalisation (Zhang and Sennrich 2019, eq. 4) over the last axis: x / sqrt(mean(x^2) + eps), times a gain [D]
 * if one is given. Without a gain it is cheaper to differentiate: fold the gain into the next linear map.
 */
export const normalize = (x: Tensor, eps: number, gain?: Tensor): Tensor =>
  applyAll(normalizeOp, gain ? [x, gain] : [x], { eps })[0]

const rotateOp: Op = {
  kind: 'rotate',
  infer([x, positions, cos, sin]) {
    const half = cos.shape[1]
    const fits =
      x.shape.length === 4 &&
      positions.shape.length === 2 &&
      sameDim(positions.shape[0], x.shape[0]) &&
      sameDim(positions.shape[1], x.shape[2]) &&
      positions.dtype === 'int32' &&
      typeof half === 'number' &&
      2 * half <= (x.shape[3] as number) &&
      sameShape(cos.shape, sin.shape)
    if (!fits)
      throw shapeError(
        'rotate',
        [x.shape, positions.shape, cos.shape],
        'must be [B, H, T, W], int32 positions [B, T] and tables [S, R/2] with R <= W',
      )
    return [{ shape: x.shape, dtype: x.dtype }]
  },
}

/**
 * Rotary positions (Su et al. 2021) in Llama's half-split layout: of each head's W numbers in x [B, H, T, W] the first
 * R are rotated by the angles at `positions` [B, T] of the tables [S, R/2]; the rest pass through.
 */
export const rotate = (x: Tensor, positions: Tensor, cos: Tensor, sin: Tensor): Tensor =>
  apply(rotateOp, [x, positions, cos, sin])
