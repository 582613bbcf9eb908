// A text for an answer such that equal keys mean equal answers, for voting and clustering. Different keys say nothing:
// answers that only intervals or probing find equal have different keys. No key when the answer cannot be written out
// within the budget.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { makeRing } from '../number/polynomial.ts'
import { showExact } from '../number/rational.ts'
import { asRational } from '../number/value.ts'
import { attempt } from '../number/work.ts'
import type { MathOptions } from '../options.ts'
import { readLogs } from './compare-values.ts'
import { connectiveOf } from './connective.ts'
import { exactNumber } from './exact-number.ts'
import { factorOf } from './fit-units.ts'
import { fractionKey } from './fraction.ts'
import { toFraction } from './fraction-form.ts'
import { lacksValue } from './lacks-value.ts'
import { isRegionLike, regionOf } from './read-region.ts'
import type { End } from './real-set.ts'
import { stripName } from './strip-name.ts'
import { tidyAnswer } from './tidy-answer.ts'
import { treeKey } from './tree-key.ts'
import { scaleOfUnit } from './unit-scale.ts'
import { type Session, startSession } from './verdict.ts'

/** Equal keys imply equal answers; undefined when there is no key. Never throws. */
export function canonicalKey(answer: Answer, options: MathOptions): string | undefined {
  try {
    const tidy = tidyAnswer(answer)
    const session = startSession(options)
    return tidy === undefined || lacksValue(tidy, session) ? undefined : keyOf(tidy, session)
  } catch {
    return undefined
  }
}

/** The key of an answer in tidy form, within a comparison. */
export function keyOf(answer: Answer, session: Session): string {
  if (answer.kind === 'expression') return valueKey(answer, session)
  if (isRegionLike(answer)) {
    const region = regionOf(answer, session)
    if (region !== undefined) {
      const pieces = region.set.map(
        ({ low, high, lowClosed, highClosed }) =>
          `${lowClosed ? '[' : '('}${endKey(low, session)},${endKey(high, session)}${highClosed ? ']' : ')'}`,
      )
      return `region ${region.variable ?? ''}:${pieces.join('')}`
    }
  }
  const { name, answer: value } = stripName(answer)
  if (name !== undefined) return `${name}=${keyOf(value, session)}`
  return structureKey(answer, session)
}

function structureKey(answer: Answer, session: Session): string {
  const keys = (items: readonly Answer[]): string[] => items.map((item) => keyOf(item, session))
  switch (answer.kind) {
    case 'expression':
      return valueKey(answer, session)
    case 'tuple':
      return `tuple(${keys(answer.items).join(';')})`
    case 'list':
      return `list${connectiveOf(answer) ?? ''}(${session.options.unorderedLists ? keys(answer.items).sort().join(';') : keys(answer.items).join(';')})`
    case 'set':
      return `set(${[...new Set(keys(answer.items))].sort().join(';')})`
    case 'interval': {
      const ends = [answer.low, answer.high].map((end) => expressionKey(end, session))
      return `interval(${answer.lowClosed}${ends.join(';')}${answer.highClosed})`
    }
    case 'set-operation':
      return `${answer.operator}(${keys(answer.parts).join(';')})`
    case 'named-set':
      return `named(${answer.name})`
    case 'set-builder':
      return `builder(${answer.variable}:${keyOf(answer.condition, session)})`
    case 'relation':
      return `relation(${keyOf(answer.left, session)}${answer.sign}${keyOf(answer.right, session)})`
    case 'chain':
      return `chain(${keys(answer.parts).join(';')}|${answer.signs.join('')})`
    case 'matrix':
      return `matrix(${answer.rows.map((row) => keys(row).join(';')).join('|')})`
    case 'ratio':
      return `ratio(${keys(answer.parts).join(';')})`
    case 'choice':
      return `text(${withCase(answer.letter, session)})`
    case 'text':
      return `text(${withCase(answer.text, session)})`
  }
}

function withCase(text: string, session: Session): string {
  return session.options.ignoreCase ? text.toLowerCase() : text
}

function endKey(end: End, session: Session): string {
  return end === 'infinite' ? '' : expressionKey(end, session)
}

function valueKey(answer: Extract<Answer, { kind: 'expression' }>, session: Session): string {
  const { options } = session
  const scale = answer.unit === undefined || options.units === 'ignore' ? undefined : scaleOfUnit(answer.unit)
  let value = answer.expression
  if (scale !== undefined) value = { kind: 'product', factors: [value, factorOf(scale)] }
  const isHundredth = answer.percent === true && options.percent === 'value'
  if (isHundredth)
    value = { kind: 'quotient', top: value, bottom: { kind: 'number', value: { top: 100n, bottom: 1n } } }
  const percent = answer.percent === true && options.percent === 'either' ? '%' : ''
  const unit = answer.unit === undefined || options.units === 'ignore' ? '' : `<${scale?.dimension ?? ''}>`
  return `${expressionKey(value, session)}${percent}${unit}`
}

function expressionKey(expression: Expression, session: Session): string {
  const { log } = session.options
  const ten: Expression = { kind: 'number', value: { top: 10n, bottom: 1n } }
  const read = log === 'either' ? expression : readLogs(expression, log === 'base-10' ? ten : undefined)
  const exact = exactNumber(read, session)
  const real = exact && asRational(exact)
  const mustBeReduced = session.options.unreducedFractions === false
  if (mustBeReduced) return treeKey(read)
  if (real !== undefined) return showExact(real)
  const form = attempt(session.work, 0.4, (work) => {
    const ring = makeRing(work)
    return fractionKey(toFraction(read, ring), ring)
  })
  return form ?? treeKey(read)
}
