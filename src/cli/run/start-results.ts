// What the main job shows: one line of JSON, a table, and a report that covers its three runs.
import { join } from 'node:path'
import { writeFileAtomic } from '../../base/atomic-file.ts'
import type { EvalSampleRow } from '../../contracts/index.ts'
import type { Evaluation } from '../../eval/index.ts'
import {
  formatDuration,
  formatEstimate,
  type ReportData,
  type ReportSample,
  readConfig,
  readMetrics,
  renderReport,
  reportOfRuns,
} from '../../store/index.ts'
import { textTable } from './text-table.ts'

/** One of the three models and what it is worth. */
export interface StartPart {
  readonly name: 'base' | 'one-shot' | 'full'
  readonly dir: string
  readonly evaluation: Evaluation
}

/** Of the whole command. */
export interface StartFacts {
  readonly seconds: number
  readonly peakRssMb: number
  /** Path of the report. */
  readonly report: string
}

const titles: Readonly<Record<StartPart['name'], string>> = {
  base: 'base model',
  'one-shot': 'one-shot RLVR',
  full: 'full-set RLVR',
}

/** The line of `gradus start --json`. */
export function startJson(parts: readonly StartPart[], { seconds, peakRssMb }: StartFacts) {
  const of = (name: StartPart['name']) => {
    const { value, low, high } = pass1(part(parts, name))
    return { pass1: value, low, high, n: part(parts, name).evaluation.n }
  }
  return {
    base: of('base'),
    one_shot: of('one-shot'),
    full: of('full'),
    seconds,
    peak_rss_mb: peakRssMb,
    run: part(parts, 'full').dir,
  }
}

/** The table of the terminal. */
export function describeStart(parts: readonly StartPart[], { seconds, peakRssMb, report }: StartFacts): string {
  const table = textTable(
    ['', 'pass@1 [95 %]', 'problems', 'training'],
    parts.map((one) => [
      titles[one.name],
      formatEstimate(pass1(one)),
      String(one.evaluation.n),
      formatDuration(trainingSeconds(one.dir)),
    ]),
  )
  const runs = parts.map(({ name, dir }) => `${name.padEnd(8)}  ${dir}`)
  return `${[table, '', `${formatDuration(seconds)}, peak memory ${peakRssMb} MB`, ...runs, `report    ${report}`].join('\n')}\n`
}

/** Writes `report.html` over the three runs and gives back its path. */
export function writeStartReport(out: string, parts: readonly StartPart[], command: string): string {
  const path = join(out, 'report.html')
  const trained = parts.filter(({ name }) => name !== 'base')
  const { charts = [] } = reportOfRuns(trained.map(({ dir }) => dir))
  const baseCharts = reportOfRuns([part(parts, 'base').dir]).charts ?? []
  const data: ReportData = {
    title: 'From a base model to reasoning: one problem against the full set',
    subtitle: `pass@1 on ${parts[0].evaluation.n} test problems that no run has seen, one sample each`,
    table: {
      measures: ['pass@1'],
      rows: parts.map((one) => ({
        name: titles[one.name],
        estimates: [pass1(one)],
        n: one.evaluation.n,
        seconds: trainingSeconds(one.dir),
      })),
    },
    charts: [
      ...charts.map((chart) => ({
        ...chart,
        // Named as in the table, so that a model has one colour; series come in the order of the runs.
        series: chart.series.map((series) => ({ ...series, name: titleOf(series.name, trained) })),
      })),
      ...baseCharts
        .filter(({ title }) => title === 'sft/nll')
        .map((chart) => ({ ...chart, series: chart.series.map((series) => ({ ...series, name: titles.base })) })),
    ],
    samples: samplesOf(parts, 8),
    command,
    config: Object.fromEntries(parts.map(({ name, dir }) => [name, readConfig(dir)])),
  }
  writeFileAtomic(path, renderReport(data))
  return path
}

// The store names a series by its recipe, which is in the run's configuration.
function titleOf(series: string, parts: readonly StartPart[]): string {
  const found = parts.find(({ dir }) => (readConfig(dir) as { recipe?: unknown }).recipe === series)
  return found === undefined ? series : titles[found.name]
}

/** Problems on which the models differ come first. */
function samplesOf(parts: readonly StartPart[], count: number): readonly ReportSample[] {
  const columns = parts.map(({ name, evaluation }) => ({ label: titles[name], rows: firstOfEach(evaluation.samples) }))
  const samples = [...columns[0].rows.values()].map(
    ({ problem, prompt, answer }): ReportSample => ({
      problem: prompt,
      answer,
      completions: columns.flatMap(({ label, rows }) => {
        const row = rows.get(problem)
        return row === undefined ? [] : [{ label, text: row.completion, verdict: row.verdict, reason: row.reason }]
      }),
    }),
  )
  const differ = samples.filter(({ completions }) => new Set(completions.map((c) => c.verdict)).size > 1)
  return [...new Set([...differ.slice(0, Math.ceil((count * 3) / 4)), ...samples])].slice(0, count)
}

const firstOfEach = (rows: readonly EvalSampleRow[]): ReadonlyMap<string, EvalSampleRow> =>
  new Map(rows.toReversed().map((row) => [row.problem, row]))

const pass1 = ({ evaluation }: StartPart) => evaluation.k['1']

const trainingSeconds = (dir: string): number => readMetrics(dir).rows.at(-1)?.time_s ?? 0

function part(parts: readonly StartPart[], name: StartPart['name']): StartPart {
  const found = parts.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no part ${name}`)
  return found
}
