// Operators that pick or place elements by integer indices.
import { type Dim, resolveAxis, sameDim, sameShape, shapeError } from '../shape.ts'
import { apply, type Op, type Tensor } from '../tensor.ts'

function needIndices(op: string, x: Tensor, indices: Tensor): void {
  if (indices.dtype !== 'int32')
    throw shapeError(op, [x.shape, indices.shape], `: indices are ${indices.dtype}, not int32`)
}

function needFloats(op: string, rows: Tensor): void {
  if (rows.dtype !== 'float32') throw shapeError(op, [rows.shape], `is ${rows.dtype}, not float32`)
}

const gatherOp: Op = {
  kind: 'gather',
  infer([x, indices]) {
    needIndices('gather', x, indices)
    if (x.shape.length === 0) throw shapeError('gather', [x.shape, indices.shape], ': a scalar has no rows')
    return [{ shape: [...indices.shape, ...x.shape.slice(1)], dtype: x.dtype }]
  },
}

/**
 * Rows of x (axis 0) at the indices: [N, ...] and [I...] give [I..., ...]. Rows may repeat, unless `distinct` promises
 * that they do not (indices of one axis), which makes the gradient cheaper.
 */
export const gather = (x: Tensor, indices: Tensor, { distinct = false } = {}): Tensor =>
  apply(gatherOp, [x, indices], { distinct })

const scatterAddOp: Op = {
  kind: 'scatterAdd',
  infer([rows, indices], attrs) {
    needIndices('scatterAdd', rows, indices)
    needFloats('scatterAdd', rows)
    if (!indices.shape.every((dim, axis) => sameDim(dim, rows.shape[axis])))
      throw shapeError('scatterAdd', [rows.shape, indices.shape], 'do not line up')
    return [{ shape: [attrs.count as Dim, ...rows.shape.slice(indices.shape.length)], dtype: rows.dtype }]
  },
}

/** Sums rows into `count` places: [I..., ...] and [I...] give [count, ...]. The adjoint of {@link gather}. */
export const scatterAdd = (rows: Tensor, indices: Tensor, count: Dim): Tensor =>
  apply(scatterAddOp, [rows, indices], { count })

const placeOp: Op = {
  kind: 'place',
  infer([rows, indices], attrs) {
    needIndices('place', rows, indices)
    needFloats('place', rows)
    if (indices.shape.length !== 1 || !sameDim(indices.shape[0], rows.shape[0]))
      throw shapeError('place', [rows.shape, indices.shape], 'need one index a row')
    return [{ shape: [attrs.count as Dim, ...rows.shape.slice(1)], dtype: rows.dtype }]
  },
}

/** Rows [N, ...] put at distinct indices [N] of `count` rows, zeros elsewhere: scatterAdd for indices that never repeat. */
export const place = (rows: Tensor, indices: Tensor, count: Dim): Tensor => apply(placeOp, [rows, indices], { count })

const pickOp: Op = {
  kind: 'pick',
  infer([x, indices]) {
    needIndices('pick', x, indices)
    if (indices.shape.length === 0) throw shapeError('pick', [x.shape, indices.shape], 'need an axis before the last')
    if (!sameShape(x.shape.slice(0, -1), indices.shape))
      throw shapeError('pick', [x.shape, indices.shape], 'need one index for each row of the last axis')
    return [{ shape: indices.shape, dtype: x.dtype }]
  },
}

/** One element of the last axis at each place: [..., V] and [...] give [...]. */
export const pick = (x: Tensor, indices: Tensor): Tensor => apply(pickOp, [x, indices])

const oneHotOp: Op = {
  kind: 'oneHot',
  infer([indices], attrs) {
    needIndices('oneHot', indices, indices)
    if (indices.shape.length === 0) throw shapeError('oneHot', [indices.shape], 'needs an axis')
    return [{ shape: [...indices.shape, attrs.depth as Dim], dtype: 'float32' }]
  },
}

/** 1 at the index and 0 elsewhere on a new last axis. */
export const oneHot = (indices: Tensor, depth: Dim): Tensor => apply(oneHotOp, [indices], { depth })

const cumulativeSumOp: Op = {
  kind: 'cumulativeSum',
  infer: ([x]) => [{ shape: x.shape, dtype: x.dtype }],
}

/** Running sums along an axis; `reverse` sums from the end (returns to go). */
export const cumulativeSum = (x: Tensor, axis: number, reverse = false): Tensor =>
  apply(cumulativeSumOp, [x], { axis: resolveAxis('cumulativeSum', x.shape, axis), reverse })
