// The views over run directories, as SQL: runs, metrics, events, rollouts, evals, eval_samples. Logs are read where they
// lie, when a question asks for them; what is in JSON documents goes through two small files in a folder of our own.
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { GradusError } from '../../base/error.ts'
import { jsonText } from '../flat-config.ts'
import type { Column } from '../parquet/columns.ts'
import { rolloutColumns, sampleColumns } from '../parquet/tables.ts'
import { metricPoints, type RunSource, rolloutFiles, sampleFiles } from '../run-source.ts'
import { reading, readingDocuments } from './reading.ts'
import { evalColumns, evaluationRows, runColumns, runRow } from './run-documents.ts'
import { literal } from './sql-text.ts'
import { wholeLines } from './whole-lines.ts'

/** The statements that make the views, and the folders they read. */
export interface RunViews {
  readonly statements: readonly string[]
  readonly folders: readonly string[]
}

/** Views of one run each, as SELECT. */
type Parts = Readonly<Record<'metrics' | 'events' | 'rollouts' | 'eval_samples', readonly string[]>>

/**
 * Prepares views of runs; `folder` is empty and ours. `repair` makes copies of all logs, which have no halves of characters.
 *
 * @throws `usage/bad-option` for a path that DuckDB takes for a pattern
 */
export function runViews(runs: readonly RunSource[], folder: string, repair: boolean): RunViews {
  for (const { dir } of runs) refusePattern(dir)
  const labels = runLabels(runs)
  const facts: unknown[] = []
  const evaluations: unknown[] = []
  const parts = runs.map((run, i) => {
    const label = labels[i]
    const { names, last } = metricFacts(run)
    facts.push(runRow(run, label, last))
    for (const evaluation of sampleFiles(run)) evaluations.push(...evaluationRows(run, label, evaluation))
    return partsOf(run, names, join(folder, String(i)), repair)
  })
  const together = (name: keyof Parts, empty: string): string => {
    const selects = parts.flatMap((part, i) => part[name].map((select) => [labels[i], select] as const))
    const all = selects.length > 0 ? selects : [['', empty] as const]
    const labelled = all.map(([label, select]) => `SELECT ${literal(label)} AS run, * FROM (${select})`)
    return `CREATE VIEW ${name} AS ${labelled.join(' UNION ALL BY NAME ')}`
  }
  const file = (name: string, rows: readonly unknown[]): readonly string[] => {
    const path = join(folder, name)
    writeFileSync(path, rows.map((row) => `${jsonText(row)}\n`).join(''))
    return rows.length === 0 ? [] : [path]
  }
  return {
    folders: [...runs.map(({ dir }) => dir), folder],
    statements: [
      `CREATE VIEW runs AS ${reading(file('runs.jsonl', facts), runColumns)}`,
      `CREATE VIEW evals AS ${reading(file('evals.jsonl', evaluations), evalColumns)}`,
      together('metrics', reading([], metricColumns([]))),
      together('events', readingDocuments([], eventColumns)),
      together('rollouts', reading([], rolloutColumns, ['NULL::BIGINT AS step'])),
      together('eval_samples', reading([], sampleColumns, ['NULL::VARCHAR AS task', 'NULL::BIGINT AS step'])),
    ],
  }
}

const eventColumns = [
  "try_cast(json->>'$.at' AS TIMESTAMP) AS time",
  "json->>'$.kind' AS kind",
  "try_cast(json->>'$.step' AS BIGINT) AS step",
  'json AS data',
]

const stepOfFile = "regexp_extract(filename, 'step-([0-9]+)[.]jsonl$', 1)::BIGINT AS step"

function partsOf(run: RunSource, metrics: readonly string[], copies: string, repair: boolean): Parts {
  mkdirSync(copies)
  const isGrowing = run.info.status === 'running'
  const whole = (path: string, mayGrow: boolean): readonly string[] =>
    wholeLines(path, copies, basename(path), { isGrowing: isGrowing && mayGrow, repair })
  const rollouts = rolloutFiles(run)
  const rolloutPaths = rollouts.flatMap(({ path }, i) => whole(path, i === rollouts.length - 1))
  return {
    metrics: [reading(whole(join(run.dir, 'metrics.jsonl'), true), metricColumns(metrics))],
    events: [readingDocuments(whole(join(run.dir, 'events.jsonl'), true), eventColumns)],
    rollouts: rolloutPaths.length === 0 ? [] : [reading(rolloutPaths, rolloutColumns, [stepOfFile])],
    eval_samples: sampleFiles(run).flatMap(({ task, step, path }) =>
      // A result is written behind its samples: where it is they are whole.
      whole(path, false).map((file) => {
        const place = [`${literal(task)} AS task`, `${step}::BIGINT AS step`]
        return reading([file], sampleColumns, place)
      }),
    ),
  }
}

/** What a run is called in the views: its id, or its path where two have the same. */
function runLabels(runs: readonly RunSource[]): readonly string[] {
  const ids = runs.map(({ info }) => info.id)
  return runs.map(({ dir, info }) => (ids.filter((id) => id === info.id).length === 1 ? info.id : dir))
}

function refusePattern(dir: string): void {
  if (!/[*?[\]]/.test(dir)) return
  throw new GradusError('usage/bad-option', `${dir} cannot be read: * ? [ ] stand for patterns`, {
    hint: 'Rename the folder, or copy the run to another one.',
  })
}

/** Columns of metrics: DuckDB takes names that differ in case only for the same, so the first of such counts. */
function metricColumns(names: readonly string[]): readonly Column[] {
  const taken = new Set(['run', 'step', 'time_s', 'tokens', 'filename'])
  const free = names.filter((name) => {
    const key = name.toLowerCase()
    const isFree = !taken.has(key) && !name.includes('\0')
    taken.add(key)
    return isFree
  })
  return [
    { name: 'step', kind: 'int64' },
    { name: 'time_s', kind: 'double' },
    { name: 'tokens', kind: 'int64' },
    ...free.map((name) => ({ name, kind: 'double' }) as const),
  ]
}

function metricFacts(run: RunSource): { readonly names: readonly string[]; readonly last: object } {
  const names = new Set<string>()
  let last: object = {}
  for (const { step, values } of metricPoints(run)) {
    for (const [name] of values) names.add(name)
    const totals = values.filter(([name, value]) => ['tokens', 'time_s'].includes(name) && Number.isFinite(value))
    last = Object.fromEntries([['step', step], ...totals])
  }
  return { names: [...names].sort(), last }
}
