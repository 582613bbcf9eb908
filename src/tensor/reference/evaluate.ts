// The reference interpreter: walks a graph and computes every tensor with plain loops in float64. The oracle that the
// ONNX backend and the differentiation rules are checked against, so it shares nothing with either.
import { GradusError } from '../../base/error.ts'
import { bindDim, type Shape, showShape } from '../shape.ts'
import { isConstant, isInput, type Tensor, topologicalOrder } from '../tensor.ts'
import { elementwiseKernels } from './elementwise.ts'
import type { Kernel } from './kernel.ts'
import { nnKernels } from './nn.ts'
import { structureKernels } from './structure.ts'
import { countOf, type Value } from './value.ts'

/** The meaning of every operator, by kind. */
export const kernels: Readonly<Record<string, Kernel>> = { ...elementwiseKernels, ...structureKernels, ...nnKernels }

/** What to evaluate with. */
export interface EvaluateArguments {
  /** Sizes of the named dimensions. */
  readonly sizes?: Readonly<Record<string, number>>
  /** Numbers by input name, row-major; extra ones at the end are left out. */
  readonly feeds?: Readonly<Record<string, ArrayLike<number>>>
}

/**
 * The numbers of every output.
 * @throws `tensor/missing-input`, `tensor/shape`, `tensor/unbound-dimension`, `tensor/index-range`, `tensor/no-kernel`
 */
export function evaluate<Name extends string>(
  outputs: Readonly<Record<Name, Tensor>>,
  { sizes = {}, feeds = {} }: EvaluateArguments = {},
): Record<Name, Value> {
  const bind = (shape: Shape): number[] => shape.map((dim) => bindDim(dim, sizes))
  // All outputs of one application are computed together.
  const values = new Map<readonly Tensor[], readonly Value[]>()
  const resultOf = (tensor: Tensor): Value => (values.get(tensor.siblings) as readonly Value[])[tensor.output]

  const compute = (tensor: Tensor): readonly Value[] => {
    if (isInput(tensor) || isConstant(tensor)) {
      const shape = bind(tensor.shape)
      return [{ shape, data: numbersOf(tensor, shape, feeds) }]
    }
    const kernel = kernels[tensor.op.kind]
    if (!kernel)
      throw new GradusError('tensor/no-kernel', `operator "${tensor.op.kind}" has no reference kernel`, {
        hint: 'Give it one in src/tensor/reference.',
      })
    const shapes = tensor.siblings.map((sibling) => bind(sibling.shape))
    const results = kernel(tensor.inputs.map(resultOf), { node: tensor.siblings[0], shapes, bind })
    return results.map((data, i) => ({ shape: shapes[i], data }))
  }

  for (const tensor of topologicalOrder(Object.values<Tensor>(outputs))) {
    if (!values.has(tensor.siblings)) values.set(tensor.siblings, compute(tensor))
  }
  const named = Object.entries<Tensor>(outputs).map(([name, tensor]) => [name, resultOf(tensor)])
  return Object.fromEntries(named) as Record<Name, Value>
}

/** The numbers of an input or a constant. */
function numbersOf(tensor: Tensor, shape: readonly number[], feeds: EvaluateArguments['feeds'] = {}): Float64Array {
  if (isConstant(tensor)) return Float64Array.from(tensor.data ?? [])
  const name = tensor.attrs.name as string
  const given = feeds[name]
  if (!given) throw new GradusError('tensor/missing-input', `input "${name}" was not given`)
  const count = countOf(shape)
  if (given.length < count)
    throw new GradusError('tensor/shape', `${name} ${showShape(shape)} needs ${count} numbers, got ${given.length}`)
  return Float64Array.from(given).subarray(0, count)
}
