// What the threads that verify are told and what they answer. Types only.
import type { Problem, Verdict } from '../../contracts/index.ts'

/** Given to a thread when it starts. */
export interface ThreadStart {
  readonly task: string
}

/** One completion to verify. */
export interface ThreadJob {
  readonly id: number
  readonly problem: Problem
  readonly completion: string
}

/** `ready` once, when the task is loaded; then one verdict for each job. */
export type ThreadAnswer = 'ready' | { readonly id: number; readonly verdict: Verdict }
