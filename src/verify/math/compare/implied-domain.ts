// Domains that go without saying. The letters k, n, m, l, j run through the integers in angles (`\frac{\pi}{2} + k\pi`)
// and in solutions (`x = 3 + 7k`), and index a sequence (`a_n`); a prediction may add the domain of such a letter to a gold
// answer that holds it. `x > 1` and `x > 1, x \in \mathbb{Z}`, `n^2, n \in \mathbb{N}` and `n^2` differ.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { contentsOf, mapParts, numberExpression, partsOf } from './expression-shape.ts'
import { coefficientOf } from './linear-part.ts'
import type { Family } from './read-family.ts'
import { isRegionLike } from './read-region.ts'
import { stripName } from './strip-name.ts'
import { symbolsOf } from './symbols-of.ts'
import type { Session } from './verdict.ts'

/** Letters that count. */
export const usual = ['k', 'n', 'm', 'l', 'j']
/** Letters of functions and places, each value of which says something of its own. */
export const coordinates = ['x', 'y', 'z', 't', 'u', 'v', 'w']

const one = numberExpression({ top: 1n, bottom: 1n })

/** Whether the domain that one of the two names adds nothing to the other. */
export function goesWithoutSaying(gold: Family, given: Family, session: Session): boolean {
  const said = gold.domain === undefined ? given : gold
  const letter = said.parameter
  if (letter === undefined) return false
  // x = 1 is one integer whether it is called one or not.
  const { name, answer } = stripName(said.answer)
  if (name === letter && symbolsOf(answer).size === 0) return true
  if (!usual.includes(letter) || isRegionLike(said.answer)) return false
  if (said.domain !== 'integers' && said.domain !== 'naturals') return false
  if (name?.endsWith(`_${letter}`)) return true
  const isCounted = (family: Family): boolean =>
    usual.some((own) => symbolsOf(family.answer).has(own) && isPeriodic(family.answer, own, session))
  if (said === gold || isCounted(gold)) return said.domain === 'integers' && isCounted(gold)
  return symbolsOf(gold.answer).has(letter)
}

/** Whether the answer is values spaced evenly by the letter: angles, or the solutions for a variable. */
export function isPeriodic(answer: Answer, letter: string, session: Session): boolean {
  if (isAngular(answer, letter, session)) return true
  const { name, answer: value, call } = stripName(answer)
  if (name === undefined || call !== undefined || name.includes(letter)) return false
  return itemsOf(value).every((item) => slopeIn(item, letter, session))
}

/** Whether every value is a multiple of pi times the letter, and perhaps a constant. */
export function isAngular(answer: Answer, letter: string, session: Session): boolean {
  const { name, answer: value } = stripName(answer)
  if (name?.includes(letter)) return false
  return itemsOf(value).every(
    (item) =>
      item.kind === 'expression' &&
      contentsOf(item.expression).symbols.size === 1 &&
      holdsPiWith(item.expression, letter) &&
      slopeIn(item, letter, session),
  )
}

function itemsOf(answer: Answer): readonly Answer[] {
  return answer.kind === 'list' ? answer.items : [answer]
}

function slopeIn(item: Answer, letter: string, session: Session): boolean {
  if (item.kind !== 'expression') return false
  const slope = coefficientOf(withoutPi(item.expression), letter, session)
  return slope !== undefined && slope.top !== 0n
}

function withoutPi(expression: Expression): Expression {
  if (expression.kind === 'constant' && expression.name === 'pi') return one
  return mapParts(expression, withoutPi)
}

/** Whether some product or quotient holds both. */
function holdsPiWith(expression: Expression, letter: string): boolean {
  if (expression.kind === 'product' || expression.kind === 'quotient')
    return holdsPi(expression) && contentsOf(expression).symbols.has(letter)
  return partsOf(expression).some((part) => holdsPiWith(part, letter))
}

function holdsPi(expression: Expression): boolean {
  return (expression.kind === 'constant' && expression.name === 'pi') || partsOf(expression).some(holdsPi)
}
