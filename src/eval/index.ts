// Estimates from counts.

// Many comparisons at once.
export { benjaminiHochberg, holm } from './adjust-p.ts'
// One problem's samples as a number.
export { bestAtN, type ScoredSample } from './best-at-n.ts'
// Scores against what they cost.
export { type BudgetPoint, commonBudget, meanOverBudget, valueAtBudget } from './budget-curve.ts'
// Confidences.
export {
  type Calibration,
  type CalibrationOptions,
  type ConfidentAnswer,
  calibration,
  type ReliabilityBin,
} from './calibration.ts'
export { clusteredWilson } from './clustered-wilson.ts'
// Two systems.
export { type Comparison, type ComparisonTest, comparePaired, compareUnpaired } from './compare-scores.ts'
// Of a model.
export { type AnswerClasses, type EvaluateOptions, type Evaluation, evaluate } from './evaluate.ts'
// Intervals around them.
export type { BootstrapOptions, Estimate } from './intervals.ts'
export { bootstrapMean, pairedDifference, wilsonInterval } from './intervals.ts'
export type { Vote } from './maj-at-k.ts'
export { majAtK } from './maj-at-k.ts'
export { type McNemar, mcnemar } from './mcnemar.ts'
export { meanAtK } from './mean-at-k.ts'
export { nestedMean } from './nested-bootstrap.ts'
export { type NestedDifference, nestedDifference, type SeedScores } from './nested-difference.ts'
export { normalCdf } from './normal-cdf.ts'
export { normalQuantile } from './normal-quantile.ts'
export { pairedProportions } from './paired-proportions.ts'
export { passAtK } from './pass-at-k.ts'
// How many problems or seeds.
export {
  detectableMean,
  detectablePaired,
  detectableUnpaired,
  type PairedProportions,
  type PowerOptions,
  powerPaired,
  powerUnpaired,
  problemsPaired,
  problemsUnpaired,
  runsForMean,
} from './power.ts'
export {
  estimateMeasure,
  estimateScores,
  type JudgedSample,
  measureName,
  type ProblemMeasure,
  problemScore,
  readMeasure,
} from './problem-scores.ts'
// Under which conditions.
export { type Conditions, problemsHash, protocolOf } from './protocol.ts'
export { labelShuffleTest, type PermutationOptions, type PermutationTest, signFlipTest } from './sign-flip.ts'
