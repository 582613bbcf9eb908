// Three-valued comparison results and how they combine.
import type { Answer, Comparison } from '../answer.ts'
import { type Constants, makeConstants } from '../number/fixed-point.ts'
import { startWork, type Work } from '../number/work.ts'
import type { MathOptions } from '../options.ts'

export type Verdict = Comparison['verdict']

/** Compares parts of answers, as whole answers are. */
export type CompareParts = (a: Answer, b: Answer) => Comparison

/** What every part of one comparison shares. */
export interface Session {
  readonly options: MathOptions
  readonly work: Work
  readonly constants: Constants
}

export function startSession(options: MathOptions): Session {
  return { options, work: startWork(), constants: makeConstants() }
}

export function equal(reason: string): Comparison {
  return { verdict: 'equal', reason }
}

export function different(reason: string): Comparison {
  return { verdict: 'different', reason }
}

export function undecided(reason: string): Comparison {
  return { verdict: 'undecided', reason }
}

/** Equal when all are; different as soon as one is; otherwise undecided. Lazy: stops at the first difference. */
export function all(parts: Iterable<() => Comparison>, reason: string): Comparison {
  let open: Comparison | undefined
  for (const part of parts) {
    const result = part()
    if (result.verdict === 'different') return result
    if (result.verdict === 'undecided') open ??= result
  }
  return open ?? equal(reason)
}

/** Equal when one is; different when all are; otherwise undecided. Stops at the first equality. */
export function any(parts: Iterable<() => Comparison>): Comparison {
  let open: Comparison | undefined
  let last: Comparison = different('nothing to compare')
  for (const part of parts) {
    const result = part()
    if (result.verdict === 'equal') return result
    if (result.verdict === 'undecided') open ??= result
    last = result
  }
  return open ?? last
}
