// The verdicts that the checks of this folder give: right, wrong with the share of the rules that hold, or failed when
// the puzzle itself makes no sense (which says nothing about the answer).
import type { Verdict } from '../../contracts/index.ts'

/** All rules hold. */
export function right(reason: string): Verdict {
  return { kind: 'right', score: 1, reason }
}

/** The answer cannot be read against the puzzle at all. */
export function malformed(reason: string): Verdict {
  return { kind: 'wrong', score: 0, reason, parts: { rules: 0 } }
}

/** The puzzle is malformed or too large. */
export function failed(reason: string): Verdict {
  return { kind: 'failed', score: 0, reason }
}

/** Counts rules and keeps the first broken one, which becomes the reason. */
export function ruleCount(): { hold(holds: boolean, fault: () => string): void; verdict(reason: string): Verdict } {
  let rules = 0
  let kept = 0
  let first: string | undefined
  return {
    hold(holds, fault) {
      rules++
      if (holds) kept++
      else first ??= fault()
    },
    verdict(reason) {
      if (first === undefined) return right(reason)
      return { kind: 'wrong', score: 0, reason: first, parts: { rules: kept / rules } }
    },
  }
}
