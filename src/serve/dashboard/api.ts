// What the dashboard's pages ask of their server and what it answers: types only, shared with web/. Everything is JSON; a
// run is named by its directory below the folder that is shown, with `/` between parts, as the query parameter `run`.
// Errors are `{error: {message, code, hint?}}` with a 4xx or 5xx status.
import type { Json } from '../../base/json.ts'
import type { Alert, EvalSampleRow, EventRow, RolloutRow, RunInfo, RunStatus } from '../../contracts/run.ts'
import type { SearchEvent } from '../../contracts/search-log.ts'

/** A value with its 95 % interval. */
export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
}

/** `GET /api/runs`: every run below the folder, newest first. */
export interface RunsAnswer {
  /** The folder that is shown, as it was given. */
  readonly root: string
  readonly runs: readonly RunSummary[]
  /** Directories whose run.json cannot be read. */
  readonly unreadable: readonly { readonly run: string; readonly why: string }[]
}

/** One run in the list. */
export interface RunSummary {
  /** Its name in requests. */
  readonly run: string
  readonly info: Pick<RunInfo, 'id' | 'recipe' | 'task' | 'seeds' | 'startedAt' | 'endedAt' | 'exitReason' | 'resumes'>
  readonly status: RunStatus
  /** Of the last metric row; 0 before the first. */
  readonly step: number
  readonly tokens: number
  readonly seconds: number
  /** `reward/mean` or `sft/nll`: the metric that the sparkline is of, and at most 40 points of it. */
  readonly spark: { readonly name: string; readonly points: readonly number[] } | null
  /** The last evaluation. */
  readonly evaluation: { readonly task: string; readonly step: number; readonly passAt1: Interval | null } | null
  readonly tags: readonly string[]
  readonly alerts: number
}

/** `PUT /api/tags?run=` with `{tags: string[]}`: at most 20 of 40 characters; gives them back. Kept in the run's `tags.json`. */
export interface TagsAnswer {
  readonly tags: readonly string[]
}

/** `GET /api/run?run=`: all of a run but its long files. */
export interface RunAnswer extends RunSummary {
  readonly fullInfo: RunInfo
  /** Where it lies, absolute. */
  readonly dir: string
  readonly config: Json
  /** What differs from the recipe's defaults. */
  readonly configDiff: Json
  /** The command that goes on with it; null for one that is done or runs. */
  readonly resumeCommand: string | null
  /** Names of its metrics, sorted, with the glossary's line for each. */
  readonly metrics: readonly MetricFacts[]
  readonly evaluations: readonly { readonly task: string; readonly step: number }[]
  /** Steps that have rollouts. */
  readonly rolloutSteps: readonly number[]
  readonly checkpoints: readonly number[]
  /** Ids of recorded searches. */
  readonly searches: readonly string[]
  readonly events: readonly EventRow[]
  readonly alertRows: readonly Alert[]
  /** Runs of the same recipe, task and configuration with other seeds, finished or not. */
  readonly siblings: readonly string[]
}

/** A metric and what the glossary says of it. */
export interface MetricFacts {
  readonly name: string
  readonly definition: string
  /** Which way is better; null where neither is. */
  readonly better: 'higher' | 'lower' | null
}

/** What a curve can be drawn over: optimiser steps, tokens sampled, tokens trained on, both, seconds of work. */
export type AxisName = 'step' | 'sampled' | 'trained' | 'tokens' | 'time'

/**
 * `GET /api/series?run=&names=a,b&x=step&points=800&from=&to=`: metrics of a run over an axis, in the range from..to of that axis
 * (all of it when left out). Where there are more rows than `points`, each point stands for several rows: their mean,
 * and the least and greatest of them. Null where a metric has no number.
 */
export interface SeriesAnswer {
  readonly run: string
  readonly axis: AxisName
  /** [N] */
  readonly x: readonly number[]
  /** By name, [N] each; without names that the run does not have. */
  readonly series: Readonly<Record<string, SeriesColumn>>
  /** Rows in the range before thinning. */
  readonly rows: number
  /** Grows with every row: what is unchanged need not be drawn again. */
  readonly version: number
}

/** One metric of a run. */
export interface SeriesColumn {
  readonly mean: readonly (number | null)[]
  /** Only where points stand for several rows. */
  readonly low?: readonly (number | null)[]
  readonly high?: readonly (number | null)[]
}

/** `GET /api/evaluations?run=`: pass@1 of every evaluation of a run, by task, for curves and tables. */
export interface EvaluationsAnswer {
  readonly tasks: readonly {
    readonly task: string
    readonly points: readonly {
      readonly step: number
      readonly tokens: number | null
      readonly passAt1: Interval | null
      /** All that the result file says. */
      readonly result: Json
    }[]
  }[]
}

/** Which rollouts are wanted. */
export type RolloutFilter =
  | 'all'
  | 'right'
  | 'wrong'
  | 'truncated'
  | 'undecided'
  | 'failed'
  | 'high-advantage'
  | 'disagreement'

/**
 * `GET /api/rollouts?run=&step=&filter=&search=&offset=0&limit=20`: groups of a step, those with a rollout that the filter keeps.
 * `disagreement`: groups with right and wrong rollouts both. `search`: a text in prompt, completion or problem id.
 */
export interface RolloutsAnswer {
  readonly step: number
  /** Groups that the filter keeps. */
  readonly total: number
  /** How many rollouts of the step each filter keeps. */
  readonly counts: Readonly<Record<RolloutFilter, number>>
  readonly groups: readonly RolloutGroup[]
}

/** The rollouts of one problem at one step. */
export interface RolloutGroup {
  readonly problem: string
  readonly prompt: string
  readonly answer?: string
  readonly rewardMean: number | null
  readonly rewardStd: number | null
  /** Without prompt, ids and log-probabilities; `isKept`: the filter keeps it. */
  readonly rollouts: readonly (Omit<RolloutRow, 'prompt' | 'problem' | 'ids' | 'logprobs'> & {
    readonly isKept: boolean
    /** Whether {@link RolloutTokens} can be had. */
    readonly hasTokens: boolean
  })[]
}

/**
 * `GET /api/rollout-tokens?run=&step=&problem=&index=`: the tokens of one rollout with what is known of each. Entropies and
 * ratios are computed with a checkpoint, when one is named by `checkpoint=STEP`: entropy of its distribution, and its
 * probability over the recorded one.
 */
export interface RolloutTokens {
  /** [T] */
  readonly texts: readonly string[]
  /** [T] */
  readonly ids: readonly number[]
  /** [T], when the token was sampled. */
  readonly logprobs: readonly number[] | null
  /** [T] */
  readonly entropies: readonly number[] | null
  /** [T] */
  readonly ratios: readonly number[] | null
  /** One for the whole rollout. */
  readonly advantage: number | null
}

/** A sample of an evaluation; what else its row has (`stop`, `tokens`) is there too. */
export interface ShownSample {
  readonly completion: string
  readonly verdict: EvalSampleRow['verdict']
  readonly reason: string
  readonly [key: string]: Json | undefined
}

/** `GET /api/eval-problems?run=&task=&offset=&limit=&filter=&search=&steps=a,b`: problems of evaluations side by side over steps. */
export interface EvalProblemsAnswer {
  readonly steps: readonly number[]
  readonly total: number
  readonly problems: readonly {
    readonly problem: string
    readonly prompt: string
    readonly answer?: string
    /** By step, in the order of `steps`; empty where the step did not ask it. */
    readonly samples: readonly (readonly ShownSample[])[]
  }[]
}
/** Which problems: all, those that turned right or wrong between the first and the last step, those with both verdicts. */
export type EvalProblemFilter = 'all' | 'gained' | 'lost' | 'mixed' | 'undecided'

/** `GET /api/compare?runs=a,b&baseline=a&metric=pass@1&x=step&unpaired=0`: as `gradus compare --json`, with curves and costs. */
export interface CompareAnswer {
  readonly metric: string
  readonly baseline: string
  readonly rows: readonly CompareAnswerRow[]
  readonly curves: readonly {
    readonly run: string
    readonly points: readonly (Interval & { readonly x: number })[]
  }[]
  /** What a reader must know: seeds, pairing, correction. */
  readonly notes: readonly string[]
  /** What differs between configurations: a line for each setting, a value for each run. */
  readonly settings: readonly { readonly path: string; readonly values: readonly (Json | undefined)[] }[]
}
/** One run of a comparison; what cannot be compared is null. */
export interface CompareAnswerRow {
  readonly run: string
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
  readonly diff: number | null
  readonly diff_low: number | null
  readonly diff_high: number | null
  readonly p: number | null
  /** Corrected for the number of comparisons. */
  readonly p_adjusted: number | null
  /** Smallest true difference that such a comparison finds 8 times in 10. */
  readonly detectable: number | null
  readonly tokens: number | null
  readonly seconds: number | null
}

/** `GET /api/labs`: labs below the folder. */
export interface LabsAnswer {
  readonly labs: readonly {
    readonly lab: string
    readonly testbed: string
    readonly recipes: number
    readonly missing: number
  }[]
}
/** `GET /api/lab?lab=&testbed=`: what a lab found; `results` is `LabResults` of src/lab. */
export interface LabAnswer {
  readonly lab: string
  readonly results: Json
  readonly curves: readonly { readonly arm: string; readonly points: readonly (Interval & { readonly x: number })[] }[]
}

export type { SearchEvent }

/** `GET /api/search?run=&id=`; without `run`: `id=example`, a generated one. */
export interface SearchAnswer {
  readonly id: string
  readonly strategy: string
  readonly prompt: string
  readonly answer?: string
  readonly budget: number | null
  readonly events: readonly SearchEvent[]
}

/** `GET /api/models`: what the playground can sample from: runs with a checkpoint. */
export interface ModelsAnswer {
  readonly models: readonly { readonly run: string; readonly checkpoints: readonly number[]; readonly task: string }[]
}
/** `POST /api/sample`: samples from a checkpoint; the answer is a stream of server-sent events, each a {@link SampleEvent}. */
export interface SampleRequestBody {
  readonly run: string
  readonly checkpoint: number
  /** A problem: its text, or `index`-th problem of the run's task at `seed`. */
  readonly problem:
    | { readonly text: string; readonly answer?: string }
    | { readonly seed: number; readonly index: number; readonly level?: number }
  readonly samples: number
  readonly temperature: number
  readonly maxTokens: number
  readonly seed: number
}
/** One event of the playground. */
export type SampleEvent =
  | { readonly kind: 'prompt'; readonly text: string; readonly answer?: string }
  | {
      readonly kind: 'token'
      readonly sample: number
      readonly text: string
      readonly id: number
      readonly logprob: number
      /** The likeliest tokens in its place. */
      readonly top: readonly { readonly text: string; readonly logprob: number }[]
    }
  | {
      readonly kind: 'end'
      readonly sample: number
      readonly stop: string
      readonly verdict: 'right' | 'wrong' | 'undecided' | 'failed' | null
      readonly reason: string
    }
  | { readonly kind: 'error'; readonly message: string }

/** `GET /api/changes?run=` (server-sent events): what has grown. Without `run`, the list. */
export type ChangeEvent =
  | { readonly kind: 'runs' }
  | { readonly kind: 'run'; readonly run: string; readonly version: number }

/** `GET /api/about` */
export interface AboutAnswer {
  readonly version: string
  /** Whether models can be sampled from here. */
  readonly hasEngine: boolean
  /** Whether the browser demo is built. */
  readonly hasDemo: boolean
}
