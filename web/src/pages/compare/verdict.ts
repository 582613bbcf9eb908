// What may be said of a difference, in plain words: better, worse, or not told apart, and then what could have been seen.
// It never says more than the interval and the corrected p-value do.
import type { CompareAnswerRow } from '../../../../src/serve/dashboard/api.ts'

/** How a run stands to the baseline. `alone`: better or worse, but not when corrected for the other comparisons. */
export type Standing = 'baseline' | 'better' | 'worse' | 'alone' | 'unclear' | 'none'

/** Shapes, so that no one needs to tell colours apart, and words. */
export const standingMarks: Readonly<Record<Standing, { readonly mark: string; readonly word: string }>> = {
  baseline: { mark: '●', word: 'baseline' },
  better: { mark: '▲', word: 'better' },
  worse: { mark: '▼', word: 'worse' },
  alone: { mark: '◇', word: 'not told apart' },
  unclear: { mark: '◇', word: 'not told apart' },
  none: { mark: '–', word: 'not compared' },
}

const ALPHA = 0.05

/** How a row stands to the baseline. */
export function standingOf(row: CompareAnswerRow, baseline: string): Standing {
  if (row.run === baseline) return 'baseline'
  if (row.diff === null || row.diff_low === null || row.diff_high === null) return 'none'
  const holdsZero = row.diff_low <= 0 && row.diff_high >= 0
  if (holdsZero || (row.p !== null && !(row.p < ALPHA))) return 'unclear'
  if (row.p_adjusted !== null && !(row.p_adjusted < ALPHA)) return 'alone'
  return row.diff > 0 ? 'better' : 'worse'
}

/** A share, three digits behind the point: `0.412`. */
export const share = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : 'n/a')

/** A difference with its sign: `+0.052`, `−0.010`, `0.000`. */
export function signed(value: number): string {
  const text = share(Math.abs(value))
  if (!Number.isFinite(value) || Number(text) === 0) return text
  return `${value < 0 ? '−' : '+'}${text}`
}

/** A p-value: `0.012`, `< 0.001`. */
export const pValue = (p: number): string => (p < 0.001 ? '< 0.001' : p < 0.0995 ? p.toFixed(3) : p.toFixed(2))

/** One sentence without the run's name: "better than a by 0.052 (95 %: 0.010 to 0.094)." */
export function sentenceOf(
  row: CompareAnswerRow,
  { baseline, name }: { readonly baseline: string; readonly name: string },
): string {
  const standing = standingOf(row, baseline)
  const { diff, diff_low: low, diff_high: high } = row
  if (standing === 'baseline') return 'what the others are compared with.'
  if (standing === 'none' || diff === null || low === null || high === null)
    return `not compared with ${name}: there are no numbers that could be.`
  const [least, most] = diff > 0 ? [low, high] : [-high, -low]
  if (standing === 'better' || standing === 'worse')
    return `${standing} than ${name} by ${share(Math.abs(diff))} (95\u00a0%: ${share(least)} to ${share(most)}).`
  const span = `the difference lies between ${signed(low)} and ${signed(high)} (95\u00a0%)`
  if (standing === 'alone') {
    const p = row.p_adjusted === null ? '' : ` (p ${pValue(row.p_adjusted)})`
    return `not told apart from ${name} once corrected for the number of comparisons${p}; taken alone, ${span}.`
  }
  const { detectable } = row
  const could = detectable === null ? '' : `; a true difference of ${share(detectable)} would be found 8 times in 10`
  return `not told apart from ${name}: ${span}${could}.`
}
