// Turns run directories into a report's data: one series a run, the standard curves, the last evaluation, samples before
// and after. It reads files and chooses; drawing is render-report.ts.
import type { MetricName } from '../../contracts/metrics.ts'
import type { EvalSampleRow, MetricRow, RunInfo } from '../../contracts/run.ts'
import type { Estimate } from '../format.ts'
import { listEvaluations, readEvaluation, readMetrics } from '../read-run.ts'
import { readConfig, readConfigDiff, readRunInfo } from '../run-info.ts'
import type { Chart, Point, ReportData, ReportSample, SummaryRow } from './report-data.ts'

interface LoadedRun {
  readonly dir: string
  readonly name: string
  readonly info: RunInfo
  readonly rows: readonly MetricRow[]
}

/** Report of one run or several side by side, from their directories alone. Throws what reading a run throws. */
export function reportOfRuns(dirs: readonly string[], { sampleCount = 6 }: { sampleCount?: number } = {}): ReportData {
  const infos = dirs.map((dir) => readRunInfo(dir))
  const runs = dirs.map((dir, i) => ({
    dir,
    info: infos[i],
    name: nameOf(infos[i], infos),
    rows: readMetrics(dir).rows,
  }))
  const scores = namesOf(runs).filter((name) => /^eval\/.*@\d+$/.test(name))
  const [first] = runs
  return {
    title: runs.length === 1 ? `${first.info.recipe} on ${first.info.task}` : `${runs.length} runs side by side`,
    subtitle: runs
      .map(({ info }) => `${info.id}: ${info.status}${info.exitReason ? ` (${info.exitReason})` : ''}`)
      .join('; '),
    table:
      scores.length === 0
        ? undefined
        : { measures: scores.map(shortScore), rows: runs.map((run) => summaryOf(run, scores)) },
    charts: [
      ...scores.filter((name) => name.endsWith('/pass@1')).map((name) => chartOf(runs, name, 'wide')),
      ...smallMetrics.filter((name) => namesOf(runs).includes(name)).map((name) => chartOf(runs, name, 'small')),
    ],
    samples: runs.flatMap((run) => samplesOf(run, sampleCount)).slice(0, sampleCount),
    command:
      runs
        .map(({ info }) => info.command ?? '')
        .filter(Boolean)
        .join('\n') || undefined,
    config:
      runs.length === 1
        ? readConfig(first.dir)
        : Object.fromEntries(runs.map((run) => [run.name, readConfig(run.dir)])),
    configDiff: runs.length === 1 ? readConfigDiff(first.dir) : undefined,
  }
}

// The curves that tell whether training is healthy, in the order of looking.
const smallMetrics: readonly MetricName[] = [
  'reward/mean',
  'sft/nll',
  'dpo/margin',
  'completion/length_mean',
  'completion/truncated_frac',
  'policy/entropy',
  'policy/kl_ref_k3',
  'optim/grad_norm',
  'group/zero_std_frac',
  'policy/mismatch_kl',
]

// The recipe where that tells the runs apart, else the id.
function nameOf(info: RunInfo, all: readonly RunInfo[]): string {
  return all.filter((other) => other.recipe === info.recipe).length === 1 ? info.recipe : info.id
}

function namesOf(runs: readonly LoadedRun[]): readonly MetricName[] {
  return [...new Set(runs.flatMap((run) => run.rows.flatMap((row) => Object.keys(row))))].filter(isMetricName)
}

function isMetricName(key: string): key is MetricName {
  return key.includes('/')
}

function shortScore(name: string): string {
  return name.replace(/^eval\//, '').replace('/', ' ')
}

function summaryOf(run: LoadedRun, scores: readonly MetricName[]): SummaryRow {
  const last = run.rows[run.rows.length - 1]
  const task = scores[0].split('/')[1]
  return {
    name: run.name,
    estimates: scores.map((name) => {
      const row = run.rows.findLast((r) => typeof r[name] === 'number')
      return row === undefined ? undefined : estimateIn(row, name)
    }),
    n: run.rows.findLast((r) => typeof r[`eval/${task}/n`] === 'number')?.[`eval/${task}/n`] ?? undefined,
    seeds: run.info.seeds,
    tokens: last?.tokens,
    seconds: last?.time_s,
  }
}

function chartOf(runs: readonly LoadedRun[], name: MetricName, size: 'wide' | 'small'): Chart {
  const series = runs.map((run) => ({
    name: run.name,
    points: run.rows
      .filter((row) => name in row)
      .map((row): Point => {
        const { value, low, high } = estimateIn(row, name)
        return { x: row.step, y: value, low, high }
      }),
  }))
  return {
    title: size === 'wide' ? shortScore(name) : name,
    caption: size === 'wide' ? 'Bands: 95 % intervals.' : undefined,
    xLabel: 'step',
    size,
    series: series.filter((s) => s.points.length > 0),
  }
}

function estimateIn(row: MetricRow, name: MetricName): Estimate {
  return {
    value: row[name] ?? Number.NaN,
    low: row[`${name}_low`] ?? undefined,
    high: row[`${name}_high`] ?? undefined,
  }
}

// First and last evaluation of the first task; problems whose verdict changed come first, for they show what was learnt.
function samplesOf({ dir }: LoadedRun, count: number): readonly ReportSample[] {
  const evaluations = listEvaluations(dir)
  const steps = evaluations.filter((e) => e.task === evaluations[0].task).map((e) => e.step)
  if (steps.length === 0) return []
  const columns = [...new Set([steps[0], steps[steps.length - 1]])].map((step) => ({
    label: `step ${step}`,
    byProblem: firstOfEach(readEvaluation(dir, evaluations[0].task, step).samples),
  }))
  const samples = [...columns[columns.length - 1].byProblem.values()].map(
    ({ problem, prompt, answer }): ReportSample => ({
      problem: prompt,
      answer,
      completions: columns.flatMap(({ label, byProblem }) => {
        const row = byProblem.get(problem)
        return row === undefined ? [] : [{ label, text: row.completion, verdict: row.verdict, reason: row.reason }]
      }),
    }),
  )
  const changed = samples.filter((sample) => new Set(sample.completions.map((c) => c.verdict)).size > 1)
  return [...new Set([...changed.slice(0, Math.ceil(count / 2)), ...samples])].slice(0, count)
}

function firstOfEach(rows: readonly EvalSampleRow[]): ReadonlyMap<string, EvalSampleRow> {
  const seen = new Map<string, EvalSampleRow>()
  for (const row of rows) if (!seen.has(row.problem)) seen.set(row.problem, row)
  return seen
}
