// The lab: recipes compared on one testbed, and what their papers say should be seen, checked.

// reading what was found
export {
  type ArmRuns,
  type DecidedCounts,
  type FinishedRun,
  type MissingRun,
  type RunReader,
  readArmRuns,
  readFinishedRun,
} from './arm-runs.ts'
export { type ClaimResult, checkClaim } from './check-claims.ts'
export { contentHash } from './content-hash.ts'
export { type ArmCurves, type ArmPoint, evaluationCurve, labCurves, metricCurve } from './curves.ts'
export { lockLab } from './lab-lock.ts'
// difficulty by level
export { levelChart } from './levels/level-chart.ts'
export { levelPage } from './levels/level-report.ts'
export {
  type LevelResults,
  type LevelTrend,
  levelTrend,
  passRate,
  readLevelResults,
  writeLevelResults,
} from './levels/level-results.ts'
export { listManifests, type Manifest, readManifest, writeManifest } from './manifest.ts'
// showing it
export { labMarkdown, reportPath } from './markdown.ts'
export { type LabPageContent, labPage, pagePath } from './page/lab-page.ts'
// planning and running
export { type Lab, type LabPlan, type LabRequest, type Planner, planLab } from './plan-lab.ts'
export {
  type QueueFailure,
  type QueueItem,
  type QueueOutcome,
  type QueueSetting,
  type RunStanding,
  runQueue,
  standingOf,
} from './queue.ts'
export { type ClaimingRecipe, isTraining, ownArm } from './recipe-arms.ts'
export { type Cells, describeGaps, describeStart, describeTestbed, rowCells, rowName } from './report-tables.ts'
export {
  type LabResults,
  type LabRuns,
  readLabRuns,
  readResults,
  resultSteps,
  resultsOf,
  type TestbedResult,
} from './results.ts'
export { type LabRow, labRow, type RowSubject, type RunCost } from './rows.ts'
// testbeds
export type { Settings, Testbed } from './testbed.ts'
export { findTestbed, testbeds } from './testbeds.ts'
export { type WrittenReport, writeLabReport } from './write-report.ts'
