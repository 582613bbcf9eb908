// Sums and products up to a letter, `\sum_{k=1}^{n} k`, which the reader takes for text: compared with a closed form by their
// values at many whole numbers in the letter's place, where they can be written out. Values of both sides become a tuple,
// which compares like any other. The numbers far out are drawn from a stream named by the two texts.
import { stream } from '../../base/rng.ts'
import type { Answer } from './answer.ts'
import { replaceVariable } from './compare/rename-variable.ts'
import { symbolsOf } from './compare/symbols-of.ts'
import type { MathOptions } from './options.ts'
import { readAnswer } from './parse/read-answer.ts'

const longest = 200
const series =
  /\\(?:sum|prod)(?:\\limits)?\s?_\s?\{\s?([a-z])\s?=\s?(\d)\s?\}\s?\^\s?(?:\{\s?[2-4]?([a-zA-Z])\s?(?:[+-]\s?\d\s?)?\}|([a-zA-Z]))/
const command = /\\[a-zA-Z]+/.source
const first = 2
const near = 19
const nearWithLetters = 10
const far = 3

/** The values of both, one beside the other; undefined when there is no such sum, or a value that cannot be read. */
export function seriesValues(
  gold: string,
  given: string,
  options: MathOptions,
): readonly [gold: Answer, given: Answer] | undefined {
  if (gold.length > longest || given.length > longest || /\\(?:text|mbox|int|lim)/.test(gold + given)) return undefined
  const match = series.exec(gold) ?? series.exec(given)
  if (match === null) return undefined
  const [, index, low, braced, bare] = match
  const letter = braced ?? bare
  if (letter === index) return undefined
  const [a, b] = [gold, given].map((text) => valueIn(text, letter, options))
  const [at, bt] = [a(first + Number(low)), b(first + Number(low))]
  if (at === undefined || bt === undefined) return undefined
  const hasLetters = symbolsOf(at).size + symbolsOf(bt).size > 0
  const rng = stream('math-series', ...[gold, given].sort())
  const count = hasLetters ? nearWithLetters : near
  const values = Array.from({ length: count }, (_, i) => first + Number(low) + i)
  if (!hasLetters) for (let i = 0; i < far; i++) values.push(first + near + 10 + rng.int(60))
  const sides = [a, b].map((valueAt) => valuesAt(values, valueAt))
  const [left, right] = sides
  if (left === undefined || right === undefined) return undefined
  return [
    { kind: 'tuple', items: left },
    { kind: 'tuple', items: right },
  ]
}

type ValueAt = (n: number) => Answer | undefined

/** All values, or undefined as soon as there is none. */
function valuesAt(values: readonly number[], valueAt: ValueAt): readonly Answer[] | undefined {
  const items: Answer[] = []
  for (const n of values) {
    const item = valueAt(n)
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

/** A formula is read once; a sum is written with each number and read again. */
function valueIn(text: string, letter: string, options: MathOptions): ValueAt {
  const read = (one: string): Answer | undefined => {
    const found = readAnswer(one, options)
    return found.ok && found.answer.kind === 'expression' && found.answer.unit === undefined ? found.answer : undefined
  }
  const by = (n: number): Answer | undefined => read(withNumber(text, letter, n))
  if (series.test(text)) return by
  const formula = read(text)
  if (formula === undefined || !symbolsOf(formula).has(letter)) return () => undefined
  return (n) => replaceVariable(formula, letter, { kind: 'number', value: { top: BigInt(n), bottom: 1n } })
}

function withNumber(text: string, letter: string, n: number): string {
  return text.replace(new RegExp(`${command}|${letter}`, 'g'), (found, at: number) => {
    if (found !== letter) return found
    return /[\^_]\s?$/.test(text.slice(Math.max(0, at - 2), at)) ? `{${n}}` : `(${n})`
  })
}
