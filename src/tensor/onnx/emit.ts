// From output tensors to an ONNX model: walks the graph once, merging applications that are the same (common
// sub-expressions), and finds the run-time size of every named dimension from the inputs that have it (or from an input of its own).
import { GradusError } from '../../base/error.ts'
import type { Device } from '../runtime.ts'
import { type Dim, factorsOf, productDim, type Shape, sameShape, showShape } from '../shape.ts'
import { isConstant, isInput, type Tensor, topologicalOrder } from '../tensor.ts'
import { type LoweringContext, lowerings } from './lowering.ts'
import { ModelWriter } from './model-writer.ts'

/** An ONNX model with what its runner must know. */
export interface EmittedModel {
  readonly bytes: Uint8Array
  readonly inputs: readonly Tensor[]
  /** Named dimensions that no input has: each is an int64 input `size.NAME` of its own. */
  readonly sizeInputs: readonly string[]
  /** Nodes written, for tests and profiles. */
  readonly nodes: number
}

/** How to write a model. */
export interface EmitOptions {
  /** Numbers of inputs that become part of the model, under their names. */
  readonly initializers?: ReadonlyMap<string, Float32Array | Int32Array>
  /** Where it will run, for what differs between kernels; default the CPU. */
  readonly device?: Device
}

/** Writes the model that computes the named outputs. */
export function emit(
  outputs: Readonly<Record<string, Tensor>>,
  { initializers = new Map(), device = 'cpu' }: EmitOptions = {},
): EmittedModel {
  const writer = new ModelWriter()
  const names = new Map<Tensor, string>()
  const merged = new Map<string, readonly string[]>()
  const order = topologicalOrder(Object.values(outputs))
  const [baked, inputs] = partition(distinctInputs(order), (x) => initializers.has(x.attrs.name as string))
  let count = 0
  const taken = new Set([...order.filter(isInput).map((x) => x.attrs.name as string), ...Object.keys(outputs)])
  const fresh = (): string => {
    const name = `v${count++}`
    return taken.has(name) ? fresh() : name
  }
  const sizeInputs: string[] = []
  for (const { attrs, dtype, shape } of inputs) writer.input({ name: attrs.name as string, type: dtype, shape })
  for (const tensor of baked) writeInitializer(writer, tensor, initializers)
  const context: LoweringContext = { writer, device, fresh, ...sizeVectors(writer, inputs, sizeInputs, fresh) }
  const wanted = new Map<Tensor, string>()
  for (const [name, tensor] of Object.entries(outputs)) {
    if (inputs.some(({ attrs }) => attrs.name === name))
      throw new GradusError('tensor/duplicate-name', `"${name}" is both an input and an output`, {
        hint: 'Give the output another name.',
      })
    if (!wanted.has(tensor)) wanted.set(tensor, name)
  }

  for (const tensor of order) {
    if (isInput(tensor)) {
      names.set(tensor, tensor.attrs.name as string)
      continue
    }
    const constantData = isConstant(tensor) ? tensor.data : undefined
    const key = constantData
      ? constantData.length <= 16 && `const ${tensor.dtype} ${tensor.shape} ${constantData.join(',')}`
      : `${tensor.op.kind} ${JSON.stringify(tensor.attrs)} ${tensor.inputs.map((x) => names.get(x)).join(',')}`
    let outs = key ? merged.get(key) : undefined
    if (!outs) {
      // A result is written under the output's name at once where it can be: an Identity would copy it.
      outs = tensor.siblings.map((output) => (constantData ? undefined : wanted.get(output)) ?? fresh())
      if (constantData) writer.constant(outs[0], tensor.dtype, tensor.shape as number[], constantData)
      else {
        const lowering = lowerings[tensor.op.kind]
        if (!lowering)
          throw new GradusError('tensor/no-lowering', `operator "${tensor.op.kind}" cannot be written as ONNX`)
        lowering(
          tensor,
          tensor.inputs.map((x) => names.get(x) as string),
          outs,
          context,
        )
      }
      if (key) merged.set(key, outs)
    }
    names.set(tensor, outs[tensor.output])
  }
  for (const [name, tensor] of Object.entries(outputs)) {
    // Two outputs may be one tensor, and one may be an input or a constant.
    if (names.get(tensor) !== name) writer.node('Identity', [names.get(tensor) as string], [name])
    writer.output({ name, type: tensor.dtype, shape: tensor.shape })
  }
  return { bytes: writer.finish(), inputs, sizeInputs, nodes: count }
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}

function writeInitializer(
  writer: ModelWriter,
  { attrs, dtype, shape }: Tensor,
  initializers: NonNullable<EmitOptions['initializers']>,
): void {
  const name = attrs.name as string
  const data = initializers.get(name) ?? new Float32Array(0)
  if (productDim(shape) !== data.length)
    throw new GradusError('tensor/shape', `initialiser "${name}" ${showShape(shape)} is given ${data.length} numbers`)
  writer.constant(name, dtype, shape as number[], data)
}

/** The inputs that are reached. Two of one name are one input, and must agree. */
function distinctInputs(order: readonly Tensor[]): Tensor[] {
  const byName = new Map<string, Tensor>()
  for (const tensor of order) {
    if (!isInput(tensor)) continue
    const name = tensor.attrs.name as string
    const other = byName.get(name)
    if (other && (other.dtype !== tensor.dtype || !sameShape(other.shape, tensor.shape)))
      throw new GradusError(
        'tensor/duplicate-input',
        `input "${name}" is both ${other.dtype} ${showShape(other.shape)} and ${tensor.dtype} ${showShape(tensor.shape)}`,
        { hint: 'Give one of them another name.' },
      )
    if (!other) byName.set(name, tensor)
  }
  return [...byName.values()]
}

/** Run-time shapes: each named dimension is read off the first input that has it. */
function sizeVectors(
  writer: ModelWriter,
  inputs: readonly Tensor[],
  sizeInputs: string[],
  fresh: () => string,
): Pick<LoweringContext, 'shapeVector' | 'ones' | 'wide'> {
  const vectors = new Map<string, string>()
  const ones = new Map<number, string>()
  const wides = new Map<string, string>()
  /** A vector of one element holding a dimension's size. */
  const dimVector = (dim: Dim): string => {
    if (typeof dim === 'number') return writer.int64s([dim])
    const known = vectors.get(dim)
    if (known) return known
    const name = measure(dim)
    vectors.set(dim, name)
    return name
  }
  const combine = (op: 'Mul' | 'Add', parts: readonly string[]): string =>
    parts.reduce((left, right) => {
      const out = fresh()
      writer.node(op, [left, right], [out])
      return out
    })
  const measure = (dim: string): string => {
    for (const input of inputs) {
      const axis = input.shape.indexOf(dim)
      if (axis < 0) continue
      const name = fresh()
      writer.node('Shape', [input.attrs.name as string], [name], { start: axis, end: axis + 1 })
      return name
    }
    const { number, names } = factorsOf([dim])
    if (number === 1 && names.length === 1 && dim.startsWith('('))
      return combine(
        'Add',
        topLevelTerms(dim.slice(1, -1)).map((term) => dimVector(/^\d+$/.test(term) ? Number(term) : term)),
      )
    if (names.length + (number === 1 ? 0 : 1) > 1)
      return combine('Mul', [...(number === 1 ? [] : [dimVector(number)]), ...names.map(dimVector)])
    sizeInputs.push(dim)
    writer.input({ name: `size.${dim}`, type: 'int64', shape: [1] })
    return `size.${dim}`
  }
  return {
    shapeVector(shape: Shape): string {
      if (shape.every((dim) => typeof dim === 'number')) return writer.int64s(shape as number[])
      const key = `shape ${shape.join(',')}`
      const known = vectors.get(key)
      if (known) return known
      const name = fresh()
      writer.node('Concat', shape.map(dimVector), [name], { axis: 0 })
      vectors.set(key, name)
      return name
    },
    wide(indices: string): string {
      const known = wides.get(indices)
      if (known) return known
      const name = fresh()
      writer.node('Cast', [indices], [name], { to: 7 })
      wides.set(indices, name)
      return name
    },
    ones(size: number): string {
      const known = ones.get(size)
      if (known) return known
      const name = fresh()
      writer.constant(name, 'float32', [size], new Float32Array(size).fill(1))
      ones.set(size, name)
      return name
    },
  }
}

/** The terms of a sum, not splitting inside parentheses. */
function topLevelTerms(text: string): string[] {
  let depth = 0
  let start = 0
  const terms: string[] = []
  for (let i = 0; i <= text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')') depth--
    else if (i === text.length || (text[i] === '+' && depth === 0)) {
      terms.push(text.slice(start, i))
      start = i + 1
    }
  }
  return terms
}
