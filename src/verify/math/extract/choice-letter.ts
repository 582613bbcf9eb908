// The letter of a multiple-choice answer: `(B)`, "option C", a last line that is a letter. Looked for only when the gold
// answer is a letter, since any prose holds an "A".
import { isDenied } from './bare-number.ts'

const window = 2_000
const written =
  /\(([A-J])\)|\b(?:option|choice|answer|answer is|select|choose)\s{0,2}:?\s{0,2}\(?\*{0,2}([A-J])\b(?!['’]|\s[a-z])|(?:^|\n)[\s*_#]{0,6}([A-J])[).:]?[\s*_]{0,6}(?=\n|$)|(?:^|\n)[\s*_#]{0,6}([A-J])[).:]\s/gu

/** The last letter; several joined by "and" or "or" are a list. Undefined when there is none. */
export function lastChoice(text: string): string | undefined {
  const near = text.slice(-window)
  const places = [...near.matchAll(written)]
  const last = places.at(-1)
  if (last === undefined || isDenied(near.slice(Math.max(0, last.index - 40), last.index))) return undefined
  const letters = [letterOf(last)]
  let start = last.index
  for (let i = places.length - 2; i >= 0; i--) {
    const gap = near.slice(places[i].index + places[i][0].length, start)
    if (!/^[\s,]{0,3}(?:and|or|,)[\s,]{0,3}(?:option|choice)?\s?$/.test(gap)) break
    if (!letters.includes(letterOf(places[i]))) letters.unshift(letterOf(places[i]))
    start = places[i].index
  }
  return letters.join(', ')
}

const letterOf = (match: RegExpExecArray): string => match[1] ?? match[2] ?? match[3] ?? match[4] ?? ''

/** `(B) 12` and `B. 12` as letter and rest; undefined when no label stands in front. */
export function choiceLabel(text: string): { readonly letter: string; readonly rest: string } | undefined {
  const plain = text.slice(0, 400).replace(/\\(?:text|textbf|mathrm|mathbf|textrm|bf)\s?\{([^{}]{0,200})\}/g, '$1')
  const match = /^\s{0,4}(?:\(([A-J])\)|([A-J])[).:])[\s\\~]{0,6}(?:quad|;|,| )?\s?/.exec(plain)
  if (match === null) return undefined
  return { letter: match[1] ?? match[2], rest: plain.slice(match[0].length).trim() }
}
