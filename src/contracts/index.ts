// The types every layer speaks.
export type { Arm, ArmRun, Claim, EvaluationCounts, Finding } from './claim.ts'
export type { Loss, LossInputs, LossTerms, LossWant } from './loss.ts'
export type { MetricName } from './metrics.ts'
export type { Knobs, Message, Problem, Split, Task, Trace, Verdict } from './problem.ts'
export type { EvaluationPlan, Host, Paper, Recipe, RecipeSetting, Stage, Update } from './recipe.ts'
export type {
  Aggregator,
  Assemble,
  Credit,
  Curriculum,
  Group,
  History,
  Plan,
  Rollout,
  Scheduled,
  Source,
  StepContext,
  StepModels,
} from './rollout.ts'
export type {
  Alert,
  Clock,
  EvalSampleRow,
  EventKind,
  MetricRow,
  RolloutRow,
  RunInfo,
  RunSink,
  RunState,
  RunStatus,
} from './run.ts'
export type {
  Capability,
  Sample,
  SampleEvent,
  SampleRequest,
  Sampler,
  SampleSoFar,
  ScoreItem,
  StopReason,
  TokenIds,
  TopTokens,
  Vocab,
  Want,
} from './sample.ts'
export type { SearchEvent, SearchHead, SearchLog } from './search-log.ts'
export type {
  Checkpoint,
  Datum,
  Example,
  Field,
  LossReport,
  OptimizerStep,
  SequenceReport,
  Trainer,
  UpdateReport,
} from './trainer.ts'
