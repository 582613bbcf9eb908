// Estimates from counts.
export { passAtK } from './pass-at-k.ts'
export type { Vote } from './maj-at-k.ts'
export { majAtK } from './maj-at-k.ts'

// Intervals around them.
export type { BootstrapOptions, Estimate } from './intervals.ts'
export { bootstrapMean, pairedDifference, wilsonInterval } from './intervals.ts'
export { normalQuantile } from './normal-quantile.ts'
