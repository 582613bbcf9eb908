// What `gradus compare` does: reads its options, has the runs compared, and prints what was found. Comparing is src/compare's.
import { writeFileAtomic } from '../../base/atomic-file.ts'
import {
  type Axis,
  type ComparisonReport,
  type Correction,
  compareRuns,
  comparisonJson,
  headLine,
  readMetric,
} from '../../compare/index.ts'
import { renderReport } from '../../store/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Io, Shell } from '../io.ts'
import { closingLines, compareTable, curveLines } from './compare-output.ts'
import { comparisonPage } from './compare-page.ts'
import { prepareOutputFile } from './output-file.ts'
import { renderTable, type TableFormat } from './table-format.ts'

/** Options of the verb. */
export interface CompareOptions {
  readonly baseline?: string
  readonly metric: readonly string[]
  readonly x: Axis
  readonly format: TableFormat
  readonly unpaired?: boolean
  readonly group?: 'seeds'
  readonly correction: Correction
  readonly html?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Runs the verb. @throws `usage/...`, `data/...`, `store/...` */
export async function compareCommand(
  paths: readonly string[],
  options: CompareOptions,
  { io, command }: Shell,
): Promise<ExitCode> {
  const { x: axis, correction, unpaired, baseline, group } = options
  const format = options.json ? 'json' : options.format
  const metrics = options.metric.map(readMetric)
  if (options.html !== undefined) prepareOutputFile(options.html, '--html', 'compare.html')
  const reports = compareRuns({
    given: paths.map((path) => ({ name: path, path })),
    ...(baseline !== undefined && { baseline: { name: baseline, path: baseline } }),
    metrics,
    groupSeeds: group === 'seeds',
    unpaired,
    correction,
    axis,
  })
  if (options.html !== undefined) writeFileAtomic(options.html, renderReport(comparisonPage(reports, command)))
  show(reports, format, io, options.quiet === true)
  if (options.html !== undefined && !options.quiet) io.err(`wrote ${options.html}\n`)
  return exitCodes.ok
}

function show(reports: readonly ComparisonReport[], format: TableFormat, io: Io, isQuiet: boolean): void {
  for (const [i, report] of reports.entries()) {
    if (format === 'json') {
      io.out(`${JSON.stringify(comparisonJson(report))}\n`)
      continue
    }
    const table = renderTable(compareTable(report), format)
    if (format === 'text' || format === 'markdown') {
      const gap = format === 'markdown' ? '\n' : ''
      const curves = format === 'text' ? curveLines(report) : []
      const lines = [...curves, ...(curves.length > 0 ? [''] : []), ...closingLines(report)]
      const below = lines.map((line) => (format === 'markdown' ? `- ${line}` : line))
      io.out(`${i > 0 ? '\n' : ''}${headLine(report)}\n${gap}${table}${gap}${below.join('\n')}\n`)
      continue
    }
    // One header for all metrics.
    io.out(format === 'csv' && i > 0 ? table.slice(table.indexOf('\n') + 1) : table)
    if (!isQuiet) io.err(`${[headLine(report), ...closingLines(report)].join('\n')}\n`)
  }
}
