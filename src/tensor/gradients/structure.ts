// Differentiation rules of operators that move, pick, place or sum numbers.
import { cast, div, equal, mul } from '../ops/elementwise.ts'
import { cumulativeSum, gather, oneHot, place, scatterAdd } from '../ops/indexing.ts'
import { keptShape, sum } from '../ops/reduce.ts'
import { broadcastTo, concat, padAxis, reshape, slice, split, transpose } from '../ops/shaping.ts'
import { constant, type Tensor } from '../tensor.ts'
import { type GradientRule, rule, sumToShape } from './rule.ts'

const axesOf = (node: Tensor): readonly number[] => node.attrs.axes as readonly number[]
const number = (node: Tensor, name: string): number => node.attrs[name] as number

/** The reduced gradient with its reduced axes back as ones. */
const kept = (g: Tensor, node: Tensor): Tensor => reshape(g, keptShape(node.inputs[0].shape, axesOf(node)))

/** How many numbers each result of a reduction came from: a number, or counted when the program runs. */
function reducedCount(x: Tensor, axes: readonly number[]): Tensor {
  let fixed = 1
  for (const axis of axes) {
    const size = x.shape[axis]
    if (typeof size !== 'number') return sum(broadcastTo(constant(1), x.shape), axes, true)
    fixed *= size
  }
  return constant(fixed)
}

export const structureGradients: Readonly<Record<string, GradientRule>> = {
  sum: rule((g, node) => [broadcastTo(kept(g, node), node.inputs[0].shape)]),
  mean: rule((g, node) => {
    const [x] = node.inputs
    return [broadcastTo(div(kept(g, node), reducedCount(x, axesOf(node))), x.shape)]
  }),
  max: rule((g, node) => {
    const [x] = node.inputs
    const hit = cast(equal(x, kept(node, node)), 'float32')
    return [mul(div(kept(g, node), sum(hit, axesOf(node), true)), hit)]
  }),
  reshape: rule((g, node) => [reshape(g, node.inputs[0].shape)]),
  transpose: rule((g, node) => {
    const order = node.attrs.order as readonly number[]
    return [
      transpose(
        g,
        order.map((_, axis) => order.indexOf(axis)),
      ),
    ]
  }),
  slice: rule((g, node) => {
    const [axis, start, size] = [number(node, 'axis'), number(node, 'start'), number(node, 'size')]
    return [padAxis(g, axis, start, (node.inputs[0].shape[axis] as number) - start - size)]
  }),
  pad: rule((g, node) => {
    const axis = number(node, 'axis')
    return [slice(g, axis, number(node, 'before'), node.inputs[0].shape[axis] as number)]
  }),
  concat: rule((g, node) => {
    const axis = number(node, 'axis')
    return split(
      g,
      axis,
      node.inputs.map((x) => x.shape[axis]),
    )
  }),
  split: (node, upstream) => [
    concat(
      upstream.map((g, i) => g ?? broadcastTo(constant(0), node.siblings[i].shape)),
      number(node, 'axis'),
    ),
  ],
  broadcastTo: rule((g, node) => [sumToShape(g, node.inputs[0])]),
  gather: rule((g, node) => {
    const [x, indices] = node.inputs
    return [(node.attrs.distinct ? place : scatterAdd)(g, indices, x.shape[0]), undefined]
  }),
  scatterAdd: rule((g, node) => [gather(g, node.inputs[1]), undefined]),
  place: rule((g, node) => [gather(g, node.inputs[1]), undefined]),
  pick: rule((g, node) => {
    const [x, indices] = node.inputs
    const hot = oneHot(indices, x.shape[x.shape.length - 1])
    return [mul(hot, reshape(g, [...g.shape, 1])), undefined]
  }),
  oneHot: (node) => node.inputs.map(() => undefined),
  cumulativeSum: rule((g, node) => [cumulativeSum(g, number(node, 'axis'), !node.attrs.reverse)]),
}
