// What an answer says about the domain of a letter: `\frac{\pi}{2} + k\pi, k \in \mathbb{Z}`, `x > 1, x \in \mathbb{N}`,
// `\{x \in \mathbb{Z} : x < 3\}`, and `x \equiv 3 \pmod 7`, which is 3 + 7k for the integers k.
import type { Answer } from '../answer.ts'
import type { Expression, Rational } from '../expression.ts'
import { contentsOf } from './expression-shape.ts'
import { withLeftSides } from './shared-left.ts'

/** Where a letter runs; the real numbers are nothing to say, since letters do so anyway. */
export type Domain = 'integers' | 'naturals' | 'rationals' | 'complex' | 'primes'

export interface Family {
  /** Without the memberships. */
  readonly answer: Answer
  readonly parameter?: string
  readonly domain?: Domain
  /** Letters said to be any real numbers. */
  readonly reals: readonly string[]
  /** Whether it is written as a set with its condition. */
  readonly isBuilder?: true
}

/** The name that a parameter gets, so that two answers may call it what they will. */
export const common = "integer'"

/** Takes memberships off an answer. */
export function readFamily(answer: Answer): Family {
  if (answer.kind === 'set-builder') {
    const { condition, variable } = answer
    const inner: Family =
      condition.kind === 'list' && condition.connective !== 'or' ? readFamily(condition) : { answer, reals: [] }
    return inner.parameter === variable ? { ...inner, isBuilder: true } : { answer, reals: [] }
  }
  if (answer.kind !== 'list') return { answer, reals: [] }
  const items: Answer[] = []
  const reals: string[] = []
  let found: { readonly parameter: string; readonly domain: Domain } | undefined
  for (const item of answer.items) {
    const own = membershipOf(item)
    if (own === undefined) items.push(item)
    else if (own.domain === 'reals') reals.push(own.parameter)
    else if (found === undefined) found = { parameter: own.parameter, domain: own.domain }
    else return { answer, reals: [] }
  }
  if (items.length === 0 || items.length === answer.items.length) return { answer, reals: [] }
  return { ...found, reals, answer: items.length === 1 ? items[0] : { ...answer, items: withLeftSides(items) } }
}

function membershipOf(item: Answer): { readonly parameter: string; readonly domain: Domain | 'reals' } | undefined {
  if (item.kind !== 'relation' || item.sign !== '∈' || item.left.kind !== 'expression') return undefined
  const { expression } = item.left
  if (expression.kind !== 'symbol' || item.right.kind !== 'named-set') return undefined
  return { parameter: expression.name, domain: item.right.name }
}

/** The family of a congruence between a letter and a number; undefined for any other answer. */
export function familyOfCongruence(answer: Answer): Family | undefined {
  if (answer.kind !== 'relation' || answer.sign !== '≡') return undefined
  const { left, right } = answer
  if (left.kind !== 'expression' || left.expression.kind !== 'symbol' || right.kind !== 'expression') return undefined
  if (right.expression.kind !== 'unknown-call' || right.expression.name !== 'congruent') return undefined
  const [remainder, modulus] = right.expression.arguments
  const start = remainder.kind === 'call' && remainder.name === 'mod' ? remainder.arguments[0] : undefined
  if (start === undefined || !isWhole(modulus) || contentsOf(start).symbols.size > 0) return undefined
  const step: Expression = { kind: 'product', factors: [modulus, { kind: 'symbol', name: common }] }
  const all: Answer = { kind: 'expression', expression: { kind: 'sum', terms: [start, step] } }
  return { answer: { ...answer, sign: '=', right: all }, parameter: common, domain: 'integers', reals: [] }
}

function isWhole(of: Expression): of is Expression & { readonly kind: 'number'; readonly value: Rational } {
  return of.kind === 'number' && of.value.bottom === 1n && of.value.top > 1n
}
