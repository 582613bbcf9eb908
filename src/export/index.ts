// What a run recorded, in the formats of other programs, and questions to it in SQL.

// exporting
export { type ExportedRun, type ExportRunOptions, exportRun } from './export-run.ts'
export { exporters } from './exporters.ts'
// asking
export type { Cell, QueryAnswer } from './query/answer.ts'
export { type AnswerFormat, answerFormats, answerText } from './query/answer-text.ts'
export { type QueryLimits, queryRuns } from './query/query-runs.ts'
export type { RunExporter } from './run-exporter.ts'
