// A comparison as a static page: the table, curves with bands, what differs between configurations. The page is drawn by
// src/store; here its data are put together.
import {
  axisNames,
  type ComparisonReport,
  configChanges,
  headLine,
  metricName,
  type Subject,
  seedsOf,
} from '../../compare/index.ts'
import type { MetricName } from '../../contracts/index.ts'
import { type Chart, describeDifferences, formatNumber, type ReportData, readMetrics } from '../../store/index.ts'
import { closingLines } from './compare-output.ts'

/** The page's data, for one metric or several over the same subjects. */
export function comparisonPage(reports: readonly ComparisonReport[], command: string): ReportData {
  const [first] = reports
  const { rows } = first
  const names = rows.map(({ subject }) => subject.name)
  return {
    title: `${names.length} compared with ${names[0]}`,
    subtitle: reports.map(headLine).join(' '),
    table: {
      measures: reports.flatMap((report) => [metricName(report), 'difference']),
      caption: 'With 95 % intervals. p-values are corrected as the notes say.',
      rows: rows.map(({ subject, estimate }, i) => {
        const last = lastRow(subject)
        return {
          name: subject.name,
          estimates: reports.flatMap(({ rows: own }) => [
            own[i].estimate,
            own[i].comparison?.difference ?? { value: 0 },
          ]),
          n: estimate.n,
          seeds: seedsOf(subject),
          ...(last && { tokens: last.tokens, seconds: last.time_s }),
          note: noteOf(reports, i),
        }
      }),
    },
    charts: reports.flatMap(chartOf),
    notes: [
      ...new Set(reports.flatMap(closingLines)),
      ...rows.flatMap((row) => {
        const changes = configChanges(first, row)
        return changes.length > 12 ? [`all of ${row.subject.name}: ${describeDifferences(changes, 200)}`] : []
      }),
    ],
    command,
  }
}

function chartOf(report: ComparisonReport): readonly Chart[] {
  if (report.curves.length === 0) return []
  return [
    {
      title: metricName(report),
      xLabel: axisNames[report.axis],
      caption: 'Bands: 95 % intervals.',
      size: 'wide',
      series: report.curves.map(({ run, points }) => ({
        name: run,
        points: points.map(({ x, value, low, high }) => ({ x, y: value, low, high })),
      })),
    },
  ]
}

function noteOf(reports: readonly ComparisonReport[], row: number): string {
  const ps = reports.flatMap(({ rows }) => rows[row].pAdjusted ?? [])
  return ps.length === 0 ? 'baseline' : `p ${ps.map(formatNumber).join(', ')}`
}

/** What a subject's first run had spent at its end. */
function lastRow({ members: [member] }: Subject) {
  if (member.kind === 'file') return undefined
  return readMetrics(member.dir).rows.at(-1) satisfies Readonly<Record<MetricName, unknown>> | undefined
}
