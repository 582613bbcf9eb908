// When a decimal may stand for a value: the other side rounds to it (at least 3 significant digits are written), or is
// within a relative tolerance. Both are options, off by default; "about" before the gold answer allows the rounding.
import type { Comparison } from '../answer.ts'
import type { Expression, Rational } from '../expression.ts'
import * as iv from '../number/interval.ts'
import * as q from '../number/rational.ts'
import { realAt } from './compare-at-point.ts'
import { contentsOf, partsOf } from './expression-shape.ts'
import { equal, type Session } from './verdict.ts'

const bits = 256
const leastDigits = 3

/** `equal` when a decimal on one side is accepted for the other; otherwise undefined. */
export function agreeAsDecimals(
  a: Expression,
  b: Expression,
  isRounded: boolean,
  session: Session,
): Comparison | undefined {
  const { acceptRounding, relativeTolerance } = session.options
  const mayRound = acceptRounding || isRounded
  if (!mayRound && relativeTolerance <= 0) return undefined
  if (!hasDecimal(a) && !hasDecimal(b)) return undefined
  if (contentsOf(a, b).symbols.size > 0) return undefined
  if (mayRound) {
    const [x, y] = [decimalOf(a), decimalOf(b)]
    // Of two decimals, the one with fewer places is the rounded one.
    const coarse = x === undefined || (y !== undefined && y.places < x.places) ? y : x
    if (coarse !== undefined && coarse.digits >= leastDigits) {
      const other = realAt(coarse === x ? b : a, bits, session)
      if (other !== undefined && isWithin(other.interval, coarse.value, halfUnit(coarse.places)))
        return equal(`rounds to ${q.showRational(coarse.value)}`)
    }
  }
  return relativeTolerance > 0 ? withinTolerance(a, b, relativeTolerance, session) : undefined
}

function hasDecimal(expression: Expression): boolean {
  if (expression.kind === 'number') return expression.places !== undefined && expression.places > 0
  return partsOf(expression).some(hasDecimal)
}

interface Decimal {
  readonly value: Rational
  readonly places: number
  readonly digits: number
}

/** A number written with a point, perhaps behind a minus sign. */
function decimalOf(expression: Expression): Decimal | undefined {
  if (expression.kind === 'negative') {
    const inner = decimalOf(expression.of)
    return inner && { ...inner, value: q.negate(inner.value) }
  }
  if (expression.kind !== 'number' || !expression.places) return undefined
  const { value, places } = expression
  const scaled = q.multiply(value, q.rational(10n ** BigInt(Math.min(places, 400))))
  return { value, places, digits: String(iv.sizeOfBig(scaled.top)).length }
}

function halfUnit(places: number): Rational {
  return q.rational(1n, 2n * 10n ** BigInt(Math.min(places, 400)))
}

function isWithin(value: iv.Interval, centre: Rational, reach: Rational): boolean {
  const distance = iv.subtract(value, iv.fromRational(centre, bits), bits)
  const size = distance.middle < 0n ? iv.negate(distance) : distance
  const rest = iv.subtract(iv.fromRational(reach, bits), size, bits)
  return rest.middle + rest.radius >= 0n
}

function withinTolerance(a: Expression, b: Expression, tolerance: number, session: Session): Comparison | undefined {
  const [x, y] = [realAt(a, bits, session), realAt(b, bits, session)]
  if (x === undefined || y === undefined) return undefined
  const scale = 10 ** 15
  const share = q.rational(BigInt(Math.round(Math.min(tolerance, 1) * scale)), BigInt(scale))
  const size = (value: iv.Interval): iv.Interval => (value.middle < 0n ? iv.negate(value) : value)
  const distance = size(iv.subtract(x.interval, y.interval, bits))
  return [x, y].some(({ interval }) => {
    const rest = iv.subtract(iv.multiply(size(interval), iv.fromRational(share, bits), bits), distance, bits)
    return rest.middle + rest.radius >= 0n
  })
    ? equal('within the tolerance')
    : undefined
}
