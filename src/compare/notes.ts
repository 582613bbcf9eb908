// What a reader of a comparison must know, in lines of words: seeds, pairs, tests, corrections, unfinished runs.
import { type Comparison, measureName } from '../eval/index.ts'
import type { ComparisonReport } from './report.ts'
import { type CompareRow, type Correction, seedsOf } from './rows.ts'

/** What is odd about each row. */
export function notesOf(rows: readonly CompareRow[]): readonly string[] {
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

/** `eval/<task>/pass@1`, with the task of the evaluations. */
export const metricName = ({ metric, rows }: ComparisonReport): string =>
  `eval/${metric.task ?? rows[0].evaluations[0].task}/${measureName(metric.measure)}`

/** What was compared with what, how, and on what. */
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

/** Which tests the p-values are of, and what they were corrected for. */
export function testLine({ rows, correction }: ComparisonReport): string {
  const compared = rows.flatMap(({ comparison }) => comparison ?? [])
  const tests = [...new Set(compared.map(({ test }) => testNames[test]))]
  return `p: two-sided, ${tests.join(', ')}; ${correctionLine(correction, compared.length)}`
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
