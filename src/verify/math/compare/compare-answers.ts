// Long because the kinds of answers call each other. Whether a predicted answer equals the gold answer, as mathematics. The order: written alike, words and choices, names
// taken off (`x = 3` for 3), sets of real numbers in normal form, containers part by part, single values
// (compare-values.ts). Keeps nothing between calls, never throws, and gives up as `undecided` when the budget of work
// is spent. The only part of the gold answer that counts differently is its "about".
import type { Answer, Comparison } from '../answer.ts'
import { Stop, spend } from '../number/work.ts'
import type { MathOptions } from '../options.ts'
import { keyOf } from './canonical-key.ts'
import { compareExpressions } from './compare-expressions.ts'
import { compareRelations } from './compare-relations.ts'
import { compareValues } from './compare-values.ts'
import { type Key, matchLists, matchSets } from './match-items.ts'
import { isRegionLike, type Region, regionOf } from './read-region.ts'
import { areSameSets, orElse } from './real-set.ts'
import { renameVariable } from './rename-variable.ts'
import { isSameAnswer } from './same-answer.ts'
import { type Named, stripName } from './strip-name.ts'
import { tidyAnswer } from './tidy-answer.ts'
import { all, any, different, equal, type Session, startSession, undecided } from './verdict.ts'

/**
 * Compares two answers.
 * @example
 * compareAnswers(threeQuarters, pointSevenFive, defaultMathOptions).verdict // 'equal'
 */
export function compareAnswers(gold: Answer, prediction: Answer, options: MathOptions): Comparison {
  try {
    if (isSameAnswer(gold, prediction)) return equal('written alike')
    const a = tidyAnswer(gold)
    const b = tidyAnswer(prediction)
    if (a === undefined || b === undefined) return undecided('too many signs to write out')
    return compareAny(a, b, startSession(options))
  } catch (error) {
    if (error instanceof Stop) return undecided('too large to compare')
    // A tree nested beyond the reader's limit exhausts the stack; anything else here would be a mistake of ours.
    return undecided(error instanceof RangeError ? 'too deep to compare' : 'the comparison failed')
  }
}

function compareAny(a: Answer, b: Answer, session: Session): Comparison {
  spend(session.work, 4)
  if (isSameAnswer(a, b)) return equal('written alike')
  if (a.kind === 'expression' && b.kind === 'expression') return compareValues(a, b, session)
  const left = stripName(a)
  const right = stripName(b)
  if (left.name === undefined && right.name === undefined) return compareUnnamed(a, b, session)
  if (left.name !== undefined && right.name !== undefined) return compareNamed(left, right, a, b, session)
  if (isRegionLike(a) || isRegionLike(b)) return compareUnnamed(a, b, session)
  // An equation such as 2x = 6 against x = 3.
  if (a.kind === 'relation' && b.kind === 'relation') return compareUnnamed(a, b, session)
  if (!session.options.dropVariable) return different('one is an equation')
  return compareStripped(left, right, session)
}

function compareNamed(left: Named, right: Named, a: Answer, b: Answer, session: Session): Comparison {
  if (left.name === right.name || isFunctionAndY(left, right) || isFunctionAndY(right, left)) {
    return compareStripped(left, right, session)
  }
  if (a.kind === 'relation' && b.kind === 'relation') return compareUnnamed(a, b, session)
  return different('different variables')
}

/** `f(x) = ...` and `y = ...` */
function isFunctionAndY(a: Named, b: Named): boolean {
  return a.name === 'y' && /^[a-z]\([a-z]\)$/i.test(b.name ?? '')
}

/** A record (x = 1, y = 2) against a plain list is compared in order. */
function compareStripped(left: Named, right: Named, session: Session): Comparison {
  const asTuple = (one: Answer, other: Named): Answer =>
    other.isRecord && one.kind === 'list' ? { kind: 'tuple', items: one.items } : one
  return compareAny(asTuple(left.answer, right), asTuple(right.answer, left), session)
}

function compareUnnamed(a: Answer, b: Answer, session: Session): Comparison {
  if (isRegionLike(a) || isRegionLike(b)) {
    const byRegion = compareRegions(regionOf(a, session), regionOf(b, session), session)
    if (byRegion !== undefined) return byRegion
  }
  switch (a.kind) {
    case 'text':
    case 'choice':
      return compareWords(a, b, session)
    case 'relation':
      if (b.kind === 'relation') return compareRelations(a, b, session, (x, y) => compareAny(x, y, session))
      break
    case 'chain':
      if (b.kind === 'chain') return compareChains(a, b, session)
      break
    case 'tuple':
    case 'list':
    case 'set':
      return compareContainers(a, b, session)
    case 'matrix':
      return compareMatrices(a, b, session)
    case 'ratio':
      return compareRatios(a, b, session)
    case 'interval':
      return compareIntervals(a, b, session)
    case 'set-operation':
      return compareOperations(a, b, session)
    case 'set-builder':
      return compareBuilders(a, b, session)
    case 'named-set':
      return b.kind === 'named-set' ? different('different sets') : notAlike(a, b)
    case 'expression':
      break
  }
  switch (b.kind) {
    case 'text':
    case 'choice':
      return compareWords(b, a, session)
    case 'tuple':
    case 'list':
    case 'set':
      return compareContainers(b, a, session)
    case 'matrix':
      return compareMatrices(b, a, session)
    case 'ratio':
      return compareRatios(b, a, session)
    default:
      return notAlike(a, b)
  }
}

function notAlike(a: Answer, b: Answer): Comparison {
  return different(`${nameOfKind(b)} is not ${nameOfKind(a)}`)
}

function nameOfKind({ kind }: Answer): string {
  return `${kind === 'interval' || kind === 'expression' ? 'an' : 'a'} ${kind.replaceAll('-', ' ')}`
}

/** Undefined when neither is a set of real numbers in normal form. */
function compareRegions(a: Region | undefined, b: Region | undefined, session: Session): Comparison | undefined {
  if (a === undefined || b === undefined) return undefined
  if (a.variable !== undefined && b.variable !== undefined) {
    if (a.variable !== b.variable) return different('different variables')
  } else if (a.variable !== b.variable && !session.options.dropVariable) {
    return different('one is a condition on a variable')
  }
  const areSame = orElse(() => areSameSets(a.set, b.set, session))
  if (areSame === undefined) return undefined
  return areSame ? equal('the same set of real numbers') : different('different sets of real numbers')
}

function compareWords(a: Answer & { kind: 'text' | 'choice' }, b: Answer, session: Session): Comparison {
  const word = wordOf(b)
  if (word === undefined) return notAlike(a, b)
  const own = a.kind === 'text' ? a.text : a.letter
  // A letter answers a choice in either case, as `a` for `A`.
  const ignoresCase = session.options.ignoreCase
  const isSame = ignoresCase ? own.toLowerCase() === word.toLowerCase() : own === word
  return isSame ? equal('the same words') : different('different words')
}

function wordOf(answer: Answer): string | undefined {
  if (answer.kind === 'text') return answer.text
  if (answer.kind === 'choice') return answer.letter
  return answer.kind === 'expression' && answer.expression.kind === 'symbol' ? answer.expression.name : undefined
}

type Container = Extract<Answer, { kind: 'tuple' | 'list' | 'set' }>

function isContainer(answer: Answer): answer is Container {
  return answer.kind === 'tuple' || answer.kind === 'list' || answer.kind === 'set'
}

function compareContainers(a: Container, b: Answer, session: Session): Comparison {
  const { options } = session
  if (a.kind === 'tuple' && b.kind === 'matrix') return compareMatrices(b, a, session)
  if (!isContainer(b)) {
    // {3} and 3: one element.
    const [only] = a.items
    const isOne = a.kind !== 'tuple' && a.items.length === 1
    if (isOne && (b.kind === 'expression' || !options.bracketsMatter)) return compareAny(only, b, session)
    return notAlike(a, b)
  }
  const compare = (i: number, j: number): Comparison => compareAny(a.items[i], b.items[j], session)
  const kinds = [a.kind, b.kind]
  if (kinds.includes('tuple')) {
    if (a.kind !== b.kind && options.bracketsMatter) return different('the brackets differ')
    if (kinds.includes('set')) return matchSets(keysOf(a.items, session), keysOf(b.items, session), compare)
    return compareInOrder(a.items, b.items, session)
  }
  if (kinds.includes('set')) return matchSets(keysOf(a.items, session), keysOf(b.items, session), compare)
  if (!options.unorderedLists) return compareInOrder(a.items, b.items, session)
  return matchLists(keysOf(a.items, session), keysOf(b.items, session), compare)
}

/** Keys pair most items of long containers without comparing each with each; short ones do without. */
function keysOf(items: readonly Answer[], session: Session): readonly Key[] {
  if (items.length < 5) return items.map(() => undefined)
  return items.map((item) => {
    spend(session.work, 4)
    return keyOf(item, session)
  })
}

function compareInOrder(a: readonly Answer[], b: readonly Answer[], session: Session): Comparison {
  if (a.length !== b.length) return different(`${b.length} items, not ${a.length}`)
  return all(
    a.map((item, i) => () => compareAny(item, b[i], session)),
    'all parts are equal',
  )
}

/** Entry by entry; one row or one column also stands for a tuple. */
function compareMatrices(a: Extract<Answer, { kind: 'matrix' }>, b: Answer, session: Session): Comparison {
  if (b.kind === 'tuple') {
    const isLine = a.rows.length === 1 || a.rows.every((row) => row.length === 1)
    return isLine ? compareInOrder(a.rows.flat(), b.items, session) : notAlike(a, b)
  }
  if (b.kind !== 'matrix') return notAlike(a, b)
  if (a.rows.length !== b.rows.length || a.rows.some((row, i) => row.length !== b.rows[i].length)) {
    return different('the matrices differ in size')
  }
  return compareInOrder(a.rows.flat(), b.rows.flat(), session)
}

/** Up to a common factor: a_i b_j = a_j b_i. A ratio of two parts also stands for their quotient. */
function compareRatios(a: Extract<Answer, { kind: 'ratio' }>, b: Answer, session: Session): Comparison {
  const parts = a.parts.map(expressionOf)
  if (b.kind === 'expression') {
    const [top, bottom] = parts
    if (parts.length !== 2 || !top || !bottom || !session.options.dropVariable) return notAlike(a, b)
    return compareExpressions({ kind: 'quotient', top, bottom }, b.expression, session)
  }
  if (b.kind !== 'ratio') return notAlike(a, b)
  if (a.parts.length !== b.parts.length) return different('the ratios differ in length')
  const others = b.parts.map(expressionOf)
  const [first] = parts
  const [firstOther] = others
  if (!first || !firstOther) return compareInOrder(a.parts, b.parts, session)
  const checks = parts.slice(1).map((part, i) => (): Comparison => {
    const other = others[i + 1]
    if (!part || !other) return undecided('a part of a ratio is no expression')
    const cross = { kind: 'product', factors: [first, other] } as const
    return compareExpressions(cross, { kind: 'product', factors: [firstOther, part] }, session)
  })
  const isZero = (side: typeof first): boolean =>
    compareExpressions(side, { kind: 'number', value: { top: 0n, bottom: 1n } }, session).verdict !== 'different'
  if (isZero(first) || isZero(firstOther)) return compareInOrder(a.parts, b.parts, session)
  return all(checks, 'the same ratio')
}

function expressionOf(answer: Answer): Extract<Answer, { kind: 'expression' }>['expression'] | undefined {
  return answer.kind === 'expression' ? answer.expression : undefined
}

/** Ends that are no constants: by their expressions. */
function compareIntervals(a: Extract<Answer, { kind: 'interval' }>, b: Answer, session: Session): Comparison {
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

function compareOperations(a: Extract<Answer, { kind: 'set-operation' }>, b: Answer, session: Session): Comparison {
  const flat = finiteUnion(a)
  if (flat !== undefined && (b.kind === 'set' || b.kind === 'list')) return compareAny(flat, b, session)
  if (!maySets.has(b.kind)) return notAlike(a, b)
  if (b.kind !== 'set-operation') return undecided('sets that could not be compared')
  const other = finiteUnion(b)
  if (flat !== undefined && other !== undefined) return compareAny(flat, other, session)
  if (a.operator !== b.operator) return undecided('sets that could not be compared')
  const result =
    a.operator === 'difference'
      ? compareInOrder(a.parts, b.parts, session)
      : matchSets(keysOf(a.parts, session), keysOf(b.parts, session), (i, j) =>
          compareAny(a.parts[i], b.parts[j], session),
        )
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

function compareBuilders(a: Extract<Answer, { kind: 'set-builder' }>, b: Answer, session: Session): Comparison {
  if (b.kind !== 'set-builder') return undecided('a set-builder that could not be computed')
  const bound = "bound'"
  const result = compareAny(
    renameVariable(a.condition, a.variable, bound),
    renameVariable(b.condition, b.variable, bound),
    session,
  )
  return result.verdict === 'equal' ? result : undecided('set-builders that could not be compared')
}

function compareChains(
  a: Extract<Answer, { kind: 'chain' }>,
  b: Extract<Answer, { kind: 'chain' }>,
  session: Session,
): Comparison {
  const turned: Readonly<Record<string, string>> = { '<': '>', '>': '<', '≤': '≥', '≥': '≤' }
  const backwards = {
    parts: b.parts.toReversed(),
    signs: b.signs.toReversed().map((sign) => turned[sign] ?? sign),
  }
  return any(
    [b, backwards].map((other) => () => {
      if (a.signs.join() !== other.signs.join()) return different('the relation signs differ')
      return compareInOrder(a.parts, other.parts, session)
    }),
  )
}
