// The cells of a lab's report, for a terminal and for Markdown alike: numbers as people read them. It draws nothing.
import type { Estimate } from '../eval/index.ts'
import { formatCount, formatDuration, formatEstimate } from '../store/index.ts'
import type { LabResults, TestbedResult } from './results.ts'
import type { LabRow } from './rows.ts'

/** A table before it is drawn. */
export interface Cells {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const none = '-'

/** The table of one testbed. */
export function rowCells(results: LabResults, testbed: string): Cells {
  const rows = results.rows.filter((row) => row.testbed === testbed)
  const ks = [...new Set(rows.flatMap(({ largestK }) => (largestK === null ? [] : [largestK.k])))].sort((a, b) => a - b)
  return {
    head: [
      'recipe',
      'pass@1 [95 %]',
      'over the start',
      'over the baseline',
      ...ks.filter((k) => k > 1).map((k) => `pass@${k}`),
      'trained',
      'sampled',
      'steps',
      'time',
      'seeds',
    ],
    rows: rows.map((row) => [
      rowName(row),
      shown(row.pass1),
      signed(row.overStart),
      row.overBaseline === null ? none : `${signed(row.overBaseline)} (${row.baseline})`,
      ...ks.filter((k) => k > 1).map((k) => (row.largestK?.k === k ? shown(row.largestK.pass) : none)),
      ...costCells(row),
      String(row.seeds.length),
    ]),
  }
}

function costCells({ cost }: LabRow): readonly string[] {
  if (cost === null) return [none, none, none, none]
  const { trainedTokens, sampledTokens, steps, seconds } = cost
  return [formatCount(trainedTokens), formatCount(sampledTokens), formatCount(steps), formatDuration(seconds)]
}

/** A recipe's name; with what is changed, where it is an arm of a claim. */
export function rowName({ recipe, settings, isOwn }: Pick<LabRow, 'recipe' | 'settings' | 'isOwn'>): string {
  const changed = isOwn ? '{}' : JSON.stringify(settings)
  return changed === '{}' ? recipe : `${recipe} ${changed}`
}

/** What a testbed is, in a line: budget, seeds, problems. */
export function describeTestbed({ id, tokens, steps }: TestbedResult, { seeds, rows }: LabResults): string {
  const measured = rows.find((row) => row.testbed === id && row.problems !== null)
  const evaluated = measured === undefined ? [] : [`${measured.problems} problems x ${measured.samples} samples`]
  return [
    `${formatCount(tokens)} trained tokens or ${steps} steps a run`,
    `seeds ${seeds.join(', ')}`,
    ...evaluated,
  ].join('; ')
}

/** pass@k of the starting model, in a line. */
export function describeStart({ start }: TestbedResult): string {
  if (start === null) return 'not known yet'
  return Object.entries(start)
    .map(([k, estimate]) => `pass@${k} ${formatEstimate(estimate)}`)
    .join(', ')
}

/** The runs that are not finished, a line each, and samples without a verdict. */
export function describeGaps({ rows }: LabResults): readonly string[] {
  return rows.flatMap((row) => {
    const name = `${rowName(row)} on ${row.testbed}`
    const missing = row.missing.map(
      ({ seed, standing, why }) => `${name}, seed ${seed}: ${standing}${why === null ? '' : ` (${why})`}`,
    )
    const silent =
      row.withoutVerdict === 0 ? [] : [`${name}: ${row.withoutVerdict} samples without a verdict, left out`]
    return [...missing, ...silent]
  })
}

const shown = (estimate: Estimate | null): string => (estimate === null ? none : formatEstimate(estimate))

const signed = (estimate: Estimate | null): string =>
  estimate === null ? none : `${estimate.value > 0 ? '+' : ''}${formatEstimate(estimate)}`
