// What a text concludes behind its last formula. "We have $x = 36$ pens in three boxes. So there are **12 pens** in each."
// comes to 12: of sentences behind the last formula the last that concludes ("so", "in total", bold) or ends the text is
// the answer. Remarks, checks, restatements and sentences that leave things open are passed over, and when it is not
// plain what is said there, the formula stays.
import { masked } from './answer-span.ts'
import { boldValue } from './bold-value.ts'
import type { ExpectedKind } from './expected-kind.ts'
import { findFormulas } from './maths-environments.ts'
import { isClosing, isRemark, isTurning, isUndecided, isUnsettled } from './passed-over.ts'
import { type SaidFormula, sentenceEnd, sentenceStart, withStops } from './prose-formula.ts'
import { saidWords } from './said-value.ts'
import { sentenceValue, valueBehind, withoutLead } from './sentence-value.ts'
import { areNumberWords } from './words-for-numbers.ts'

const window = 20_000
const farthest = 4_000
const most = 12

const stops =
  /(?<!\b(?:[ap]\.?m|i\.e|e\.g|vs|approx|Mr|Mrs|Dr|St|Ans|No))(?<!^\s{0,4}\d{1,2})[.!?。]["'”’*_)]{0,4}\s|\n/gmu
const openers =
  '(?:so|thus|hence|therefore|then|consequently|finally|in total|in all|altogether|overall|in conclusion|to conclude|' +
  'in summary|as a result|accordingly|it follows|(?:this|which|that) means|we conclude|conclusion|final answer|answer|total|solution|result)'
const concluding = new RegExp(
  String.raw`^[\s*_#>∴-]{0,8}(?:∴|(?:${openers})\b)|[\s,;](?:therefore|thus|hence|so|in total|altogether)\b`,
  'i',
)
const opensConcluding = new RegExp(String.raw`^[\s*_#>∴-]{0,8}(?:∴|(?:${openers})\b)`, 'i')

/** The value that a text concludes behind its last formula; undefined when the formula stands. */
export function conclusionBehind(text: string, expect: ExpectedKind): SaidFormula | undefined {
  const near = text.slice(-window)
  const all = findFormulas(near)
  const last = all.at(-1)
  if (last === undefined) return undefined
  const blank = withStops(masked(near, all), all, near)
  const start = sentenceStart(blank, last.start)
  const end = sentenceEnd(blank, last.end)
  const tail = near.slice(end).replace(/^[.!?。]/, '')
  const found = /[\p{L}\d]/u.test(tail) ? concluded(tail, near.slice(start, end), expect) : undefined
  if (found !== undefined || expect === 'choice' || expect === 'word' || expect === 'text') return found
  return tail.trim() === '' ? saidInside(near.slice(start, end)) : undefined
}

function concluded(tail: string, formula: string, expect: ExpectedKind): SaidFormula | undefined {
  if (/^\s*```/m.test(tail)) return undefined
  const isConcluded = opensConcluding.test(formula)
  const sentences = splitSentences(tail.slice(-farthest)).slice(-most)
  let isLast = true
  for (const full of sentences.reverse()) {
    if (!/[\p{L}\d]/u.test(full)) continue
    const sentence = withoutLead(full)
    if (isTurning(sentence) || isUndecided(sentence)) return undefined
    if (isClosing(sentence)) continue
    const concludes = concluding.test(sentence)
    if (isRemark(sentence, concludes) || isUnsettled(sentence)) continue
    // One of several things that are listed is not all.
    if (!concludes && /^[-*•+]\s/.test(sentence) && !sentence.includes('**')) return undefined
    const isMarked = concludes || isBold(sentence) || /^[^\p{L}]*$/u.test(sentence)
    const value = (isLast && !isConcluded) || isMarked ? sentenceValue(sentence, expect) : undefined
    if (value !== undefined) return isCheck(sentence, concludes) ? undefined : value
    if (/\d/.test(sentence)) return undefined
    isLast = false
  }
  return undefined
}

const isBold = (sentence: string): boolean => /^\*\*[^*]*\*\*[.!]?$/.test(sentence) || boldValue(sentence) !== undefined

/** A calculation alone repeats or checks: "12 + 24 = 36". */
const isCheck = (sentence: string, concludes: boolean): boolean =>
  !concludes && /^[\s*_>-]{0,6}[-−($]{0,3}\d[^\p{L}]*=/u.test(sentence)

/** A number behind formulas that state none: "the value of $x$ is 12". */
function saidInside(sentence: string): SaidFormula | undefined {
  const formulas = findFormulas(sentence)
  if (isUnsettled(sentence) || isRemark(sentence, true)) return undefined
  if (formulas.some(({ content }) => /\d|[=<>]|\\pi/.test(content))) return valueBehind(sentence, formulas)
  return /\d/.test(masked(sentence, formulas)) ? sentenceValue(sentence, 'other') : undefined
}

function splitSentences(text: string): string[] {
  return text.split(stops).map((one) => one.trim())
}

/** The last sentence that belongs to the answer: without offers of help behind it. */
export function lastStatement(text: string): string {
  return (
    splitSentences(text.trimEnd().slice(-1_000))
      .slice(-4)
      .findLast((one) => /[\p{L}\d]/u.test(one) && !isClosing(one)) ?? ''
  )
}

/** Words that a last sentence without figures states, where numbers stand before it: "So the day is Monday." */
export function wordsSaid(sentence: string, expect: ExpectedKind): string | undefined {
  if (/\d/.test(sentence) || isUnsettled(sentence) || isRemark(sentence, true)) return undefined
  const said = saidWords(sentence)
  if (said === undefined || expect === 'text') return said
  // "Bob is one", "it is half"
  return /[\s-]/.test(said) || !/^(?:one|half|halves|no)$|(?:st|nd|rd|th|ths)$/i.test(said) ? numberIn(said) : undefined
}

const numberIn = (words: string): string | undefined => (areNumberWords(words) ? words : undefined)
