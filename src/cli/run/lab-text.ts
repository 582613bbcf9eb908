// What `gradus lab` prints for people: the runs of a dry run, and the results.
import {
  type ClaimResult,
  describeGaps,
  describeStart,
  describeTestbed,
  type LabResults,
  type QueueItem,
  type RunStanding,
  rowCells,
} from '../../lab/index.ts'
import { textTable } from './text-table.ts'

/** A run of the queue and where it stands. */
export type ListedRun = Omit<QueueItem<unknown>, 'plan' | 'startsFrom'> & { readonly standing: RunStanding }

/** The runs of a lab, without running them. */
export function describeQueue(runs: readonly ListedRun[]): string {
  const done = runs.filter(({ standing }) => standing === 'done').length
  const table = textTable(
    ['', 'testbed', 'run', 'directory'],
    runs.map(({ standing, testbed, title, dir }) => [standing, testbed, title, dir]),
  )
  return `${table}\n\n${runs.length} runs: ${done} done, ${runs.length - done} to do.\n`
}

/** The tables, the claims with their evidence, what is missing, and where the reports lie. */
export function describeLab(results: LabResults, reports: readonly string[]): string {
  const { testbeds, claims } = results
  const gaps = describeGaps(results)
  const sections = [
    ...testbeds.map((testbed) => {
      const { head, rows } = rowCells(results, testbed.id)
      const about = `${testbed.id}: ${describeTestbed(testbed, results)}\nstart: ${describeStart(testbed)}`
      return rows.length === 0 ? about : `${about}\n\n${textTable(head, rows)}`
    }),
    ...(claims.length === 0 ? [] : [['claims', ...claims.map(describeClaim)].join('\n')]),
    ...(gaps.length === 0 ? [] : [['missing', ...gaps.map((gap) => `  ${gap}`)].join('\n')]),
    ...(reports.length === 0 ? [] : [reports.map((path) => `report  ${path}`).join('\n')]),
  ]
  return `${sections.join('\n\n')}\n`
}

function describeClaim({ recipe, testbed, statement, outcome, evidence }: ClaimResult): string {
  return `  ${outcome.padEnd(12)}  ${recipe}, on ${testbed}: ${statement}\n${' '.repeat(16)}${evidence}`
}
