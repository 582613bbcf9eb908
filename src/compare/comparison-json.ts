// A comparison as plain data: the line of `gradus compare --json`, whose shape others read. Names in it are snake_case, and
// nothing is left out but what was never known.
import type { Comparison } from '../eval/index.ts'
import { metricName } from './notes.ts'
import type { ComparisonReport } from './report.ts'
import { type CompareRow, seedsOf } from './rows.ts'
import { configChanges } from './settings.ts'

/** The report as plain data. */
export function comparisonJson(report: ComparisonReport) {
  const { rows, correction, isPaired, axis, curves, notes } = report
  return {
    metric: metricName(report),
    baseline: rows[0].subject.name,
    rows: rows.map((row) => rowJson(report, row)),
    paired: isPaired,
    correction,
    x: axis,
    curves: curves.map(({ run, points, atBudget, mean }) => ({
      run,
      points: points.map(({ x, value, low, high }) => ({ x, value, low, high })),
      at_budget: atBudget,
      mean,
    })),
    notes,
  }
}

/** One of its rows. */
export function rowJson(report: ComparisonReport, row: CompareRow) {
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
