// A tensor is a value in a graph: an operator applied to other tensors, with a symbolic shape. Immutable, unnamed,
// owned by nobody; a graph is whatever its outputs reach. Knows nothing of ONNX, sessions or numbers.
import { GradusError } from '../base/error.ts'
import { type Shape, showShape } from './shape.ts'

/** Element types of tensors. int64 is for inputs whose type somebody else fixed: cast them to int32 at once. */
export type DType = 'float32' | 'int32' | 'int64' | 'bool'

/** Settings of an operator: plain data, part of its identity. */
export type Attrs = Readonly<
  Record<string, number | string | boolean | readonly number[] | readonly (number | string)[]>
>

/** Shape and type of one output. */
export interface Aval {
  readonly shape: Shape
  readonly dtype: DType
}

/**
 * An operator: how shapes follow from its inputs. Everything else about it is looked up by `kind` in a table: how it
 * differentiates (`gradients/`), how it becomes ONNX (`onnx/lower.ts`), what it means (`reference/`).
 */
export interface Op {
  readonly kind: string
  infer(inputs: readonly Tensor[], attrs: Attrs): readonly Aval[]
}

/** One output of an operator. */
export interface Tensor {
  readonly op: Op
  readonly inputs: readonly Tensor[]
  readonly attrs: Attrs
  /** Which of the operator's outputs this is. */
  readonly output: number
  readonly shape: Shape
  readonly dtype: DType
  /** All outputs of the same application; `siblings[output]` is this tensor. */
  readonly siblings: readonly Tensor[]
  /** Numbers of a constant. */
  readonly data?: Float32Array | Int32Array
}

/** Applies an operator and returns all its outputs. */
export function applyAll(op: Op, inputs: readonly Tensor[], attrs: Attrs = {}): readonly Tensor[] {
  const siblings: Tensor[] = []
  op.infer(inputs, attrs).forEach(({ shape, dtype }, output) => {
    siblings.push({ op, inputs, attrs, output, shape, dtype, siblings })
  })
  return siblings
}

/** Applies an operator with one output. */
export function apply(op: Op, inputs: readonly Tensor[], attrs: Attrs = {}): Tensor {
  return applyAll(op, inputs, attrs)[0]
}

const inputOp: Op = { kind: 'input', infer: () => [] }
const constantOp: Op = { kind: 'constant', infer: () => [] }

/** A tensor that is fed when the program runs. Names are unique within a program. */
export function input(name: string, shape: Shape, dtype: DType = 'float32'): Tensor {
  return leaf(inputOp, { name }, shape, dtype)
}

/** Numbers baked into the program: a scalar, or data with a fixed shape. */
export function constant(value: number | Float32Array | Int32Array, shape?: readonly number[]): Tensor {
  const data = typeof value === 'number' ? new Float32Array([value]) : value
  const dims = shape ?? (typeof value === 'number' ? [] : [value.length])
  if (dims.reduce((a, b) => a * b, 1) !== data.length)
    throw new GradusError('tensor/shape', `constant: ${data.length} numbers do not fill ${showShape(dims)}`)
  return leaf(constantOp, {}, dims, data instanceof Int32Array ? 'int32' : 'float32', data)
}

function leaf(op: Op, attrs: Attrs, shape: Shape, dtype: DType, data?: Float32Array | Int32Array): Tensor {
  const siblings: Tensor[] = []
  const tensor: Tensor = { op, inputs: [], attrs, output: 0, shape, dtype, siblings, ...(data && { data }) }
  siblings.push(tensor)
  return tensor
}

export const isInput = (x: Tensor): boolean => x.op === inputOp
export const isConstant = (x: Tensor): boolean => x.op === constantOp

/** True for a scalar constant of exactly this value, whatever ones its shape has. */
export function isScalar(x: Tensor, value: number): boolean {
  return isConstant(x) && x.data?.length === 1 && x.data[0] === value
}

/** Every tensor that `outputs` reach, inputs before their users. */
export function topologicalOrder(outputs: readonly Tensor[]): Tensor[] {
  const seen = new Set<Tensor>()
  const order: Tensor[] = []
  // An explicit stack: a training graph is thousands of operators deep.
  const stack: { tensor: Tensor; next: number }[] = []
  const visit = (tensor: Tensor): void => {
    if (!seen.has(tensor)) {
      seen.add(tensor)
      stack.push({ tensor, next: 0 })
    }
  }
  for (const output of outputs) {
    visit(output)
    while (stack.length > 0) {
      const top = stack[stack.length - 1]
      if (top.next < top.tensor.inputs.length) visit(top.tensor.inputs[top.next++])
      else {
        order.push(top.tensor)
        stack.pop()
      }
    }
  }
  return order
}
