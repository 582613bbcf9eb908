// The tensor engine: symbolic tensors, operators, differentiation, compilation to ONNX Runtime.
export { gradients } from './gradient.ts'
export { type EmitOptions, type EmittedModel, emit } from './onnx/emit.ts'
export {
  abs,
  add,
  cast,
  clamp,
  div,
  equal,
  exp,
  fullLike,
  greater,
  greaterEqual,
  less,
  lessEqual,
  lift,
  log,
  logSigmoid,
  maximum,
  minimum,
  mul,
  neg,
  type Operand,
  reciprocal,
  relu,
  sigmoid,
  sign,
  silu,
  softplus,
  sqrt,
  square,
  stopGradient,
  sub,
  tanh,
  where,
} from './ops/elementwise.ts'
export { cumulativeSum, gather, oneHot, pick, place, scatterAdd } from './ops/indexing.ts'
export { matmul } from './ops/matmul.ts'
export { logSoftmax, mix, normalize, type Rotation, rotate, softmax } from './ops/nn.ts'
export { max, mean, sum } from './ops/reduce.ts'
export { broadcastTo, concat, padAxis, reshape, slice, split, transpose } from './ops/shaping.ts'
export {
  type Binding,
  type CompileOptions,
  Program,
  type RunArguments,
  type RunObserver,
} from './program.ts'
export type { Device, Numbers, Runtime, RuntimeSession, RuntimeTensor, SessionOptions } from './runtime.ts'
export { type Dim, productDim, type Shape, showShape } from './shape.ts'
export { constant, type DType, input, type Tensor } from './tensor.ts'
