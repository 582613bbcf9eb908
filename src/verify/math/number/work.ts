// The budget of one comparison and the way out when it is spent. Deep inside an evaluation there is no useful value to
// return, so the number tower stops with a `Stop`; only the comparison catches it, and turns it into a verdict.
// One unit is about a microsecond.
import { limits } from '../limits.ts'

/**
 * Why an evaluation has no value: the budget is spent (`work`), a number or form grows too large (`size`), there is no
 * value (`undefined`: 1/0), it cannot be told at this precision (`unclear`), or it is complex and not computed (`nonreal`).
 */
export type StopReason = 'work' | 'size' | 'undefined' | 'unclear' | 'nonreal'

/** Ends an evaluation; never leaves the folder compare/. */
export class Stop extends Error {
  readonly reason: StopReason

  constructor(reason: StopReason) {
    super(reason)
    this.name = 'Stop'
    this.reason = reason
  }
}

/** What is left to spend. Mutable, one per comparison. */
export interface Work {
  left: number
}

/** A full budget, or one of `units`. */
export function startWork(units: number = limits.work): Work {
  return { left: units }
}

/** Takes `units` from the budget; stops when it is spent. */
export function spend(work: Work, units: number): void {
  work.left -= units
  if (work.left < 0) throw new Stop('work')
}

/**
 * Runs `part` with at most `share` of what is left, so that a step that explodes leaves something for the next one.
 * Returns undefined when it stops for any reason but the whole budget.
 */
export function attempt<T>(work: Work, share: number, part: (inner: Work) => T): T | undefined {
  const inner = { left: Math.floor(work.left * share) }
  const before = inner.left
  try {
    return part(inner)
  } catch (error) {
    if (error instanceof Stop) return undefined
    throw error
  } finally {
    work.left -= before - Math.max(inner.left, 0)
  }
}
