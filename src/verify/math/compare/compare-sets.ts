// Sets and chains that have no normal form as sets of real numbers: by their parts. Here "different" is hard to prove, so
// that most pairs that are not alike stay undecided.
import type { Answer, Comparison } from '../answer.ts'
import { multiplesOf } from './chain-multiples.ts'
import { compareInOrder, keysOf } from './compare-containers.ts'
import { compareExpressions } from './compare-expressions.ts'
import { expressionOf } from './expression-shape.ts'
import { areSameLetterSets } from './letter-sets.ts'
import { matchLists, matchSets } from './match-items.ts'
import { notAlike } from './not-alike.ts'
import { renameVariable } from './rename-variable.ts'
import { all, any, type CompareParts, different, equal, type Session, undecided } from './verdict.ts'

/** Compares an interval, of which an end is no constant, with anything. */
export function compareIntervals(a: Extract<Answer, { kind: 'interval' }>, b: Answer, session: Session): Comparison {
  if (b.kind === 'tuple') {
    const [low, high] = b.items.map(expressionOf)
    if (!b.mayBeInterval || b.items.length !== 2 || !low || !high) return notAlike(a, b)
    return compareIntervals(a, { kind: 'interval', low, high, lowClosed: false, highClosed: false }, session)
  }
  if (b.kind !== 'interval') return notAlike(a, b)
  if (a.lowClosed !== b.lowClosed || a.highClosed !== b.highClosed) return different('the brackets differ')
  return all(
    [() => compareExpressions(a.low, b.low, session), () => compareExpressions(a.high, b.high, session)],
    'the same interval',
  )
}

/** Kinds of answers that can mean a set. */
const maySets = new Set<Answer['kind']>([
  'set',
  'list',
  'interval',
  'set-operation',
  'named-set',
  'set-builder',
  'relation',
  'chain',
])

/** Compares unions, intersections and differences. */
export function compareOperations(
  a: Extract<Answer, { kind: 'set-operation' }>,
  b: Answer,
  session: Session,
  compare: CompareParts,
): Comparison {
  const areSame = areSameLetterSets(a, b)
  if (areSame !== undefined)
    return areSame ? equal('the same set of elements') : different('different sets of elements')
  const flat = finiteUnion(a)
  if (flat !== undefined && (b.kind === 'set' || b.kind === 'list')) return compare(flat, b)
  if (!maySets.has(b.kind)) return notAlike(a, b)
  if (b.kind !== 'set-operation') return undecided('sets that could not be compared')
  const other = finiteUnion(b)
  if (flat !== undefined && other !== undefined) return compare(flat, other)
  if (a.operator !== b.operator) return undecided('sets that could not be compared')
  const result =
    a.operator === 'difference'
      ? compareInOrder(a.parts, b.parts, compare)
      : matchSets(keysOf(a.parts, session), keysOf(b.parts, session), (i, j) => compare(a.parts[i], b.parts[j]))
  return result.verdict === 'equal' ? result : undecided('sets that could not be compared')
}

function finiteUnion(answer: Extract<Answer, { kind: 'set-operation' }>): Answer | undefined {
  if (answer.operator !== 'union') return undefined
  const items: Answer[] = []
  for (const part of answer.parts) {
    if (part.kind !== 'set') return undefined
    items.push(...part.items)
  }
  return { kind: 'set', items }
}

/** Compares set-builders up to the name of their variable. */
export function compareBuilders(
  a: Extract<Answer, { kind: 'set-builder' }>,
  b: Answer,
  compare: CompareParts,
): Comparison {
  if (b.kind !== 'set-builder') return undecided('a set-builder that could not be computed')
  const bound = "bound'"
  const result = compare(renameVariable(a.condition, a.variable, bound), renameVariable(b.condition, b.variable, bound))
  return result.verdict === 'equal' ? result : undecided('set-builders that could not be compared')
}

/** Compares two chains of relations, which may also be read backwards. */
export function compareChains(
  a: Extract<Answer, { kind: 'chain' }>,
  b: Extract<Answer, { kind: 'chain' }>,
  session: Session,
  compare: CompareParts,
): Comparison {
  // a = b = c, in whatever order, and multiplied by whatever number.
  if (a.parts.length === b.parts.length && [...a.signs, ...b.signs].every((sign) => sign === '=')) {
    const none = a.parts.map(() => undefined)
    const match = (parts: readonly Answer[]): Comparison =>
      matchLists(none, none, (i, j) => compare(a.parts[i], parts[j]))
    const direct = match(b.parts)
    if (direct.verdict === 'equal') return direct
    return (
      multiplesOf(a.parts[0], b.parts, session)
        .map(match)
        .find(({ verdict }) => verdict === 'equal') ?? direct
    )
  }
  const turned: Readonly<Record<string, string>> = { '<': '>', '>': '<', '≤': '≥', '≥': '≤' }
  const backwards = {
    parts: b.parts.toReversed(),
    signs: b.signs.toReversed().map((sign) => turned[sign] ?? sign),
  }
  return any(
    [b, backwards].map((other) => () => {
      if (a.signs.join() !== other.signs.join()) return different('the relation signs differ')
      return compareInOrder(a.parts, other.parts, compare)
    }),
  )
}
