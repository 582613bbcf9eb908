// Recursions that count from elsewhere: a_{n+1} = 2 a_n + 1 and a_n = 2 a_{n-1} + 1. Only equations that hold one sequence at
// two places; a formula for a_n says where it begins to count.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { rational } from '../number/rational.ts'
import { contentsOf, mapParts, numberExpression } from './expression-shape.ts'

const farthest = 3
const place = /^([a-zA-Z]{1,8})_\{?([a-z])(?:([+-])(\d))?\}?$/

interface Place {
  readonly sequence: string
  readonly letter: string
  readonly offset: number
}

function placeOf(name: string): Place | undefined {
  const [, sequence, letter, sign, digit = '0'] = place.exec(name) ?? []
  return sequence === undefined ? undefined : { sequence, letter, offset: Number(`${sign ?? ''}${digit}`) }
}

/** The second with its places counted as the first counts them; undefined when they are no such two recursions. */
export function countedAlike(a: Answer, b: Answer): Answer | undefined {
  if (a.kind === 'list' && b.kind === 'list') {
    // a_1 = 1 beside it stays where it is.
    const [own, ...more] = a.items.filter((item) => highestPlace(item) !== undefined)
    const at = b.items.findIndex((item) => highestPlace(item) !== undefined)
    const moved = own === undefined || more.length > 0 || at < 0 ? undefined : countedAlike(own, b.items[at])
    return moved && { ...b, items: b.items.with(at, moved) }
  }
  const [own, other] = [highestPlace(a), highestPlace(b)]
  if (own === undefined || other === undefined || own.sequence !== other.sequence || own.letter !== other.letter)
    return undefined
  const by = own.offset - other.offset
  if (by === 0 || Math.abs(by) > farthest || b.kind !== 'relation') return undefined
  const [left, right] = [b.left, b.right].map(
    (side): Answer =>
      side.kind === 'expression' ? { ...side, expression: moved(side.expression, other.letter, by) } : side,
  )
  return { ...b, left, right }
}

function highestPlace(answer: Answer): Place | undefined {
  if (answer.kind !== 'relation' || answer.sign !== '=') return undefined
  const { left, right } = answer
  if (left.kind !== 'expression' || right.kind !== 'expression') return undefined
  const places = [...contentsOf(left.expression, right.expression).symbols].flatMap((name) => placeOf(name) ?? [])
  const [first] = places
  if (first === undefined || places.some(({ letter }) => letter !== first.letter)) return undefined
  const highest = places.reduce((top, one) => (one.offset > top.offset ? one : top))
  return places.some((one) => one.sequence === highest.sequence && one.offset < highest.offset) ? highest : undefined
}

function moved(of: Expression, letter: string, by: number): Expression {
  if (of.kind !== 'symbol') return mapParts(of, (part) => moved(part, letter, by))
  if (of.name === letter) return { kind: 'sum', terms: [of, numberExpression(rational(BigInt(by)))] }
  const own = placeOf(of.name)
  if (own === undefined || own.letter !== letter) return of
  const offset = own.offset + by
  const index = offset === 0 ? letter : `{${letter}${offset > 0 ? '+' : '-'}${Math.abs(offset)}}`
  return { kind: 'symbol', name: `${own.sequence}_${index}` }
}
