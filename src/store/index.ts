// Run directories: writing, resuming, reading, and the report made from them.

// Comparing and showing
export { checkAlerts } from './alerts.ts'
// Writing and resuming
export type { CheckpointEntry, KeepPolicy } from './checkpoints.ts'
// Reading
export { listCheckpoints, readCheckpoint } from './checkpoints.ts'
export type { ConfigDifference } from './config-difference.ts'
export { configDifferences, describeDifferences } from './config-difference.ts'
export type { Estimate } from './format.ts'
export { formatBytes, formatCount, formatDuration, formatEstimate, formatNumber } from './format.ts'
export type { JsonlChunk } from './jsonl.ts'
export { JsonlWriter, readJsonl } from './jsonl.ts'
export { assertKnownMetric } from './known-metric.ts'
export { isLocked } from './lock.ts'
export type { ReadFrom, RunEntry } from './read-run.ts'
export {
  listEvaluations,
  listRolloutSteps,
  listRuns,
  readEvaluation,
  readEvents,
  readMetrics,
  readRollouts,
  readSpans,
  withoutTimings,
} from './read-run.ts'
export { renderReport } from './report/render-report.ts'
export type {
  Chart,
  FactCell,
  FactTable,
  MeasureColumn,
  Point,
  ReportData,
  ReportSample,
  ReportSection,
  SampleCompletion,
  Series,
  SummaryRow,
  SummaryTable,
} from './report/report-data.ts'
export { reportOfRuns } from './report/report-of-runs.ts'
export type { ResumePoint } from './resume-point.ts'
export { findResumePoint } from './resume-point.ts'
export type { OnDifferent, OpenRun, RunOptions } from './run-directory.ts'
export { createRun, forkRun, openOrCreate, resumeRun } from './run-directory.ts'
export { readConfig, readConfigDiff, readRunInfo } from './run-info.ts'
export type { SinkOptions } from './run-sink.ts'
// Searches
export { listSearches, readSearchLog, SearchLogWriter } from './search-log.ts'
