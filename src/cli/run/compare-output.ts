// A comparison as a table in several formats, and as lines of text around it. It computes nothing.
import {
  type Axis,
  axisNames,
  type ComparisonReport,
  type Correction,
  configChanges,
  metricName,
  rowJson,
  seedsOf,
  testLine,
} from '../../compare/index.ts'
import type { Comparison } from '../../eval/index.ts'
import { describeDifferences, formatCount, formatDuration, formatEstimate, formatNumber } from '../../store/index.ts'
import { sparkline } from './sparkline.ts'
import type { FormattedTable } from './table-format.ts'
import { textTable } from './text-table.ts'

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
      const { config_differences: _changes, seeds, ...facts } = rowJson(report, row)
      return { metric: metricName(report), ...facts, seeds: seeds.join(' ') }
    }),
  }
}

const correctionNames: Readonly<Record<Correction, string>> = { holm: 'Holm', bh: 'BH', none: '' }

const signed = ({ difference }: Comparison): string => `${difference.value > 0 ? '+' : ''}${formatEstimate(difference)}`

/** What stands below the table. */
export function closingLines(report: ComparisonReport): readonly string[] {
  const changed = report.rows.flatMap((row) => {
    const changes = configChanges(report, row)
    return changes.length === 0 ? [] : [`configuration of ${row.subject.name}: ${describeDifferences(changes, 12)}`]
  })
  return [
    testLine(report),
    'could see: the smallest true difference that such a comparison finds 8 times in 10',
    ...changed,
    ...report.notes,
  ]
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
