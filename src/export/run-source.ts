// What exporters read of a run directory, each part as a stream, so that a run of any size takes little memory.
// Rows come from outside: what is not of the expected type is left out here, once, and not seen by any exporter.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { GradusError } from '../base/error.ts'
import type { RunInfo } from '../contracts/run.ts'
import { listEvaluations, listRolloutSteps, readConfig, readRunInfo } from '../store/index.ts'
import { evaluationPaths, rolloutsPath } from '../store/layout.ts'
import { streamJsonl } from './stream-jsonl.ts'

/** A run, and what it is called where it goes. */
export interface RunSource {
  readonly dir: string
  readonly info: RunInfo
  /** Name of the run in the export: a plain file name. */
  readonly name: string
  /** When it started, in milliseconds since 1970; 0 when run.json says no date. */
  readonly startMs: number
  /** When it ended, where it did. */
  readonly endMs?: number
}

/** One row of metrics: a number that is not finite stands as NaN, ±Infinity. */
export interface MetricPoint {
  readonly step: number
  /** Milliseconds since 1970: the start of the run and the seconds of work. Pauses between resumes are not in it. */
  readonly atMs: number
  /** All but `step`, in the order of the file. */
  readonly values: readonly (readonly [name: string, value: number])[]
}

/** Opens a run directory. Throws what `readRunInfo` throws, and `usage/bad-option` for a name that is no file name. */
export function openRunSource(dir: string, name?: string): RunSource {
  const info = readRunInfo(dir)
  if (name !== undefined && name !== fileName(name)) {
    throw new GradusError('usage/bad-option', `--name cannot be ${JSON.stringify(name)}`, {
      hint: 'Use letters, digits, dot, dash and underscore only, at most 100, and no dot at the start.',
    })
  }
  const startMs = timeOf(info.startedAt) ?? 0
  return { dir, info, name: name ?? fileName(info.id), startMs, endMs: timeOf(info.endedAt) }
}

/** Milliseconds since 1970 of a date in ISO 8601; undefined for anything else. */
export function timeOf(text: unknown): number | undefined {
  const ms = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}

/** Text as a file name that is safe everywhere. */
export function fileName(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\./, '_')
  return plain === '' ? 'run' : plain.slice(0, 100)
}

/** Hexadecimal digits that depend on the identity of the run and on `purpose` alone. */
export function identityHash({ info }: RunSource, purpose: string): string {
  return createHash('sha256')
    .update(JSON.stringify([purpose, info.id, info.startedAt]))
    .digest('hex')
}

/** Rows of `metrics.jsonl`. Throws `store/bad-line`, and `store/bad-row` for a row without its step. */
export function* metricPoints(source: RunSource): Generator<MetricPoint> {
  let number = 0
  for (const row of streamJsonl(join(source.dir, 'metrics.jsonl'))) {
    number++
    const { step, time_s } = row
    if (typeof step !== 'number' || !Number.isSafeInteger(step) || step < 0) {
      throw new GradusError('store/bad-row', `${join(source.dir, 'metrics.jsonl')}:${number}: it has no step`, {
        hint: 'The file was edited or damaged. Remove that line and run the command again.',
      })
    }
    const seconds = typeof time_s === 'number' && Number.isFinite(time_s) ? time_s : 0
    const values: (readonly [string, number])[] = []
    for (const [name, value] of Object.entries(row)) {
      if (name === 'step' || name === '') continue
      if (typeof value === 'number') values.push([name, value])
      // What was not a number was written as null.
      else if (value === null) values.push([name, Number.NaN])
    }
    yield { step, atMs: source.startMs + seconds * 1000, values }
  }
}

/** Every name that a row of metrics has, sorted. */
export function metricNames(source: RunSource): readonly string[] {
  const names = new Set<string>()
  for (const { values } of metricPoints(source)) for (const [name] of values) names.add(name)
  return [...names].sort()
}

/** Rows of `events.jsonl`. */
export const eventRows = ({ dir }: RunSource) => streamJsonl(join(dir, 'events.jsonl'))

/** Rows of `spans.jsonl`. */
export const spanRows = ({ dir }: RunSource) => streamJsonl(join(dir, 'spans.jsonl'))

/** The steps that have rollouts, ascending, each with its rows. */
export function rolloutFiles({ dir }: RunSource): readonly LogFile[] {
  return listRolloutSteps(dir).map((step) => {
    const path = rolloutsPath(dir, step)
    return { step, path, rows: () => streamJsonl(path) }
  })
}

/** The evaluations that have samples, by task and step. */
export function sampleFiles({ dir }: RunSource): readonly (LogFile & { readonly task: string })[] {
  return listEvaluations(dir).map(({ task, step }) => {
    const path = evaluationPaths(dir, task, step).samples
    return { task, step, path, rows: () => streamJsonl(path) }
  })
}

/** A log of one step. */
export interface LogFile {
  readonly step: number
  readonly path: string
  readonly rows: () => Generator<Readonly<Record<string, unknown>>>
}

/** The resolved configuration, and an empty one where the run has none. Throws `store/bad-run`. */
export function configOf({ dir }: RunSource): unknown {
  return existsSync(join(dir, 'config.json')) ? readConfig(dir) : {}
}
