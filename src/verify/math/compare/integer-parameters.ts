// Families of answers, with a letter that runs through a domain. The gold answer may name it: then the letter of the
// prediction may be another one, and count from elsewhere or backwards: k and 1 - k run through the same integers. A
// domain that only one side names counts, unless it goes without saying (implied-domain.ts).
import type { Answer, Comparison } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { rational } from '../number/rational.ts'
import { numberExpression } from './expression-shape.ts'
import { coordinates, goesWithoutSaying, isAngular, isPeriodic, usual } from './implied-domain.ts'
import { compareRanges } from './integer-ranges.ts'
import { matchLists } from './match-items.ts'
import { common, type Family, familyOfCongruence, readFamily } from './read-family.ts'
import { renameVariable, replaceVariable } from './rename-variable.ts'
import { stripName } from './strip-name.ts'
import { symbolsOf } from './symbols-of.ts'
import { any, type CompareParts, different, equal, type Session, undecided } from './verdict.ts'

const farthestShift = 3

/** Compares two answers; undefined when neither is a family. */
export function compareFamilies(a: Answer, b: Answer, session: Session, compare: CompareParts): Comparison | undefined {
  const [first, second] = [readFamily(a), readFamily(b)]
  const gold = second.domain === 'integers' ? (familyOfCongruence(a) ?? first) : first
  const given = first.domain === 'integers' ? (familyOfCongruence(b) ?? second) : second
  if (gold.parameter === undefined && given.parameter === undefined) return compareUnsaid(gold, given, session, compare)
  if (gold.domain && given.domain && gold.domain !== given.domain) return different('the parameters differ in kind')
  if (isAnyReal(gold, given) || isAnyReal(given, gold)) return different('the parameters differ in kind')
  const byRanges = compareRanges(gold, given, session)
  if (byRanges !== undefined) return byRanges
  if (gold.isBuilder || given.isBuilder) return undefined
  const [x, y] = [renamed(gold, given, session), renamed(given, gold, session)]
  const plain = compare(x, y)
  const isSaid = gold.domain !== undefined && given.domain !== undefined
  if (plain.verdict === 'equal') {
    if (isSaid || goesWithoutSaying(gold, given, session)) return plain
    return different('one is for some values of a letter only')
  }
  const mayShift = gold.domain === 'integers' && (given.domain === 'integers' || isPeriodic(y, common, session))
  return (mayShift ? compareShifted(x, y, gold.parameter ?? '', isSaid, session, compare) : undefined) ?? plain
}

/** One names a domain, and the other says that the letter is any real number. */
function isAnyReal({ parameter, answer }: Family, other: Family): boolean {
  if (parameter === undefined || other.parameter !== undefined) return false
  const [own, all] = [symbolsOf(answer), symbolsOf(other.answer)]
  return other.reals.some((name) => all.has(name) && (name === parameter || !own.has(name)))
}

/** Neither names a domain, or only the real numbers, which go without saying. */
function compareUnsaid(gold: Family, given: Family, session: Session, compare: CompareParts): Comparison | undefined {
  const [own, other] = [symbolsOf(gold.answer), symbolsOf(given.answer)]
  const [from, ...more] = [...own].filter((name) => !other.has(name))
  const [to, ...others] = [...other].filter((name) => !own.has(name))
  const isOne = from !== undefined && to !== undefined && more.length + others.length === 0
  const isReal = isOne && gold.reals.includes(from) && given.reals.includes(to)
  const isAngle =
    isOne && isAngular(gold.answer, from, session) && isAngular(given.answer, to, session) && usual.includes(to)
  const isFree = isOne && (areLines(gold, given, from, to) || isConstant(gold, given, from, to))
  if (isReal || isAngle || isFree)
    return compare(renameVariable(gold.answer, from, common), renameVariable(given.answer, to, common))
  return gold.reals.length + given.reals.length > 0 ? compare(gold.answer, given.answer) : undefined
}

/** x = 3 + 5t, y = 1 - 2t and the same with s. */
function areLines(gold: Family, given: Family, from: string, to: string): boolean {
  const [{ names = [], answer }, other] = [stripName(gold.answer), stripName(given.answer)]
  if (answer.kind !== 'tuple' || other.answer.kind !== 'tuple' || names.length < 2) return false
  return [from, to].every((name) => lineParameter.test(name) && !names.includes(name))
}

const lineParameter = /^(?:[stukr]|lambda|mu)$/

/** f(x) = cx and f(x) = ax where a is said to be any number. */
function isConstant(gold: Family, given: Family, from: string, to: string): boolean {
  return given.reals.includes(to) && /^[cCkK]$/.test(from) && stripName(gold.answer).call !== undefined
}

/** The parameter under the common name; where none is named, a letter that is usual for one in an angle or a solution. */
function renamed({ answer, parameter }: Family, other: Family, session: Session): Answer {
  if (parameter !== undefined) return renameVariable(answer, parameter, common)
  const own = symbolsOf(answer)
  if (other.parameter !== undefined && own.has(other.parameter)) return renameVariable(answer, other.parameter, common)
  const likely = usual.filter((name) => own.has(name) && isPeriodic(answer, name, session))
  return likely.length === 1 ? renameVariable(answer, likely[0], common) : answer
}

/** Item by item, each counted from where it will. */
function compareShifted(
  a: Answer,
  b: Answer,
  parameter: string,
  isSaid: boolean,
  session: Session,
  compare: CompareParts,
): Comparison | undefined {
  if (coordinates.includes(parameter) && !(isSaid && parameter === 't')) return undefined
  const [left, right] = [stripName(a), stripName(b)]
  const areNamed = left.name !== undefined && right.name !== undefined
  if (areNamed ? left.name !== right.name : !session.options.dropVariable && left.name !== right.name) return undefined
  // f(k) = k and a_k = k say more than which values there are.
  const names = `${left.name ?? ''} ${right.name ?? ''}`
  if (names.includes(common) || names.includes(`_${parameter}`)) return undefined
  const [xs, ys] = [left.answer, right.answer].map(itemsOf)
  if (xs === undefined || ys === undefined) return undefined
  const result = matchLists(
    xs.map(() => undefined),
    ys.map(() => undefined),
    (i, j) => any(shifts.map((by) => () => compare(xs[i], replaceVariable(ys[j], common, by)))),
  )
  if (result.verdict === 'equal') return equal('the same family')
  return result.verdict === 'different' ? undefined : undecided(result.reason)
}

function itemsOf(answer: Answer): readonly Answer[] | undefined {
  const items = answer.kind === 'list' ? answer.items : [answer]
  const areValues = items.every(({ kind }) => kind === 'expression' || kind === 'tuple' || kind === 'interval')
  return areValues && items.every((one) => symbolsOf(one).has(common)) ? items : undefined
}

/** k, -k, and both moved by small integers. */
const shifts: readonly Expression[] = Array.from({ length: 2 * farthestShift + 1 }, (_, i) => i - farthestShift)
  .toSorted((x, y) => Math.abs(x) - Math.abs(y))
  .flatMap((by): Expression[] => {
    const symbol: Expression = { kind: 'symbol', name: common }
    const step = numberExpression(rational(BigInt(by)))
    return [symbol, { kind: 'negative', of: symbol } as const].map((of) => ({ kind: 'sum', terms: [of, step] }))
  })
