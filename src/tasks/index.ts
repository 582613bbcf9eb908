// Tasks: what can be asked and checked.
export { atLevels } from './at-levels.ts'
export { findTask, tasks } from './catalog.ts'
export { chainArithmetic } from './chain-arithmetic.ts'
export { checkRows } from './check-rows.ts'
// Whether a task is fit to train on.
export type { CheckFailure, CheckOptions, TaskReport } from './check-task.ts'
export { checkTask } from './check-task.ts'
export { countdown } from './countdown.ts'
// What countdown problems are like.
export type { CountdownSurvey } from './countdown-survey.ts'
export { surveyCountdown } from './countdown-survey.ts'
export type { CountdownGoal } from './countdown-verify.ts'
// Which level comes next.
export * from './curriculum/index.ts'
// Problems from files.
export type { DatasetOptions } from './dataset.ts'
export { readDataset, streamProblems } from './dataset.ts'
// Families: tasks declared by how an instance is drawn, shown, solved and judged.
export { completionText, readCompletion } from './family/completion.ts'
export type { Family, Judgement, Slot, Solution } from './family/family.ts'
export type { FamilyTask } from './family/task-of.ts'
export { taskOf } from './family/task-of.ts'
export { hostileTexts } from './hostile-texts.ts'
export { knightsAndKnaves } from './knights-and-knaves.ts'
// Data sets of questions, and where rows come from.
export { questionTasks } from './questions/catalog.ts'
export type { QuestionTask } from './questions/question-task.ts'
export { questionTask } from './questions/question-task.ts'
// Pieces for new tasks.
export { readKnobs } from './read-knobs.ts'
export { hasSplit } from './rows/dataset-folder.ts'
export type { HubOptions } from './rows/hub-dataset.ts'
export { hubDataset, isHubAddress } from './rows/hub-dataset.ts'
export type { ReadRowsOptions } from './rows/read-rows.ts'
export { readRows } from './rows/read-rows.ts'
export type { Row } from './rows/row.ts'
export type { ProblemDraw } from './split-by-content.ts'
export { drawInSplit, problemId, splitOfContent } from './split-by-content.ts'
export { unknownStyle } from './unknown-style.ts'
// Tasks made of tasks.
export type { Wrapper } from './wrap/index.ts'
export { wrappers, wrapTask } from './wrap/index.ts'
