// Curricula over levels.
export type { AdaptiveOptions, AdaptiveState } from './adaptive.ts'
export { adaptive } from './adaptive.ts'
export { curriculumSource } from './curriculum-source.ts'
export type { CyclicalOptions, CyclicalState } from './cyclical.ts'
export { cyclical } from './cyclical.ts'
export type { LevelCurriculum, Observation } from './level-curriculum.ts'
export type { StagedOptions, StagedState } from './staged.ts'
export { staged } from './staged.ts'
