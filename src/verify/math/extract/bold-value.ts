// The value that a sentence sets in bold: "she needs **12** posts", "the sides are **6, 8, and 10**". Bold is how chat models
// point at an answer, so it beats a plain number behind it, unless that is what the sentence comes to. Words beside it that
// change or deny it leave nothing.
import { changesValue } from '../parse/changing-words.ts'
import { boundBefore, changedBehind, isDenied } from './bare-number.ts'
import type { SaidFormula } from './prose-formula.ts'
import { unitBehind } from './unit-behind.ts'

const bold = /(?<![\p{L}\d*])\*\*(?<content>[^*\n]{1,120})\*\*(?![\p{L}\d*])/gu
const valueStart = /^(?:[-−+]?\\?[$€£]?[-−]?[\d.]*\d|\\\(|\$|[-−]?(?:\\frac|√|π|\\sqrt|\\pi)|\(\s?[-−]?\d)/u
const joined = /^\s?(?:,|and|or|,\s?(?:and|or))\s$/
/** What follows is said aside. */
const aside =
  /[\s,;(](?:who|which|where|because|since|as|than|not|rather than|instead of|i\.e\.|out of)\s|\s[—–-]\s|\((?=[^()]{1,80}\))/i
const preposition = /\b(?:in|for|after|within|every|per|at|on|from|of|with|by|to|each of)\s$/i
const circumstance =
  /\b(?:in|at|on|for|from|over|of|after|before|by|during|within|every|per|than|with|to|until)\s(?:\p{L}{1,12}\s){0,2}[$€£(]?\d[\d.,:/]{0,20}/giu
const goesOn =
  /(?:[=:]|\b(?:is|are|was|were|be|equals?|so|thus|hence|therefore|gives?|leaving|leaves?|left|makes?|totals?|totalling|has|have|but|not|or|and then|if)\b)[^.]{0,80}\d/i
/** Beside a sign, a letter or a figure it is a part of something. */
const startsAlone = /(?:^|[:=,;(]\s{0,2}|(?<!\p{L})a\s|\bi\.e\.,?\s|\p{L}{2}[,’']?\s|(?:^|\s)[-−])$/u
const endsAlone = /^(?:\\?%)?(?:\s{0,2}$|[.,;:!)"”…°]|\s(?=\(|[mgLhs]\b|\p{L}{2}|[—–-]\s\p{L})(?!to\s(?:\d|\*)))/u
const undone =
  /^[\s*]{0,3}(?:\p{L}{1,14}\s){0,2}(?:(?:is|was|are|were|would be|would|does|do|did|could|should|can)(?:\snot|n['’]t)\b|cannot\b|(?:is|was|are|were|seems)\s(?:wrong|incorrect|false|impossible|too)\b|fails?\b)/iu
/** Verbs and names behind which a word changes the bold value no more. */
const reset = /^(?:is|are|was|were|be|equals?|has|have|had|gets?|makes?|made|needs?|pays?|paid|in|total|answer|so)$/i
const kept = /^(?:maximum|minimum|max|min|least|greatest|about|approximately|exactly|so|debt|loss|decrease)$/i

/** The bold value of a sentence; several joined by "and" or "or" are a list. */
export function boldValue(sentence: string): SaidFormula | undefined {
  if (!sentence.includes('**')) return undefined
  const all = [...sentence.slice(0, 1_000).matchAll(bold)].filter(({ groups }) => isValue(groups?.content.trim() ?? ''))
  const [first] = all
  const last = all.at(-1)
  if (first === undefined || last === undefined || all.length > 8) return undefined
  if (all.some((one, i) => i > 0 && !joined.test(sentence.slice(endOf(all[i - 1]), one.index)))) return undefined
  const before = sentence.slice(Math.max(0, first.index - 120), first.index)
  const after = sentence.slice(endOf(last))
  if (isDenied(before) || !startsAlone.test(before) || boundBefore.test(before) || isChanged(before)) return undefined
  if (!endsAlone.test(after) || undone.test(after) || changedBehind.test(after) || isChangedBehind(after))
    return undefined
  const rest = after.slice(0, Math.max(0, `${after} `.search(aside)) || undefined)
  // "So in **3** days he earns $33", "**3** boxes cost $33"
  if (/\d/.test(rest) && (preposition.test(before) || /\d/.test(rest.replace(circumstance, ' ')))) return undefined
  if (goesOn.test(rest) || /\?\s{0,3}$/.test(sentence)) return undefined
  const sign = /(?:^|\s)([-−])$/.exec(before)?.[1] ?? ''
  const percent = /^\\?%/.exec(after)?.[0] ?? ''
  const [only] = all.map(({ groups }) => groups?.content.trim().replace(/[.,;:!]+$/, '') ?? '')
  if (all.length > 1) {
    const text = all.map(({ groups }) => groups?.content.trim().replace(/[.,;:!]+$/, '')).join(', ')
    return sign === '' && percent === '' ? { text } : undefined
  }
  const scale = /^\s(?:hundred|thousand|million|billion|trillion|dozen)\b/i.exec(after)?.[0].toLowerCase() ?? ''
  const text = `${sign}${only}${percent}${scale}`
  const isNumber = /^[-−+]?[\d.,/]{1,60}$/.test(text)
  const unit = isNumber ? unitBehind(sentence, endOf(last)) : undefined
  return { text, ...(unit !== undefined && { withUnit: `${text} ${unit}` }) }
}

/** The choices that a sentence sets in bold: "the correct statements are **A** and **C**". */
export function boldChoices(sentence: string): string | undefined {
  const all = [...sentence.slice(0, 1_000).matchAll(/\*\*\(?([A-J])\)?[.)]?\*\*/g)]
  const [first] = all
  if (first === undefined || all.length > 10) return undefined
  if (all.some((one, i) => i > 0 && !joined.test(sentence.slice(endOf(all[i - 1]), one.index)))) return undefined
  const before = sentence.slice(0, first.index)
  const rest = sentence.slice(endOf(all[all.length - 1]))
  const isSaid = /\b(?:correct|right|true|valid|best|answers?)\b[^.]{0,40}\s(?:is|are)\s$/i.test(before)
  if (!isSaid || isDenied(before) || !/^[.\s!]{0,4}$/.test(rest) || /\b(?:none|neither|if|except)\b/i.test(before))
    return undefined
  return all.map(([, letter]) => letter).join(', ')
}

/** The number of a point of a list, `**1.**`, is none. */
const isValue = (content: string): boolean => valueStart.test(content) && !/^\d{1,2}[.):]$/.test(content)

const endOf = (match: RegExpExecArray): number => match.index + match[0].length

/** Whether a word between the verb and the value makes it another: "half of", "twice". */
function isChanged(before: string): boolean {
  const words = before.match(/[\p{L}'’]{1,24}/gu) ?? []
  for (const word of words.slice(-4).reverse()) {
    if (reset.test(word)) return false
    if (!kept.test(word) && changesValue(word)) return true
  }
  return false
}

/** Whether one of the words behind it does: "squared", "too many", "fewer than that"; "more than Ann" says how many. */
function isChangedBehind(after: string): boolean {
  if (/^(?:\s\p{L}{1,14}){0,2}\s\p{L}{2,8}\sthan\s(?:that|this|it|half|twice|\d|\$|\p{L}\b)/iu.test(after)) return true
  const words = /^(?:\s\p{L}[\p{L}'’-]{0,20}){1,2}/u.exec(after)?.[0].trim().split(' ') ?? []
  for (const word of words) {
    if (
      /^(?:so|and|while|which|who|in|on|at|of|for|more|less|fewer|after|before|until|within|points?|times)$/i.test(word)
    )
      return false
    if (!isScale(word) && changesValue(word)) return true
  }
  return false
}

const isScale = (word: string): boolean => /^(?:hundred|thousand|million|billion|trillion|dozen)$/i.test(word)

/** A text without the marks of bold. */
export function withoutBold(text: string): string {
  return text.includes('**') ? text.slice(-20_000).replace(bold, '$<content>') : text
}
