// Two relations that no normal form tells apart, by points: where one holds and the other does not, they differ. The
// points are random ones, and for equations points on them, since an equation holds at no random point: where a letter is
// given (y = 2x, with its mirror images), where it can be solved for (invert.ts), where a sign changes (crossing.ts).
// Functions without a meaning count as variables. Finds differences only.
import type { Answer, Comparison, RelationSign } from '../answer.ts'
import type { Expression } from '../expression.ts'
import * as iv from '../number/interval.ts'
import { compareRationals } from '../number/rational.ts'
import { attempt } from '../number/work.ts'
import { compareAtPoint, realAt } from './compare-at-point.ts'
import { nameCalls } from './compare-expressions.ts'
import { readLogs } from './compare-values.ts'
import { complexLetters } from './complex-letters.ts'
import { crossesAlone } from './crossing.ts'
import { type Contents, contentsOf, numberExpression, replaceSymbol, symbolName } from './expression-shape.ts'
import { inverted } from './invert.ts'
import { coefficientOf } from './linear-part.ts'
import { needsWholePoints, type Point, probePoints, probeRng, wholePoints } from './probe-points.ts'
import { isGrowing } from './reach.ts'
import { regionOf } from './read-region.ts'
import { areSameSets, orElse } from './real-set.ts'
import { different, type Session } from './verdict.ts'

type Relation = Extract<Answer, { kind: 'relation' }>
type Pair<T> = readonly [T, T]

interface Sides {
  readonly left: Expression
  readonly right: Expression
  readonly sign: RelationSign
}

const bits = 192
const mostPoints = 20
const mostSolved = 6
const mostInverted = 12
const pointsOnEach = 8
const pointsAcross = 3
const farthestWhole = 24
const ten = numberExpression({ top: 10n, bottom: 1n })

/** `different`, or undefined when no difference was found. */
export function probeRelations(pair: Pair<Relation>, session: Session): Comparison | undefined {
  if (haveOtherSolutions(pair, session)) return different('different solutions')
  const sides = pair.map(({ left, right, sign }) =>
    left.kind === 'expression' && right.kind === 'expression'
      ? { left: left.expression, right: right.expression, sign }
      : undefined,
  )
  const [a, b] = sides
  if (a === undefined || b === undefined) return undefined
  const { hasUnknownCall, hasPlusMinus, hasInfinity } = contentsOf(a.left, a.right, b.left, b.right)
  if (hasPlusMinus || hasInfinity || mayBeCoordinates(a, b) || mayBeCoordinates(b, a)) return undefined
  // A logarithm of unknown base must make a difference in either.
  const bases = hasUnknownCall ? [ten, undefined] : [undefined]
  const points = bases.map((base) => {
    const read = (of: Expression): Expression => nameCalls(readLogs(of, base), session)
    const [x, y] = [a, b].map(({ left, right, sign }) => ({ left: read(left), right: read(right), sign }))
    return attempt(session.work, 0.6, (work) => haveDifference([x, y], { ...session, work }))
  })
  return points.every((isFound) => isFound === true) ? different('one holds where the other does not') : undefined
}

/** |z - i| = |z + 1| and y = -x may be one line: z is x + iy. */
function mayBeCoordinates(a: Sides, b: Sides): boolean {
  const [own, other] = [a, b].map(({ left, right }) => contentsOf(left, right).symbols)
  const isComplex = [...own].some((name) => /^[zw](?:_|$)/.test(name) && !other.has(name))
  return isComplex && [...other].some((name) => !own.has(name) && !/^[zw](?:_|$)/.test(name))
}

/** Equations for one unknown whose real solutions are known. */
function haveOtherSolutions(pair: Pair<Relation>, session: Session): boolean {
  const [a, b] = pair.map((relation) => (relation.sign === '=' ? regionOf(relation, session) : undefined))
  if (a === undefined || b === undefined || a.variable !== b.variable) return false
  return orElse(() => areSameSets(a.set, b.set, session)) === false
}

/** Whether there is a point where one holds and the other does not. */
function haveDifference(pair: Pair<Sides>, session: Session): boolean {
  const [a, b] = pair
  const all = [a.left, a.right, b.left, b.right]
  const contents = contentsOf(...all)
  const names = [...contents.symbols].sort()
  const rng = probeRng(minus(a), minus(b))
  const points = probePoints(names, contents, all.some(isGrowing), rng).map(({ point }) => point)
  const wholes = needsWholePoints(contents) ? wholePoints(names, farthestWhole, rng) : []
  const differAt = (x: Sides, y: Sides, point: Point): boolean => {
    const first = holds(x, point, session)
    const second = first === undefined ? undefined : holds(y, point, session)
    return second !== undefined && first !== second
  }
  if ([...points.slice(0, mostPoints), ...wholes].some((point) => differAt(a, b, point))) return true
  const differWith = (name: string, by: Expression): boolean => {
    const put = (side: Sides): Sides => ({
      ...side,
      left: replaceSymbol(side.left, name, by),
      right: replaceSymbol(side.right, name, by),
    })
    const [x, y] = [put(a), put(b)]
    return points
      .slice(0, pointsOnEach)
      .some((point) => realAt(by, bits, session, point) !== undefined && differAt(x, y, point))
  }
  for (const { name, value } of pair.flatMap((side) => solved(side, names, session)).slice(0, mostSolved))
    for (const by of [value, { kind: 'negative', of: value } as const]) if (differWith(name, by)) return true
  if (a.sign !== '=' || b.sign !== '=') return false
  const ways = pair.flatMap(({ left, right }) =>
    names.flatMap((name) => inverted(left, right, name, session).map((value) => ({ name, value }))),
  )
  if (ways.slice(0, mostInverted).some(({ name, value }) => differWith(name, value))) return true
  return haveCrossing(a, b, contents, points.slice(0, pointsAcross), session)
}

function haveCrossing(a: Sides, b: Sides, contents: Contents, points: readonly Point[], session: Session): boolean {
  const [f, g] = [minus(a), minus(b)]
  const complex = complexLetters(f, g, contents).names
  return [[f, g] as const, [g, f] as const].some(([own, other]) => {
    const names = [...contentsOf(own).symbols].sort()
    return crossesAlone(own, other, names, complex, points, session)
  })
}

const minus = ({ left, right }: Sides): Expression => ({
  kind: 'sum',
  terms: [left, { kind: 'negative', of: right }],
})

/** The variables that a relation gives where its sides are equal. */
function solved({ left, right }: Sides, names: readonly string[], session: Session) {
  const isFree = (of: Expression, name: string): boolean => !contentsOf(of).symbols.has(name)
  return names.flatMap((name) => {
    if (symbolName(left) === name && isFree(right, name)) return [{ name, value: right }]
    if (symbolName(right) === name && isFree(left, name)) return [{ name, value: left }]
    const difference: Expression = { kind: 'sum', terms: [left, { kind: 'negative', of: right }] }
    const slope = coefficientOf(difference, name, session)
    if (slope === undefined || slope.top === 0n) return []
    const rest = replaceSymbol(difference, name, numberExpression({ top: 0n, bottom: 1n }))
    const top: Expression = { kind: 'negative', of: rest }
    return [{ name, value: { kind: 'quotient', top, bottom: numberExpression(slope) } as const }]
  })
}

/** Undefined where a side is not real, or it cannot be told. */
function holds({ left, right, sign }: Sides, point: Point, session: Session): boolean | undefined {
  const [x, y] = [left, right].map((side) => realAt(side, bits, session, point))
  if (x === undefined || y === undefined) return undefined
  const order = orderOf(x, y) ?? (areTogether(left, right, point, session) ? 0 : undefined)
  if (order === undefined) return undefined
  switch (sign) {
    case '=':
    case '≈':
      return order === 0
    case '≠':
      return order !== 0
    case '<':
      return order < 0
    case '>':
      return order > 0
    case '≤':
      return order <= 0
    case '≥':
      return order >= 0
    default:
      return undefined
  }
}

type Real = NonNullable<ReturnType<typeof realAt>>

function orderOf(x: Real, y: Real): number | undefined {
  if (x.exact !== undefined && y.exact !== undefined) return compareRationals(x.exact, y.exact)
  return iv.signOf(iv.subtract(x.interval, y.interval, bits)) || undefined
}

function areTogether(left: Expression, right: Expression, point: Point, session: Session): boolean {
  return compareAtPoint(left, right, point, 256, session, true) === 'together'
}
