// The letter of a multiple-choice answer: `(B)`, "option C", "the correct choice is D", a last line that is a letter.
// Looked for only when the gold answer is a letter, since any prose holds an "A".
import type { Answer } from '../answer.ts'
import { isDenied } from './bare-number.ts'

const window = 2_000
const noun = '(?:[Oo]ptions?|[Cc]hoices?|[Aa]nswers?|[Aa]lternative|[Ll]etter|[Ss]elect|[Cc]hoose|[Pp]ick)'
const praise = '(?:right|correct|true|best|the (?:right|correct|best|only|true)|our|the answer|the one)'
const written = new RegExp(
  [
    String.raw`[([]([A-J])[)\]]`,
    // "option B", "the answer is **B**"; "choice A dog" and "Answer A's" are no choices.
    String.raw`\b${noun}\s{0,2}(?:(?:is|are|would be|must be)\s{1,2})?:?\s{0,2}(?:\()?[*_"']{0,3}\(?([A-J])\b(?!['’][a-z]|\s(?!(?:is|was|would be|and|or|because|since|as)\b)[a-z]|\s(?:is|was|would be)\s(?!${praise}))`,
    String.raw`\b([A-J])[*_"')]{0,3}\s(?:is|would be)\s${praise}\b`,
    String.raw`(?:^|\n)[\s*_#]{0,6}([A-J])[).:]?[\s*_]{0,6}(?=\n|$)`,
    String.raw`(?:^|\n)[\s*_#]{0,6}([A-J])[).:]\s`,
    // The others of "options A, B and C".
    String.raw`(?<=(?:\b[A-J]|\)),?\s?(?:and|or|,)\s(?:option\s|choice\s)?[*_(]{0,3})([A-J])\b(?!['’]|\s(?!and\b|or\b|are\b)[a-z])`,
  ].join('|'),
  'gu',
)

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
    if (!/^[\s,*_()]{0,5}(?:and|or|,)?[\s,*_()]{0,5}(?:option|choice)?\s?[*_(]{0,3}$/.test(gap)) break
    if (!letters.includes(letterOf(places[i]))) letters.unshift(letterOf(places[i]))
    start = places[i].index
  }
  return letters.join(', ')
}

const letterOf = (match: RegExpExecArray): string => match.slice(1).find((letter) => letter !== undefined) ?? ''

/** `(B) 12` and `B. 12` as letter and rest; undefined when no label stands in front. */
export function choiceLabel(text: string): { readonly letter: string; readonly rest: string } | undefined {
  const plain = text.slice(0, 400).replace(/\\(?:text|textbf|mathrm|mathbf|textrm|bf)\s?\{([^{}]{0,200})\}/g, '$1')
  const match = /^\s{0,4}(?:\(([A-J])\)|([A-J])[).:])[\s\\~]{0,6}(?:quad|;|,| )?\s?/.exec(plain)
  if (match === null) return undefined
  return { letter: match[1] ?? match[2], rest: plain.slice(match[0].length).trim() }
}

/** `ACD` as the choices A, C, D: capitals from A to J that ascend, two or more. */
export function choiceRun(text: string): Answer | undefined {
  const letters = text.replace(/^\\(?:text|textbf|mathrm|mathbf)\s?\{([^{}]{0,20})\}$/, '$1').trim()
  if (!/^[A-J]{2,10}$/.test(letters)) return undefined
  if ([...letters].some((letter, i) => i > 0 && letter <= letters[i - 1])) return undefined
  return { kind: 'list', items: [...letters].map((letter) => ({ kind: 'choice', letter })) }
}
