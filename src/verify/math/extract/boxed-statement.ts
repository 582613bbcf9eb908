// The text that one or several boxes stand for, once what changes their value around them is taken in: frames go, the
// statement stays. What cannot be told, such as `5\boxed{6}`, is refused.
import { settingOf } from './box-setting.ts'
import type { Box } from './boxes.ts'
import { isBoundAbroad } from './foreign-bound.ts'
import { scaledBehind } from './foreign-scale.ts'
import { type Formula, findFormulas } from './maths-environments.ts'

/** What boxes say. */
export type BoxedStatement =
  | {
      readonly text: string
      /** The boxes one by one, when `text` is the list of them. */
      readonly boxes?: readonly string[]
      /** The relation that a bound in a box belongs to: `x \ge 6` for `x \ge \boxed{6}`. */
      readonly relation?: string
      /** The box with the unit behind it: `6\text{ cm}` for `\boxed{6}\text{ cm}`. */
      readonly withUnit?: string
    }
  | { readonly refused: string }

const strictSigns = new Set(['<', '>', '\\lt', '\\gt', '\\ne', '\\neq', '≠', '\\not', '\\notin'])
const bounds = new Set(['≤', '≥', '\\le', '\\leq', '\\ge', '\\geq', '\\leqslant', '\\geqslant'])
const minusWord = /\b(?:negative|minus)[\s$]{1,3}$/i
const changingWords =
  /\b(?:half of|twice|double|triple|square root of|(?:reciprocal|inverse|opposite|negative|square|cube) of|one over|multiples? of|(?:all|anything|everything)(?: \w{1,12})? (?:but|except)|other than|(?<!no |not )(?:greater|less|more|fewer) than)[\s$]{1,3}$/i
const scale = /^[\s$)\\~*]{0,4}(hundred|thousand|million|billion|trillion|dozen)\b/i
/** Operations that prose goes on with. */
const operated =
  /^[\s$)\\~*]{0,4}(?:plus or minus|plus|minus|divided by|multiplied by|to the power(?: of)?|squared|cubed|factorial|more than|less than)\b(?!\s(?:as|is)\b)/i

interface Range {
  from: number
  to: number
}

/** Reads boxes that belong together, in order. */
export function boxedStatement(text: string, boxes: readonly Box[]): BoxedStatement {
  const said = statementOf(text, boxes)
  if ('refused' in said || boxes.length > 1 || said.text !== boxes[0].content.trim()) return said
  if (isBoundAbroad(text.slice(Math.max(0, boxes[0].start - 40), boxes[0].start)))
    return { refused: 'the words before the box change it' }
  // "\boxed{14} Millionen", "\boxed{14} au carré"
  const scaled = scaledBehind(said.text, text.slice(boxes[0].end, boxes[0].end + 32))
  if (scaled === undefined) return { refused: 'the words behind the box change it' }
  return scaled === said.text ? said : { text: scaled }
}

function statementOf(text: string, boxes: readonly Box[]): BoxedStatement {
  let known: readonly Formula[] | undefined
  const formulas = (): readonly Formula[] => (known ??= findFormulas(text))
  const settings = boxes.map((box) => ({ box, ...settingOf(text, box, formulas) }))
  const isChanged = settings.some(({ isAlone, sign = '' }) => !isAlone || strictSigns.has(sign))
  if (isChanged) {
    const ranges: Range[] = []
    for (const { from, to, row, sign = '' } of settings)
      addRange(ranges, { from: strictSigns.has(sign) ? row : from, to })
    const parts = ranges.map((range) => withoutFrames(text, range, boxes))
    return parts.includes(undefined) ? { refused: 'digits stand next to the box' } : { text: parts.join(', ') }
  }
  if (boxes.some(hasWordsAround(text))) return withWords(text, boxes)
  const named = settings.map(({ box, row }) => ({
    name: /^\s{0,3}([A-Za-z])\s{0,3}=\s{0,3}$/.exec(text.slice(row, box.start))?.[1],
    content: box.content.trim(),
  }))
  // x = 2 and y = 3 are no two values of one thing.
  if (
    boxes.length > 1 &&
    !named.some(({ name }) => name === undefined) &&
    new Set(named.map(({ name }) => name)).size === boxes.length
  )
    return { text: named.map(({ name, content }) => `${name} = ${content}`).join(', ') }
  const contents = [...new Set(named.map(({ content }) => content))]
  const [{ box, sign = '', row, to, unitEnd }] = settings
  const relation = bounds.has(sign) ? withoutFrames(text, { from: row, to }, boxes) : undefined
  if (contents.length > 1) return { text: contents.join(', '), boxes: contents }
  const [content] = contents
  return {
    text: content,
    ...(relation !== undefined && { relation }),
    ...(unitEnd !== undefined && { withUnit: `${content}${text.slice(box.end, unitEnd)}` }),
  }
}

/** "negative \boxed{6}" and "\boxed{6} million"; what "half of \boxed{6}" means is not guessed. */
function withWords(text: string, boxes: readonly Box[]): BoxedStatement {
  const [box] = boxes
  const words = text.slice(Math.max(0, box.start - 40), box.start)
  if (operated.test(text.slice(box.end, box.end + 30))) return { refused: 'the words behind the box change it' }
  if (boxes.length > 1 || changingWords.test(words)) return { refused: 'the words before the box change it' }
  const size = scale.exec(text.slice(box.end, box.end + 24))
  const sign = minusWord.test(words) ? '-' : ''
  return { text: `${sign}${box.content.trim()}${size === null ? '' : ` ${size[1]}`}` }
}

const hasWordsAround =
  (text: string) =>
  (box: Box): boolean => {
    const before = text.slice(Math.max(0, box.start - 40), box.start)
    const behind = text.slice(box.end, box.end + 30)
    return minusWord.test(before) || changingWords.test(before) || scale.test(behind) || operated.test(behind)
  }

/** Statements that overlap are one. */
function addRange(ranges: Range[], range: Range): void {
  const last = ranges.at(-1)
  if (last === undefined || last.to <= range.from) ranges.push(range)
  else {
    last.from = Math.min(last.from, range.from)
    last.to = Math.max(last.to, range.to)
  }
}

/** The text of a range with the boxes' contents in place; undefined when digits would run together. */
function withoutFrames(text: string, { from, to }: Range, boxes: readonly Box[]): string | undefined {
  let out = ''
  let at = from
  for (const box of boxes) {
    if (box.start < from || box.end > to) continue
    const content = box.content.trim()
    out += text.slice(at, box.start)
    at = box.end
    if (/[\d.]\s*$/.test(out) && /^[\d.]/.test(content)) return undefined
    if (/[\d?.]$/.test(content) && /^\s*(?:\d|[.,]\d)/.test(text.slice(at, to))) return undefined
    out += inPlace(content, out)
  }
  return (out + text.slice(at, to))
    .replace(/&|\\\\/g, ' ')
    .trim()
    .replace(/[.,;]$/, '')
    .trim()
}

/** A sum in a product needs brackets, an argument its braces. */
function inPlace(content: string, before: string): string {
  if (/(?:[\^_]|\\[a-zA-Z]+|\})\s*$/.test(before) && !/\\[,;:! ]$/.test(before)) return `{${content}}`
  const isSum = /.[+\-−±]|^[-−±]|\\pm/.test(content) && !/[,;=<>{]/.test(content)
  return isSum && before.trim() !== '' ? `(${content})` : content
}
