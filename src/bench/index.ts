// Our own speed, measured.

// single measurements, for comparisons with peers
export { type ColdCommand, measureColdStart } from './cold-start.ts'
export { runColdStep } from './cold-step.ts'
export { MatmulProbe } from './matmul-probe.ts'
export { type DecodingSetting, type DecodingSpeed, measureDecoding } from './measure-decoding.ts'
export { type GrpoSpeed, type GrpoStepSeconds, measureGrpo } from './measure-grpo.ts'
export { BENCH_LR, measureTraining, type TrainingSpeed } from './measure-training.ts'
// everything, as one JSON object
export { type BenchOptions, type BenchProgress, type BenchResult, type BenchSizeResult, runBench } from './run-bench.ts'
export { RunTimer } from './run-timer.ts'
// what is measured
export { type BenchSize, benchModel, benchSizes, benchTokenizer, trainingFlopsPerToken, withoutEnd } from './sizes.ts'
export { medianOf, type Spread, spreadOf } from './spread.ts'
export {
  DECODE_CONTEXT,
  decodePrompts,
  GROUP,
  GRPO_PROMPTS,
  LONGEST_COMPLETION,
  type RolloutPlan,
  rolloutPlans,
  trainingRows,
} from './workload.ts'
