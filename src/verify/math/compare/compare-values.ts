// Two single values with what stands around them: units are converted or dropped, percent signs read as the options
// say, then the expressions are compared; at last a decimal may stand for a value that rounds to it, if options allow.
import type { Answer, Comparison } from '../answer.ts'
import type { Expression, Rational } from '../expression.ts'
import { greatestCommonDivisor } from '../number/rational.ts'
import { compareExpressions } from './compare-expressions.ts'
import { agreeAsDecimals } from './decimal-agreement.ts'
import { contentsOf, isSameTree, mapParts, numberExpression, partsOf } from './expression-shape.ts'
import { factorOf, fitUnits } from './fit-units.ts'
import { scaleOfUnit } from './unit-scale.ts'
import { any, different, type Session } from './verdict.ts'

export type ValueAnswer = Extract<Answer, { kind: 'expression' }>

const hundredth: Rational = { top: 1n, bottom: 100n }
const ten: Expression = { kind: 'number', value: { top: 10n, bottom: 1n } }

/** Compares two values; `a` is the gold answer, whose "about" allows rounding. */
export function compareValues(a: ValueAnswer, b: ValueAnswer, session: Session): Comparison {
  const hasBoth = (one: ValueAnswer, other: ValueAnswer): boolean => one.percent === true && other.unit !== undefined
  if (hasBoth(a, b) || hasBoth(b, a)) return different('a percentage has no unit')
  const fitted = fitUnits(a.unit, b.unit, session.options)
  if (fitted === undefined) return different('the units differ')
  const left = fitted.a === undefined ? a.expression : times(a.expression, fitted.a)
  const right = fitted.b === undefined ? b.expression : times(b.expression, fitted.b)
  const isRounded = a.approximate === true
  const compare = (x: Expression, y: Expression): Comparison => compareNumbers(x, y, isRounded, session)
  const radians = inRadians(a, b, session)
  if (radians !== undefined) return any([() => compare(left, right), () => compare(...radians)])
  const { percent } = session.options
  if (percent === 'ignore' || a.percent === b.percent) return compare(left, right)
  const hundredthLeft = a.percent ? times(left, numberExpression(hundredth)) : left
  const hundredthRight = b.percent ? times(right, numberExpression(hundredth)) : right
  if (percent === 'value') return compare(hundredthLeft, hundredthRight)
  return any([() => compare(left, right), () => compare(hundredthLeft, hundredthRight)])
}

/** 45° against pi/4: an angle with pi and without a unit is in radians. */
function inRadians(a: ValueAnswer, b: ValueAnswer, session: Session): readonly [Expression, Expression] | undefined {
  if (session.options.units === 'required' || (a.unit === undefined) === (b.unit === undefined)) return undefined
  const [angle, bare] = a.unit === undefined ? [b, a] : [a, b]
  if (angle.unit !== 'degree' || !holdsPi(bare.expression) || holdsPi(angle.expression)) return undefined
  const turned = times(angle.expression, factorOf(scaleOfUnit(angle.unit)))
  return a === angle ? [turned, b.expression] : [a.expression, turned]
}

function holdsPi(expression: Expression): boolean {
  return (expression.kind === 'constant' && expression.name === 'pi') || partsOf(expression).some(holdsPi)
}

function times(expression: Expression, factor: Expression): Expression {
  return { kind: 'product', factors: [expression, factor] }
}

function compareNumbers(a: Expression, b: Expression, isRounded: boolean, session: Session): Comparison {
  const { options } = session
  if (!options.unreducedFractions && !isSameTree(a, b) && (hasUnreduced(a) || hasUnreduced(b))) {
    return different('a fraction is not in lowest terms')
  }
  const plain = compareLogs(a, b, session)
  if (plain.verdict === 'equal') return plain
  return agreeAsDecimals(a, b, isRounded, session) ?? plain
}

/** `log` without a base is an unknown function unless an option says; with `either` both bases are tried, on both sides alike. */
function compareLogs(a: Expression, b: Expression, session: Session): Comparison {
  const { log } = session.options
  if (!contentsOf(a, b).hasUnknownCall || !(hasLog(a) || hasLog(b))) return compareExpressions(a, b, session)
  const bases: readonly (Expression | undefined)[] =
    log === 'base-10' ? [ten] : log === 'natural' ? [undefined] : [ten, undefined]
  return any(bases.map((base) => () => compareExpressions(readLogs(a, base), readLogs(b, base), session)))
}

function hasLog(expression: Expression): boolean {
  if (expression.kind === 'unknown-call' && expression.name === 'log') return true
  return partsOf(expression).some(hasLog)
}

/** Every `log` as the logarithm to a base, the natural one when undefined. */
export function readLogs(expression: Expression, base: Expression | undefined): Expression {
  const changed = mapParts(expression, (part) => readLogs(part, base))
  if (changed.kind !== 'unknown-call' || changed.name !== 'log' || changed.arguments.length !== 1) return changed
  const top: Expression = { kind: 'call', name: 'ln', arguments: changed.arguments }
  if (base === undefined) return top
  return { kind: 'quotient', top, bottom: { kind: 'call', name: 'ln', arguments: [base] } }
}

/** Whether some fraction of two integers has a common divisor. */
function hasUnreduced(expression: Expression): boolean {
  if (expression.kind === 'quotient') {
    const { top, bottom } = expression
    const [p, r] = [top, bottom].map((side) => (side.kind === 'negative' ? side.of : side))
    if (p.kind === 'number' && r.kind === 'number' && p.value.bottom === 1n && r.value.bottom === 1n)
      return greatestCommonDivisor(p.value.top, r.value.top) !== 1n || r.value.top === 1n
  }
  return partsOf(expression).some(hasUnreduced)
}
