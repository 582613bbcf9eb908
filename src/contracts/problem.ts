// Problems, traces, verdicts and the tasks that make and check them. Types only.
import type { z } from 'zod'
import type { Json } from '../base/json.ts'
import type { Rng } from '../base/rng.ts'

/** One turn of a conversation. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly content: string
}

/** Disjoint parts of a task's problems. */
export type Split = 'train' | 'validation' | 'test'

/** One problem, whether generated, read from a file or proposed by a model. */
export interface Problem {
  readonly id: string
  readonly task: string
  readonly split: Split
  readonly prompt: string | readonly Message[]
  readonly answer?: string
  readonly level?: number
  readonly demos?: readonly Trace[]
  readonly hints?: readonly string[]
  /** Ids of the problems it was made from. */
  readonly parents?: readonly string[]
  readonly meta: Readonly<Record<string, Json>>
}

/** A worked solution. `origin` is `oracle`, `human` or a model's id. */
export interface Trace {
  readonly text: string
  readonly answer?: string
  readonly origin: string
  readonly right?: boolean
  readonly steps?: readonly string[]
}

/** What a verifier says of one completion. `undecided` and `failed` never count as wrong. */
export interface Verdict {
  readonly kind: 'right' | 'wrong' | 'undecided' | 'failed'
  /** In [0, 1]. */
  readonly score: number
  readonly reason: string
  readonly parts?: Readonly<Record<string, number>>
  /** One score in [0, 1] per step of the completion, from the task's step checker. */
  readonly steps?: readonly number[]
}

/** Difficulty settings of a task, checked by its `knobs` schema. */
export type Knobs = Readonly<Record<string, number | string | boolean>>

/** A family of problems with an exact verifier. */
export interface Task {
  /** Kebab-case. */
  readonly id: string
  /** One sentence. */
  readonly summary: string
  /** The exact form of prompts and answers, enough to write a solver. */
  readonly rules?: string
  /** Kebab-case skills, such as `arithmetic` or `search`. */
  readonly tags?: readonly string[]
  readonly levels: readonly number[]
  /** Every field has a description and a default. */
  readonly knobs: z.ZodObject
  /** Every character that a prompt or a completion of this task may hold, for character tokenizers. */
  readonly alphabet: string
  /** Styles that {@link Task.traces} knows; the first is what `solve` writes. */
  readonly styles: readonly string[]
  /** Probability that a guess of the right form is right at this level. */
  chance(level: number): number
  /** Pure in (task, split, index, knobs). */
  problem(split: Split, index: number, knobs?: Knobs): Problem
  /** The same for problems that ask the same in other words or another order; default: the prompt. */
  content?(problem: Problem): string
  /** A completion that the verifier accepts. */
  solve(problem: Problem): string
  /** Never throws; what goes wrong is in the verdict. */
  verify(problem: Problem, completion: string, options?: { signal?: AbortSignal }): Verdict | Promise<Verdict>
  /** Oracle solutions in one of `styles`, right or deliberately wrong. */
  traces(problem: Problem, style: string, rng: Rng): readonly Trace[]
  /** Turns a dataset row into a problem of this task; throws `data/bad-row` naming the field. */
  fromRow?(row: Readonly<Record<string, unknown>>, split: Split): Problem
}
