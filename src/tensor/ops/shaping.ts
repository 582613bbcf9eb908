// Operators that move numbers without changing them: reshape, transpose, slice, pad, split, concat, broadcast.
import { type Dim, factorsOf, resolveAxis, type Shape, sameDim, sameShape, shapeError, sumDim } from '../shape.ts'
import { apply, applyAll, type Op, type Tensor } from '../tensor.ts'

const replaceAxis = (shape: Shape, axis: number, dim: Dim): Shape => shape.map((old, i) => (i === axis ? dim : old))

const reshapeOp: Op = {
  kind: 'reshape',
  infer([x], attrs) {
    const shape = attrs.shape as Shape
    if (factorsOf(shape).key !== factorsOf(x.shape).key)
      throw shapeError('reshape', [x.shape, shape], 'hold different numbers of elements')
    return [{ shape, dtype: x.dtype }]
  },
}

/** The same numbers in row-major order under another shape. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  // A chain of reshapes is its last one.
  const source = x.op === reshapeOp ? x.inputs[0] : x
  return sameShape(source.shape, shape) ? source : apply(reshapeOp, [source], { shape })
}

const transposeOp: Op = {
  kind: 'transpose',
  infer([x], attrs) {
    const order = attrs.order as readonly number[]
    if (order.length !== x.shape.length || [...order].sort((a, b) => a - b).some((axis, i) => axis !== i))
      throw shapeError('transpose', [x.shape], `cannot be ordered by [${order.join(', ')}]`)
    return [{ shape: order.map((axis) => x.shape[axis]), dtype: x.dtype }]
  },
}

/** Axes in another order: output axis i is input axis `order[i]`. */
export function transpose(x: Tensor, order: readonly number[]): Tensor {
  const shape = transposeOp.infer([x], { order })[0].shape
  // A transpose of a transpose is one.
  if (x.op === transposeOp) {
    const inner = x.attrs.order as readonly number[]
    return transpose(
      x.inputs[0],
      order.map((axis) => inner[axis]),
    )
  }
  // Where only axes of size one move, no number does.
  const moved = order.filter((axis) => x.shape[axis] !== 1)
  return moved.every((axis, i) => i === 0 || axis > moved[i - 1])
    ? reshape(x, shape)
    : apply(transposeOp, [x], { order })
}

const sliceOp: Op = {
  kind: 'slice',
  infer([x], attrs) {
    const { axis, start, size } = attrs as { axis: number; start: number; size: number }
    const whole = x.shape[axis]
    if (typeof whole !== 'number') throw shapeError('slice', [x.shape], `has a named size on axis ${axis}; use split`)
    if (start < 0 || size < 0 || start + size > whole)
      throw shapeError('slice', [x.shape], `has no elements ${start} to ${start + size} on axis ${axis}`)
    return [{ shape: replaceAxis(x.shape, axis, size), dtype: x.dtype }]
  },
}

/** Elements `start .. start + size` along one axis of fixed size. */
export function slice(x: Tensor, axis: number, start: number, size: number): Tensor {
  const resolved = resolveAxis('slice', x.shape, axis)
  return start === 0 && size === x.shape[resolved] ? x : apply(sliceOp, [x], { axis: resolved, start, size })
}

const padOp: Op = {
  kind: 'pad',
  infer([x], attrs) {
    const { axis, before, after } = attrs as { axis: number; before: number; after: number }
    const whole = x.shape[axis]
    if (typeof whole !== 'number') throw shapeError('pad', [x.shape], `has a named size on axis ${axis}`)
    return [{ shape: replaceAxis(x.shape, axis, whole + before + after), dtype: x.dtype }]
  },
}

/** Zeros added before and after along one axis of fixed size. */
export const padAxis = (x: Tensor, axis: number, before: number, after: number): Tensor =>
  before === 0 && after === 0 ? x : apply(padOp, [x], { axis: resolveAxis('pad', x.shape, axis), before, after })

const concatOp: Op = {
  kind: 'concat',
  infer(inputs, attrs) {
    const axis = attrs.axis as number
    const [{ shape, dtype }] = inputs
    const lineUp = (x: Tensor): boolean =>
      x.dtype === dtype &&
      x.shape.length === shape.length &&
      x.shape.every((dim, i) => i === axis || sameDim(dim, shape[i]))
    if (!inputs.every(lineUp))
      throw shapeError(
        'concat',
        inputs.map((x) => x.shape),
        `do not line up outside axis ${axis}`,
      )
    return [{ shape: replaceAxis(shape, axis, sumDim(inputs.map((x) => x.shape[axis]))), dtype }]
  },
}

/** Tensors joined along one axis. */
export const concat = (inputs: readonly Tensor[], axis: number): Tensor =>
  inputs.length === 1 ? inputs[0] : apply(concatOp, inputs, { axis: resolveAxis('concat', inputs[0].shape, axis) })

const splitOp: Op = {
  kind: 'split',
  infer([x], attrs) {
    const axis = attrs.axis as number
    const sizes = attrs.sizes as readonly Dim[]
    if (!sameDim(sumDim(sizes), x.shape[axis]))
      throw shapeError('split', [x.shape], `cannot be cut into ${sizes.join(' + ')} along axis ${axis}`)
    return sizes.map((size) => ({ shape: replaceAxis(x.shape, axis, size), dtype: x.dtype }))
  },
}

/** Parts along one axis, of the given sizes; named sizes are found when the program runs. */
export function split(x: Tensor, axis: number, sizes: readonly Dim[]): readonly Tensor[] {
  const resolved = resolveAxis('split', x.shape, axis)
  return sizes.length === 1 ? [x] : applyAll(splitOp, [x], { axis: resolved, sizes })
}

/** Exported for the peephole of `elementwise.ts`. */
export const broadcastToOp: Op = {
  kind: 'broadcastTo',
  infer([x], attrs) {
    const shape = attrs.shape as Shape
    const lead = shape.length - x.shape.length
    if (lead < 0 || x.shape.some((dim, axis) => dim !== 1 && !sameDim(dim, shape[axis + lead])))
      throw shapeError('broadcastTo', [x.shape, shape], 'do not fit')
    return [{ shape, dtype: x.dtype }]
  },
}

/** The tensor repeated along axes of size one. */
export const broadcastTo = (x: Tensor, shape: Shape): Tensor =>
  sameShape(x.shape, shape) ? x : apply(broadcastToOp, [x], { shape })
