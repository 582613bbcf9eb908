// Constants that may be any number, where the gold answer holds one: `+ C` of an integral takes in every other constant,
// and C e^{2x} may be written A e^{2x}. Only for letters that are usual for it, beside a variable, and outside functions and
// exponents; a small c only as the last term, or as the one constant of a function f(x), since it may also be given. An
// additive C may differ by a number, everything else by the letter only. Finds equality only.
import type { Answer, Comparison } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { rational } from '../number/rational.ts'
import { compareExpressions } from './compare-expressions.ts'
import { contentsOf, numberExpression, partsOf, replaceSymbol, symbolName } from './expression-shape.ts'
import { isGrowing } from './reach.ts'
import { type Named, stripName } from './strip-name.ts'
import { equal, type Session } from './verdict.ts'

const variable = /^(?:[txyzsuvwr]|theta)$/
const integration = /^(?:[CKck]|[CKc]_\d)$/
const numbered = /^[CKAc]_\d$/
/** In a gold answer, and those a prediction may have for it. */
const certain = /^(?:[CK]|[CKAc]_\d)$/
const amplitudes = /^[ABD]$/
const free = /^(?:[A-DK]|[ck]|[CKABc]_\d)$/
const mostConstants = 3
const starts = [rational(3n, 7n), rational(17n, 5n)]

/** `equal`, or undefined when the two are not equal in this way. */
export function compareUpToConstants(gold: Answer, prediction: Answer, session: Session): Comparison | undefined {
  const [a, b] = [stripName(gold), stripName(prediction)]
  if (a.answer.kind !== 'expression' || b.answer.kind !== 'expression' || !mayBeOne(a, b, session)) return undefined
  const [left, right] = [a.answer.expression, b.answer.expression]
  const { symbols, hasPlusMinus, hasInfinity } = contentsOf(left, right)
  const hasVariable = [...contentsOf(left).symbols].some((name) => variable.test(name))
  if (!hasVariable || hasPlusMinus || hasInfinity || symbols.size > 8) return undefined
  if (a.answer.unit !== b.answer.unit || a.answer.percent !== b.answer.percent) return undefined
  if (areAntiderivatives(left, right, session) || areRenamed(left, right, a, session))
    return equal('the same up to the letters of constants')
  return undefined
}

function mayBeOne(a: Named, b: Named, { options }: Session): boolean {
  if (a.name === b.name) return true
  if (a.name === undefined || b.name === undefined) return options.dropVariable
  return [a, b].some(({ name }) => name === 'y') && [a, b].some(({ call }) => call?.parameters.length === 1)
}

/** x² + C and x² + 1 + c; the parts without the constant may differ by a number. */
function areAntiderivatives(a: Expression, b: Expression, session: Session): boolean {
  const [left, right] = [a, b].map(splitConstant)
  if (left === undefined || right === undefined) return false
  const areEqual = (x: Expression, y: Expression): boolean => compareExpressions(x, y, session).verdict === 'equal'
  if (/^c/i.test(left.name) && left.name.toLowerCase() === right.name.toLowerCase() && areEqual(left.rest, right.rest))
    return true
  if (!/^[CK]/.test(left.name)) {
    return left.isLast && contentsOf(a).symbols.size === 2 && areEqual(left.rest, right.rest)
  }
  const names = [...contentsOf(left.rest, right.rest).symbols]
  return starts.some((value) => {
    const at = (of: Expression): Expression =>
      names.reduce((sum, name) => replaceSymbol(sum, name, numberExpression(value)), of)
    const both = (x: Expression, y: Expression): Expression => ({ kind: 'sum', terms: [x, y] })
    return areEqual(both(left.rest, at(right.rest)), both(right.rest, at(left.rest)))
  })
}

/** The constant of an integral and what it is added to. */
function splitConstant(of: Expression) {
  if (of.kind !== 'sum') return undefined
  const names = of.terms.map((term) => symbolName(term.kind === 'negative' ? term.of : term))
  const at = names.findIndex((name) => name !== undefined && integration.test(name))
  const name = names[at]
  if (name === undefined) return undefined
  const rest: Expression = { kind: 'sum', terms: of.terms.filter((_, i) => i !== at) }
  const { symbols } = contentsOf(rest)
  if (symbols.has(name) || ![...symbols].some((symbol) => variable.test(symbol))) return undefined
  return { name, rest, isLast: at === of.terms.length - 1 }
}

/** The same with other letters. */
function areRenamed(a: Expression, b: Expression, named: Named, session: Session): boolean {
  const [own, other] = [a, b].map((side) => [...contentsOf(side).symbols])
  const mine = own.filter((name) => !other.includes(name))
  const theirs = other.filter((name) => !own.includes(name))
  const isNamed = named.name !== undefined
  const isSolution = isNamed || holdsWave(a)
  const mayBe = (name: string): boolean =>
    (isSolution && certain.test(name)) ||
    (holdsWave(a) && amplitudes.test(name)) ||
    (named.call !== undefined && mine.length === 1 && /^[ck]$/.test(name) && /^[CKck]$/.test(theirs[0] ?? ''))
  // C_1 and C_2 may also have changed places.
  const from = mine.length > 0 ? mine : own.filter((name) => numbered.test(name))
  const to = mine.length > 0 ? theirs : from
  if (from.length === 0 || from.length !== to.length || from.length > mostConstants) return false
  if (named.call?.parameters.some((name) => from.includes(name))) return false
  if (!from.every((name) => mayBe(name) && standsFree(a, name))) return false
  if (!to.every((name) => free.test(name) && standsFree(b, name))) return false
  return orders(to).some((order) => {
    const written = order.reduce((sum, name, i) => replaceSymbol(sum, name, { kind: 'symbol', name: `free'${i}` }), b)
    const gold = from.reduce((sum, name, i) => replaceSymbol(sum, name, { kind: 'symbol', name: `free'${i}` }), a)
    return compareExpressions(gold, written, session).verdict === 'equal'
  })
}

/** Whether an exponential or an oscillation holds a variable: the solution of a differential equation. */
function holdsWave(of: Expression): boolean {
  const isWave = isGrowing(of) || (of.kind === 'call' && (of.name === 'sin' || of.name === 'cos'))
  if (isWave && [...contentsOf(of).symbols].some((name) => variable.test(name))) return true
  return partsOf(of).some(holdsWave)
}

/** Whether a letter occurs in sums and products only. */
function standsFree(of: Expression, name: string): boolean {
  if (!contentsOf(of).symbols.has(name)) return true
  switch (of.kind) {
    case 'symbol':
      return true
    case 'sum':
    case 'product':
    case 'negative':
      return partsOf(of).every((part) => standsFree(part, name))
    case 'quotient':
      return standsFree(of.top, name) && !contentsOf(of.bottom).symbols.has(name)
    default:
      return false
  }
}

function orders(names: readonly string[]): readonly (readonly string[])[] {
  if (names.length < 2) return [names]
  return names.flatMap((name, i) =>
    orders([...names.slice(0, i), ...names.slice(i + 1)]).map((rest) => [name, ...rest]),
  )
}
