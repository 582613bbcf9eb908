// What a paper says should be seen, as a check over runs that can fail. Types only.
import type { MetricRow } from './run.ts'

/** A kind of run that a claim looks at: a recipe, and what is changed in its configuration. */
export interface Arm {
  readonly recipe: string
  readonly settings?: Readonly<Record<string, unknown>>
}

/** What an evaluation saw: of each problem, in a fixed order, how many of its samples were right. */
export interface EvaluationCounts {
  readonly samples: number
  readonly right: readonly number[]
  /** Of each problem, how many of its samples have a verdict; without it, all. */
  readonly decided?: readonly number[]
}

/** One run of an arm. All runs of a testbed start from one model and are evaluated on the same problems. */
export interface ArmRun {
  readonly seed: number
  /** Of the model that it started from. */
  readonly first: EvaluationCounts
  readonly last: EvaluationCounts
  readonly metrics: readonly MetricRow[]
}

/** What came of a check. `not held`: the evidence is against the claim; `inconclusive`: it says neither. */
export interface Finding {
  readonly outcome: 'held' | 'not held' | 'inconclusive'
  /** The numbers with their intervals, in a sentence. */
  readonly evidence: string
}

/** An observable effect on a testbed. */
export interface Claim {
  /** One sentence. */
  readonly statement: string
  /** Id of the testbed; default: any, the first one. */
  readonly testbed?: string
  readonly arms: Readonly<Record<string, Arm>>
  /** Runs of each arm, in the same order of seeds. */
  check(runs: Readonly<Record<string, readonly ArmRun[]>>): Finding
}
