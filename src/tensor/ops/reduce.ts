// Reductions over axes.
import { resolveAxis, type Shape, shapeError } from '../shape.ts'
import { apply, type Op, type Tensor } from '../tensor.ts'

/** The shape with reduced axes kept as ones. */
export const keptShape = (shape: Shape, axes: readonly number[]): Shape =>
  shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim))

function reduction(kind: string): (x: Tensor, axes?: number | readonly number[], keep?: boolean) => Tensor {
  const op: Op = {
    kind,
    infer([x], attrs) {
      const axes = attrs.axes as readonly number[]
      // A mean of whole numbers would be rounded.
      if (kind === 'mean' && x.dtype !== 'float32') throw shapeError(kind, [x.shape], `is ${x.dtype}, not float32`)
      const shape = attrs.keep ? keptShape(x.shape, axes) : x.shape.filter((_, axis) => !axes.includes(axis))
      return [{ shape, dtype: x.dtype }]
    },
  }
  return (x, axes, keep = false) => {
    const list = axes === undefined ? x.shape.map((_, axis) => axis) : typeof axes === 'number' ? [axes] : axes
    const resolved = list.map((axis) => resolveAxis(kind, x.shape, axis)).sort((a, b) => a - b)
    return resolved.length === 0 ? x : apply(op, [x], { axes: resolved, keep })
  }
}

/** Sum over axes (all by default). */
export const sum = reduction('sum')
/** Mean over axes (all by default). */
export const mean = reduction('mean')
/** Maximum over axes (all by default); ties share the gradient. */
export const max = reduction('max')
