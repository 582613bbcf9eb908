// The types every layer speaks.
export type { Loss, LossInputs, LossTerms, LossWant } from './loss.ts'
export type { Knobs, Message, Problem, Split, Task, Trace, Verdict } from './problem.ts'
export type {
  Capability,
  Sample,
  SampleEvent,
  SampleRequest,
  Sampler,
  ScoreItem,
  StopReason,
  TokenIds,
  TopTokens,
  Vocab,
  Want,
} from './sample.ts'
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
