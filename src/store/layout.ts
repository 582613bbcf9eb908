// Where things lie inside a run directory. Names only; it touches no file.
import { join } from 'node:path'

/** The logs that every run has, append-only. */
export const logNames = ['metrics.jsonl', 'events.jsonl', 'spans.jsonl'] as const

/** Folders of logs that come one file a step, evaluation or search. */
export const logFolders = ['rollouts', 'evals', 'search'] as const

/** `step-000100`. */
export function stepName(step: number): string {
  return `step-${String(step).padStart(6, '0')}`
}

/** The step of a name that {@link stepName} made. */
export function stepOf(name: string): number | undefined {
  const match = /^step-(\d{6,})$/.exec(name)
  return match === null ? undefined : Number(match[1])
}

/** Path of the rollouts of one step. */
export function rolloutsPath(dir: string, step: number): string {
  return join(dir, 'rollouts', `${stepName(step)}.jsonl`)
}

/** Paths of one evaluation: its result and its samples. Slashes in the name of a task are percent-encoded. */
export function evaluationPaths(dir: string, task: string, step: number): { result: string; samples: string } {
  const stem = join(dir, 'evals', `${encodeURIComponent(task)}@${step}`)
  return { result: `${stem}.json`, samples: `${stem}.samples.jsonl` }
}

/** The task and step of an evaluation's result file; undefined for a name that {@link evaluationPaths} does not make. */
export function evaluationOf(fileName: string): { task: string; step: number } | undefined {
  const match = /^(.+)@(\d+)\.json$/.exec(fileName)
  if (match === null) return undefined
  try {
    return { task: decodeURIComponent(match[1]), step: Number(match[2]) }
  } catch {
    return undefined
  }
}
