// The reference interpreter: what every operator means, in float64 and plain loops; for tests of anything built on tensors.
export { type EvaluateArguments, evaluate, kernels } from './evaluate.ts'
export { finiteDifferences } from './finite-differences.ts'
export type { Kernel, KernelContext } from './kernel.ts'
export type { Value } from './value.ts'
