// Words that say one thing in several orders or ways: "odd n", "n odd" and "all odd n"; "all positive integers" and Z with a
// plus. And words that are a set of numbers: "all real numbers except 2".
import type { Answer } from '../answer.ts'
import { rational } from '../number/rational.ts'

const longest = 80
const property = '(odd|even|prime|composite|positive|negative)'
const before = new RegExp(`^(?:for )?(?:(?:all|any|every|each) )?${property} ([a-z])$`)
const behind = new RegExp(`^(?:(?:for )?(?:all|any|every|each) )?([a-z]) (?:is |must be )?${property}$`)
const positive = /^(?:(?:set of )?(?:all )?positive integers|integers(?:\^|_)\{?(?:\+|>0)\}?)$/

/** The words in a normal order; the same text for most. */
export function plainWords(text: string): string {
  if (text.length > longest) return text
  const [, ahead, own] = before.exec(text) ?? []
  if (ahead !== undefined) return `${own} ${ahead}`
  const [, name, after] = behind.exec(text) ?? []
  if (name !== undefined) return `${name} ${after}`
  return positive.test(text) ? 'positive integers' : text
}

const number = String.raw`-?\d{1,9}(?:/\d{1,9})?`
const except = new RegExp(
  String.raw`^(?:(?:set of )?all )?(?:real numbers|reals) (?:except|excluding|other than|but)(?: for)? (${number}(?:(?:, ?| and |, ?and )${number}){0,4})$`,
)

/** The set that words leave numbers out of; undefined for other words. */
export function realsWithout(text: string): Answer | undefined {
  if (text.length > longest) return undefined
  const listed = except.exec(text)?.[1]
  if (listed === undefined) return undefined
  const items = [...listed.matchAll(/(-?\d+)(?:\/(\d+))?/g)].map(([, top, bottom = '1']): Answer | undefined =>
    BigInt(bottom) === 0n
      ? undefined
      : { kind: 'expression', expression: { kind: 'number', value: rational(BigInt(top), BigInt(bottom)) } },
  )
  if (!items.every((item): item is Answer => item !== undefined)) return undefined
  return {
    kind: 'set-operation',
    operator: 'difference',
    parts: [
      { kind: 'named-set', name: 'reals' },
      { kind: 'set', items },
    ],
  }
}
