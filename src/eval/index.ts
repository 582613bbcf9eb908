// Estimates from counts.

// Of a model.
export { type EvaluateOptions, type Evaluation, evaluate } from './evaluate.ts'

// Intervals around them.
export type { BootstrapOptions, Estimate } from './intervals.ts'
export { bootstrapMean, pairedDifference, wilsonInterval } from './intervals.ts'
export type { Vote } from './maj-at-k.ts'
export { majAtK } from './maj-at-k.ts'
export { nestedMean } from './nested-bootstrap.ts'
export { normalQuantile } from './normal-quantile.ts'
export { passAtK } from './pass-at-k.ts'
