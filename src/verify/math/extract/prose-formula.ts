// The formula that the last sentence with formulas comes to: "the value is `$7$`, not `$8$`", "we find `$x=6$` for `$n=5$`".
// What it denies, gives as a bound, changes by the words beside it or makes depend on cases is no answer.
import { changesValue } from '../parse/changing-words.ts'
import { masked } from './answer-span.ts'
import { isDenied } from './bare-number.ts'
import { isToldOfAnswer } from './digits-of-number.ts'
import { isBoundAbroad } from './foreign-bound.ts'
import { isDeniedBehindAbroad, isGuessedAbroad } from './foreign-denial.ts'
import { joinFormulas, joinsFormulas } from './join-formulas.ts'
import { type Formula, findFormulas } from './maths-environments.ts'
import { joinApproximations } from './said-twice.ts'
import { unitBehind } from './unit-behind.ts'

/** What a sentence says. */
export interface SaidFormula {
  readonly text: string
  readonly withUnit?: string
}

/** A formula and the one before it are looked at in so much text. */
const window = 20_000
const most = 12

/** What is said aside, behind the main thing. */
const aside =
  /[\s,;(](?:(?:because|since|as)\s|(?:and |but )?(?:not|rather than|instead of|as opposed to)\s|which (?:is|was) (?:\S{1,12} ){0,3}(?:more|less|fewer|larger|smaller|greater|higher|lower)\s|(?:for|when|whenever|where|with|at(?! (?:least|most)))\s(?!\uE000{1,200}\s(?:is|are|was|must)\b))/giu
const cases = /[\s,;](?:for|when|if)\s/giu
const conditional = /[\s,;(](?:if|unless|otherwise|or maybe|or perhaps)\b/iu
const states = new Set(
  'is are was were be equals equal get gets got have has find found obtain obtains gives give yields conclude that becomes become so hence thus therefore then answer exactly simply just us only indeed'.split(
    ' ',
  ),
)
/** Words that change a number elsewhere, but often name what a formula is. */
const naming = new Set(
  'maximum minimum max min maximal minimal least greatest about approximately approx roughly around so'.split(' '),
)
const bound =
  /\b(?:than|at (?:the )?(?:least|most)|up to|over|below|above|under|exceeds?|except|between|half of|twice|(?:maximum|minimum|root|power|multiple|factor|divisor|bound|square|cube) of)[\s*]{0,3}$/iu

/** "Let $x=24$ be a first guess" states nothing. */
const supposes =
  /^\W{0,6}(?:(?:now|next|so|then|first|again),?\s)?(?:let|suppose|assume|consider|say|try|guess|if)(?:\s(?:for now|first))?(?:,?\sthat)?\s\W{0,3}$/i

const unsaid = { refused: 'the last formula is not said to be the answer' }

/** The formula, or formulas joined; undefined when there is none. Refused when none is asserted and nothing follows. */
export function saidFormula(text: string): SaidFormula | typeof unsaid | undefined {
  const near = text.slice(-window)
  const all = joinApproximations(findFormulas(near), near)
  const last = all.at(-1)
  if (last === undefined) return undefined
  const blank = withStops(masked(near, all), all, near)
  const begun = sentenceStart(blank, last.start)
  const turn = begun + lastTurn(blank.slice(begun, last.start))
  const from = turn + narrowedFrom(blank.slice(turn, last.start), all, last, turn)
  const stated = from + definedFrom(blank.slice(from, from + 2_000), all, from)
  const formulas = all.filter(({ start, end }) => start >= from && end <= stated).slice(-most)
  const valued = formulas.find(({ content }) => /\d|[=<>]|\\pi/.test(content))
  if (valued === undefined) return { text: joinFormulas([formulas.at(-1) ?? last], []) }
  const sentence = blank.slice(0, Math.min(stated, sentenceEnd(blank, last.end)))
  const behind = sentence.slice(valued.end)
  const isOpen = conditional.test(behind) || [...behind.matchAll(cases)].length > 1 || blank[sentence.length] === '?'
  const main = isOpen ? undefined : mainFormulas(sentence, formulas, valued)
  const said = main && asserted(near, sentence, main, from)
  // Figures in a later sentence may still be the answer.
  return said ?? (/\d/.test(blank.slice(sentence.length)) ? undefined : unsaid)
}

const reason =
  /[,;]\s(?:since|because|as)\s[^,;.\n\uE000]{0,20}\uE000{1,80}[^,;.\n\uE000]{0,20},\s(?:(?:we|so|it|this)\s(?:\p{L}{2,10}\s){1,3})?$/iu
const nameOf = ({ content }: Formula): string | undefined =>
  /^([A-Za-z](?:_\{?\w\}?)?)\s{0,3}=[^=<>]{1,400}$/.exec(content)?.[1]

/** "`$x=\pm 18$`; since `$x>0$`, `$x=18$`": a bound singles out one value of the same letter, which is the last. */
function narrowedFrom(text: string, all: readonly Formula[], last: Formula, from: number): number {
  const at = reason.exec(text.slice(-200))
  const name = nameOf(last)
  if (at === null || name === undefined) return 0
  const start = from + Math.max(0, text.length - 200) + at.index
  const isBound = all.some((one) => one.start > start && one.end < last.start && /[<>≤≥]|\\[gl]eq?\b/.test(one.content))
  const isNarrowed = all.some((one) => one.start >= from && one.end <= start && nameOf(one) === name)
  return isBound && isNarrowed ? text.length : 0
}

const definition =
  /,?\s(?:where|with)\s\uE000{1,40}\s(?:is|are|denotes?|represents?|stands\sfor|being)\s(?=(?:the|an?|our|its|any|some)\s)/u

/** Where a sentence begins to say what the letters of its formula are: ", where `$x$` is the side"; else its length. */
function definedFrom(text: string, all: readonly Formula[], from: number): number {
  const found = definition.exec(text)
  if (found === null || found.index === 0) return text.length
  const clause = text.slice(found.index)
  const isName = ({ start, content }: Formula): boolean =>
    start < from + found.index || /^\\?[A-Za-z]{1,8}(?:_\{?\w\}?)?$/.test(content)
  const words = clause.match(/\p{L}[\p{L}'’-]{1,24}/gu) ?? []
  const isPlain = !/\d|[?!\n]|[.]\s\S/.test(clause) && words.length < 30 && !words.some((word) => isChanging(word))
  return isPlain && all.every(isName) && all.some(({ end, start }) => start >= from && end <= from + found.index)
    ? found.index
    : text.length
}

const isChanging = (word: string): boolean => !naming.has(word.toLowerCase()) && word !== 'so' && changesValue(word)

/** "One would think 7, but it is 8", "so it is 8": what stands before is past. */
export function lastTurn(text: string): number {
  let at = 0
  for (const { index, 0: turn } of text.matchAll(/[,;]\s(?:but|so|therefore|thus|hence)\s/gi)) at = index + turn.length
  return at
}

/** The text with a stop where a formula ends its sentence: with a point inside, or displayed and a capital behind. */
export function withStops(blank: string, formulas: readonly Formula[], text: string): string {
  let out = ''
  for (const { start, end, content } of formulas) {
    const isDisplayed = /^(?:\$\$|\\\[|\\begin)/.test(text.slice(start, start + 6))
    const isEnd = /\.$/.test(content) || (isDisplayed && /^\s{0,3}\p{Lu}/u.test(text.slice(end, end + 4)))
    if (!isEnd || end - 1 < out.length) continue
    out += `${blank.slice(out.length, end - 1)}\n`
  }
  return out + blank.slice(out.length)
}

/** The last group of formulas before what is said aside. */
function mainFormulas(sentence: string, formulas: readonly Formula[], valued: Formula): readonly Formula[] | undefined {
  aside.lastIndex = valued.end
  const cut = aside.exec(sentence)?.index ?? sentence.length
  const main = formulas.filter(({ end }) => end <= cut)
  const group: Formula[] = []
  for (let i = main.length - 1; i >= 0; i--) {
    if (group.length > 0 && !joinsFormulas(sentence.slice(main[i].end, group[0].start))) break
    group.unshift(main[i])
  }
  return group.length > 0 ? group : undefined
}

function asserted(text: string, sentence: string, group: readonly Formula[], from: number): SaidFormula | undefined {
  const [first] = group
  const last = group[group.length - 1]
  const before = sentence.slice(Math.max(from, first.start - 120), first.start)
  if (isDenied(before) || bound.test(before) || isBoundAbroad(before) || isGuessedAbroad(before)) return undefined
  if (supposes.test(before)) return undefined
  const behind = sentence.slice(last.end)
  if (isDeniedBehindAbroad(behind) || isToldOfAnswer(before, behind)) return undefined
  // Words beside an equation do not change its right side.
  const isEquation = last.content.includes('=')
  // A point is no decimal point before a bracket.
  const named = /^(?:\\left\s?)?\(/.test(first.content) ? before.replace(/\bpoints?\s$/i, '') : before
  if (!isEquation && isChangedBefore(named)) return undefined
  const isMeasured = unitBehind(text, last.end) !== undefined || /^\s(?:(?:square|cubic)\s)?units?\b/.test(behind)
  if (!isMeasured && !isEquation && isChangedBehind(behind)) return undefined
  const between = group.slice(1).map(({ start }, i) => text.slice(group[i].end, start))
  // `25 - 8k = 0 \Rightarrow k = 3` comes to what stands behind the arrow.
  const said = joinFormulas(group, between).replace(/^.*\\(?:Longr|R)ightarrow(?![a-zA-Z])\s*(?=\S)/s, '')
  const unit = group.length === 1 ? unitBehind(text, last.end) : undefined
  // A sign or a figure right beside it: -$5$, 2$5$, $5$%.
  const [left, right] = [
    /[^\s*_("“:,\uE000]{1,20}$/u.exec(before)?.[0] ?? '',
    /^(?:%|²|³|\^\d|[\p{L}\d√])/u.exec(behind)?.[0] ?? '',
  ]
  if (right !== '' && right !== '%') return undefined
  if (left !== '' && !/[\p{L}.;!?)”，：、；。（]$/u.test(left))
    return /^[-−+]$/.test(left) ? { text: `${left}${said}` } : undefined
  return { text: `${said}${right}`, ...(unit !== undefined && { withUnit: `${said} ${unit}` }) }
}

/** Whether a word between the verb and the formula makes it another value: "is twice", "the square of". */
function isChangedBefore(before: string): boolean {
  const words = before.match(/[\p{L}'’]{1,24}|[:=,]/gu) ?? []
  for (const word of words.slice(-6).reverse()) {
    const lower = word.toLowerCase()
    if (states.has(lower) || /^[:=,]$/.test(word)) return false
    if (lower.length > 1 && !naming.has(lower) && changesValue(lower)) return true
  }
  return false
}

function isChangedBehind(behind: string): boolean {
  if (/^\s{0,2}(?:[-+*/×·^<>=]|to\b|by\b|over\b|of\s(?:\d|\uE000|(?:that|this|it|what)\b))/u.test(behind)) return true
  const words = /^[*_]{0,2}\s((?:[\p{L}'’-]{1,20}[\s.,]){1,3})/u.exec(`${behind} `)?.[1] ?? ''
  for (const word of words.split(/\s/)) {
    if (word === '' || /^(?:so|and|but|while|though|although|which)\b/i.test(word)) return false
    if (!/^(?:after|before|until|within)\b/i.test(word) && changesValue(word.replace(/[.,]$/, ''))) return true
    if (/[.,]$/.test(word)) return false
  }
  return false
}

export function sentenceStart(text: string, at: number): number {
  const near = Math.max(0, at - 1_000)
  let start = near
  for (const { index, 0: mark } of text.slice(near, at).matchAll(/[.!?。]\s|\n/g)) start = near + index + mark.length
  return start
}

export function sentenceEnd(text: string, at: number): number {
  const end = text.slice(at, at + 400).search(/[.!?。](?:\s|$)|\n/)
  return end < 0 ? Math.min(text.length, at + 400) : at + end
}
