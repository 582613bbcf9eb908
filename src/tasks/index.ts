// Tasks: what can be asked and checked.
export { findTask, tasks } from './catalog.ts'
export { chainArithmetic } from './chain-arithmetic.ts'
// Whether a task is fit to train on.
export type { CheckFailure, CheckOptions, TaskReport } from './check-task.ts'
export { checkTask } from './check-task.ts'
export { countdown } from './countdown.ts'
// What countdown problems are like.
export type { CountdownSurvey } from './countdown-survey.ts'
export { surveyCountdown } from './countdown-survey.ts'
export type { CountdownGoal } from './countdown-verify.ts'
// Problems from files.
export type { DatasetOptions } from './dataset.ts'
export { readDataset } from './dataset.ts'
export { hostileTexts } from './hostile-texts.ts'
export { knightsAndKnaves } from './knights-and-knaves.ts'
// Pieces for new tasks.
export { readKnobs } from './read-knobs.ts'
export type { ProblemDraw } from './split-by-content.ts'
export { drawInSplit, problemId, splitOfContent } from './split-by-content.ts'
export { unknownStyle } from './unknown-style.ts'
