// What `gradus compare` does: finds the runs, measures them alike, compares each with the baseline, and says how sure that is.
import { writeFileAtomic } from '../../base/atomic-file.ts'
import { GradusError } from '../../base/error.ts'
import { readMeasure } from '../../eval/index.ts'
import { renderReport } from '../../store/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Io, Shell } from '../io.ts'
import { type Axis, curvesOf } from './compare-curves.ts'
import {
  type ComparisonReport,
  closingLines,
  compareJson,
  compareTable,
  curveLines,
  headLine,
} from './compare-output.ts'
import { comparisonPage } from './compare-page.ts'
import {
  type CompareMetric,
  type CompareRow,
  type Correction,
  compareRows,
  correct,
  measure,
  seedsOf,
} from './compare-rows.ts'
import { findBaseline, findSubjects, type Subject } from './compare-sources.ts'
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
  const { x: axis, correction, unpaired = false } = options
  const format = options.json ? 'json' : options.format
  const metrics = options.metric.map(readMetric)
  if (options.html !== undefined) prepareOutputFile(options.html, '--html', 'compare.html')
  const { subjects, notes } = subjectsOf(paths, options)
  const measured = metrics.map((metric) => ({ metric, rows: rowsOf(subjects, metric, unpaired) }))
  // One family of comparisons, whatever metric they are on.
  const corrected = correct(
    measured.flatMap(({ rows }) => rows),
    correction,
  )
  const reports = measured.map(({ metric, rows }, i): ComparisonReport => {
    const own = corrected.slice(i * rows.length, (i + 1) * rows.length)
    return {
      metric,
      rows: own,
      correction,
      isPaired: !unpaired,
      axis,
      curves: curvesOf(subjects, metric, axis),
      notes: [...notes, ...notesOf(own)],
    }
  })
  if (options.html !== undefined) writeFileAtomic(options.html, renderReport(comparisonPage(reports, command)))
  show(reports, format, io, options.quiet === true)
  if (options.html !== undefined && !options.quiet) io.err(`wrote ${options.html}\n`)
  return exitCodes.ok
}

/** The subjects, the baseline first. */
function subjectsOf(
  paths: readonly string[],
  { baseline: named, group }: CompareOptions,
): { readonly subjects: readonly Subject[]; readonly notes: readonly string[] } {
  const how = { groupSeeds: group === 'seeds' }
  const given = findSubjects(paths, how)
  // A baseline that is not among the runs is added to them.
  const isNamed = (subject: Subject): boolean => [subject.name, ...subject.aliases].includes(named ?? '')
  const { subjects, notes } =
    named === undefined || given.subjects.some(isNamed) ? given : withBaseline(paths, named, given.subjects, how)
  const baseline = named === undefined ? subjects[0] : findBaseline(named, subjects)
  if (subjects.length < 2) {
    throw new GradusError('usage/nothing-to-compare', `${subjects[0]?.name ?? paths[0]} stands alone`, {
      hint: 'Give two runs or more; RUN@0 is the model that RUN started from.',
    })
  }
  const addedNotes = named === undefined ? [`no --baseline given: the first, ${baseline.name}`] : []
  return {
    subjects: [baseline, ...subjects.filter((subject) => subject !== baseline)],
    notes: [...addedNotes, ...notes],
  }
}

function withBaseline(
  paths: readonly string[],
  named: string,
  subjects: readonly Subject[],
  how: { readonly groupSeeds: boolean },
) {
  try {
    findBaseline(named, subjects)
    return { subjects, notes: [] }
  } catch {
    try {
      return findSubjects([...paths, named], how)
    } catch {
      findBaseline(named, subjects)
      throw new GradusError('usage/no-such-baseline', `--baseline ${named} cannot be read`)
    }
  }
}

function rowsOf(subjects: readonly Subject[], metric: CompareMetric, unpaired: boolean): readonly CompareRow[] {
  const [baseline, ...others] = subjects.map((subject) => measure(subject, metric))
  return compareRows(baseline, others, metric.measure, { unpaired })
}

/** `eval/<task>/pass@1` or `pass@1`. */
function readMetric(text: string): CompareMetric {
  const match = /^eval\/(.+)\/([^/]+)$/.exec(text)
  const what = readMeasure(match === null ? text : match[2])
  if (what !== undefined) return { task: match?.[1], measure: what }
  throw new GradusError('usage/bad-option', `--metric cannot be "${text}"`, {
    hint: 'It is pass@K, maj@K or mean@K of evaluations, with or without the task: eval/countdown/pass@1.',
  })
}

function notesOf(rows: readonly CompareRow[]): readonly string[] {
  return rows.flatMap(({ subject, withoutNumber, estimate, comparison }) => {
    const { name, members } = subject
    const seeds = seedsOf(subject)
    const unfinished = members.filter((member) => member.kind === 'run' && member.info.status !== 'done').length
    return [
      ...(withoutNumber > 0
        ? [`${name}: ${withoutNumber} problems have too few samples with a verdict, left out`]
        : []),
      ...(comparison !== undefined && comparison.test !== 'label-shuffle' && comparison.difference.n < estimate.n
        ? [`${name}: the difference is over the ${comparison.difference.n} problems that both have`]
        : []),
      ...(unfinished > 0 ? [`${name}: ${unfinished} of ${members.length} runs not finished`] : []),
      ...(seeds.length === 1 ? [`${name}: one seed, so the interval says nothing of other seeds`] : []),
      ...(seeds.length > 1 && seeds.length < 5
        ? [`${name}: ${seeds.length} seeds, so the interval is too narrow rather than too wide`]
        : []),
      ...(new Set(seeds).size < seeds.length ? [`${name}: a seed comes twice`] : []),
    ]
  })
}

function show(reports: readonly ComparisonReport[], format: TableFormat, io: Io, isQuiet: boolean): void {
  for (const [i, report] of reports.entries()) {
    if (format === 'json') {
      io.out(compareJson(report))
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
