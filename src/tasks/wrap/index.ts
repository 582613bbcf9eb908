// Wrappers: tasks made of tasks.
export { compose } from './compose.ts'
export { corruptTrace } from './corrupt-trace.ts'
export { dialect } from './dialect.ts'
export { distract } from './distract.ts'
// By name.
export type { Wrapper } from './find-wrapped.ts'
export { canWrap, findWrapped, wrappers, wrapTask } from './find-wrapped.ts'
export { invert } from './invert.ts'
export { noise } from './noise.ts'
export { perturb } from './perturb.ts'
export { rename } from './rename.ts'
export { unanswerable } from './unanswerable.ts'
