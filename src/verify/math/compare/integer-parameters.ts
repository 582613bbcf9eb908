// Families of answers: `\frac{\pi}{2} + k\pi, k \in \mathbb{Z}`. The parameter may have any name, its membership may be
// left out on one side, and it may be counted from elsewhere or backwards: k and 1 - k run through the same integers.
import type { Answer, Comparison } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { rational } from '../number/rational.ts'
import { compareExpressions } from './compare-expressions.ts'
import { contentsOf, numberExpression, replaceSymbol } from './expression-shape.ts'
import { matchLists } from './match-items.ts'
import { renameVariable } from './rename-variable.ts'
import { stripName } from './strip-name.ts'
import { symbolsOf } from './symbols-of.ts'
import { any, type CompareParts, different, equal, type Session, undecided } from './verdict.ts'

interface Family {
  /** Without the membership. */
  readonly answer: Answer
  readonly parameter?: string
  readonly domain?: 'integers' | 'naturals'
}

const common = "integer'"
const usual = ['k', 'n', 'm', 'l', 'j']
const farthestShift = 3

/** Compares two answers of which one at least names a parameter; undefined when none does. */
export function compareFamilies(a: Answer, b: Answer, session: Session, compare: CompareParts): Comparison | undefined {
  const left = readFamily(a)
  const right = readFamily(b)
  if (left.parameter === undefined && right.parameter === undefined) return undefined
  if (left.domain && right.domain && left.domain !== right.domain) return different('the parameters differ in kind')
  const [x, y] = [renamed(left, right), renamed(right, left)]
  const plain = compare(x, y)
  const isWhole = left.domain !== 'naturals' && right.domain !== 'naturals'
  if (plain.verdict === 'equal' || !isWhole) return plain
  return compareShifted(x, y, session) ?? plain
}

function readFamily(answer: Answer): Family {
  if (answer.kind !== 'list') return { answer }
  const memberships = answer.items.filter((item) => membershipOf(item) !== undefined)
  const [first] = memberships
  const found = first && membershipOf(first)
  if (found === undefined || memberships.length !== 1 || answer.items.length < 2) return { answer }
  const items = answer.items.filter((item) => item !== first)
  return { ...found, answer: items.length === 1 ? items[0] : { ...answer, items } }
}

function membershipOf(item: Answer): Omit<Family, 'answer'> | undefined {
  if (item.kind !== 'relation' || item.sign !== '∈' || item.left.kind !== 'expression') return undefined
  const { expression } = item.left
  const isSet = item.right.kind === 'named-set' && (item.right.name === 'integers' || item.right.name === 'naturals')
  if (expression.kind !== 'symbol' || !isSet || item.right.kind !== 'named-set') return undefined
  return { parameter: expression.name, domain: item.right.name === 'integers' ? 'integers' : 'naturals' }
}

/** The parameter under the common name; a letter that is usual for one when none is named. */
function renamed({ answer, parameter }: Family, other: Family): Answer {
  if (parameter !== undefined) return renameVariable(answer, parameter, common)
  const own = symbolsOf(answer)
  if (other.parameter !== undefined && own.has(other.parameter)) return renameVariable(answer, other.parameter, common)
  const known = symbolsOf(other.answer)
  const likely = usual.filter((name) => own.has(name))
  const free = likely.length === 1 ? likely : likely.filter((name) => !known.has(name))
  return free.length === 1 ? renameVariable(answer, free[0], common) : answer
}

/** Item by item, each counted from where it will. */
function compareShifted(a: Answer, b: Answer, session: Session): Comparison | undefined {
  const [left, right] = [stripName(a), stripName(b)]
  const areNamed = left.name !== undefined && right.name !== undefined
  if (areNamed ? left.name !== right.name : !session.options.dropVariable && left.name !== right.name) return undefined
  const [xs, ys] = [left.answer, right.answer].map(expressionsOf)
  if (xs === undefined || ys === undefined) return undefined
  const result = matchLists(
    xs.map(() => undefined),
    ys.map(() => undefined),
    (i, j) => any(shifts.map((by) => () => compareExpressions(xs[i], replaceSymbol(ys[j], common, by), session))),
  )
  if (result.verdict === 'equal') return equal('the same family')
  return result.verdict === 'different' ? undefined : undecided(result.reason)
}

function expressionsOf(answer: Answer): readonly Expression[] | undefined {
  const items = answer.kind === 'list' ? answer.items : [answer]
  const found = items.flatMap((item) => (item.kind === 'expression' ? [item.expression] : []))
  return found.length === items.length && found.every((one) => contentsOf(one).symbols.has(common)) ? found : undefined
}

/** k, -k, and both moved by small integers. */
const shifts: readonly Expression[] = Array.from({ length: 2 * farthestShift + 1 }, (_, i) => i - farthestShift)
  .toSorted((x, y) => Math.abs(x) - Math.abs(y))
  .flatMap((by): Expression[] => {
    const symbol: Expression = { kind: 'symbol', name: common }
    const step = numberExpression(rational(BigInt(by)))
    return [symbol, { kind: 'negative', of: symbol } as const].map((of) => ({ kind: 'sum', terms: [of, step] }))
  })
