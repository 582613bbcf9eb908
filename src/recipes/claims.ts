// Checks that claims are made of: a quantity of each run, compared with another arm's or with the starting model's, over
// the same seeds and problems. Samples without a verdict are left out of a problem's number, and a problem without a number
// in one of the runs out of the comparison, which says so. They know no recipe.
import { GradusError } from '../base/error.ts'
import type { ArmRun, Claim, EvaluationCounts, Finding } from '../contracts/index.ts'
import type { Estimate } from '../eval/intervals.ts'
import { nestedMean } from '../eval/nested-bootstrap.ts'
import { passAtK } from '../eval/pass-at-k.ts'

/** Numbers of a run, one for each problem, or a single one; NaN where it is not known. */
export type Measure = {
  readonly name: string
  of(run: ArmRun): readonly number[]
}

/** pass@k of the model at the end. */
export const passAt = (k: number): Measure => ({
  name: `pass@${k}`,
  of: ({ last }) => passOf(last, k),
})

/** pass@k of the model that the run started from. */
export const startPassAt = (k: number): Measure => ({
  name: `pass@${k} of the start`,
  of: ({ first }) => passOf(first, k),
})

// NaN where samples without a verdict leave fewer than k. Too few samples are an error: no problem could have a number.
const passOf = ({ samples, right, decided }: EvaluationCounts, k: number): readonly number[] =>
  right.map((count, p) => {
    const known = decided?.[p] ?? samples
    return known < k && k <= samples ? Number.NaN : passAtK(known, count, k)
  })

/** Mean of a metric over the last quarter of the steps that have it. */
export const lateMetric = (name: `${string}/${string}`): Measure => ({
  name,
  of({ metrics }) {
    const values = metrics.flatMap((row) => (typeof row[name] === 'number' ? [row[name]] : []))
    if (values.length === 0)
      throw new GradusError('data/no-values', `The run logged no ${name}.`, {
        hint: 'A claim about it needs a run in which it is defined.',
      })
    const late = values.slice(Math.floor((values.length * 3) / 4))
    return [late.reduce((sum, value) => sum + value, 0) / late.length]
  },
})

/** One side of a comparison: a measure of an arm. */
export type Side = readonly [arm: string, measure: Measure]

/** A mean over seeds and problems, of those problems that have a number in every run. */
export interface ClaimEstimate extends Estimate {
  readonly problems: number
  /** All of them, with those left out. */
  readonly asked: number
}

/** The difference of two sides, over seeds and problems. */
export function difference(
  runs: Readonly<Record<string, readonly ArmRun[]>>,
  [[arm, measure], [otherArm, other]]: readonly [Side, Side],
): ClaimEstimate {
  const seeds = (name: string): string => runs[name].map(({ seed }) => seed).join(', ')
  if (seeds(arm) !== seeds(otherArm))
    throw new GradusError('data/not-paired', `${arm} has the seeds ${seeds(arm)}, ${otherArm} ${seeds(otherArm)}`, {
      hint: 'Runs are compared seed by seed: give the same seeds in the same order.',
    })
  const values = runs[arm].map((run, i) => {
    const theirs = other.of(runs[otherArm][i])
    const mine = measure.of(run)
    if (mine.length !== theirs.length) throw notTheSameProblems()
    return mine.map((value, p) => value - theirs[p])
  })
  return meanOf(values)
}

/** @throws `data/no-values` where no problem has a number in every run, `data/not-paired` */
function meanOf(values: readonly (readonly number[])[]): ClaimEstimate {
  const asked = values[0]?.length ?? 0
  if (values.some((row) => row.length !== asked)) throw notTheSameProblems()
  const known = Array.from({ length: asked }, (_, p) => p).filter((p) => values.every((row) => Number.isFinite(row[p])))
  if (known.length === 0 && asked > 0)
    throw new GradusError('data/no-values', 'No problem has a number in every run: too few samples have a verdict.', {
      hint: 'Draw more samples, or find out why they have no verdict.',
    })
  const estimate = nestedMean(
    values.map((row) => known.map((p) => row[p])),
    { seed: 0 },
  )
  return { ...estimate, problems: known.length, asked }
}

const notTheSameProblems = (): GradusError =>
  new GradusError('data/not-paired', 'The runs were not evaluated on the same problems.', {
    hint: 'Evaluate all of them on the same problems, in the same order.',
  })

/** Held when a side is above the other with its interval, not held when it is below, else inconclusive. */
export const isHigher =
  (left: Side, right: Side): Claim['check'] =>
  (runs) => {
    const estimate = difference(runs, [left, right])
    const outcome = estimate.low > 0 ? 'held' : estimate.high < 0 ? 'not held' : 'inconclusive'
    return { outcome, evidence: `${sideName(left)} minus ${sideName(right)}: ${show(estimate)}` }
  }

/** Held when two sides differ by less than a margin with their interval, not held when by more, else inconclusive. */
export const isClose =
  (left: Side, right: Side, margin: number): Claim['check'] =>
  (runs) => {
    const estimate = difference(runs, [left, right])
    const inside = estimate.low > -margin && estimate.high < margin
    const outside = estimate.low > margin || estimate.high < -margin
    const outcome = inside ? 'held' : outside ? 'not held' : 'inconclusive'
    return { outcome, evidence: `${sideName(left)} minus ${sideName(right)}: ${show(estimate)}, margin ${margin}` }
  }

/** Held when a side is above a number with its interval, not held when it is below, else inconclusive. */
export const isAbove =
  ([arm, measure]: Side, bound: number): Claim['check'] =>
  (runs) => {
    const estimate = meanOf(runs[arm].map((run) => measure.of(run)))
    const outcome = estimate.low > bound ? 'held' : estimate.high < bound ? 'not held' : 'inconclusive'
    return { outcome, evidence: `${measure.name} (${arm}): ${show(estimate)}` }
  }

/** Held when every check is; not held when one is not; else inconclusive. */
export const all =
  (...checks: readonly Claim['check'][]): Claim['check'] =>
  (runs): Finding => {
    const findings = checks.map((check) => check(runs))
    const has = (outcome: Finding['outcome']): boolean => findings.some((finding) => finding.outcome === outcome)
    const outcome = has('not held') ? 'not held' : has('inconclusive') ? 'inconclusive' : 'held'
    return { outcome, evidence: findings.map((finding) => finding.evidence).join('; ') }
  }

/** The claim of any method that trains: it raises pass@1 over the starting model. */
export const raisesAccuracy = (recipe: string): Claim => ({
  statement: 'pass@1 on held-out problems rises over the starting model.',
  arms: { own: { recipe } },
  check: isHigher(['own', passAt(1)], ['own', startPassAt(1)]),
})

const sideName = ([arm, { name }]: Side): string => `${name} (${arm})`

function show({ value, low, high, problems, asked }: ClaimEstimate): string {
  const over = problems === asked ? '' : ` over ${problems} of ${asked} problems, the others lack verdicts`
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]${over}`
}
