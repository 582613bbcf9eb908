// Runs compared with a baseline: differences with intervals, tests, curves at equal budgets.

// a comparison from its request to its report, and as plain data
export { type CompareRequest, compareRuns, readMetric } from './compare-runs.ts'
export { comparisonJson, rowJson } from './comparison-json.ts'
// what runs spent, and scores over it
export { costOf, type SubjectCost } from './cost.ts'
export {
  type Axis,
  axes,
  axisNames,
  type CompareCurve,
  type CurveOptions,
  type CurvePoint,
  curvesOf,
} from './curves.ts'
// in words
export { headLine, metricName, notesOf, samplesEach, testLine } from './notes.ts'
// reading what is compared
export { type EvaluationRecord, readEvaluationFile } from './read-evaluation.ts'
export type { ComparisonReport } from './report.ts'
export {
  type CompareMetric,
  type CompareRow,
  type Correction,
  compareRows,
  correct,
  corrections,
  type Measured,
  measure,
  seedsOf,
} from './rows.ts'
export { configChanges, type SettingLine, settingLines } from './settings.ts'
export {
  evaluationPath,
  evaluationPathOf,
  findBaseline,
  findSubjects,
  type Given,
  type Member,
  type Sources,
  type Subject,
} from './subjects.ts'
