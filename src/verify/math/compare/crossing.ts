// Proof that two equations differ where no letter can be solved for, as in x e^x = 1 against x e^x = 2: between two points
// where left - right of the one has opposite signs it is zero somewhere; halved until the other, computed for the whole
// stretch at once, is nowhere zero on it. That the first has values on all of the stretch shows that it has no jump there.
// Letters that stand for complex numbers are tried along lines beside the real one.
import type { Expression, Rational } from '../expression.ts'
import { isRealComplex } from '../number/complex-interval.ts'
import { fromRational } from '../number/gaussian.ts'
import * as iv from '../number/interval.ts'
import * as q from '../number/rational.ts'
import { realValue, toComplex } from '../number/value.ts'
import { tryEvaluate } from './compare-at-point.ts'
import type { Scene } from './evaluate.ts'
import { numberExpression, replaceSymbol } from './expression-shape.ts'
import type { Point } from './probe-points.ts'
import type { Session } from './verdict.ts'

const bits = 96
const halvings = 40
const mostNames = 3
const mostCrossings = 3
/** Thirds, so that whole numbers and their halves lie between. */
const samples: readonly Rational[] = [-31, -16, -10, -7, -5, -4, -2, -1, 1, 2, 4, 5, 7, 10, 16, 31].map((n) =>
  q.rational(BigInt(n), 3n),
)

interface Search {
  /** Left side minus right side of the one, and of the other. */
  readonly own: Expression
  readonly other: Expression
  readonly point: Point
  readonly session: Session
}

/** Whether there is a point where `own` is zero and `other` certainly is not; `complex` are letters of complex numbers. */
export function crossesAlone(
  own: Expression,
  other: Expression,
  names: readonly string[],
  complex: ReadonlySet<string>,
  points: readonly Point[],
  session: Session,
): boolean {
  const lines = complex.size === 0 ? [undefined] : [undefined, q.rational(3n, 7n), q.rational(-5n, 3n)]
  for (const height of lines) {
    const [f, g] = [own, other].map((of) => (height === undefined ? of : lifted(of, complex, height)))
    for (const name of names.slice(0, mostNames))
      for (const point of names.length === 1 ? points.slice(0, 1) : points)
        if (crossesAlong(name, { own: f, other: g, point, session })) return true
  }
  return false
}

/** With i·height added to the letters. */
function lifted(of: Expression, names: ReadonlySet<string>, height: Rational): Expression {
  const up: Expression = {
    kind: 'product',
    factors: [numberExpression(height), { kind: 'constant', name: 'i' }],
  }
  return [...names].reduce(
    (sum, name) => replaceSymbol(sum, name, { kind: 'sum', terms: [{ kind: 'symbol', name }, up] }),
    of,
  )
}

function crossesAlong(name: string, search: Search): boolean {
  let before: { readonly at: Rational; readonly sign: number } | undefined
  let found = 0
  for (const at of samples) {
    const sign = signAt(name, at, search)
    if (sign === undefined || sign === 0) continue
    if (before !== undefined && before.sign !== sign) {
      if (isAlone(name, before.at, at, before.sign, search)) return true
      if (++found >= mostCrossings) return false
    }
    before = { at, sign }
  }
  return false
}

function signAt(name: string, at: Rational, { own, point, session }: Search): number | undefined {
  const value = valueOn(own, new Map([...point, [name, fromRational(at)]]), undefined, session)
  return value && iv.signOf(value)
}

/** Halves the stretch; whether the other is then certainly not zero on it. */
function isAlone(name: string, from: Rational, to: Rational, sign: number, search: Search): boolean {
  let [low, high] = [from, to]
  for (let i = 0; i < halvings; i++) {
    const middle = q.divide(q.add(low, high), q.rational(2n))
    const own = signAt(name, middle, search)
    if (own === undefined) return false
    // A zero hit exactly.
    if (own === 0) {
      low = middle
      high = middle
      break
    }
    if (own === sign) low = middle
    else high = middle
  }
  const { own, other, point, session } = search
  const box = iv.hull(iv.fromRational(low, bits), iv.fromRational(high, bits), bits)
  const hasValues = valueOn(own, point, { name, box }, session) !== undefined
  const rest = hasValues ? valueOn(other, point, { name, box }, session) : undefined
  return rest !== undefined && !iv.containsZero(rest)
}

/** The value at a point, or all values where one letter runs through a stretch; undefined when not certainly real. */
function valueOn(
  of: Expression,
  point: Point,
  stretch: { readonly name: string; readonly box: iv.Interval } | undefined,
  session: Session,
): iv.Interval | undefined {
  const scene: Scene = {
    bits,
    constants: session.constants,
    work: session.work,
    exactOnly: false,
    point,
    stretch: stretch && { name: stretch.name, value: realValue(stretch.box) },
    seen: { leaves: 0, extreme: 0 },
  }
  const outcome = tryEvaluate(of, scene)
  if ('stop' in outcome) return undefined
  const complex = toComplex(outcome.value, scene)
  return isRealComplex(complex) ? complex.re : undefined
}
