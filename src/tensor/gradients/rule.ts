// What a differentiation rule is, and the one helper that all of them share.

import { sum } from '../ops/reduce.ts'
import { reshape } from '../ops/shaping.ts'
import { sameShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/**
 * Gradients of an operator's inputs from those of its outputs (undefined: zero; at least one is given). An input
 * that cannot be differentiated, such as indices, gets undefined.
 */
export type GradientRule = (node: Tensor, upstream: readonly (Tensor | undefined)[]) => readonly (Tensor | undefined)[]

/** A rule for operators with one output. */
export const rule =
  (gradient: (g: Tensor, node: Tensor) => readonly (Tensor | undefined)[]): GradientRule =>
  (node, [g]) =>
    g ? gradient(g, node) : node.inputs.map(() => undefined)

/** Sums a gradient over the axes along which `like` was broadcast. */
export function sumToShape(x: Tensor, like: Tensor): Tensor {
  if (sameShape(x.shape, like.shape)) return x
  const lead = x.shape.length - like.shape.length
  const axes = x.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < lead || (like.shape[axis - lead] === 1 && x.shape[axis] !== 1))
  const reduced = axes.length === 0 ? x : sum(x, axes, true)
  return reshape(reduced, like.shape)
}
