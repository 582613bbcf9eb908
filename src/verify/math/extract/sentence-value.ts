// What one sentence comes to: its bold value, its formula, or its number when it has but one or says it right behind a verb.
// For sentences that conclude a text or stand behind `Answer:`. Conditions, guesses, questions and sentences with several
// numbers, none of which is said to be it, have no value.
import { masked } from './answer-span.ts'
import { doings, lastNumber, number, states } from './bare-number.ts'
import { boldChoices, boldValue } from './bold-value.ts'
import type { ExpectedKind } from './expected-kind.ts'
import { type Formula, findFormulas } from './maths-environments.ts'
import { isUnsettled } from './passed-over.ts'
import { type SaidFormula, saidFormula } from './prose-formula.ts'
import { saidValue, saidWords } from './said-value.ts'
import { tableTotal } from './table-total.ts'
import { areNumberWords } from './words-for-numbers.ts'
import { yesOrNo } from './yes-or-no.ts'

const longest = 600
/** "The total is 12, but we want its half." */
const butBehind = /[\d$*)][^\d]{0,80}\s(?:but|yet|however|although|though)\s(?!not\b)[^\d]{0,200}$/i
/** What makes of a value another one, wherever it stands before it. */
const another =
  /\b(?:half(?! an?\b)|(?:twice|double|triple|thrice|times) (?:that|as|the|of|it|this|\p{L}{1,14}['’]s)|(?:square|cube|cubic)[- ]roots? of|(?:square|cube|reciprocal|inverse|opposite|negative|logarithm|complement) of|estimate[sd]?|almost|nearly)\b(?=[^.]{0,80}[\d$])/iu
const listMark = /^(?:[-*•+>]|\d{1,2}[.)]|\[\d{1,2}\])\s{1,3}(?=\S)/
/** Words between a verb and its number. */
const filler = new Set(
  'exactly only just simply indeed therefore thus hence so a an the total sum of to =  about'.split(' '),
)

/** The value of a sentence, or undefined when it states none for certain. */
export function sentenceValue(sentence: string, expect: ExpectedKind, isStrict = false): SaidFormula | undefined {
  if (sentence.length > longest || isUnsettled(sentence) || butBehind.test(sentence)) return undefined
  // Bounds and denials in other scripts are not known.
  if (/(?!\p{Script=Latin}|\p{Script=Greek})\p{L}/u.test(sentence)) return undefined
  const row = tableTotal(sentence)
  if (row !== undefined) return { text: row }
  if (/^\s*\|/.test(sentence)) return undefined
  if (expect === 'choice') {
    const choices = boldChoices(sentence)
    return choices === undefined ? undefined : { text: choices }
  }
  if (expect === 'word') {
    const word = isDoubled(sentence) ? undefined : yesOrNo(sentence)
    return word === undefined ? undefined : { text: word }
  }
  const bare = withoutLead(withoutMarks(sentence))
  if (another.test(lastTurnOf(bare))) return undefined
  if (expect === 'text') {
    const words = saidWords(bare)
    return words === undefined ? undefined : { text: words }
  }
  const bold = boldValue(sentence.replace(listMark, ''))
  if (bold !== undefined) return bold
  const formulas = findFormulas(bare)
  const valued = formulas.filter(({ content }) => /\d|[=<>]|\\pi/.test(content))
  if (valued.length === 0)
    return plainValue(
      formulas.length === 0 ? bare : masked(bare, formulas).replace(/\uE000+/g, 'n'),
      isStrict ? 'words' : 'direct',
    )
  const behind = valueBehind(bare, formulas)
  if (behind !== undefined) return behind
  const said = saidFormula(bare)
  return said !== undefined && 'text' in said ? said : undefined
}

/** "Since $n = 3$, there are 12 ways" without its first clause, when the rest has figures. */
export function withoutLead(sentence: string): string {
  if (
    !/^(?:when|since|with|because|using|from|letting|setting|taking|substituting|for(?=\s[$\\\d])|by(?=\s\p{L}+ing\b))\b/iu.test(
      sentence,
    )
  )
    return sentence
  const at = masked(sentence, findFormulas(sentence)).indexOf(', ') + 2
  return at > 1 && /\d/.test(sentence.slice(at)) ? sentence.slice(at) : sentence
}

/** The number that is said behind the formulas of a sentence: "Using $b = 6$ we find that the area is 12". */
export function valueBehind(sentence: string, formulas: readonly Formula[]): SaidFormula | undefined {
  const last = formulas.at(-1)
  if (last === undefined) return undefined
  const rest = sentence.slice(last.end)
  const turn =
    /^[\s,;]{0,3}(?:(?:and|so|thus|hence|therefore|then|we)\b[\s,]{0,2}){1,3}(?:(?:find|get|obtain|conclude|see|have)\b\s?)?/i.exec(
      rest,
    )
  // "The sum of $12$ and $5$ is 17."
  if (
    /^\s(?:is|are|was|were|equals|gives|yields|leaves)\s(?:(?:therefore|thus|then|exactly|just)\s)?[$€£(*]{0,3}[-−]?\d/.test(
      rest,
    )
  )
    return plainValue(rest.trim(), 'direct')
  if (turn === null || !/\b(?:so|thus|hence|therefore|find|get|obtain|conclude|see)\b/i.test(turn[0])) return undefined
  const clause = rest.slice(turn[0].length)
  return /\d/.test(clause) && !isUnsettled(clause)
    ? (boldValue(clause) ?? plainValue(withoutMarks(clause), 'direct'))
    : undefined
}

/**
 * The number, list or expression that a sentence without formulas states. A number must be `direct`ly behind its
 * verb or begin the sentence; of `words` the reader takes the number, when he knows them all.
 */
function plainValue(sentence: string, how: 'direct' | 'words'): SaidFormula | undefined {
  if (/\b\w+\(['"]|\bprint\(|;\s*$/.test(sentence)) return undefined
  const said = saidValue(sentence)
  if (said !== undefined && !/^[-−+$€£]{0,2}[\d.,]*$/.test(said) && !said.includes('\uE000')) return { text: said }
  const clause = lastTurnOf(sentence)
  if (!/\d/.test(clause)) {
    const words = /\d/.test(sentence) ? undefined : saidWords(sentence)
    return words !== undefined && areNumberWords(words) ? { text: words } : undefined
  }
  if (how === 'words') return undefined
  const found = lastNumber(clause)
  if (found === undefined) return undefined
  const at = clause.lastIndexOf(found.text.replace(/^-(?=\d)/, '').split(/\s(?=\p{L})/u)[0])
  const places = [...clause.matchAll(number)]
  const others = places.filter(({ index, 0: all }) => index + all.length <= at || index > at + found.text.length)
  if (others.length === 0 && /^[\p{L}\s,]{0,24}$/u.test(clause.slice(0, at)) && isSubject(clause.slice(0, at)))
    return found
  const isStated = (index: number): boolean => isDirect(clause.slice(0, index))
  // What is calculated before it, or counted, is no second answer: "3 boxes have 12 pens", "3 + 4 = 7".
  const rivals = others.filter(
    ({ index, 0: all }) => isStated(index) && !/^\s{0,2}(?:[-−–+*/×·÷=]|x\s\d)/.test(clause.slice(index + all.length)),
  )
  return isStated(at) && rivals.length === 0 ? found : undefined
}

/** Whether nothing but "so" and the like stands before a number. */
const isSubject = (before: string): boolean =>
  /^(?:\s|,|(?:so|thus|hence|therefore|then|finally|consequently|in total|in all|altogether|overall|all|only|exactly|these|the|answer|a)\b)*$/i.test(
    before,
  )

/** Whether a verb or an equals sign stands right before a place. */
function isDirect(before: string): boolean {
  if (/[=:]\s{0,3}[$€£]?$/.test(before)) return true
  const words = before.match(/[\p{L}'’]{1,24}/gu)?.slice(-5) ?? []
  if (!/[\p{L}]\s{1,3}\\?[$€£(]?$/u.test(before)) return false
  if (/\b(?:written|expressed|stated) as\s\\?[$€£]?$/.test(before)) return true
  // "thirty-three (33)"
  if (before.endsWith('(')) return areNumberWords(words.at(-1) ?? '')
  // "It takes Tom 12 hours", "gives her 12"
  const others = words.filter((word) => !filler.has(word.toLowerCase()))
  const verb = others.at(-1)?.toLowerCase() ?? ''
  const previous = others.at(-2)?.toLowerCase() ?? ''
  if (
    /^(?:takes?|took|gives?|gave|costs?|leaves?|left|needs)$/.test(previous) &&
    /^(?:\p{Lu}.*|him|her|them|us|me|you|it)$/u.test(others.at(-1) ?? '')
  )
    return true
  return (
    states.has(verb) ||
    doings.has(verb) ||
    /^(?:gives?|get|find|obtain|left|be|(?:it|that|there|answer|total)['’]s)$/.test(verb)
  )
}

/** What stands behind the last "so", when figures do. */
function lastTurnOf(sentence: string): string {
  let at = 0
  for (const { index, 0: turn } of sentence.matchAll(/[\s,;](?:so(?! that)|therefore|thus|hence)[\s,]\s?/gi)) {
    const from = index + turn.length
    if (/\d/.test(sentence.slice(from)) && !/\b(?:is|are|was|were)$/i.test(sentence.slice(0, index))) at = from
  }
  return sentence.slice(at)
}

const isDoubled = (text: string): boolean => new Set(text.toLowerCase().match(/\b(?:yes|no|true|false)\b/g)).size > 1

/** A sentence without quotes, bullets, bold and code marks. */
function withoutMarks(sentence: string): string {
  return sentence
    .trim()
    .replace(listMark, '')
    .replace(/`([^`\n]{1,80})`/g, '$1')
    .replace(/\*\*|__/g, '')
    .replace(/^(?:#{1,6}|∴)\s?/, '')
}
