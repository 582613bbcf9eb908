// Reads run directories, whole or as they grow. Nothing here writes, locks or waits.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isGradusError, messageOf } from '../base/error.ts'
import type { Json } from '../base/json.ts'
import type { EvalSampleRow, EventRow, MetricRow, RolloutRow, RunInfo, SpanRow } from '../contracts/run.ts'
import { type JsonlChunk, readJsonl } from './jsonl.ts'
import { evaluationOf, evaluationPaths, rolloutsPath, stepOf } from './layout.ts'
import { readRunInfo } from './run-info.ts'

/** Where to go on reading: the `nextByte` of the chunk before. */
export interface ReadFrom {
  readonly fromByte?: number
}

/** Rows of `metrics.jsonl`. Throws `store/bad-line`, as do the other readers of logs. */
export function readMetrics(dir: string, from: ReadFrom = {}): JsonlChunk<MetricRow> {
  return readJsonl(join(dir, 'metrics.jsonl'), from)
}

/** Rows of `events.jsonl`. */
export function readEvents(dir: string, from: ReadFrom = {}): JsonlChunk<EventRow> {
  return readJsonl(join(dir, 'events.jsonl'), from)
}

/** Rows of `spans.jsonl`. */
export function readSpans(dir: string, from: ReadFrom = {}): JsonlChunk<SpanRow> {
  return readJsonl(join(dir, 'spans.jsonl'), from)
}

/** Rollouts of one step; none when the step has no file. */
export function readRollouts(dir: string, step: number): readonly RolloutRow[] {
  return readJsonl<RolloutRow>(rolloutsPath(dir, step)).rows
}

/** Steps that have rollouts, ascending. */
export function listRolloutSteps(dir: string): readonly number[] {
  return namesIn(join(dir, 'rollouts'))
    .flatMap((name) => stepOf(name.replace(/\.jsonl$/, '')) ?? [])
    .sort((a, b) => a - b)
}

/** Evaluations of a run, by task and step. */
export function listEvaluations(dir: string): readonly { readonly task: string; readonly step: number }[] {
  return namesIn(join(dir, 'evals'))
    .flatMap((name) => evaluationOf(name) ?? [])
    .sort((a, b) => (a.task < b.task ? -1 : a.task > b.task ? 1 : a.step - b.step))
}

/** Result and samples of one evaluation. */
export function readEvaluation(
  dir: string,
  task: string,
  step: number,
): { readonly result: Json; readonly samples: readonly EvalSampleRow[] } {
  const paths = evaluationPaths(dir, task, step)
  const result: Json = JSON.parse(readFileSync(paths.result, 'utf8'))
  return { result, samples: readJsonl<EvalSampleRow>(paths.samples).rows }
}

/** A run of a folder of runs. */
export interface RunEntry {
  readonly dir: string
  readonly info: RunInfo
}

/** The runs below a folder, newest first, and those whose run.json cannot be read. */
export function listRuns(root: string): {
  readonly runs: readonly RunEntry[]
  readonly unreadable: readonly { readonly dir: string; readonly why: string }[]
} {
  const runs: RunEntry[] = []
  const unreadable: { dir: string; why: string }[] = []
  for (const name of namesIn(root)) {
    const dir = join(root, name)
    if (!existsSync(join(dir, 'run.json'))) continue
    try {
      runs.push({ dir, info: readRunInfo(dir) })
    } catch (error) {
      if (!isGradusError(error)) throw error
      unreadable.push({ dir, why: messageOf(error) })
    }
  }
  runs.sort((a, b) => (a.info.startedAt > b.info.startedAt ? -1 : a.info.startedAt < b.info.startedAt ? 1 : 0))
  return { runs, unreadable }
}

/** A metric row without what depends on the speed of the machine: equal for a resumed and an uninterrupted run. */
export function withoutTimings(row: MetricRow): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).filter(([key]) => !/^(time|perf)(\/|_|$)/.test(key)))
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}
