// The compact text of statements: `C` C is a knight, `c` C is a knave, `~` not, `&` and, `|` or, `>` if-then, `=` if and
// only if. No operator goes before another, so an operation inside an operation stands in parentheses: `~(A&b)`.
// A claim is one character, so that it is true exactly when the same character names that person's kind (see
// knights-and-knaves-traces.ts).
import type { Kinds, Operator, Statement } from './knights-and-knaves-statement.ts'
import { applyOperator } from './knights-and-knaves-statement.ts'

const maxLength = 1000
const maxDepth = 16
const signs: Readonly<Record<Operator, string>> = { and: '&', or: '|', if: '>', iff: '=' }
const operators: Readonly<Record<string, Operator>> = { '&': 'and', '|': 'or', '>': 'if', '=': 'iff' }

/** Most people a text can name. */
export const maxPeople = 8
const firstKnight = 'A'.charCodeAt(0)
const firstKnave = 'a'.charCodeAt(0)

/** `C` when the person is a knight, `c` when a knave. */
export function showPerson(person: number, knight: boolean): string {
  return String.fromCharCode((knight ? firstKnight : firstKnave) + person)
}

/** The person and kind that a character names, or undefined. */
export function readPerson(char: string, people: number): { person: number; knight: boolean } | undefined {
  const code = char.length === 1 ? char.charCodeAt(0) : -1
  const knight = code < firstKnave
  const person = code - (knight ? firstKnight : firstKnave)
  return person >= 0 && person < Math.min(people, maxPeople) ? { person, knight } : undefined
}

/** `AbC`: what each person is. */
export function showKinds(kinds: Kinds): string {
  return kinds.map((knight, person) => showPerson(person, knight)).join('')
}

/** `~(A&b)` */
export function showStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'is':
      return showPerson(statement.person, statement.knight)
    case 'not':
      return `~${showPart(statement.of)}`
    default:
      return statement.parts.map(showPart).join(signs[statement.kind])
  }
}

function showPart(part: Statement): string {
  return part.kind === 'is' || part.kind === 'not' ? showStatement(part) : `(${showStatement(part)})`
}

/** A statement worked out: its text with the values of its parts, and its value. */
export interface Working {
  readonly text: string
  readonly value: boolean
}

/**
 * The statement with a value, 1 or 0, after every claim and every closing parenthesis: `~(A1&b0)0`. The value of the
 * whole is not in the text. Claim number `slip` from the left gets the wrong value, and what rests on it follows.
 */
export function workOut(statement: Statement, kinds: Kinds, slip?: number): Working {
  let claims = 0
  const part = (of: Statement): Working => {
    if (of.kind === 'is' || of.kind === 'not') return whole(of)
    const { text, value } = whole(of)
    return { text: `(${text})${value ? 1 : 0}`, value }
  }
  const whole = (of: Statement): Working => {
    if (of.kind === 'is') {
      const value = (kinds[of.person] === of.knight) !== (claims++ === slip)
      return { text: `${showPerson(of.person, of.knight)}${value ? 1 : 0}`, value }
    }
    if (of.kind === 'not') {
      const { text, value } = part(of.of)
      return { text: `~${text}`, value: !value }
    }
    const parts = of.parts.map(part)
    const value = applyOperator(
      of.kind,
      parts.map((worked) => worked.value),
    )
    return { text: parts.map((worked) => worked.text).join(signs[of.kind]), value }
  }
  return whole(statement)
}

/** The statement with this text about so many people; undefined when there is none. Never throws. */
export function readStatement(text: string, people: number): Statement | undefined {
  if (text.length > maxLength) return undefined
  let at = 0

  const part = (depth: number): Statement | undefined => {
    if (depth > maxDepth) return undefined
    const char = text[at++] ?? ''
    if (char === '~') {
      const of = part(depth + 1)
      return of && { kind: 'not', of }
    }
    if (char === '(') {
      const inner = operation(depth + 1)
      return text[at++] === ')' ? inner : undefined
    }
    const named = readPerson(char, people)
    return named && { kind: 'is', ...named }
  }
  const operation = (depth: number): Statement | undefined => {
    const first = part(depth)
    const sign = text[at] ?? ''
    const kind = Object.hasOwn(operators, sign) ? operators[sign] : undefined
    if (first === undefined || kind === undefined) return first
    const parts = [first]
    while (text[at] === sign) {
      at++
      const next = part(depth)
      if (next === undefined) return undefined
      parts.push(next)
    }
    return parts.length > 2 && (kind === 'if' || kind === 'iff') ? undefined : { kind, parts }
  }

  const statement = operation(0)
  return at === text.length ? statement : undefined
}
