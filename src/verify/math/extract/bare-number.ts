// The last number in prose, as a grader falls back to it. Numbers joined by "and" or "or" are one answer with several
// values: a text that names two candidates has not decided. What the words right beside a number do to it counts.
import { changesValue } from '../parse/changing-words.ts'
import { findUnit } from '../parse/unit-table.ts'

const window = 20_000
const number =
  /(?<![\p{L}\d_\\]|\d\.)(?:(?<![\d)}\]])[-−+])?[$€£]?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,4}(?!\d))?(?:\s?\/\s?\d+)?(?:\s?\\?%)?/gu

/** Words right before a number that make it a bound; of "minus" only the sign counts. */
const boundBefore =
  /(?:\b(?:than|at (?:the )?(?:least|most)|up to|almost|nearly|half of|twice|times|plus|over|below|above|under|except|exceeds?|or|factor of|multiple of|power of|base)|(?<sign>\b(?:minus|negative)))\s{1,3}\$?$/iu
/** Words right behind a number that make it a part of something unknown: 7 more than n, but not 7 more than Ann. */
const changedBehind =
  /^\s{0,3}(?:(?:\p{L}{1,14}\s){0,2}(?:more|less|fewer|greater|larger|smaller|higher|lower)\s(?:\p{L}{1,14}\s){0,2}than\s\$?(?:[b-z\d]\b|\d|twice|half|double|th(?:e|is|at) (?:number|other|square|sum|product|original|unknown|answer|value))|times (?:as|the|that|more|two|three|[xyzn]\b)|(?:plus|minus|divided|multiplied|squared|cubed|factorial|or (?:more|less|fewer))\b)/iu

/** The number, or the numbers as a list; undefined when there is none or the sentence denies it ("not 5"). */
export function lastNumber(text: string): string | undefined {
  const near = text.slice(-window)
  const places = [...near.matchAll(number)]
  if (places.length > 0 && isCode(near, places[places.length - 1].index)) return undefined
  let first = places.at(-1)
  if (first === undefined) return undefined
  const end = first.index + first[0].length
  if (changedBehind.test(near.slice(end, end + 80))) return undefined
  let isJoined = false
  for (let i = places.length - 2; i >= 0; i--) {
    const gap = near.slice(places[i].index + places[i][0].length, first.index)
    const isWord = /^[\s,$]{0,4}(?:and|or|und|et|y|ou)[\s$]{1,4}(?:-|−)?$/.test(gap)
    // "One of 4, 5, 6" names three; in "in 2010, 5 were left" the comma parts clauses.
    const isComma = /^\s{0,3}[,;]\s{0,3}$/.test(gap)
    if (!isWord && !(isComma && (isJoined || isThird(near, places, i)))) break
    isJoined = true
    first = places[i]
  }
  const before = near.slice(Math.max(0, first.index - 60), first.index)
  if (isDenied(before)) return undefined
  const found = near.slice(first.index, end).trim()
  const bound = boundBefore.exec(before)
  if (bound === null) return found
  return bound.groups?.sign !== undefined && !isJoined && /^[\d$.]/.test(found) ? `-${found}` : undefined
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
const doings = wordsOf(
  'has have had gets get got needs need makes make made earns earn earned pays pay paid costs cost spends spend spent ' +
    'takes take took buys buy bought owns owns ate eats eat saves save saved receives receive received uses use used ' +
    'sells sell sold travels travel traveled travelled runs ran walks walked drives drove wins won found saw gave brought caught built drew wrote grew met rode slept swam threw wore chose fed buy eat drive ' +
    'contains contain ' +
    'holds hold weighs weigh weighed collects collected reads read drinks drank works worked keeps kept',
)
const states = wordsOf('is are was were equals be becomes became totals')
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
  const [only, ...others] = plain.matchAll(number)
  if (only === undefined || others.length > 0) return undefined
  const before = plainWords(plain.slice(0, only.index).replace(/:\s{0,3}$/, ' '), /\s$/)
  const after = plainWords(plain.slice(only.index + only[0].length).replace(/(?<!\.)\.\s{0,3}$/, ''), /^[\s]/)
  if (before === undefined || after === undefined || !leadsIn(before)) return undefined
  const unit = after.slice(0, unitLength(after))
  const isKept = (word: string): boolean =>
    (word.length > 1 || word === 'a') && word !== 'and' && (word === 'more' || !changesValue(word))
  const rest = after.slice(unit.length)
  if (!rest.every(isKept) || hanging.has(rest.at(-1) ?? '')) return undefined
  return [only[0].trim(), ...unit].join(' ')
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
  return /__|==|!=|&&|\|\||=>|\w\(['"]|\w\.\w+\(|;\s*(?:$|\n|\w+\s*=)/.test(line)
}

/** Whether the words before, in the same sentence, say that it is not so. */
export function isDenied(before: string): boolean {
  const sentence = before.slice(Math.max(before.lastIndexOf('. '), before.lastIndexOf('\n'), -1) + 1)
  return /\b(?:not|never|no|cannot|neither|nor|isn['’]t|wasn['’]t|doesn['’]t|don['’]t|wrong|rather than|instead of|unlike)\b/iu.test(
    sentence,
  )
}
