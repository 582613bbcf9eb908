// What turns gradients into weights, and how fast when.

// optimisers
export type { AdamwConfig } from './adamw.ts'
export { adamw, adamwConfig } from './adamw.ts'
export type { OptimizerConfig } from './catalog.ts'
export { makeOptimizer, optimizerConfig } from './catalog.ts'
// gradient clipping
export type { GradientNorm } from './clip-norm.ts'
export { clipByNorm, globalNorm } from './clip-norm.ts'
// what an optimiser is
export type { Arena, Optimizer, OptimizerState, OptimizerUpdate, Segment } from './optimizer.ts'
export { wholeArena } from './optimizer.ts'

// schedules
export type { ScheduleConfig } from './schedules.ts'
export { scheduleAt, scheduleConfig } from './schedules.ts'
