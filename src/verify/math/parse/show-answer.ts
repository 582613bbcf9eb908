// An answer as plain text, for reasons and messages, and as the yardstick of the reader's tests: answers that were read
// alike show alike. Not LaTeX, and not a normal form of algebra: x + 1 and 1 + x differ.
import type { Answer } from '../answer.ts'
import type { Expression, Rational } from '../expression.ts'

const operators = { union: ' ∪ ', intersection: ' ∩ ', difference: ' \\ ' } as const

/** The answer on one line. */
export function showAnswer(answer: Answer): string {
  const base = answer.base === undefined ? '' : ` (base ${answer.base})`
  const percent = answer.percent ? '%' : ''
  const about = answer.approximate ? '≈ ' : ''
  const unit = answer.unit === undefined ? '' : ` ${answer.unit}`
  return about + showBare(answer) + base + percent + unit
}

function showBare(answer: Answer): string {
  switch (answer.kind) {
    case 'expression':
      return showExpression(answer.expression)
    case 'tuple':
      return `(${showAll(answer.items)})`
    case 'list':
      return answer.items
        .map((item) => (item.kind === 'list' ? `(${showAnswer(item)})` : showAnswer(item)))
        .join(answer.connective === undefined ? ', ' : ` ${answer.connective} `)
    case 'set':
      return `{${showAll(answer.items)}}`
    case 'interval': {
      const ends = `${showExpression(answer.low)}, ${showExpression(answer.high)}`
      return `${answer.lowClosed ? '[' : '('}${ends}${answer.highClosed ? ']' : ')'}`
    }
    case 'set-operation':
      return answer.parts.map(showPart).join(operators[answer.operator])
    case 'named-set':
      return answer.name
    case 'set-builder':
      return `{${answer.variable} : ${showAnswer(answer.condition)}}`
    case 'relation':
      return `${showAnswer(answer.left)} ${answer.sign} ${showAnswer(answer.right)}`
    case 'chain':
      return answer.parts.map((part, i) => (i === 0 ? '' : ` ${answer.signs[i - 1]} `) + showAnswer(part)).join('')
    case 'matrix':
      return `[${answer.rows.map(showAll).join('; ')}]`
    case 'choice':
      return answer.letter
    case 'ratio':
      return answer.parts.map(showAnswer).join(':')
    case 'text':
      return answer.text
    default:
      return answer satisfies never
  }
}

function showAll(items: readonly Answer[]): string {
  return items.map(showAnswer).join(', ')
}

function showPart(part: Answer): string {
  return part.kind === 'set-operation' ? `(${showAnswer(part)})` : showAnswer(part)
}

/** How tightly a node binds: what is looser than its place gets brackets. */
const level = { sum: 1, product: 2, power: 3, atom: 4 } as const

/** The expression on one line. */
export function showExpression(e: Expression): string {
  return show(e, level.sum)
}

function show(e: Expression, least: number): string {
  const [text, own] = showNode(e)
  return own < least ? `(${text})` : text
}

function showNode(e: Expression): [text: string, level: number] {
  switch (e.kind) {
    case 'number':
      return [showRational(e.value), e.value.top < 0n ? level.sum : e.value.bottom > 1n ? level.product : level.atom]
    case 'constant':
      return [e.name === 'infinity' ? '∞' : e.name, level.atom]
    case 'symbol':
      return [e.name, level.atom]
    case 'sum':
      return [e.terms.map((term, i) => showTerm(term, i === 0)).join(''), level.sum]
    case 'product':
      return showProduct(e.factors)
    case 'quotient':
      return [`${show(e.top, level.product)}/${show(e.bottom, level.power)}`, level.product]
    case 'power':
      return [`${show(e.base, level.atom)}^${show(e.exponent, level.atom)}`, level.power]
    case 'negative':
      return [`-${show(e.of, level.product)}`, level.sum]
    case 'plus-minus':
      return [`${e.isOpposite ? '∓' : '±'}${show(e.of, level.product)}`, level.sum]
    case 'call':
    case 'unknown-call':
      if (e.name === 'size') return [e.arguments.map((of) => show(of, level.power)).join(' × '), level.product]
      return [`${e.name}(${e.arguments.map(showExpression).join(', ')})`, level.atom]
    default:
      return e satisfies never
  }
}

/** A sign before the first factor stands before the product, so that -2x shows alike however it was read. */
function showProduct(factors: readonly Expression[]): [text: string, level: number] {
  const shown = factors.map((f, i) => {
    const text = show(f, i === 0 ? level.product : level.power)
    return i === 0 && isNegativeNumber(f) ? showExpression(f) : text
  })
  return [shown.join('*'), isNegativeNumber(factors[0]) ? level.sum : level.product]
}

function isNegativeNumber(e: Expression): boolean {
  return e.kind === 'number' && e.value.top < 0n
}

function showTerm(term: Expression, isFirst: boolean): string {
  const text = show(term, term.kind === 'sum' ? level.product : level.sum)
  if (isFirst) return text
  if (text.startsWith('-')) return ` - ${text.slice(1)}`
  if (text.startsWith('±') || text.startsWith('∓')) return ` ${text[0]} ${text.slice(1)}`
  return ` + ${text}`
}

/** `3/4`, and a decimal with an end as a decimal. */
function showRational({ top, bottom }: Rational): string {
  if (bottom === 1n) return String(top)
  let rest = bottom
  let places = 0
  while (rest % 10n === 0n && places < 400) {
    rest /= 10n
    places++
  }
  for (const prime of [2n, 5n]) {
    while (rest % prime === 0n && places < 400) {
      rest /= prime
      places++
    }
  }
  if (rest !== 1n) return `${top}/${bottom}`
  const digits = String((top < 0n ? -top : top) * 10n ** BigInt(places)) // over `bottom`, which divides it
  const shifted = String(BigInt(digits) / bottom).padStart(places + 1, '0')
  const whole = shifted.slice(0, shifted.length - places)
  const fraction = shifted.slice(shifted.length - places).replace(/0{1,400}$/, '')
  return `${top < 0n ? '-' : ''}${whole}.${fraction}`
}
