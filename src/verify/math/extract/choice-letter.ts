// The letter of a multiple-choice answer: `(B)`, "option C", "the correct choice is D", a last line that is a letter.
// Looked for only when the gold answer is a letter, since any prose holds an "A".
import type { Answer } from '../answer.ts'
import { isDenied } from './bare-number.ts'

const window = 2_000
/** The pattern of a label in front of a line, among those below. */
const labelGroup = 5
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
    // "No wait, E."
    String.raw`\b(?:[Ww]ait|[Aa]ctually|[Rr]ather),?\s(?:it['’]s\s|it\sis\s)?[*(]{0,3}([A-J])[*)]{0,3}(?=[.\s]{0,3}(?:\n|$))`,
    // "故选：B", "答案选 B", but not "不选 B".
    String.raw`(?<!不)(?:[选選]|选项|選項|选择|答案(?:[是为為]|应[是为]))\s{0,2}[:：]?\s{0,2}[*(（]{0,3}([A-J])(?![\p{L}\d])(?!.{0,3}(?:错|不|误))`,
    // "The only choice that works is B", "Therefore B."
    String.raw`\b(?:[Cc]hoice|[Oo]ption|one|statement)\s(?:that|which)\s[^.\n]{1,60}\s(?:is|was)\s[*(]{0,3}([A-J])[*)]{0,3}(?=[.\s]{0,3}(?:\n|$))`,
    String.raw`(?:^|[.!?,\n]\s{0,3})(?:[Tt]herefore|[Ss]o|[Hh]ence|[Tt]hus),?\s(?:it['’]s\s|it\sis\s)?[*(]{0,3}([A-J])[*)]{0,3}(?=[.\s]{0,3}(?:\n|$))`,
    // The others of "options A, B and C".
    String.raw`(?<=(?:\b[A-J]|\)),?\s?(?:and|or|,)\s(?:option\s|choice\s)?[*_(]{0,3})([A-J])\b(?!['’]|\s(?!and\b|or\b|are\b)[a-z])`,
  ].join('|'),
  'dgu',
)

/** The last letter; several joined by "and" or "or" are a list. Undefined when there is none. */
export function lastChoice(text: string): string | undefined {
  const near = text.slice(-window)
  const places = [...near.matchAll(written)].filter((place) => !isDismissed(near, place))
  const last = places.at(-1)
  if (last === undefined || isDenied(nearBefore(near, placeOf(last)))) return undefined
  const letters = [letterOf(last)]
  let start = placeOf(last)
  // "A is correct. B is correct too." says both.
  const praised = places.filter((place) => place[3] !== undefined)
  if (
    last[3] !== undefined &&
    praised.length > 1 &&
    !/\b(?:but|wait|however|actually|no|only|not)\b/i.test(near.slice(praised[0].index, last.index))
  )
    return [...new Set(praised.map(letterOf))].join(', ')
  for (let i = places.length - 2; i >= 0; i--) {
    // The gap holds the brackets and nouns that the letters are written with.
    const gap = near.slice(placeOf(places[i]) + 1, start)
    if (!/^[\s,*_()]{0,5}(?:and|or|,)?[\s,*_()]{0,5}(?:option|choice)?\s?[*_(]{0,3}$/.test(gap)) break
    if (!letters.includes(letterOf(places[i]))) letters.unshift(letterOf(places[i]))
    start = placeOf(places[i])
  }
  // "Both A and B are right", "none of A or B".
  let before = near.slice(Math.max(0, start - 60), start + 1)
  for (let joined = listed.exec(before); joined !== null && letters.length < 10; joined = listed.exec(before)) {
    if (!letters.includes(joined[1])) letters.unshift(joined[1])
    before = before.slice(0, joined.index + joined[1].length)
  }
  // "Options B or C would work"
  const next = /^[*_)]{0,3}\s{0,2}(?:,\s?(?:and|or)?|and|or|&|\/|[、，和或与])\s{0,2}[*_(]{0,3}([A-J])\b(?!['’])/u.exec(
    near.slice(placeOf(last) + 1, placeOf(last) + 24),
  )
  if (next !== null && !letters.includes(next[1])) letters.push(next[1])
  if (/\b(?:none|neither|all but|all except|except)\b[^.\n]{0,40}$/i.test(before)) return undefined
  return letters.join(', ')
}

/** A letter joined to the one that ends the text. */
const listed = /(?<![\p{L}'’])([A-J])[*_)]{0,3}\s{0,2}(?:,\s?(?:and|or)?|and|or|&|\/)\s{0,2}[*_(]{0,3}[A-J]$/u

/** The words before a place, from a correction on. */
const nearBefore = (text: string, at: number): string =>
  text.slice(Math.max(0, at - 40), at).replace(/^.*\b(?:wait|actually|rather),?\s/is, '')

/** Whether a letter stands in front of its line as a label, and the line goes on to another or says no: "D. No wait, E." */
function isDismissed(text: string, match: RegExpExecArray): boolean {
  const line = /^[).:]\s{1,3}([^\n]{1,200})/.exec(text.slice(placeOf(match) + 1, placeOf(match) + 210))
  return match[labelGroup] !== undefined && line !== null && !keepsChoice(line[1].trim(), false)
}

const letterOf = (match: RegExpExecArray): string => match.slice(1).find((letter) => letter !== undefined) ?? ''

/** Where the letter of a match stands. */
const placeOf = (match: RegExpExecArray): number =>
  match.indices?.slice(1).find((range) => range !== undefined)?.[0] ?? match.index

/** What follows a letter and makes it one of several, or none. */
const undone =
  /^[\s,;:–—-]{0,4}(?:(?:is|was|are|seems|cannot|can['’]t|isn['’]t)\b(?!\s(?:the\s)?(?:right|correct|true|best|answer|only))|(?:or|and|to|but|versus|vs)\b|\\(?:to|rightarrow|lor|land|vee|wedge)\b|[/→≠&]|(?:not|no|wrong|incorrect|false|impossible|out|eliminated)\W{0,4}$|(?:no|none)[,;.]|no wait)/i
const otherLabel = /\([A-J]\)|(?<![\p{L}\d\\])[A-J][).:](?![\p{L}\d])/u

/** Whether the rest behind a label leaves its letter alone: the text of an option does, another letter does not. */
function keepsChoice(rest: string, hasColon: boolean): boolean {
  if (/^[A-J]$/.test(rest) || otherLabel.test(rest)) return false
  // The text of an option may be "False".
  return !undone.test(rest) || (!hasColon && /^false\W{0,4}$/i.test(rest))
}

/** `(B) 12` and `B. 12` as letter and rest; undefined when no label stands in front. */
export function choiceLabel(
  text: string,
): { readonly letter: string; readonly rest: string; readonly isChosen: boolean } | undefined {
  const plain = text
    .slice(0, 400)
    .replace(/\\(?:text|textbf|mathrm|mathbf|textrm|bf)\s?\{([^{}]{0,200})\}/g, '$1')
    // `**C**. 12`, `$C$. 12`, and C** of the first when its outer stars are gone
    .replace(/^\s{0,4}(?:\*\*|__|\$)?\s?(\(?[A-J]\)?)(?:\*\*|__|\$)(?=[).:])/, '$1')
  const match = /^\s{0,4}(?:\(([A-J])\)|([A-J])[).:])[\s\\~]{0,6}(?:quad|;|,| )?\s?/.exec(plain)
  if (match === null) return undefined
  const rest = plain.slice(match[0].length).trim()
  return { letter: match[1] ?? match[2], rest, isChosen: keepsChoice(rest, match[0].includes(':')) }
}

/** `ACD` as the choices A, C, D: capitals from A to J that ascend, two or more. */
export function choiceRun(text: string): Answer | undefined {
  const letters = text.replace(/^\\(?:text|textbf|mathrm|mathbf)\s?\{([^{}]{0,20})\}$/, '$1').trim()
  if (!/^[A-J]{2,10}$/.test(letters)) return undefined
  if ([...letters].some((letter, i) => i > 0 && letter <= letters[i - 1])) return undefined
  return { kind: 'list', items: [...letters].map((letter) => ({ kind: 'choice', letter })) }
}
