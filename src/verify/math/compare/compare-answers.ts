// Whether a predicted answer equals the gold answer, as mathematics. The order: written alike, single values
// (compare-values.ts), names taken off (`x = 3` for 3), sets of real numbers in normal form, words and choices,
// containers part by part. Keeps nothing between calls, never throws, and gives up as `undecided` when the budget of work
// is spent. The only part of the gold answer that counts differently is its "about".
import type { Answer, Comparison } from '../answer.ts'
import { attempt, Stop, spend } from '../number/work.ts'
import type { MathOptions } from '../options.ts'
import { compareUpToConstants } from './arbitrary-constants.ts'
import { caseRows } from './case-rows.ts'
import { clockOf } from './clock-time.ts'
import { compareContainers, compareMatrices } from './compare-containers.ts'
import { compareRatios } from './compare-ratios.ts'
import { compareRelations } from './compare-relations.ts'
import { compareBuilders, compareChains, compareIntervals, compareOperations } from './compare-sets.ts'
import { compareValues } from './compare-values.ts'
import { areSameDerivative } from './derivative-name.ts'
import { compareFamilies } from './integer-parameters.ts'
import { lacksValue } from './lacks-value.ts'
import { notAlike } from './not-alike.ts'
import { plainWords } from './plain-words.ts'
import { isRegionLike, type Region, regionOf } from './read-region.ts'
import { areSameSets, orElse } from './real-set.ts'
import { countedAlike } from './recursion.ts'
import { renameVariable } from './rename-variable.ts'
import { compareResidueClasses } from './residue-classes.ts'
import { isSameAnswer } from './same-answer.ts'
import { type Named, reordered, stripName } from './strip-name.ts'
import { symbolsOf } from './symbols-of.ts'
import { tidyAnswer } from './tidy-answer.ts'
import { type CompareParts, different, equal, type Session, startSession, undecided } from './verdict.ts'

/**
 * Compares two answers.
 * @example
 * compareAnswers(threeQuarters, pointSevenFive, defaultMathOptions).verdict // 'equal'
 */
export function compareAnswers(gold: Answer, prediction: Answer, options: MathOptions): Comparison {
  try {
    if (isOnlyAbout(gold, prediction)) return different('one is only about the other')
    if (isSameAnswer(gold, prediction)) return equal('written alike')
    const a = tidyAnswer(gold)
    const b = tidyAnswer(prediction)
    if (a === undefined) return undecided('too many signs to write out')
    if (b === undefined) return different('too many signs to write out')
    const session = startSession(options)
    if (lacksValue(a, session)) return undecided('the gold answer has no value')
    if (lacksValue(b, session)) return different('the prediction has no value')
    const compare: CompareParts = (x, y) => compareAny(x, y, session)
    const result = compareFamilies(a, b, session, compare) ?? compare(a, b)
    if (result.verdict === 'equal') return result
    return attempt(session.work, 0.8, (work) => compareUpToConstants(a, b, { ...session, work })) ?? result
  } catch (error) {
    if (error instanceof Stop) return undecided('too large to compare')
    // A tree nested beyond the reader's limit exhausts the stack; anything else here would be a mistake of ours.
    return undecided(error instanceof RangeError ? 'too deep to compare' : 'the comparison failed')
  }
}

function compareAny(a: Answer, b: Answer, session: Session): Comparison {
  spend(session.work, 4)
  if (isOnlyAbout(a, b)) return different('one is only about the other')
  if (isSameAnswer(a, b)) return equal('written alike')
  const byClass = compareResidueClasses(a, b, session)
  if (byClass !== undefined) return byClass
  if (a.kind === 'expression' && b.kind === 'expression') return compareValues(a, b, session)
  const left = stripName(a)
  const right = stripName(b)
  if (left.name === undefined && right.name === undefined) return compareUnnamed(a, b, session)
  if (left.name !== undefined && right.name !== undefined) return compareNamed(left, right, a, b, session)
  if (left.only !== undefined && b.kind === 'expression' && session.options.dropVariable)
    return compareAny(left.only, b, session)
  if (isRegionLike(a) || isRegionLike(b)) {
    const byRegion = left.only || right.only ? undefined : compareUnnamed(a, b, session)
    if (byRegion !== undefined) return byRegion
  }
  // An equation such as 2x = 6 against x = 3.
  if (a.kind === 'relation' && b.kind === 'relation') return compareUnnamed(a, b, session)
  if (!session.options.dropVariable) return different('one is an equation')
  return compareStripped(left, right, session)
}

/** A number may be about right and still be it; a function such as y ≈ 2x may not. */
function isOnlyAbout(gold: Answer, prediction: Answer): boolean {
  return prediction.approximate === true && gold.approximate !== true && symbolsOf(prediction).size > 0
}

function compareNamed(left: Named, right: Named, a: Answer, b: Answer, session: Session): Comparison {
  if (left.name === right.name || isFunctionAndY(left, right) || isFunctionAndY(right, left)) {
    return compareStripped(left, right, session)
  }
  const turned = reordered(right, left.names)
  if (turned !== undefined) return compareStripped(left, turned, session)
  if (areRadii(left, right) || areSameDerivative(left.name, right.name)) return compareStripped(left, right, session)
  const renamed = sameParameters(left, right)
  if (renamed !== undefined) return compareStripped(...renamed, session)
  const moved = countedAlike(a, b)
  if (moved !== undefined) return compareAny(a, moved, session)
  const roots = numberedRoots(left, right) ?? numberedRoots(right, left)
  if (roots !== undefined)
    return compareStripped(
      roots === left ? { answer: listOf(left) } : left,
      roots === right ? { answer: listOf(right) } : right,
      session,
    )
  if (a.kind === 'relation' && b.kind === 'relation') return compareUnnamed(a, b, session)
  return different('different variables')
}

/** `r = 2 \cos\theta` and `\rho = 2 \cos\theta` */
function areRadii(a: Named, b: Named): boolean {
  const names = [a.name, b.name]
  return names.includes('r') && names.includes('rho') && [a, b].every(({ answer }) => symbolsOf(answer).has('theta'))
}

/** f(x) = x + 1 and f(t) = t + 1 with one name for x and t; of P(A) = 1/2 and P(B) = 1/2 the letters are no variables. */
function sameParameters(left: Named, right: Named): readonly [Named, Named] | undefined {
  const [a, b] = [left.call, right.call]
  if (a === undefined || b === undefined || a.name !== b.name || a.parameters.length !== b.parameters.length)
    return undefined
  const areVariables = [left, right].every(({ answer, call }) => {
    const known = symbolsOf(answer)
    return call?.parameters.every((name) => variables.test(name) || known.has(name))
  })
  if (!areVariables) return undefined
  const bind = ({ answer }: Named, parameters: readonly string[]): Named => ({
    answer: parameters.reduce((sum, name, i) => renameVariable(sum, name, `bound'${i}`), answer),
  })
  return [bind(left, a.parameters), bind(right, b.parameters)]
}

/** The first, when it numbers the values that the other gives of one letter: x_1 = 1, x_2 = 2 and x = 1, x = 2. */
function numberedRoots(one: Named, other: Named): Named | undefined {
  const letter = other.name ?? ''
  const areNumbered = one.names?.every((name, i) => name === `${letter}_${i + 1}`)
  return areNumbered && other.answer.kind === 'list' && one.answer.kind === 'tuple' ? one : undefined
}

const listOf = ({ answer }: Named): Answer => (answer.kind === 'tuple' ? { kind: 'list', items: answer.items } : answer)

/** Letters that stand for any value, also where it does not matter: f(x) = 3. */
const variables = /^(?:[stuvwxyznkm]|theta|phi)$/

/** `f(x) = ...` and `y = ...` */
function isFunctionAndY(a: Named, b: Named): boolean {
  return a.name === 'y' && /^[a-z]\([a-z]\)$/i.test(b.name ?? '')
}

/** A record (x = 1, y = 2) against a plain list is compared in order. */
function compareStripped(left: Named, right: Named, session: Session): Comparison {
  const asTuple = (one: Answer, other: Named): Answer =>
    other.isRecord && one.kind === 'list' && one.connective === undefined ? { kind: 'tuple', items: one.items } : one
  return compareAny(asTuple(left.answer, right), asTuple(right.answer, left), session)
}

function compareUnnamed(a: Answer, b: Answer, session: Session): Comparison {
  if (isRegionLike(a) || isRegionLike(b)) {
    const byRegion = compareRegions(regionOf(a, session), regionOf(b, session), session)
    if (byRegion !== undefined) return byRegion
  }
  if (session.options.dropVariable && (a.kind === 'relation') !== (b.kind === 'relation')) {
    if (isMembership(a)) return compareAny(a.right, b, session)
    if (isMembership(b)) return compareAny(a, b.right, session)
  }
  // Here and not below, where which side is the gold answer's is not known any more.
  if (b.kind === 'text' && (a.kind === 'expression' || a.kind === 'relation' || a.kind === 'chain') && !wordOf(a))
    return notAlike(a, b)
  const compare: CompareParts = (x, y) => compareAny(x, y, session)
  return compareKind(a, b, session, compare) ?? compareKind(b, a, session, compare) ?? notAlike(a, b)
}

/** By the kind of the first; undefined when that kind has nothing to say about the other. */
function compareKind(a: Answer, b: Answer, session: Session, compare: CompareParts): Comparison | undefined {
  switch (a.kind) {
    case 'text':
    case 'choice':
      return compareWords(a, b, session)
    case 'relation':
      return b.kind === 'relation' ? compareRelations(a, b, session, compare) : undefined
    case 'chain':
      return b.kind === 'chain' ? compareChains(a, b, session, compare) : undefined
    case 'tuple':
    case 'list':
    case 'set':
      return compareContainers(a, b, session, compare)
    case 'matrix':
      return compareMatrices(a, b, compare)
    case 'ratio':
      if (b.kind === 'text' && clockOf(a) !== undefined) return compareWords(b, a, session)
      return compareRatios(a, b, session, compare)
    case 'interval':
      return compareIntervals(a, b, session)
    case 'set-operation':
      return compareOperations(a, b, session, compare)
    case 'set-builder':
      return compareBuilders(a, b, compare)
    case 'named-set':
      return b.kind === 'named-set' ? different('different sets') : notAlike(a, b)
    case 'expression':
      return undefined
  }
}

/** x in a set, or (x, y) in one. */
function isMembership(answer: Answer): answer is Extract<Answer, { kind: 'relation' }> {
  if (answer.kind !== 'relation' || answer.sign !== '∈') return false
  const { left } = answer
  const names = left.kind === 'tuple' ? left.items : [left]
  return names.every((name) => name.kind === 'expression' && name.expression.kind === 'symbol')
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
  const rows = caseRows(own)
  if (rows !== undefined && rows === caseRows(word)) return equal('the same cases')
  const ignoresCase = session.options.ignoreCase
  const isSame = ignoresCase ? own.toLowerCase() === word.toLowerCase() : own === word
  if (!isSame && plainWords(own.toLowerCase()) === plainWords(word.toLowerCase()))
    return equal('the same in other words')
  if (isSame) return equal('the same words')
  const areFormulas = [own, word].every((one) => /[\\=^_{}<>≤≥+∫∑|/]/.test(one))
  return different(
    areFormulas ? 'neither could be read as mathematics, and they are written differently' : 'different words',
  )
}

function wordOf(answer: Answer): string | undefined {
  if (answer.kind === 'text') return answer.text
  if (answer.kind === 'choice') return answer.letter
  const time = clockOf(answer)
  if (time !== undefined) return time
  return answer.kind === 'expression' && answer.expression.kind === 'symbol' ? answer.expression.name : undefined
}
