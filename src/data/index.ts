// Problems that repeat, and problems that a test set asks.
export type { Contamination, ContaminationOptions } from './contamination.ts'
export { ContaminationIndex } from './contamination.ts'
export type { Duplicate, DuplicateOptions } from './duplicates.ts'
export { removeDuplicates } from './duplicates.ts'
