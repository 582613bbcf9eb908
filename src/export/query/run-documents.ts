// What stands in the JSON documents of a run, as rows: one of the run, and one of every score of an evaluation.
import { readFileSync } from 'node:fs'
import { GradusError, messageOf } from '../../base/error.ts'
import { evaluationPaths } from '../../store/layout.ts'
import type { Column, ColumnKind } from '../parquet/columns.ts'
import { configOf, type RunSource } from '../run-source.ts'

const column =
  (kind: ColumnKind) =>
  (name: string): Column => ({ name, kind })

/** Of the view `runs`. */
export const runColumns: readonly Column[] = [
  ...['run', 'dir', 'status', 'recipe', 'task'].map(column('text')),
  { name: 'seeds', kind: 'int32s' },
  ...['step', 'tokens'].map(column('int64')),
  { name: 'time_s', kind: 'double' },
  ...['started_at', 'ended_at'].map(column('timestamp')),
  { name: 'resumes', kind: 'int32' },
  ...['parent', 'git', 'command', 'exit_reason'].map(column('text')),
  ...['versions', 'host', 'config'].map(column('json')),
]

/** The row of a run; `last` is step, tokens and time of its last row of metrics. */
export function runRow(run: RunSource, label: string, last: object): Readonly<Record<string, unknown>> {
  const { dir, info, startMs, endMs } = run
  const { status, recipe, task, seeds, resumes, parent, git, command, versions, host } = info
  return {
    ...last,
    ...{ run: label, dir, status, recipe, task, seeds, resumes, parent, git, command, versions, host },
    started_at: instant(startMs),
    ended_at: endMs === undefined ? null : instant(endMs),
    exit_reason: info.exitReason,
    config: configOf(run),
  }
}

// Without the Z: the columns are timestamps without a zone, in UTC.
const instant = (ms: number): string => new Date(ms).toISOString().slice(0, -1)

/** Of the view `evals`. */
export const evalColumns: readonly Column[] = [
  ...['run', 'task'].map(column('text')),
  { name: 'step', kind: 'int64' },
  { name: 'measure', kind: 'text' },
  ...['value', 'low', 'high'].map(column('double')),
  { name: 'n', kind: 'int64' },
  { name: 'result', kind: 'json' },
]

/** Rows of one evaluation: pass@k and maj@k, with the whole document in each. Throws `store/bad-run`. */
export function evaluationRows(
  run: RunSource,
  label: string,
  { task, step }: { readonly task: string; readonly step: number },
): readonly Readonly<Record<string, unknown>>[] {
  const result = readDocument(evaluationPaths(run.dir, task, step).result)
  const measures = [
    ['pass', result.k],
    ['maj', result.maj],
  ] as const
  return measures.flatMap(([name, byK]) =>
    Object.entries(asObject(byK)).map(([k, estimate]) => {
      const { value, low, high } = asObject(estimate)
      const scores = { value: asNumber(value), low: asNumber(low), high: asNumber(high), n: asNumber(result.n) }
      return { run: label, task, step, measure: `${name}@${k}`, ...scores, result }
    }),
  )
}

function readDocument(path: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new GradusError('store/bad-run', `${path} cannot be read: ${messageOf(error)}`, {
      hint: 'Restore the file from a copy, or remove it to ask about the rest.',
      cause: error,
    })
  }
}

const asNumber = (value: unknown): number | null => (typeof value === 'number' ? value : null)

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>) : {}
}
