// Two relations that no normal form tells apart, by points: where one holds and the other does not, they differ. The
// points are random ones, and for a relation such as y = 2x the points on it and their mirror images, since an equation
// holds at no random point. Functions without a meaning count as variables. Finds differences only.
import type { Answer, Comparison, RelationSign } from '../answer.ts'
import type { Expression } from '../expression.ts'
import * as iv from '../number/interval.ts'
import { compareRationals } from '../number/rational.ts'
import { attempt } from '../number/work.ts'
import { compareAtPoint, realAt } from './compare-at-point.ts'
import { nameCalls } from './compare-expressions.ts'
import { readLogs } from './compare-values.ts'
import { contentsOf, numberExpression, replaceSymbol, symbolName } from './expression-shape.ts'
import { coefficientOf } from './linear-part.ts'
import { type Point, probePoints, probeRng } from './probe-points.ts'
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
const pointsOnEach = 8
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
  if (hasPlusMinus || hasInfinity) return undefined
  // A logarithm of unknown base must make a difference in either.
  const bases = hasUnknownCall ? [ten, undefined] : [undefined]
  const points = bases.map((base) => {
    const read = (of: Expression): Expression => nameCalls(readLogs(of, base), session)
    const [x, y] = [a, b].map(({ left, right, sign }) => ({ left: read(left), right: read(right), sign }))
    return attempt(session.work, 0.6, (work) => findDifference([x, y], { ...session, work }))
  })
  return points.includes(undefined) ? undefined : different('one holds where the other does not')
}

/** Equations for one unknown whose real solutions are known. */
function haveOtherSolutions(pair: Pair<Relation>, session: Session): boolean {
  const [a, b] = pair.map((relation) => (relation.sign === '=' ? regionOf(relation, session) : undefined))
  if (a === undefined || b === undefined || a.variable !== b.variable) return false
  return orElse(() => areSameSets(a.set, b.set, session)) === false
}

/** A point where one holds and the other does not. */
function findDifference(pair: Pair<Sides>, session: Session): Point | undefined {
  const [a, b] = pair
  const all = [a.left, a.right, b.left, b.right]
  const contents = contentsOf(...all)
  const names = [...contents.symbols].sort()
  const minus = (side: Sides): Expression => ({
    kind: 'sum',
    terms: [side.left, { kind: 'negative', of: side.right }],
  })
  const rng = probeRng(minus(a), minus(b))
  const points = probePoints(names, contents, all.some(isGrowing), rng).map(({ point }) => point)
  const differAt = (x: Sides, y: Sides, point: Point): boolean => {
    const first = holds(x, point, session)
    const second = first === undefined ? undefined : holds(y, point, session)
    return second !== undefined && first !== second
  }
  const onNeither = points.slice(0, mostPoints).find((point) => differAt(a, b, point))
  if (onNeither !== undefined) return onNeither
  for (const { name, value } of pair.flatMap((side) => solved(side, names, session)).slice(0, mostSolved)) {
    for (const by of [value, { kind: 'negative', of: value } as const]) {
      const put = (side: Sides): Sides => ({
        ...side,
        left: replaceSymbol(side.left, name, by),
        right: replaceSymbol(side.right, name, by),
      })
      const [x, y] = [put(a), put(b)]
      const found = points
        .slice(0, pointsOnEach)
        .find((point) => realAt(by, bits, session, point) !== undefined && differAt(x, y, point))
      if (found !== undefined) return found
    }
  }
  return undefined
}

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
