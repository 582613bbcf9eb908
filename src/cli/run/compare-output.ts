// A comparison as JSON, as a table in several formats, and as lines of text around it. It computes nothing.
import { type Comparison, measureName } from '../../eval/index.ts'
import {
  configDifferences,
  describeDifferences,
  formatCount,
  formatDuration,
  formatEstimate,
  formatNumber,
} from '../../store/index.ts'
import { type Axis, axisNames, type CompareCurve } from './compare-curves.ts'
import { type CompareMetric, type CompareRow, type Correction, type Measured, seedsOf } from './compare-rows.ts'
import { isSettings } from './overrides.ts'
import { sparkline } from './sparkline.ts'
import type { FormattedTable } from './table-format.ts'
import { textTable } from './text-table.ts'

/** A comparison on one metric. */
export interface ComparisonReport {
  readonly metric: CompareMetric
  /** The baseline first. */
  readonly rows: readonly CompareRow[]
  readonly correction: Correction
  readonly isPaired: boolean
  readonly axis: Axis
  readonly curves: readonly CompareCurve[]
  /** What a reader should know. */
  readonly notes: readonly string[]
}

/** `eval/<task>/pass@1`, with the task of the evaluations. */
export const metricName = ({ metric, rows }: ComparisonReport): string =>
  `eval/${metric.task ?? rows[0].evaluations[0].task}/${measureName(metric.measure)}`

/** What differs between a row's configuration and the baseline's. */
export function configChanges({ rows: [baseline] }: ComparisonReport, row: Measured) {
  const [before, after] = [configOf(baseline), configOf(row)]
  return before === undefined || after === undefined || row === baseline ? [] : configDifferences(before, after)
}

// The seed is not a setting where rows stand for several.
function configOf({ subject }: Measured): unknown {
  const [first] = subject.members
  if (first.kind === 'file' || !isSettings(first.config)) return undefined
  const { seed, ...config } = first.config
  return { recipe: first.info.recipe, ...config, ...(subject.members.length === 1 && seed !== undefined && { seed }) }
}

/** The line of `--json`. */
export function compareJson(report: ComparisonReport): string {
  const { rows, correction, isPaired, axis, curves, notes } = report
  return `${JSON.stringify({
    metric: metricName(report),
    baseline: rows[0].subject.name,
    rows: rows.map((row) => jsonRow(report, row)),
    paired: isPaired,
    correction,
    x: axis,
    curves: curves.map(({ run, points, atBudget, mean }) => ({ run, points, at_budget: atBudget, mean })),
    notes,
  })}\n`
}

function jsonRow(report: ComparisonReport, row: CompareRow) {
  const { subject, estimate, comparison, pAdjusted, evaluations, withoutNumber } = row
  const { difference, p, test, detectable } = comparison ?? itself
  return {
    run: subject.name,
    value: estimate.value,
    low: estimate.low,
    high: estimate.high,
    n: estimate.n,
    diff: difference.value,
    diff_low: difference.low,
    diff_high: difference.high,
    p,
    p_adjusted: pAdjusted ?? p,
    test,
    detectable,
    pairs: comparison === undefined ? null : difference.n,
    seeds: seedsOf(subject),
    samples: evaluations[0].conditions.samples,
    step: evaluations[0].step ?? null,
    protocol: evaluations[0].protocol,
    without_number: withoutNumber,
    config_differences: configChanges(report, row).map(({ path, before, after }) => ({
      path,
      before: before ?? null,
      after: after ?? null,
    })),
  }
}

/** A baseline does not differ from itself, and no test was made. */
const itself: Omit<Comparison, 'test' | 'detectable'> & { readonly test: null; readonly detectable: null } = {
  difference: { value: 0, low: 0, high: 0, n: 0 },
  p: 1,
  test: null,
  detectable: null,
}

/** The table, for readers and programs. */
export function compareTable(report: ComparisonReport): FormattedTable {
  const { rows, correction } = report
  const several = rows.length > 2 && correction !== 'none'
  return {
    head: [
      'run',
      'value [95 %]',
      'n',
      'seeds',
      'difference [95 %]',
      'p',
      ...(several ? [`p (${correctionNames[correction]})`] : []),
      'could see',
    ],
    rows: rows.map(({ subject, estimate, comparison, pAdjusted }) => [
      subject.name,
      formatEstimate(estimate),
      String(estimate.n),
      seedsOf(subject).join(',') || '-',
      comparison === undefined ? 'baseline' : signed(comparison),
      comparison === undefined ? '-' : formatNumber(comparison.p),
      ...(several ? [pAdjusted === undefined ? '-' : formatNumber(pAdjusted)] : []),
      comparison === undefined ? '-' : formatNumber(comparison.detectable),
    ]),
    records: rows.map((row) => {
      const { config_differences: _changes, seeds, ...facts } = jsonRow(report, row)
      return { metric: metricName(report), ...facts, seeds: seeds.join(' ') }
    }),
  }
}

const correctionNames: Readonly<Record<Correction, string>> = { holm: 'Holm', bh: 'BH', none: '' }

const signed = ({ difference }: Comparison): string => `${difference.value > 0 ? '+' : ''}${formatEstimate(difference)}`

/** What stands above the table. */
export function headLine(report: ComparisonReport): string {
  const { rows, isPaired } = report
  const { n, samples, temperature } = rows[0].evaluations[0].conditions
  const how = isPaired ? 'paired by problem' : 'UNPAIRED: as if on other problems, so wider'
  const under = [
    `${n} problems`,
    samplesEach(samples),
    ...(temperature === undefined ? [] : [`temperature ${temperature}`]),
  ]
  return `${metricName(report)}, differences from ${rows[0].subject.name}, ${how}; ${under.join(', ')}`
}

/** `8 samples each`. */
export const samplesEach = (samples: number): string => `${samples} ${samples === 1 ? 'sample' : 'samples'} each`

/** What stands below it. */
export function closingLines(report: ComparisonReport): readonly string[] {
  const { rows, correction, notes } = report
  const compared = rows.filter((row) => row.comparison !== undefined)
  const tests = [...new Set(compared.flatMap(({ comparison }) => comparison?.test ?? []))]
  const changed = compared.flatMap((row) => {
    const changes = configChanges(report, row)
    return changes.length === 0 ? [] : [`configuration of ${row.subject.name}: ${describeDifferences(changes, 12)}`]
  })
  return [
    `p: two-sided, ${tests.map((test) => testNames[test]).join(', ')}; ${correctionLine(correction, compared.length)}`,
    'could see: the smallest true difference that such a comparison finds 8 times in 10',
    ...changed,
    ...notes,
  ]
}

const testNames: Readonly<Record<Comparison['test'], string>> = {
  'mcnemar-mid-p': "McNemar's mid-p",
  'sign-flip': 'sign flips',
  'nested-bootstrap': 'bootstrap over seeds and problems',
  'label-shuffle': 'shuffled labels',
  normal: 'normal approximation',
}

function correctionLine(correction: Correction, count: number): string {
  if (count < 2) return 'one comparison, not corrected'
  if (correction === 'none') return `NOT corrected for ${count} comparisons`
  const what =
    correction === 'holm' ? "Holm's, against any false finding" : 'Benjamini-Hochberg, of the share of false findings'
  return `corrected for the comparisons of this call (${what})`
}

/** The curves as lines of text. */
export function curveLines({ curves, axis }: ComparisonReport): readonly string[] {
  if (curves.length === 0) return []
  const values = curves.flatMap(({ points }) => points.map(({ value }) => value))
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const budget = curves.find(({ atBudget }) => atBudget !== null)?.atBudget
  const at = budget ? `at ${showX(budget.x, axis)}` : ''
  const table = textTable(
    ['', `over ${axisNames[axis]}s`.replace(/ss$/, 's'), 'first', 'last', ...(budget ? [at, 'mean up to there'] : [])],
    curves.map(({ run, points, atBudget, mean }) => {
      const [first, last] = [points[0], points[points.length - 1]]
      return [
        run,
        sparkline(
          points.map(({ value }) => value),
          { low, high },
        ),
        formatNumber(first.value),
        `${formatNumber(last.value)} at ${showX(last.x, axis)}`,
        ...(budget ? [atBudget ? formatNumber(atBudget.value) : '-', mean === null ? '-' : formatNumber(mean)] : []),
      ]
    }),
  )
  return ['', table]
}

const showX = (x: number, axis: Axis): string =>
  axis === 'seconds' ? formatDuration(x) : axis === 'steps' ? `step ${formatCount(x)}` : `${formatCount(x)} tokens`
