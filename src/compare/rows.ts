// The rows of a comparison: each subject's score with its interval, its difference from the baseline on the problems that
// both answered, a p-value, and its correction for the number of rows. It refuses to pair what was not measured alike.
import { GradusError } from '../base/error.ts'
import {
  benjaminiHochberg,
  type Comparison,
  comparePaired,
  compareUnpaired,
  type Estimate,
  estimateScores,
  holm,
  measureName,
  nestedMean,
  type ProblemMeasure,
  problemScore,
} from '../eval/index.ts'
import { configDifferences, describeDifferences } from '../store/index.ts'
import { type EvaluationRecord, readEvaluationFile } from './read-evaluation.ts'
import { evaluationPathOf, type Subject } from './subjects.ts'

/** What is compared: `eval/<task>/pass@1`. Without a task, each run's own. */
export interface CompareMetric {
  readonly task: string | undefined
  readonly measure: ProblemMeasure
}

/** How p-values are corrected. */
export const corrections = ['holm', 'bh', 'none'] as const

/** One of {@link corrections}. */
export type Correction = (typeof corrections)[number]

/** A subject with its evaluations, one for each member. */
export interface Measured {
  readonly subject: Subject
  readonly evaluations: readonly EvaluationRecord[]
  /** By member: number of each problem that has one. */
  readonly scores: readonly ReadonlyMap<string, number>[]
  readonly estimate: Estimate
  /** Problems without a number: too few samples with a verdict. */
  readonly withoutNumber: number
}

/** A row of the table. The baseline has no comparison. */
export interface CompareRow extends Measured {
  readonly comparison?: Comparison
  /** p after correction; that of the comparison itself when there is none. */
  readonly pAdjusted?: number
}

/** Reads and scores one subject. @throws `data/...` */
export function measure(subject: Subject, { task, measure: what }: CompareMetric): Measured {
  const evaluations = subject.members.map((member) => readEvaluationFile(evaluationPathOf(member, task)))
  const [first] = evaluations
  for (const other of evaluations.slice(1)) requireAlike(first.path, first, other.path, other, oneRowHint)
  if (task !== undefined && first.task !== task) {
    throw new GradusError('data/no-evaluation', `${first.path} is an evaluation of ${first.task}, not of ${task}`, {
      hint: `Compare on eval/${first.task}/${measureName(what)}.`,
    })
  }
  const scores = evaluations.map((evaluation) => scoresOf(evaluation, what))
  const common = [...scores[0].keys()].filter((id) => scores.every((one) => one.has(id)))
  if (common.length === 0) throw notMeasured(first, what)
  return {
    subject,
    evaluations,
    scores,
    estimate: estimateOf(common, scores, what.k),
    withoutNumber: first.problems.size - common.length,
  }
}

/** The mean over seeds and problems; `n` counts problems. */
function estimateOf(ids: readonly string[], scores: Measured['scores'], seed: number): Estimate {
  const table = tableOf(ids, scores)
  return table.length === 1 ? estimateScores(table[0]) : { ...nestedMean(table, { seed }), n: ids.length }
}

const tableOf = (ids: readonly string[], scores: Measured['scores']): readonly (readonly number[])[] =>
  scores.map((one) => ids.map((id) => one.get(id) ?? Number.NaN))

function scoresOf({ problems }: EvaluationRecord, what: ProblemMeasure): ReadonlyMap<string, number> {
  const groups = [...problems]
  // Without any class, the evaluation did not write them down.
  const hasClasses = groups.some(([, samples]) => samples.some((sample) => typeof sample.class === 'string'))
  if (what.kind === 'maj' && !hasClasses) return new Map()
  return new Map(
    groups.flatMap(([id, samples]): (readonly [string, number])[] => {
      const score = problemScore(samples, what)
      return score === undefined ? [] : [[id, score]]
    }),
  )
}

function notMeasured({ path, conditions: { samples } }: EvaluationRecord, what: ProblemMeasure): GradusError {
  const name = measureName(what)
  const hint =
    what.kind === 'maj'
      ? 'Votes need classes of answers, which gradus eval --maj writes down: evaluate again with --out.'
      : `It has ${samples} samples of each problem: choose a k that fits, or evaluate again with more.`
  return new GradusError('data/no-metric', `${path} does not say ${name}`, { hint })
}

/** All rows, the baseline first. @throws `data/protocols-differ` unless `unpaired` */
export function compareRows(
  baseline: Measured,
  others: readonly Measured[],
  what: ProblemMeasure,
  { unpaired }: { readonly unpaired: boolean },
): readonly CompareRow[] {
  const rows = others.map((other): CompareRow => {
    if (unpaired) return { ...other, comparison: unpairedOf(baseline, other, what) }
    requireAlike(baseline.subject.name, baseline.evaluations[0], other.subject.name, other.evaluations[0])
    return { ...other, comparison: pairedOf(baseline, other, what) }
  })
  return [baseline, ...rows]
}

/** Corrects the p-values of all rows that were compared. */
export function correct(rows: readonly CompareRow[], correction: Correction): readonly CompareRow[] {
  const ps = rows.flatMap(({ comparison }) => comparison?.p ?? [])
  const adjusted = { holm, bh: benjaminiHochberg, none: (all: readonly number[]) => all }[correction](ps)
  let next = 0
  return rows.map((row) => (row.comparison === undefined ? row : { ...row, pAdjusted: adjusted[next++] }))
}

function pairedOf(baseline: Measured, other: Measured, what: ProblemMeasure): Comparison {
  const both = [...baseline.scores, ...other.scores]
  const ids = [...baseline.scores[0].keys()].filter((id) => both.every((scores) => scores.has(id)))
  if (ids.length === 0) throw notMeasured(other.evaluations[0], what)
  const [before, after] = [baseline, other].map((side) => inSeedOrder(side))
  return comparePaired(tableOf(ids, before.scores), tableOf(ids, after.scores), {
    seed: what.k,
    seedsPaired: before.seeds.length > 1 && before.seeds.join() === after.seeds.join(),
  })
}

/** Seeds of a subject's runs, ascending, and the scores in that order. */
function inSeedOrder({ subject, scores }: Measured) {
  const seeds = seedsOf(subject)
  const order = scores.map((_, i) => i).sort((a, b) => (seeds[a] ?? 0) - (seeds[b] ?? 0))
  return { seeds: order.map((i) => seeds[i]), scores: order.map((i) => scores[i]) }
}

/** The seeds of a subject's runs. A result file does not say which seed made its model. */
export const seedsOf = ({ members }: Subject): readonly number[] =>
  members.flatMap((member) => (member.kind === 'run' ? (member.info.seeds[0] ?? []) : []))

function unpairedOf(baseline: Measured, other: Measured, what: ProblemMeasure): Comparison {
  const [before, after] = [baseline, other].map(({ scores, estimate }) => ({
    scores: scores.map((one) => [...one.values()]),
    estimate,
  }))
  return compareUnpaired(before, after, { seed: what.k })
}

const oneRowHint =
  'Seeds of one recipe are one row only when they are evaluated alike: leave --group out, or evaluate again.'

/** Pairs are made of equal conditions alone. */
function requireAlike(
  name: string,
  one: EvaluationRecord,
  otherName: string,
  other: EvaluationRecord,
  hint = 'Evaluate both alike with gradus eval --out, or compare them unpaired, with wider intervals: --unpaired.',
): void {
  if (one.protocol === other.protocol && sameProblems(one, other)) return
  const { problems: _mine, ...mine } = one.conditions
  const { problems: _theirs, ...theirs } = other.conditions
  const parts = [describeProblems(one, other), describeDifferences(configDifferences(mine, theirs), 8)]
  throw new GradusError(
    'data/protocols-differ',
    `${otherName} cannot be paired with ${name}: ${parts.filter(Boolean).join('; ')}`,
    { hint },
  )
}

const sameProblems = (one: EvaluationRecord, other: EvaluationRecord): boolean =>
  one.problems.size === other.problems.size && [...one.problems.keys()].every((id) => other.problems.has(id))

function describeProblems(one: EvaluationRecord, other: EvaluationRecord): string {
  if (sameProblems(one, other)) return ''
  const common = [...one.problems.keys()].filter((id) => other.problems.has(id)).length
  return `${common} problems in common, of ${one.problems.size} and ${other.problems.size}`
}
