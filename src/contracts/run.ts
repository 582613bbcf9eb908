// What a training loop writes to, what a run is known by, and the rows of its files. Types only.
// The loop sees a RunSink and never a file; src/store puts one on top of a run directory.
import type { Json } from '../base/json.ts'
import type { MetricName } from './metrics.ts'
import type { StopReason } from './sample.ts'

/** Time as a parameter. */
export interface Clock {
  /** Milliseconds since a fixed point; only differences mean anything. */
  nowMs(): number
  /** The moment now, ISO 8601 in UTC. */
  iso(): string
}

/** `interrupted` can be resumed; so can `failed` once its cause is gone. */
export type RunStatus = 'running' | 'done' | 'failed' | 'interrupted'

/** `run.json`. */
export interface RunInfo {
  readonly schema: 1
  readonly id: string
  readonly status: RunStatus
  /** Why it ended, in words. */
  readonly exitReason?: string
  readonly recipe: string
  readonly task: string
  readonly seeds: readonly number[]
  /** The command line that started it. */
  readonly command?: string
  /** Id of the run that it was forked from. */
  readonly parent?: string
  /** Git revision of the code. */
  readonly git?: string
  readonly versions: Readonly<Record<string, string>>
  readonly host: Readonly<Record<string, Json>>
  readonly startedAt: string
  readonly endedAt?: string
  /** How often it was taken up again. */
  readonly resumes: number
}

/** One line of `metrics.jsonl`. Written as null where a number is not finite. */
export interface MetricRow {
  readonly step: number
  /** Seconds of work since the start, over all resumes. */
  readonly time_s: number
  /** Tokens seen in training and sampling since the start. */
  readonly tokens: number
  readonly [name: MetricName]: number | null
}

/** What can happen to a run. */
export type EventKind = 'start' | 'checkpoint' | 'eval' | 'warning' | 'alert' | 'resume' | 'end'

/** Facts of an event beside its kind and time. */
export type EventData = Readonly<Record<string, Json>> & { readonly at?: never; readonly kind?: never }

/** One line of `events.jsonl`. */
export interface EventRow {
  readonly at: string
  readonly kind: EventKind
  readonly [key: string]: Json
}

/** One line of `spans.jsonl`: how long a phase took. */
export interface SpanRow {
  readonly phase: string
  /** On the clock's scale, in milliseconds. */
  readonly start: number
  readonly ms: number
}

/** One line of `rollouts/step-N.jsonl`. */
export interface RolloutRow {
  /** The problem's id. */
  readonly problem: string
  /** Number of the sample in its group. */
  readonly index: number
  readonly prompt: string
  readonly completion: string
  readonly answer?: string
  readonly status: 'scored' | 'unscored' | 'undecided' | 'failed'
  readonly verdict?: 'right' | 'wrong' | 'undecided' | 'failed'
  readonly reason?: string
  readonly reward?: number
  readonly parts: Readonly<Record<string, number>>
  readonly advantage?: number
  readonly stop: StopReason
  /** Tokens of the completion. */
  readonly tokens: number
  /** [T] */
  readonly ids?: readonly number[]
  /** [T] */
  readonly logprobs?: readonly number[]
}

/** One line of `evals/<task>@<step>.samples.jsonl`. */
export interface EvalSampleRow {
  /** The problem's id. */
  readonly problem: string
  readonly prompt: string
  readonly answer?: string
  readonly completion: string
  readonly verdict: 'right' | 'wrong' | 'undecided' | 'failed'
  readonly reason: string
  readonly [key: string]: Json | undefined
}

/** A sign that training goes wrong. It is recorded and shown, and stops nothing by itself. */
export interface Alert {
  /** Kebab-case, e.g. `entropy-collapse`. */
  readonly name: string
  readonly step: number
  readonly metric: MetricName
  readonly value: number
  readonly limit: number
  readonly message: string
  readonly hint: string
}

/** What a loop needs to go on after `step`, saved with every checkpoint as JSON. Every number in it must be finite. */
export interface RunState {
  /** The last finished step. */
  readonly step: number
  readonly tokens: number
  readonly time_s: number
  /** The loop's own: data cursor, histories, counters. */
  readonly data: Readonly<Record<string, Json>>
}

/** `state.json` of a checkpoint. */
export interface CheckpointState extends RunState {
  readonly schema: 1
  /** Byte length of every log file at that moment, by path inside the run directory; resume cuts them back to it. */
  readonly bytes: Readonly<Record<string, number>>
  /** The other files of the checkpoint. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly crc32: number }>>
}

/** Where a training loop puts everything it has to say. */
export interface RunSink {
  /** Adds one row and gives back the alerts that begin with it, already recorded. */
  metrics(row: MetricRow): readonly Alert[]
  event(kind: EventKind, data?: EventData): void
  span(phase: string, startMs: number, durationMs: number): void
  rollouts(step: number, rows: readonly RolloutRow[]): void
  evaluation(name: string, step: number, result: Json, samples: readonly EvalSampleRow[]): void
  /** An empty folder to save model and optimiser into; it counts only after {@link RunSink.commitCheckpoint}. */
  checkpointFolder(step: number): string
  /** Makes the checkpoint whole, and gives back its final folder. Rows of this step must be written before. */
  commitCheckpoint(step: number, state: RunState): string
  /** Records an alert that the loop itself raises. */
  alert(alert: Alert): void
}
