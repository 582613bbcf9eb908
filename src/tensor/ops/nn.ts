// Operators of neural networks that are more than a formula: softmax, RMS normalisation, rotary positions, mixing.
import { type Dim, sameDim, sameShape, shapeError } from '../shape.ts'
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
  infer([x, positions, cos, sin], attrs) {
    const width = attrs.width as number
    const [half, size] = [cos.shape[1], x.shape[2]]
    const fits =
      x.shape.length === 3 &&
      positions.shape.length === 2 &&
      sameDim(positions.shape[0], x.shape[0]) &&
      sameDim(positions.shape[1], x.shape[1]) &&
      positions.dtype === 'int32' &&
      typeof half === 'number' &&
      2 * half <= width &&
      typeof size === 'number' &&
      size % width === 0 &&
      sameShape(cos.shape, sin.shape)
    if (!fits)
      throw shapeError(
        'rotate',
        [x.shape, positions.shape, cos.shape],
        `must be [B, T, H*W] with W = ${width}, int32 positions [B, T] and tables [S, R/2] with R <= W`,
      )
    return [{ shape: x.shape, dtype: x.dtype }]
  },
}

/** Where tokens stand, and the tables of the rotary angles. */
export interface Rotation {
  /** [B, T], int32. */
  readonly positions: Tensor
  /** [S, R/2] each. */
  readonly cos: Tensor
  readonly sin: Tensor
}

/**
 * Rotary positions (Su et al. 2021) in Llama's half-split layout: of each head's W = `width` numbers in x [B, T, H*W] the
 * first R are rotated by the angles at `positions` [B, T] of the tables [S, R/2]; the rest pass through.
 */
export const rotate = (x: Tensor, { positions, cos, sin }: Rotation, width: number): Tensor =>
  apply(rotateOp, [x, positions, cos, sin], { width })

const mixOp: Op = {
  kind: 'mix',
  infer([scores, values]) {
    const [lead, places] = [scores.shape.slice(0, -1), scores.shape.at(-1)]
    const width = values.shape.at(-1)
    const fits =
      scores.shape.length >= 2 &&
      width !== undefined &&
      sameShape(values.shape, [...lead.slice(0, -1), places as Dim, width])
    if (!fits) throw shapeError('mix', [scores.shape, values.shape], 'must be [..., M, S] and [..., S, W]')
    return [
      { shape: [...lead, width as Dim], dtype: values.dtype },
      { shape: scores.shape, dtype: scores.dtype },
    ]
  },
}

/**
 * Values [..., S, W] mixed by the softmax of scores [..., M, S] over S: gives [..., M, W]. The last step of attention as
 * one operator, since its gradient needs one pass over the scores less than those of its two halves (Dao et al. 2022).
 */
export const mix = (scores: Tensor, values: Tensor): Tensor => applyAll(mixOp, [scores, values])[0]
