// Conditions on a letter that is an integer, `x > 1, x \in \mathbb{Z}` or `\{n \in \mathbb{N} : n < 3\}`, by the integers
// that fulfil them. Whether 0 is natural is left open: what hangs on it is undecided.
import type { Comparison } from '../answer.ts'
import { areSameRanges, fromLeast, integersOf, type Range } from './integer-set.ts'
import type { Family } from './read-family.ts'
import { isRegionLike, regionOf } from './read-region.ts'
import { different, equal, type Session, undecided } from './verdict.ts'

interface Integers {
  readonly ranges: readonly Range[]
  readonly isNatural: boolean
  readonly variable: string | undefined
}

/** Undefined when neither is such a condition, or one cannot be computed. */
export function compareRanges(gold: Family, given: Family, session: Session): Comparison | undefined {
  if (!isCondition(gold) && !isCondition(given)) return undefined
  const [a, b] = [gold, given].map((family) => integersIn(family, session))
  if (a === undefined || b === undefined) return undefined
  if (a === 'dense' || b === 'dense') return different('one is for integers only')
  if (a.variable !== undefined && b.variable !== undefined && a.variable !== b.variable)
    return different('different variables')
  const [fromOne, fromZero] = [1n, 0n].map((least) => {
    const [x, y] = [a, b].map(({ ranges, isNatural }) => (isNatural ? fromLeast(ranges, least) : ranges))
    return areSameRanges(x, y)
  })
  if (fromOne !== fromZero) return undecided('it hangs on whether 0 is natural')
  return fromOne ? equal('the same integers') : different('different integers')
}

function isCondition({ domain, answer }: Family): boolean {
  return (domain === 'integers' || domain === 'naturals') && isRegionLike(answer)
}

/** `dense` for a set that holds more than integers. */
function integersIn(family: Family, session: Session): Integers | 'dense' | undefined {
  const region = regionOf(family.answer, session)
  if (region === undefined) return undefined
  const { set, variable } = region
  if (family.domain === undefined) {
    const points = set.map((piece) => (piece.low === 'infinite' || piece.low !== piece.high ? undefined : piece))
    if (points.includes(undefined)) return 'dense'
    const ranges = set.map((piece) => integersOf([piece], session))
    if (ranges.includes(undefined)) return undefined
    if (ranges.some((own) => own?.length === 0)) return 'dense'
    const whole = integersOf(set, session)
    return whole && { ranges: whole, isNatural: false, variable }
  }
  if (!isCondition(family) || variable !== family.parameter) return undefined
  const ranges = integersOf(set, session)
  return (
    ranges && { ranges, isNatural: family.domain === 'naturals', variable: family.isBuilder ? undefined : variable }
  )
}
