// What a kernel of the reference interpreter is: the meaning of one operator, in numbers. Knows nothing of ONNX.
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import type { Value } from './value.ts'

/** What a kernel may use beside its inputs. */
export interface KernelContext {
  /** The first output: its attributes and type. */
  readonly node: Tensor
  /** Shape of each output in numbers. */
  readonly shapes: readonly (readonly number[])[]
  /** A symbolic shape in numbers. */
  bind(shape: Shape): number[]
}

/** The numbers of every output from those of the inputs. */
export type Kernel = (inputs: readonly Value[], context: KernelContext) => readonly Float64Array[]

/** A kernel of an operator with one output, given that output's shape. */
export const kernel =
  (
    compute: (inputs: readonly Value[], shape: readonly number[], node: Tensor, context: KernelContext) => Float64Array,
  ): Kernel =>
  (inputs, context) => [compute(inputs, context.shapes[0], context.node, context)]
