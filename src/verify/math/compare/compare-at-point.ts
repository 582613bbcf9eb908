// Two expressions at one point: `apart` when their intervals are disjoint (a proof), `together` when they agree to more
// bits than the sizes met could hide. The bits wanted grow with the numbers written (a decimal of pi with 300 digits
// must not pass) and with how large or small a part gets (1 + e^-1000 is not 1). Real points outside the domain of
// both are `outside`; outside the domain of one only, they are apart.
import type { Expression, Rational } from '../expression.ts'
import { addComplex, isRealComplex, negateComplex } from '../number/complex-interval.ts'
import { areSameGaussian, type Gaussian, isReal } from '../number/gaussian.ts'
import * as iv from '../number/interval.ts'
import { asRational, toComplex, type Value } from '../number/value.ts'
import { Stop, type StopReason } from '../number/work.ts'
import { evaluate, type Scene } from './evaluate.ts'
import type { Session } from './verdict.ts'

/** `gap`: no value on at least one side; `open`: could not be told. */
export type AtPoint = 'apart' | 'together' | 'outside' | 'gap' | 'open'

const firstBits = 128
const mostBits = 24_000

type Outcome = { readonly value: Value } | { readonly stop: StopReason }

/** Compares at `point`, asking for `wantedBits` and what the sizes need beyond. */
export function compareAtPoint(
  a: Expression,
  b: Expression,
  point: ReadonlyMap<string, Gaussian>,
  wantedBits: number,
  session: Session,
  isComplex: boolean,
): AtPoint {
  const isRealPoint = [...point.values()].every(isReal)
  let bits = firstBits
  for (let round = 0; round < 4; round++) {
    const seen = { leaves: 0, extreme: 0 }
    const scene: Scene = { bits, constants: session.constants, work: session.work, exactOnly: false, point, seen }
    const left = tryEvaluate(a, scene)
    const right = tryEvaluate(b, scene)
    const needed = wantedBits + seen.leaves + 8 * seen.extreme
    if ('stop' in left || 'stop' in right) {
      const verdict = withoutValue(left, right, isRealPoint)
      if (verdict !== 'open' || round >= 2) return verdict
    } else {
      const verdict = judge(left.value, right.value, needed, scene, isComplex)
      if (verdict !== 'open') return verdict
    }
    // Beyond the cap nothing is found equal, but what differs may still be told apart by fewer bits.
    const next = needed > mostBits ? bits * 8 : Math.max(bits * 2, Math.ceil(needed) + 64 * (round + 1))
    if (next > mostBits) return 'open'
    bits = next
  }
  return 'open'
}

/** The value, or why there is none; only a spent budget stops. */
export function tryEvaluate(expression: Expression, scene: Scene): Outcome {
  try {
    return { value: evaluate(expression, scene) }
  } catch (error) {
    if (error instanceof Stop && error.reason !== 'work') return { stop: error.reason }
    throw error
  }
}

function withoutValue(left: Outcome, right: Outcome, isRealPoint: boolean): AtPoint {
  const stops = [left, right].flatMap((side) => ('stop' in side ? [side.stop] : []))
  if (stops.includes('undefined')) return 'gap'
  // Of complex numbers some functions are not computed, though they have a value.
  if (!isRealPoint && stops.includes('nonreal')) return 'gap'
  if (stops.some((stop) => stop !== 'nonreal')) return 'open'
  if (stops.length === 2) return 'outside'
  const other = 'value' in left ? left : right
  if (!('value' in other)) return 'open'
  return isCertainlyReal(other.value) ? 'apart' : 'outside'
}

function isCertainlyReal(value: Value): boolean {
  return value.kind === 'exact' ? value.exact.im.top === 0n : isRealComplex(value.complex)
}

function isCertainlyNotReal(value: Value): boolean {
  return value.kind === 'exact' ? value.exact.im.top !== 0n : !iv.containsZero(value.complex.im)
}

function judge(a: Value, b: Value, needed: number, scene: Scene, isComplex: boolean): AtPoint {
  const areOutside = !isComplex && isCertainlyNotReal(a) && isCertainlyNotReal(b)
  if (areOutside) return 'outside'
  if (a.kind === 'exact' && b.kind === 'exact') return areSameGaussian(a.exact, b.exact) ? 'together' : 'apart'
  const difference = addComplex(toComplex(a, scene), negateComplex(toComplex(b, scene)), scene.bits)
  if (!iv.containsZero(difference.re) || !iv.containsZero(difference.im)) return 'apart'
  const size = Math.max(iv.magnitudeOf(difference.re), iv.magnitudeOf(difference.im))
  return size < -needed ? 'together' : 'open'
}

const noPoint: ReadonlyMap<string, Gaussian> = new Map()

/** The value as an exact rational number or an interval of `bits` bits; undefined when it is not real or not known. */
export function realAt(
  expression: Expression,
  bits: number,
  session: Session,
  point = noPoint,
): { readonly exact?: Rational; readonly interval: iv.Interval } | undefined {
  const scene: Scene = {
    bits,
    constants: session.constants,
    work: session.work,
    exactOnly: false,
    point,
    seen: { leaves: 0, extreme: 0 },
  }
  const outcome = tryEvaluate(expression, scene)
  if ('stop' in outcome || !isCertainlyReal(outcome.value)) return undefined
  const exact = asRational(outcome.value)
  return { exact, interval: toComplex(outcome.value, scene).re }
}
