// Answers as sets of real numbers (real-set.ts): intervals, unions, R without 0, `x > 1`, `1 < x <= 2`, `x in (1, 2)`,
// set-builders, finite sets of constants. A list of inequalities with commas is an `or` when its parts do not overlap and
// an `and` when every two do (`x > 1, x < 2`), since nobody writes a union of overlapping rays.
import type { Answer, RelationSign } from '../answer.ts'
import type { Expression, Rational } from '../expression.ts'
import { curvedSolutions, type Linear } from './curved-inequality.ts'
import { contentsOf, isConstant, numberExpression, replaceSymbol, symbolName } from './expression-shape.ts'
import { infiniteSign } from './infinite-sign.ts'
import { coefficientOf } from './linear-part.ts'
import { raySet } from './ray-set.ts'
import * as set from './real-set.ts'
import type { Session } from './verdict.ts'

export interface Region {
  /** The variable that an inequality is about. */
  readonly variable?: string
  readonly set: set.RealSet
}

/** Whether an answer is written as a region, rather than only usable as one. */
export function isRegionLike(answer: Answer): boolean {
  switch (answer.kind) {
    case 'interval':
    case 'set-operation':
    case 'chain':
    case 'set-builder':
      return true
    case 'named-set':
      return answer.name === 'reals'
    case 'relation':
      return answer.sign !== '=' && answer.sign !== '≡' && answer.sign !== '≈'
    case 'list':
      return answer.items.some(isRegionLike)
    default:
      return false
  }
}

/** The region of an answer, or undefined when it has none that can be computed. */
export function regionOf(answer: Answer, session: Session): Region | undefined {
  return set.orElse(() => read(answer, session))
}

function read(answer: Answer, session: Session): Region {
  switch (answer.kind) {
    case 'interval':
      return { set: set.unionOf([readInterval(answer, session)], session) }
    case 'tuple': {
      const [low, high] = answer.items
      if (!answer.mayBeInterval || low?.kind !== 'expression' || high?.kind !== 'expression') return set.noRealSet()
      const open = { low: low.expression, high: high.expression, lowClosed: false, highClosed: false }
      return { set: set.unionOf([readInterval(open, session)], session) }
    }
    case 'named-set':
      return answer.name === 'reals' ? { set: set.wholeLine } : set.noRealSet()
    case 'expression':
      return { set: [set.pointPiece(constant(answer.expression, session))] }
    case 'set':
      return {
        set: set.unionOf(
          answer.items.flatMap((item) => read(item, session).set),
          session,
        ),
      }
    case 'list':
      return readList(answer.items, answer.connective, session)
    case 'set-operation':
      return readOperation(answer.operator, answer.parts, session)
    case 'relation':
      return readRelation(answer.left, answer.sign, answer.right, session)
    case 'chain':
      return answer.signs
        .map((sign, i) => readRelation(answer.parts[i], sign, answer.parts[i + 1], session))
        .reduce((all, next) => both(all, next, session))
    case 'set-builder': {
      const region = readCondition(answer.condition, session)
      return region.variable === answer.variable ? { set: region.set } : set.noRealSet()
    }
    default:
      return set.noRealSet()
  }
}

function readCondition(condition: Answer, session: Session): Region {
  if (condition.kind !== 'list' || condition.connective === 'or') return read(condition, session)
  return condition.items.map((item) => read(item, session)).reduce((all, next) => both(all, next, session))
}

function sameVariable(a: Region, b: Region): string | undefined {
  if (a.variable !== undefined && b.variable !== undefined && a.variable !== b.variable) return set.noRealSet()
  return a.variable ?? b.variable
}

function both(a: Region, b: Region, session: Session): Region {
  return { variable: sameVariable(a, b), set: set.intersectionOf(a.set, b.set, session) }
}

function readList(items: readonly Answer[], connective: 'and' | 'or' | undefined, session: Session): Region {
  const regions = items.map((item) => read(item, session))
  if (regions.length === 0) return set.noRealSet()
  const variable = regions.map((region) => region.variable).find((name) => name !== undefined)
  for (const region of regions) if (region.variable !== undefined && region.variable !== variable) set.noRealSet()
  const union = set.unionOf(
    regions.flatMap((region) => region.set),
    session,
  )
  // In "x > 1, 2" the 2 is no part of the set.
  if (variable !== undefined && items.some(isBare)) return set.noRealSet()
  const areValues = items.every((item) => item.kind !== 'list' && !isRegionLike(item))
  if (regions.length < 2 || connective === 'or' || areValues) return { variable, set: union }
  const intersection = (): Region => regions.reduce((all, next) => both(all, next, session))
  if (connective === 'and') return intersection()
  if (!items.every(isRegionLike)) return { variable, set: union }
  const overlap = regions.every((a, i) =>
    regions.slice(i + 1).every((b) => set.intersectionOf(a.set, b.set, session).length > 0),
  )
  return overlap ? intersection() : { variable, set: union }
}

function isBare({ kind }: Answer): boolean {
  return kind === 'expression' || kind === 'tuple'
}

function readOperation(
  operator: 'union' | 'intersection' | 'difference',
  parts: readonly Answer[],
  session: Session,
): Region {
  const regions = parts.map((part) => read(part, session))
  if (regions.length === 0) return set.noRealSet()
  if (operator === 'union')
    return {
      set: set.unionOf(
        regions.flatMap((region) => region.set),
        session,
      ),
    }
  const rest =
    operator === 'difference'
      ? regions.slice(1).map((r) => set.complementOf(r.set))
      : regions.slice(1).map((r) => r.set)
  return { set: rest.reduce((all, next) => set.intersectionOf(all, next, session), regions[0].set) }
}

function readInterval(
  interval: { low: Expression; high: Expression; lowClosed: boolean; highClosed: boolean },
  session: Session,
): set.Piece {
  const low = end(interval.low, -1, session)
  const high = end(interval.high, 1, session)
  return {
    low,
    high,
    lowClosed: low !== 'infinite' && interval.lowClosed,
    highClosed: high !== 'infinite' && interval.highClosed,
  }
}

function end(expression: Expression, side: 1 | -1, session: Session): set.End {
  if (!contentsOf(expression).hasInfinity) return constant(expression, session)
  return infiniteSign(expression, session) === side ? 'infinite' : set.noRealSet()
}

function constant(expression: Expression, session: Session): Expression {
  const { symbols, hasUnknownCall, hasInfinity } = contentsOf(expression)
  if (symbols.size > 0 || hasUnknownCall || hasInfinity) return set.noRealSet()
  // Ordering a constant with itself shows that it is real.
  set.orderConstants(expression, numberExpression({ top: 0n, bottom: 1n }), session)
  return expression
}

function expressionAnswer(expression: Expression): Answer {
  return { kind: 'expression', expression }
}

const flipped: Readonly<Partial<Record<RelationSign, RelationSign>>> = { '<': '>', '>': '<', '≤': '≥', '≥': '≤' }

function readRelation(left: Answer, sign: RelationSign, right: Answer, session: Session): Region {
  if (sign === '∈') {
    const variable = left.kind === 'expression' ? symbolName(left.expression) : undefined
    // x in 5 says nothing.
    if (variable === undefined || right.kind === 'expression') return set.noRealSet()
    return { variable, set: read(right, session).set }
  }
  if (left.kind !== 'expression' || right.kind !== 'expression') return set.noRealSet()
  const { symbols } = contentsOf(left.expression, right.expression)
  if (symbols.size !== 1) return set.noRealSet()
  const [variable] = symbols
  // An infinite side says nothing: x < infinity.
  if (contentsOf(left.expression, right.expression).hasInfinity) {
    return readInfinite(left.expression, sign, right.expression, variable, session)
  }
  const difference: Expression = {
    kind: 'sum',
    terms: [left.expression, { kind: 'negative', of: right.expression }],
  }
  const slope = slopeAlone(left.expression, right.expression, variable) ?? coefficientOf(difference, variable, session)
  if (slope === undefined) {
    const linear: Linear = (a, own, b) => readRelation(expressionAnswer(a), own, expressionAnswer(b), session).set
    return { variable, set: curvedSolutions(difference, sign, variable, session, linear) }
  }
  if (slope.top === 0n) return set.noRealSet()
  const bound = boundOf(left.expression, right.expression, variable, difference, slope)
  const turned = slope.top < 0n ? (flipped[sign] ?? sign) : sign
  return { variable, set: raySet(turned, constant(bound, session)) }
}

/** Of a variable on one side alone; its bound, such as 1/e, need be no polynomial. */
function slopeAlone(left: Expression, right: Expression, variable: string): Rational | undefined {
  if (symbolName(left) === variable && isConstant(right)) return { top: 1n, bottom: 1n }
  return symbolName(right) === variable && isConstant(left) ? { top: -1n, bottom: 1n } : undefined
}

function readInfinite(
  left: Expression,
  sign: RelationSign,
  right: Expression,
  variable: string,
  session: Session,
): Region {
  const isLeft = symbolName(left) === variable
  const side = infiniteSign(isLeft ? right : left, session)
  const turned = isLeft ? sign : (flipped[sign] ?? sign)
  const isAll =
    (side === 1 && (turned === '<' || turned === '≤')) || (side === -1 && (turned === '>' || turned === '≥'))
  return isAll ? { variable, set: set.wholeLine } : set.noRealSet()
}

/** Where left = right, for a difference slope·x + rest. */
function boundOf(
  left: Expression,
  right: Expression,
  variable: string,
  difference: Expression,
  slope: { readonly top: bigint; readonly bottom: bigint },
): Expression {
  if (symbolName(left) === variable && slope.top === slope.bottom) return right
  if (symbolName(right) === variable && slope.top === -slope.bottom) return left
  const rest = replaceSymbol(difference, variable, numberExpression({ top: 0n, bottom: 1n }))
  return { kind: 'negative', of: { kind: 'quotient', top: rest, bottom: numberExpression(slope) } }
}
