// The meaning of operators that move, pick, place or sum numbers.
import { GradusError } from '../../base/error.ts'
import type { Dim } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { type Kernel, kernel } from './kernel.ts'
import { countOf, fill, forEachIn, offsetOf, read, type Value } from './value.ts'

const axisOf = (node: Tensor): number => node.attrs.axis as number

/** Coordinates with one of them changed. */
const shifted = (at: readonly number[], axis: number, by: number): number[] =>
  at.map((position, i) => (i === axis ? position + by : position))

/** An index of gather and its kin; outside the rows it is an error here, whatever another backend makes of it. */
function rowIn(count: number, index: number): number {
  if (index >= 0 && index < count) return index
  throw new GradusError('tensor/index-range', `index ${index} is outside the ${count} rows it picks from`)
}

/** Folds the numbers along the reduced axes into one. */
const fold = (initial: number, combine: (sum: number, x: number) => number): Kernel =>
  kernel(([x], shape, node) => {
    const axes = node.attrs.axes as readonly number[]
    const out = new Float64Array(countOf(shape)).fill(initial)
    forEachIn(x.shape, (at, offset) => {
      const kept = node.attrs.keep
        ? at.map((position, axis) => (axes.includes(axis) ? 0 : position))
        : at.filter((_, axis) => !axes.includes(axis))
      const target = offsetOf(shape, kept)
      out[target] = combine(out[target], x.data[offset])
    })
    return out
  })

const sum = fold(0, (a, b) => a + b)

/** Puts each row where its index says. */
const scatter = (put: (before: number, row: number) => number): Kernel =>
  kernel(([rows, indices], shape) => {
    const out = new Float64Array(countOf(shape))
    forEachIn(rows.shape, (at, offset) => {
      const row = rowIn(shape[0], read(indices, at.slice(0, indices.shape.length)))
      const target = offsetOf(shape, [row, ...at.slice(indices.shape.length)])
      out[target] = put(out[target], rows.data[offset])
    })
    return out
  })

const concat = kernel((parts, shape, node) => {
  const axis = axisOf(node)
  return fill(shape, (at) => {
    let position = at[axis]
    const holdsIt = (part: Value): boolean => {
      if (position < part.shape[axis]) return true
      position -= part.shape[axis]
      return false
    }
    const part = parts.find(holdsIt)
    return part ? read(part, shifted(at, axis, position - at[axis])) : Number.NaN
  })
})

const split: Kernel = ([x], { node, shapes, bind }) => {
  const sizes = bind(node.attrs.sizes as readonly Dim[])
  let start = 0
  return shapes.map((shape, part) => {
    const from = start
    start += sizes[part]
    return fill(shape, (at) => x.data[offsetOf(x.shape, shifted(at, axisOf(node), from))])
  })
}

export const structureKernels: Readonly<Record<string, Kernel>> = {
  sum,
  mean: (inputs, context) => {
    const [total] = sum(inputs, context)
    return [total.map((x) => (x * total.length) / inputs[0].data.length)]
  },
  max: fold(Number.NEGATIVE_INFINITY, Math.max),
  reshape: kernel(([x]) => x.data.slice()),
  transpose: kernel(([x], shape, node) => {
    const order = node.attrs.order as readonly number[]
    return fill(
      shape,
      (at) =>
        x.data[
          offsetOf(
            x.shape,
            order.map((_, axis) => at[order.indexOf(axis)]),
          )
        ],
    )
  }),
  slice: kernel(([x], shape, node) =>
    fill(shape, (at) => x.data[offsetOf(x.shape, shifted(at, axisOf(node), node.attrs.start as number))]),
  ),
  pad: kernel(([x], shape, node) => {
    const axis = axisOf(node)
    return fill(shape, (at) => {
      const from = shifted(at, axis, -(node.attrs.before as number))
      return from[axis] >= 0 && from[axis] < x.shape[axis] ? x.data[offsetOf(x.shape, from)] : 0
    })
  }),
  concat,
  split,
  broadcastTo: kernel(([x], shape) => fill(shape, (at) => read(x, at))),
  gather: kernel(([x, indices], shape) => {
    const depth = indices.shape.length
    return fill(shape, (at) => {
      const row = rowIn(x.shape[0], read(indices, at.slice(0, depth)))
      return x.data[offsetOf(x.shape, [row, ...at.slice(depth)])]
    })
  }),
  scatterAdd: scatter((before, row) => before + row),
  place: scatter((_before, row) => row),
  pick: kernel(([x, indices], shape) => {
    const width = x.shape[x.shape.length - 1]
    return fill(shape, (at) => x.data[offsetOf(x.shape, [...at, rowIn(width, read(indices, at))])])
  }),
  oneHot: kernel(([indices], shape) =>
    fill(shape, (at) => (read(indices, at.slice(0, -1)) === at[at.length - 1] ? 1 : 0)),
  ),
  cumulativeSum: kernel(([x], shape, node) => {
    const axis = axisOf(node)
    return fill(shape, (at) => {
      let total = 0
      const [from, to] = node.attrs.reverse ? [at[axis], shape[axis] - 1] : [0, at[axis]]
      for (let position = from; position <= to; position++) {
        total += x.data[offsetOf(shape, shifted(at, axis, position - at[axis]))]
      }
      return total
    })
  }),
}
