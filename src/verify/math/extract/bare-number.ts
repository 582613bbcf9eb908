// The last number in prose, as a grader falls back to it. Numbers joined by "and" or "or" are one answer with several
// values: a text that names two candidates has not decided. What the words right beside a number do to it counts.
import { changesValue } from '../parse/changing-words.ts'
import { findUnit } from '../parse/unit-table.ts'
import { isToldOfAnswer } from './digits-of-number.ts'
import { isBoundAbroad, isDifferenceAbroad } from './foreign-bound.ts'
import { isDeniedAbroad, isDeniedBehindAbroad, isGuessedAbroad } from './foreign-denial.ts'
import { scaledBehind } from './foreign-scale.ts'
import { contextStart, mixedBefore, mixedBehind } from './trailing-context.ts'
import { unitBehind } from './unit-behind.ts'

const window = 20_000
export const number =
  /(?<![\p{L}\d_\\]|\d\.)(?:(?<![\d)}\]])[-−+])?[$€£]?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,4}(?!\d))?(?:\s?\/\s?\d+)?(?:\s?\\?%)?/gu

/** Words right before a number that make it a bound; of "minus" only the sign counts. */
export const boundBefore =
  /(?:\b(?:than|at (?:the )?(?:least|most)|up to|almost|nearly|half of|twice|times|plus|over|below|above|under|except|exceeds?|or|factor of|multiple of|power of|base)|(?<sign>\b(?:minus|negative)))\s{1,3}\$?$/iu
/** Words right behind a number that make it a part of something unknown: 7 more than n, but not 7 more than Ann. */
export const changedBehind =
  /^\s{0,3}(?:(?:\p{L}{1,14}\s){0,2}(?:more|less|fewer|greater|larger|smaller|higher|lower)\s(?:\p{L}{1,14}\s){0,2}than\s\$?(?:[b-z\d]\b|\d|twice|half|double|th(?:e|is|at) (?:number|other|square|sum|product|original|unknown|answer|value))|times (?:as|the|that|more|two|three|[xyzn]\b)|(?:plus|minus|divided|multiplied|squared|cubed|factorial|or (?:more|less|fewer))\b)/iu

/** A number of prose. */
export interface ProseNumber {
  readonly text: string
  /** With the unit behind it. */
  readonly withUnit?: string
}

/** The number, or the numbers as a list; undefined when there is none or the sentence denies it ("not 5"). */
export function lastNumber(text: string): ProseNumber | undefined {
  const near = withoutContext(withoutReason(text.slice(-window)))
  const places = [...near.matchAll(number)]
  if (places.length > 0 && isCode(near, places[places.length - 1].index)) return undefined
  const sentence = near.slice(lastSentenceStart(near))
  // "Let n = 5. Then the total is twice that."
  if (!/\d/.test(sentence) && pointsBack.test(sentence)) return undefined
  let first = calculated(near, places) ?? places.at(-1)
  if (first === undefined) return undefined
  const end = first.index + first[0].length
  if (changedBehind.test(near.slice(end, end + 80)) || deniedBehind.test(near.slice(end, end + 60))) return undefined
  // "the 42nd term", but "7 - 1 = 6th place"
  if (/^(?:st|nd|rd|th)\b/.test(near.slice(end, end + 3)) && !/=\s?$/.test(near.slice(0, first.index).slice(-3)))
    return undefined
  let isJoined = false
  for (let i = places.indexOf(first) - 1; i >= 0; i--) {
    const gap = near.slice(places[i].index + places[i][0].length, first.index)
    const isWord = /^[\s,$]{0,4}(?:and|or|und|et|y|ou)[\s$]{1,4}(?:-|−)?$/.test(gap)
    // "One of 4, 5, 6" names three; in "in 2010, 5 were left" the comma parts clauses.
    const isComma = /^\s{0,3}[,;]\s{0,3}$/.test(gap)
    if (!isWord && !(isComma && (isJoined || isThird(near, places, i)))) break
    isJoined = true
    first = places[i]
  }
  const before = near.slice(Math.max(0, first.index - 60), first.index)
  const behind = near.slice(end, end + 80)
  if (isDenied(before) || isDeniedBehindAbroad(behind) || isToldOfAnswer(before, behind)) return undefined
  if (
    isBoundAbroad(before) ||
    isDifferenceAbroad(behind) ||
    isGuessedAbroad(near.slice(Math.max(0, first.index - 200), first.index))
  )
    return undefined
  const found = near.slice(first.index, end).trim()
  // "at least 3! = 6 ways"
  const counted = before.replace(/[\d\s+*/×·^!()=-]{1,50}$/, ' ')
  if (/=\s?$/.test(before) && boundBefore.exec(counted)?.groups?.sign === undefined && boundBefore.test(counted))
    return undefined
  const bound = boundBefore.exec(before)
  if (bound !== null)
    return bound.groups?.sign !== undefined && !isJoined && /^[\d$.]/.test(found) ? { text: `-${found}` } : undefined
  const mixed = isJoined ? undefined : mixedNumber(near, first, end)
  if (mixed !== undefined) return mixed
  const scale = /^\s(?:hundred|thousand|million|billion|trillion|dozen)\b/i.exec(near.slice(end, end + 10))
  // "24 / 12 = 2 dozen eggs" counts in dozens.
  if (scale !== null && !/=\s?$/.test(near.slice(0, first.index).slice(-3)))
    return { text: `${found}${scale[0].toLowerCase()}` }
  const scaled = scaledBehind(found, behind)
  if (scaled !== found) return scaled === undefined ? undefined : { text: scaled }
  const unit = /^[$€£]|%$/.test(found) ? undefined : unitBehind(near, end)
  return { text: found, ...(unit !== undefined && { withUnit: `${found} ${unit}` }) }
}

/** "The number 7 is not a solution." */
const deniedBehind =
  /^\s(?:(?:is|was)(?:\snot|n['’]t)\s(?:an?|the|our)\s(?:\p{L}{1,12}\s)?(?:solution|answer|root|value|result)|(?:is|was)(?:\snot|n['’]t)\s(?:valid|possible|allowed|correct|right)|does(?:\snot|n['’]t)\s(?:work|satisfy|fit)|(?:is|was)\s(?:extraneous|rejected|invalid|impossible|wrong|incorrect)|cannot\sbe\s(?:the|right|correct)|fails)\b/iu

/** The text without the time or place that ends its last sentence. */
function withoutContext(text: string): string {
  const from = lastSentenceStart(text)
  const end = contextStart(text.slice(from))
  return from + end < text.length ? text.slice(0, from + end) : text
}

/** `3 1/2` and "3 and a half" with the unit behind them. */
function mixedNumber(near: string, place: RegExpExecArray, end: number): ProseNumber | undefined {
  const behind = mixedBehind(place[0], near.slice(end, end + 30))
  const text = behind?.text ?? mixedBefore(near.slice(0, place.index), place[0], near.slice(end, end + 4))
  if (text === undefined) return undefined
  const unit = unitBehind(near, end + (behind?.length ?? 0))
  return { text, ...(unit !== undefined && { withUnit: `${text} ${unit}` }) }
}

const pointsBack =
  /\b(?:twice|half|double|triple|thrice|square(?: root)? of|one (?:more|less) than)\s(?:of\s)?(?:that|this|it|as)\b/i
/** Clauses that hold numbers which are not the answer: reasons, contrasts, comparisons; at the end of the last sentence. */
const aside =
  /[\s,;(](?:(?:because|since)\s|(?:and |but |а |und |et |y |e )?(?:not|rather than|instead of|не|nicht|non pas|non|pas|no|não)\s(?=[$(]{0,2}[-−]?\d)|which (?:is|was) (?:\S{1,12} ){0,3}(?:more|less|fewer|larger|smaller|greater|higher|lower)\s|(?<=\s)\((?=[^()]{1,80}\)[.\s]{0,4}$))/i

/** The text without what its last sentence says aside, when a number stands before that. */
function withoutReason(text: string): string {
  const from = lastSentenceStart(text)
  const sentence = text.slice(from)
  const at = sentence.search(aside)
  return at > 0 && /\d/.test(sentence.slice(0, at)) ? text.slice(0, from + at) : text
}

function lastSentenceStart(text: string): number {
  const body = text.trimEnd()
  const near = Math.max(0, body.length - 600)
  let start = near
  for (const { index, 0: mark } of body.slice(near).matchAll(/[.!?]\s|\n/g)) {
    if (near + index + mark.length < body.length) start = near + index + mark.length
  }
  return start
}

/** Words behind a result that only say what it is about: "= 15 gallons of water in 30 days". */
const goesOn =
  /[=:?]|\b(?:so|thus|therefore|hence|then|is|are|was|were|be|has|have|had|leaves?|leaving|left|means?|gets?|makes?|giving|gives?|but|and|or|plus|minus|more|less|if|when|while|who|which|not)\b/i

/** The result of a calculation in the last sentence, when what follows only says of what it is the result. */
function calculated(near: string, places: readonly RegExpExecArray[]): RegExpExecArray | undefined {
  const from = lastSentenceStart(near)
  const at = near.lastIndexOf('=')
  if (at < from || !/[\d)%]\s{0,3}$/.test(near.slice(Math.max(from, at - 40), at).replace(/[\p{L}\s]{1,30}$/u, '')))
    return undefined
  const i = places.findIndex((place) => place.index > at)
  const place = places[i]
  if (place === undefined || i === places.length - 1 || near.slice(at + 1, place.index).trim() !== '') return undefined
  const behind = near.slice(place.index + place[0].length)
  return /^\s?\p{L}/u.test(behind) && !goesOn.test(behind) ? place : undefined
}

/** Whether the number before place `i` also ends in a comma, so that the commas make a list. */
function isThird(near: string, places: readonly RegExpExecArray[], i: number): boolean {
  if (i === 0) return false
  const gap = near.slice(places[i - 1].index + places[i - 1][0].length, places[i].index)
  return /^\s{0,3}[,;]\s{0,3}$/.test(gap)
}

const wordsOf = (text: string): Set<string> => new Set(text.split(' '))
/** What may stand before a number that is the answer, whatever else does not. */
const leadIn = wordsOf(
  'a an the this that these those there here it its i he she they we you each every answer answers result solution ' +
    'total sum final correct number value amount count is are was were be been being will would must should has have ' +
    'had having get gets got getting need needs needed make makes made leaves leave left equals equal find found ' +
    'obtain so thus therefore hence then finally exactly only just simply indeed',
)
const fillers = wordsOf('exactly only just simply indeed each')
const connectors = wordsOf('so thus therefore hence then finally')
/** What people and things do with so many things; whoever they are stands before. */
export const doings = wordsOf(
  'has have had gets get got needs need makes make made earns earn earned pays pay paid costs cost spends spend spent ' +
    'takes take took buys buy bought owns owns ate eats eat saves save saved receives receive received uses use used ' +
    'sells sell sold travels travel traveled travelled runs ran walks walked drives drove wins won found saw gave brought caught built drew wrote grew met rode slept swam threw wore chose fed buy eat drive ' +
    'contains contain ' +
    'holds hold weighs weigh weighed collects collected reads read drinks drank works worked keeps kept',
)
export const states = wordsOf('is are was were equals be becomes became totals')
const determiners = wordsOf('the his her their its my our your this each')
/** Words that something must follow. */
const hanging = wordsOf('of to for in on at from with a an the more')
const mostWords = 8

/** The number of a short text that says it among words that leave it alone: `There are 18 eggs left`. */
export function onlyNumber(text: string): string | undefined {
  if (text.length > 400 || isDenied(text)) return undefined
  const plain = text
    .replace(/\\(?:text|textbf|mathrm|mbox)\s?\{([^{}]{0,400})\}/g, ' $1 ')
    .replace(/\\[,;: ]|~/g, ' ')
    .replace(/\\([$%])/g, '$1')
    // "There are 5! = 120 ways": the result of a calculation
    .replace(/(?<=\p{L}\s)(?=[\d\s]{1,20}[+*/×·^!(-])\d[\d\s+*/×·^!().-]{0,40}=\s(?=\d)/u, '')
  const places = [...plain.matchAll(number)]
  const [only] = places
  const last = places.at(-1)
  if (only === undefined || last === undefined || places.length > 2) return undefined
  const end = last.index + last[0].length
  const mixed = places.length === 1 ? undefined : mixedBefore(plain.slice(0, last.index), last[0], plain.slice(end))
  if (places.length > 1 && mixed === undefined) return undefined
  const before = plainWords(plain.slice(0, only.index).replace(/:\s{0,3}$/, ' '), /\s$/)
  const after = plainWords(plain.slice(end).replace(/(?<!\.)\.\s{0,3}$/, ''), /^[\s]/)
  if (before === undefined || after === undefined || !leadsIn(before)) return undefined
  if (before.length > 1 && isToldOfAnswer(`${before.join(' ')} `, ` ${after.join(' ')}`)) return undefined
  const unit = after.slice(0, unitLength(after))
  const isKept = (word: string): boolean =>
    (word.length > 1 || word === 'a') && word !== 'and' && (word === 'more' || !changesValue(word))
  const rest = after.slice(unit.length)
  // "5 for every dollar", "5 from each", "5 by hand"
  if (rest.some((word, i) => /^(?:each|every)$/.test(word) && i > 0 && /^(?:for|from|of|by|to|in)$/.test(rest[i - 1])))
    return undefined
  if (/^(?:by|as|per|assuming|given)$/.test(rest[0] ?? '')) return undefined
  if (!rest.every(isKept) || hanging.has(rest.at(-1) ?? '')) return undefined
  return [mixed ?? only[0].trim(), ...unit].join(' ')
}

const amounts = wordsOf('total value amount count answer result')
const powersBefore = wordsOf('square sq cubic cu')
const powersBehind = wordsOf('squared cubed')

/** How many of the words name a known unit: cm, square units, cm squared. */
function unitLength(words: readonly string[]): number {
  const first = powersBefore.has(words[0] ?? '') ? 1 : 0
  const name = words[first]
  if (name === undefined || name === 'in' || findUnit(name) === undefined) return 0
  return first === 0 && powersBehind.has(words[1] ?? '') ? 2 : first + 1
}

/** The words of one side of a number, with nothing between them but spaces and commas; undefined for anything else. */
function plainWords(side: string, apart: RegExp): string[] | undefined {
  if (side.trim() === '') return []
  if (!apart.test(side)) return undefined
  const words = side.trim().split(/,?\s{1,400}/)
  const areWords = words.every((word) => /^\p{Script=Latin}{1,20}(?:['’-]\p{Script=Latin}{1,20}){0,2}$/u.test(word))
  return areWords && words.length <= mostWords ? words : undefined
}

/** "a total of", "equal to" */
function endsLeadIn(word: string, before = ''): boolean {
  return word === 'of' ? amounts.has(before) : word === 'to' && before.startsWith('equal')
}

/** Whether words lead to a number that is then what they speak of. */
function leadsIn(words: readonly string[]): boolean {
  const all = words.map((word) => word.toLowerCase())
  const lower = connectors.has(all[0]) ? all.slice(1) : all
  if (lower.every((word, i) => leadIn.has(word) || endsLeadIn(word, lower[i - 1]))) return true
  if (lower.some((word) => (word.length === 1 && word !== 'a') || (changesValue(word) && word !== 'so'))) return false
  const verb = lower.findLast((word) => !fillers.has(word)) ?? ''
  const isDone = doings.has(verb) || (verb.length > 4 && verb.endsWith('ed'))
  return (isDone && lower.length > 1) || (states.has(verb) && (determiners.has(lower[0]) || /['’]s$/.test(lower[0])))
}

/** Whether the line around a place is a program rather than prose: what it computes is not what it says. */
function isCode(text: string, at: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - 400), at + 100)
  return /\bprint\(|__|==|!=|&&|\|\||=>|\w\(['"]|\w\.\w+\(|;\s*(?:$|\n|\w+\s*=)/.test(line)
}

/** Denials that are no part of what is said of the number: "the eggs that were not found are 5". */
const inside =
  /\b(?:of|with|de)\sno\b(?=\s\p{L})|\b(?:that|who|which|of)\s(?:\w{1,14}\s){0,3}(?:not|\w{2,6}n['’]t)\b(?=\s(?!the\b|that\b|true\b|possible\b|equal\b)\p{L}{2}[^.\n]{0,40}\s(?:is|are|was|were|equals)\s)/giu
const denial =
  /\b(?:not|never|no|cannot|neither|nor|(?:is|was|does|do|ca|would|could|should)n['’]t|wrong|false|fails?|failed|doubt|rather than|instead of|unlike)\b/iu

/** Whether the words before, in the same clause, say that it is not so. */
export function isDenied(before: string): boolean {
  const sentence = before.slice(Math.max(before.lastIndexOf('. '), before.lastIndexOf('\n'), -1) + 1)
  // "Given 5 did not grow, he has 25"; but "it is, they say, not 5".
  const clause =
    sentence
      .split(
        /,\s(?=(?:so|he|she|it|they|we|there|this|that|the|each|which|thus|then)\b|\d[\d.,]{0,12}\s?[-+*/×x·=])|;\s|\bbut\s/i,
      )
      .at(-1) ?? ''
  return denial.test(clause.replace(inside, ' ')) || isDeniedAbroad(before)
}
