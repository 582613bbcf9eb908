// How each operator becomes ONNX nodes: one entry per kind. The names of inputs and outputs are given; shapes with
// named dimensions are turned into run-time vectors by the context.
import type { Device } from '../runtime.ts'
import { type Dim, productDim, type Shape } from '../shape.ts'
import type { DType, Tensor } from '../tensor.ts'
import type { ModelWriter, OnnxAttribute } from './model-writer.ts'

/** What a lowering may use. */
export interface LoweringContext {
  readonly writer: ModelWriter
  /** Where the model will run. */
  readonly device: Device
  /** A fresh name for an intermediate value. */
  fresh(): string
  /** The name of an int64 vector holding a shape, known now or when the program runs. */
  shapeVector(shape: Shape): string
  /** The name of an int32 value as int64, cast once. */
  wide(indices: string): string
  /** The name of a float constant that fills a shape's last axis with ones. */
  ones(size: number): string
}

/** Writes the nodes of one operator application. */
export type Lowering = (node: Tensor, inputs: readonly string[], outputs: readonly string[], c: LoweringContext) => void

const direct =
  (op: string, attributes: Readonly<Record<string, OnnxAttribute>> = {}, domain = ''): Lowering =>
  (_node, inputs, outputs, { writer }) =>
    writer.node(op, inputs, outputs, attributes, domain)

const onnxTypes: Record<DType, number> = { float32: 1, int32: 6, int64: 7, bool: 9 }

const reduceBy =
  (op: 'ReduceSum' | 'ReduceMean' | 'ReduceMax'): Lowering =>
  (node, [x], outputs, { writer }) => {
    const axes = node.attrs.axes as readonly number[]
    const keepdims = node.attrs.keep ? 1 : 0
    // In operator set 17 only ReduceSum takes its axes as an input.
    if (op === 'ReduceSum') writer.node(op, [x, writer.int64s(axes)], outputs, { keepdims })
    else writer.node(op, [x], outputs, { axes, keepdims })
  }

export const lowerings: Readonly<Record<string, Lowering>> = {
  add: direct('Add'),
  sub: direct('Sub'),
  mul: direct('Mul'),
  div: direct('Div'),
  maximum: direct('Max'),
  minimum: direct('Min'),
  greater: direct('Greater'),
  greaterEqual: direct('GreaterOrEqual'),
  less: direct('Less'),
  lessEqual: direct('LessOrEqual'),
  equal: direct('Equal'),
  neg: direct('Neg'),
  exp: direct('Exp'),
  log: direct('Log'),
  sqrt: direct('Sqrt'),
  reciprocal: direct('Reciprocal'),
  abs: direct('Abs'),
  sign: direct('Sign'),
  tanh: direct('Tanh'),
  sigmoid: direct('Sigmoid'),
  relu: direct('Relu'),
  softplus: direct('Softplus'),
  silu: direct('QuickGelu', { alpha: { float: 1 } }, 'com.microsoft'),
  stopGradient: direct('Identity'),
  where: direct('Where'),
  cast: (node, inputs, outputs, { writer }) =>
    writer.node('Cast', inputs, outputs, { to: onnxTypes[node.attrs.to as DType] }),
  sum: reduceBy('ReduceSum'),
  mean: reduceBy('ReduceMean'),
  max: reduceBy('ReduceMax'),
  reshape(node, [x], outputs, c) {
    const target = reshapeTarget(node.inputs[0].shape, node.shape)
    if (target) c.writer.node('Reshape', [x, c.writer.int64s(target)], outputs)
    // With allowzero a size that turns out to be zero means zero, not a copy of the input's.
    else c.writer.node('Reshape', [x, c.shapeVector(node.shape)], outputs, { allowzero: 1 })
  },
  transpose: (node, inputs, outputs, { writer }) =>
    writer.node('Transpose', inputs, outputs, { perm: node.attrs.order as readonly number[] }),
  slice(node, [x], outputs, { writer }) {
    const { axis, start, size } = node.attrs as { axis: number; start: number; size: number }
    writer.node('Slice', [x, writer.int64s([start]), writer.int64s([start + size]), writer.int64s([axis])], outputs)
  },
  pad(node, [x], outputs, { writer }) {
    const { axis, before, after } = node.attrs as { axis: number; before: number; after: number }
    const pads = new Array<number>(2 * node.shape.length).fill(0)
    pads[axis] = before
    pads[axis + node.shape.length] = after
    writer.node('Pad', [x, writer.int64s(pads)], outputs)
  },
  concat: (node, inputs, outputs, { writer }) =>
    writer.node('Concat', inputs, outputs, { axis: node.attrs.axis as number }),
  split: (node, [x], outputs, c) =>
    c.writer.node('Split', [x, c.shapeVector(node.attrs.sizes as readonly Dim[])], outputs, {
      axis: node.attrs.axis as number,
    }),
  broadcastTo: (node, [x], outputs, c) => c.writer.node('Expand', [x, c.shapeVector(node.shape)], outputs),
  gather: direct('Gather', { axis: 0 }),
  scatterAdd: lowerScatterAdd,
  place: lowerPlace,
  pick(node, [x, indices], outputs, { writer, fresh }) {
    const [column, picked] = [fresh(), fresh()]
    writer.node('Unsqueeze', [indices, writer.int64s([-1])], [column])
    writer.node('GatherElements', [x, column], [picked], { axis: node.shape.length })
    writer.node('Squeeze', [picked, writer.int64s([-1])], outputs)
  },
  oneHot(node, [indices], outputs, c) {
    const depth = node.attrs.depth as Dim
    if (typeof depth === 'number') return hotRows(indices, depth, outputs[0], c)
    const { writer, fresh, wide, shapeVector } = c
    const values = fresh()
    writer.constant(values, 'float32', [2], new Float32Array([0, 1]))
    writer.node('OneHot', [wide(indices), shapeVector([depth]), values], outputs, { axis: -1 })
  },
  cumulativeSum: (node, [x], outputs, { writer }) =>
    writer.node('CumSum', [x, writer.int64s([node.attrs.axis as number], true)], outputs, {
      reverse: node.attrs.reverse ? 1 : 0,
    }),
  matmul(node, inputs, outputs, { writer }) {
    const { transA, transB, alpha } = node.attrs as { transA: boolean; transB: boolean; alpha: number }
    const flags = { transA: transA ? 1 : 0, transB: transB ? 1 : 0, alpha: { float: alpha } }
    if (node.inputs.every((x) => x.shape.length === 2)) writer.node('Gemm', inputs, outputs, flags)
    else if (!transA && !transB && alpha === 1) writer.node('MatMul', inputs, outputs)
    else writer.node('FusedMatMul', inputs, outputs, flags, 'com.microsoft')
  },
  softmax: direct('Softmax', { axis: -1 }),
  logSoftmax: direct('LogSoftmax', { axis: -1 }),
  normalize(node, [x, gain], outputs, c) {
    const { siblings, attrs } = node
    const eps = attrs.eps as number
    const width = siblings[0].shape[siblings[0].shape.length - 1] as number
    // The second output of WebGPU's kernel is the mean, where that of all others is the inverse of the root (1.30).
    const own = c.device === 'webgpu' ? outputs.slice(0, 1) : outputs
    c.writer.node('SimplifiedLayerNormalization', [x, gain ?? c.ones(width)], own, {
      axis: -1,
      epsilon: { float: eps },
      stash_type: 1,
    })
    if (c.device === 'webgpu') inverseRoot(x, eps, outputs[1], c)
  },
  rotate(node, [x, positions, cos, sin], outputs, { writer, wide }) {
    const width = node.attrs.width as number
    const rotated = 2 * (node.inputs[2].shape[1] as number)
    const partial: Record<string, number> = rotated < width ? { rotary_embedding_dim: rotated } : {}
    const heads = { num_heads: (node.shape[2] as number) / width }
    writer.node('RotaryEmbedding', [x, wide(positions), cos, sin], outputs, { ...heads, ...partial }, 'com.microsoft')
  },
  mix(_node, [scores, values], [mixed, weights], { writer }) {
    writer.node('Softmax', [scores], [weights], { axis: -1 })
    writer.node('MatMul', [weights, values], [mixed])
  },
}

/**
 * A Reshape target known now: 0 copies a dimension, one -1 is worked out. Undefined where sizes are needed: for two -1,
 * and for a -1 beside a copy, which cannot be worked out when the copy is zero.
 */
function reshapeTarget(from: Shape, to: Shape): number[] | undefined {
  const target = to.map((dim, axis) => (typeof dim === 'number' && dim !== 0 ? dim : dim === from[axis] ? 0 : -1))
  const unknown = target.filter((dim) => dim === -1).length
  return unknown === 0 || (unknown === 1 && !target.includes(0)) ? target : undefined
}

/** 1 / sqrt(mean(x^2) + eps) over the last axis. */
function inverseRoot(x: string, eps: number, output: string, { writer, fresh }: LoweringContext): void {
  const [square, mean, small, sum, root] = [fresh(), fresh(), fresh(), fresh(), fresh()]
  writer.node('Mul', [x, x], [square])
  writer.node('ReduceMean', [square], [mean], { axes: [-1], keepdims: 1 })
  writer.constant(small, 'float32', [], Float32Array.of(eps))
  writer.node('Add', [mean, small], [sum])
  writer.node('Sqrt', [sum], [root])
  writer.node('Reciprocal', [root], [output])
}

/** The name of zeros to scatter into. */
function zeros(node: Tensor, c: LoweringContext): string {
  const name = c.fresh()
  c.writer.node('ConstantOfShape', [c.shapeVector(node.shape)], [name])
  return name
}

/** 1 where the index is and 0 elsewhere: a comparison, since the kernel of OneHot runs on one thread. */
function hotRows(indices: string, depth: number, output: string, { writer, fresh }: LoweringContext): void {
  const [places, column, equal] = [fresh(), fresh(), fresh()]
  writer.constant(
    places,
    'int32',
    [depth],
    Int32Array.from({ length: depth }, (_, i) => i),
  )
  writer.node('Unsqueeze', [indices, writer.int64s([-1])], [column])
  writer.node('Equal', [column, places], [equal])
  writer.node('Cast', [equal], [output], { to: 1 })
}

/** Up to here a product with one-hot rows is faster than ScatterElements (1.0 and 1.6 ms for 4,096 rows of 128 into 128). */
const FEW_ROWS = 128

/**
 * Not ScatterND, whose CPU kernel adds from several threads at once and loses sums where indices repeat (seen from 4096
 * rows of 128 on). ScatterElements goes through its updates in order, with an index for every number.
 */
function lowerScatterAdd(
  node: Tensor,
  [rows, indices]: readonly string[],
  outputs: readonly string[],
  c: LoweringContext,
): void {
  const { writer, fresh } = c
  const [rowShape, indexShape] = node.inputs.map((x) => x.shape)
  const count = node.shape[0]
  const rest = rowShape.slice(indexShape.length)
  const flatShape = [productDim(indexShape), ...rest]
  const flattened = (name: string, shape: Shape): string => {
    if (indexShape.length === 1) return name
    const flat = fresh()
    writer.node('Reshape', [name, c.shapeVector(shape)], [flat], { allowzero: 1 })
    return flat
  }
  const flat = flattened(rows, flatShape)
  if (rest.length === 1 && typeof count === 'number' && count <= FEW_ROWS) {
    const hot = fresh()
    hotRows(flattened(indices, [flatShape[0]]), count, hot, c)
    writer.node('Gemm', [hot, flat], outputs, { transA: 1 })
    return
  }
  const [column, all] = [fresh(), fresh()]
  const columnShape = c.shapeVector([flatShape[0], ...rest.map(() => 1)])
  writer.node('Reshape', [c.wide(indices), columnShape], [column], { allowzero: 1 })
  writer.node('Expand', [column, c.shapeVector(flatShape)], [all])
  writer.node('ScatterElements', [zeros(node, c), all, flat], outputs, { axis: 0, reduction: 'add' })
}

function lowerPlace(
  node: Tensor,
  [rows, indices]: readonly string[],
  outputs: readonly string[],
  c: LoweringContext,
): void {
  const column = c.fresh()
  // ScatterND takes int64 indices with a last axis of one coordinate.
  c.writer.node('Unsqueeze', [c.wide(indices), c.writer.int64s([-1])], [column])
  c.writer.node('ScatterND', [zeros(node, c), column, rows], outputs)
}
