// The tables that a run becomes: columns and rows. Parquet files and SQL views have the same ones.
import { eventRows, metricNames, metricPoints, type RunSource, rolloutFiles, sampleFiles } from '../run-source.ts'
import type { Column, ColumnKind } from './columns.ts'

/** A table in the making. */
export interface RunTable {
  readonly name: 'metrics' | 'events' | 'rollouts' | 'eval_samples'
  readonly columns: readonly Column[]
  readonly rows: () => Iterable<Readonly<Record<string, unknown>>>
}

/** The tables of a run; `more` holds what a row has beside its columns, as JSON. */
export function runTables(run: RunSource): readonly RunTable[] {
  return [
    { name: 'metrics', columns: metricColumns(run), rows: () => metricRows(run) },
    { name: 'events', columns: eventColumns, rows: () => withMore(eventRows(run), eventColumns) },
    { name: 'rollouts', columns: [step, ...rolloutColumns, more], rows: () => rolloutRows(run) },
    { name: 'eval_samples', columns: [task, step, ...sampleColumns, more], rows: () => sampleRows(run) },
  ]
}

const column =
  (kind: ColumnKind) =>
  (name: string): Column => ({ name, kind })
const text = column('text')
const double = column('double')
const step: Column = { name: 'step', kind: 'int64' }
const task = text('task')
const more: Column = { name: 'more', kind: 'json' }

const eventColumns: readonly Column[] = [{ name: 'at', kind: 'timestamp' }, text('kind'), step, more]

/** Of a row of rollouts. */
export const rolloutColumns: readonly Column[] = [
  text('problem'),
  { name: 'index', kind: 'int32' },
  text('prompt'),
  text('completion'),
  text('answer'),
  text('status'),
  text('verdict'),
  text('reason'),
  double('reward'),
  { name: 'parts', kind: 'json' },
  double('advantage'),
  text('stop'),
  { name: 'tokens', kind: 'int32' },
  { name: 'ids', kind: 'int32s' },
  { name: 'logprobs', kind: 'doubles' },
]

/** Of a sample of an evaluation. */
export const sampleColumns: readonly Column[] = [
  text('problem'),
  text('prompt'),
  text('answer'),
  text('completion'),
  text('verdict'),
  text('reason'),
  text('stop'),
  { name: 'tokens', kind: 'int32' },
]

function metricColumns(run: RunSource): readonly Column[] {
  const known = ['time_s', 'tokens']
  const names = metricNames(run).filter((name) => !known.includes(name))
  return [step, double('time_s'), { name: 'tokens', kind: 'int64' }, ...names.map(double)]
}

function* metricRows(run: RunSource): Generator<Readonly<Record<string, unknown>>> {
  for (const point of metricPoints(run)) yield Object.fromEntries([['step', point.step], ...point.values])
}

function* rolloutRows(run: RunSource): Generator<Readonly<Record<string, unknown>>> {
  for (const file of rolloutFiles(run)) {
    for (const row of withMore(file.rows(), rolloutColumns)) yield { ...row, step: file.step }
  }
}

function* sampleRows(run: RunSource): Generator<Readonly<Record<string, unknown>>> {
  for (const file of sampleFiles(run)) {
    for (const row of withMore(file.rows(), sampleColumns)) yield { ...row, step: file.step, task: file.task }
  }
}

function* withMore(
  rows: Iterable<Readonly<Record<string, unknown>>>,
  columns: readonly Column[],
): Generator<Readonly<Record<string, unknown>>> {
  const names = new Set(columns.map(({ name }) => name))
  for (const row of rows) {
    const rest = Object.entries(row).filter(([name]) => name === 'more' || !names.has(name))
    yield { ...row, more: rest.length === 0 ? undefined : Object.fromEntries(rest) }
  }
}
