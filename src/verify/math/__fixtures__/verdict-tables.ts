// Tables of gold answers and predictions as tests, one a pair; a failure shows what was read and why.
import { describe, expect, it } from 'vitest'
import { verifyMath } from '../verify-math.ts'

/** A gold answer and predictions that are all equal to it, or all not. */
export type Row = readonly [gold: string, ...predictions: string[]]
type Pair = readonly [gold: string, prediction: string]

/** Pairs under a title with exactly this verdict; null is undecided. */
export function checkPairs(equal: boolean | null, title: string, pairs: readonly Pair[]): void {
  const says = equal === null ? 'is not told from' : equal ? 'equals' : 'is not'
  describe(title, () => {
    it.each(pairs)(`%s ${says} %s`, (gold, prediction) => {
      const { equal: found, ...rest } = verifyMath(gold, prediction)
      expect(found, JSON.stringify(rest)).toBe(equal)
    })
  })
}

/** Rows whose predictions are accepted, or are not. */
export function checkRows(equal: boolean, rows: readonly Row[]): void {
  const pairs = rows.flatMap(([gold, ...predictions]) => predictions.map((prediction): Pair => [gold, prediction]))
  it.each(pairs)(`%s ${equal ? 'equals' : 'is not'} %s`, (gold, prediction) => {
    const { equal: found, ...rest } = verifyMath(gold, prediction)
    expect(found === true, JSON.stringify(rest)).toBe(equal)
  })
}

/** One such row. */
export function checkPredictions(equal: boolean, gold: string, predictions: readonly string[]): void {
  checkRows(equal, [[gold, ...predictions]])
}
