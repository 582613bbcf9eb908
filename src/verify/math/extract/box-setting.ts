// What a box means where it stands. `x = \boxed{6}` is 6, but `-\boxed{6}`, `\frac{1}{\boxed{6}}` and `\boxed{6}!` are not:
// there the statement around the box is the answer, with the box's frame taken off. A statement goes from the last sign of
// relation, comma, row or words to the next ones. Prose counts only where it touches the box.
import { findUnit } from '../parse/unit-table.ts'
import type { Box } from './boxes.ts'
import { isPlainCommand, type Piece, piecesOf } from './latex-pieces.ts'
import type { Formula } from './maths-environments.ts'

/** A statement with a box in it. */
export interface BoxSetting {
  readonly from: number
  readonly to: number
  /** Whether nothing but the box matters. */
  readonly isAlone: boolean
  /** The sign of relation before the statement, when one is: `\ge`. */
  readonly sign?: string
  /** Where the row begins whose last sign that is. */
  readonly row: number
  /** Where the unit behind the box ends, when one follows it and nothing else. */
  readonly unitEnd?: number
}

/** Characters looked at on either side. */
const reach = 600

/** The usual boxes, which need no look around: alone in a formula, or behind "is" in a sentence. */
const opened = /(?:^|[^\\\d\-−])\$\$?$|\\[[(]\s{0,3}$/
const closed = /^\s{0,3}(?:\$|\\\]|\\\))/
const announced = /(?:^|\b(?:is|are|be|get|have)\s(?:\*\*)?|[:*]\s)$/
const ended = /^(?:\*\*)?[.,;!]?(?:\s|$)/

/** Units as they are set: upright, in braces or brackets, with powers and slashes. `{x}` and `\pi` are none. */
const unitTail = new RegExp(
  [
    String.raw`^(?:\s|~|\\[,;:! ])*(?:`,
    String.raw`\\(?:mathrm|text|textrm|textbf|mbox|operatorname|rm)\s?\{[\s~]*(?:[A-Zmsgr]|\p{L}[\p{L}\s./-]{1,30})\}`,
    String.raw`|\{[\s~]*(?:cm|mm|km|kg|eV|keV|MeV|[Vv]olts?|amu|Pa|Hz|mol|[JNKVWLmsg])\}|\{\s*\}(?=\s*\^)`,
    String.raw`|\\(?:AA|Omega)(?![a-zA-Z])|\\mu(?=\s*(?:\\mathrm|\\text|\{))|\[[^[\]]{1,40}\]`,
    String.raw`|(?:cm|mm|km|kg|eV|keV|MeV|amu|Hz|kJ|mol|mL|atm)(?![a-zA-Z])|[a-zA-Z]{1,3}(?=\^\{-\d\})|\/\s?(?=\\mathrm|\\text|\{)`,
    // What may follow, each character in one way only.
    String.raw`)(?:[\s~/{}[\]^_\p{L}-]|(?<=[\^_]\{?-?)\d|\\[,;:! ]|\\(?:mathrm|text|textrm|mbox|operatorname|cdot|circ|AA|Omega|mu)(?![a-zA-Z]))*$`,
  ].join(''),
  'u',
)

/** Where the statement around a box begins and ends. */
export function settingOf(text: string, box: Box, formulas: () => readonly Formula[]): BoxSetting {
  const alone = { from: box.start, to: box.end, row: box.start, isAlone: true }
  const before = text.slice(Math.max(0, box.start - 8), box.start)
  const after = text.slice(box.end, box.end + 8)
  if ((opened.test(before) && closed.test(after)) || (announced.test(before) && ended.test(after))) return alone
  const formula = formulaAround(text, box, formulas())
  const isProse = formula === undefined
  const [low, high] = formula ?? lineAround(text, box)
  const left = scanLeft(text.slice(low, box.start), isProse)
  const from = low + left.from
  const behind = text.slice(box.end, high)
  // A slash with nothing behind it: `\\boxed{4} /$ can`.
  const to = box.end + behind.slice(0, scanRight(behind, left, isProse)).replace(/[\\s/]+$/, '').length
  const [front, back] = [text.slice(from, box.start), text.slice(box.end, to)]
  const isAlone = (isSilent(front) && isSilent(back)) || (isProse && front === '[' && back === ']')
  const row = low + left.row
  const said = left.sign === undefined ? { row } : { row, sign: left.sign }
  if (isAlone) return { ...alone, ...said }
  if (
    isSilent(front) &&
    unitTail.test(back) &&
    !changing.test(back.replace(/^[^\p{L}]*(?:text\w*|mathrm|mbox)?[^\p{L}]*/u, ''))
  )
    return { ...alone, ...said, unitEnd: to }
  return { from, to, isAlone, ...said }
}

/** The inside of the formula that holds the box. */
function formulaAround(text: string, box: Box, formulas: readonly Formula[]): readonly [number, number] | undefined {
  const holding = formulas.find(({ start, end }) => start <= box.start && end >= box.end)
  if (holding === undefined) return undefined
  const whole = text.slice(holding.start, holding.end)
  const open = /^(?:\$\$?|\\[[(]|\\begin\{[a-z*]{1,12}\})/.exec(whole)?.[0].length ?? 0
  const close = /(?:\$\$?|\\[\])]|\\end\{[a-z*]{1,12}\})$/.exec(whole)?.[0].length ?? 0
  return [Math.max(holding.start + open, box.start - reach), Math.min(holding.end - close, box.end + reach)]
}

function lineAround(text: string, box: Box): readonly [number, number] {
  const newline = text.indexOf('\n', box.end)
  const low = Math.max(text.lastIndexOf('\n', box.start - 1) + 1, box.start - reach)
  return [box.start === 0 ? 0 : low, Math.min(newline < 0 ? text.length : newline, box.end + reach)]
}

interface Frame {
  from: number
  row: number
  /** What the bracket belongs to: a command, `^`, or nothing. */
  readonly owner: string
  readonly isPlain: boolean
  sign?: string
  hasCut: boolean
}

interface LeftSide {
  readonly from: number
  /** Brackets that the statement leaves open before the box. */
  readonly open: number
  readonly sign?: string
  readonly row: number
}

function scanLeft(left: string, isProse: boolean): LeftSide {
  const frames: Frame[] = [{ from: 0, row: 0, owner: '', isPlain: true, hasCut: false }]
  let owner = ''
  for (const piece of piecesOf(left)) {
    const top = frames[frames.length - 1]
    const isBrace = piece.text === '{' || piece.text === '[' || piece.text === '}' || piece.text === ']'
    if (piece.kind === 'open') {
      const isPlain = piece.text === '{' && (owner === '' || isPlainCommand(owner))
      frames.push({ from: piece.end, row: piece.end, owner: isBrace ? owner : '', isPlain, hasCut: false })
    } else if (piece.kind === 'close' && frames.length > 1) {
      const closed = frames.pop()
      owner = isBrace ? (closed?.owner ?? '') : ''
      continue
    } else if (
      isCutLeft(piece, frames.length === 1, isProse, left) ||
      (piece.text === ':' && owner !== 'boxed' && !/\d\s*$/.test(left.slice(0, piece.start)))
    ) {
      top.sign = piece.kind === 'relation' ? signAt(left, piece, top) : undefined
      if (top.sign === undefined) top.row = piece.end
      top.from = piece.end
      top.hasCut = true
    }
    owner = ownerBehind(piece, owner)
  }
  // A bracket around words or an equation is a bracket of the sentence.
  const at = frames.findIndex((frame, i) => i > 0 && !frame.isPlain && !(frame.owner === '' && frame.hasCut))
  const frame = frames[at < 0 ? frames.length - 1 : at - 1]
  const from = isProse ? frame.from + looseLength(left.slice(frame.from)) : frame.from
  return { from, open: at < 0 ? 0 : frames.length - at, sign: frame.sign, row: frame.row }
}

/** `!=` and `\not=` are one sign; an arrow, or a sign with nothing before it, is none. */
function signAt(left: string, { text, start }: Piece, frame: Frame): string | undefined {
  if (text === '=' && left[start - 1] === '!') return '\\ne'
  if (text === '>' && /[-=]/.test(left[start - 1] ?? '')) return undefined
  const side = left.slice(frame.from, start)
  if (frame.sign === '\\not' && side.trim() === '') return '\\ne'
  return side.trim() === '' || /^(?:→|⇒|⇔|∴|⟹|\\(?:to|iff|implies|therefore|because|mapsto|.*arrow))$/.test(text)
    ? undefined
    : text
}

function ownerBehind(piece: Piece, owner: string): string {
  if (piece.kind === 'script') return piece.text
  if (piece.text.startsWith('\\')) return /^\\([a-zA-Z]+)/.exec(piece.text)?.[1] ?? ''
  return piece.kind === 'space' ? owner : ''
}

function isCutLeft({ kind, text, end, start }: Piece, isTop: boolean, isProse: boolean, left: string): boolean {
  if (kind === 'relation' || kind === 'cut') return true
  if (kind === 'text') return text.endsWith('}')
  if (kind === 'comma') return isTop && (isProse || !/^\d{3}/.test(left.slice(end)))
  if (!isProse) return false
  if (kind === 'word') return text.length > 1 && left[start - 1] !== '\\'
  // The point of `0.\boxed{6}` is none of a sentence.
  if (text === '.' && end === left.length && /\d/.test(left[start - 1] ?? ' ')) return false
  return kind === 'other' && /^[:!?|"“”`$.*]$/.test(text) && !/[\d=]/.test(left[end] ?? ' ')
}

/** How much of what stands before a box in prose is apart from it: a bullet, a dash, a number of a list. */
function looseLength(side: string): number {
  if (/[\p{L}\d)}\]]\s{0,3}(?:[-+*/−^×·]|\\cdot|\\times)\s{0,3}$/u.test(side)) return 0
  if (/\d\.$/.test(side)) return side.lastIndexOf(' ') + 1
  if (/[\s.:)*_–—'’]$/.test(side)) return side.length
  const space = Math.max(side.lastIndexOf(' '), side.lastIndexOf('\t'))
  return /[([{]/.test(side) ? 0 : space + 1
}

/** The length of what belongs to the statement behind the box. */
function scanRight(right: string, left: LeftSide, isProse: boolean): number {
  let depth = 0
  let open = left.open
  for (const piece of piecesOf(right)) {
    const isTop = depth === 0 && open === 0
    if (piece.kind === 'open') {
      if (isTop && isAside(right.slice(piece.start))) return piece.start
      depth++
    } else if (piece.kind === 'close') {
      if (isTop) return piece.start
      if (depth > 0) depth--
      else open--
    } else if (isTop && isCutRight(piece, right, isProse, left.sign)) return piece.start
  }
  return right.length
}

/** `(since x > 0)` and `(answer)` are no part of a value; `(mod 7)` is. */
function isAside(rest: string): boolean {
  return (
    /^[([]\s?(?:\\(?:text|mathrm|textbf)\s?\{\s?)?[A-Za-z]{3,}/.test(rest) &&
    !/^[([][^a-z]{0,3}(?:text\{)?\s?(?:mod|base)/.test(rest)
  )
}

function isCutRight({ kind, text, start, end }: Piece, right: string, isProse: boolean, sign?: string): boolean {
  if (kind === 'relation' || kind === 'cut' || kind === 'comma') return !/^,\d{3}(?!\d)/.test(right.slice(start))
  if (/^\\(?:p?mod|bmod|pod)/.test(text)) return sign === '\\equiv' || sign === '≡'
  if (kind === 'text') return !/\{\s*\}$/.test(text) && !changesValue(text)
  if (text === '.') return !/\d/.test(right[end] ?? ' ')
  if (!isProse) return false
  if (kind === 'space') return true
  if (kind === 'word') return text.length > 2 || start > 0
  if (text === '-' || text === '−') return !/\d/.test(right[end] ?? ' ')
  return kind === 'other' && /^[!?:'’"“”`*|$–—]$/.test(text)
}

const changing =
  /^(?:or (?:more|less|fewer|greater|higher|lower|above|below)|more|less|fewer|if|unless|times|percent|mod|modulo|base|hundred|thousand|million|billion|trillion|dozen|factorial|squared|cubed|plus|minus|over|halves|thirds|quarters|fifths|tenths|hundredths|degrees?|th|st|nd|rd)\b/i

/** Whether words behind a box say more than what is counted: `\text{ cm}` does, `\text{ ways}` and `\text{ in all}` do not. */
function changesValue(piece: string): boolean {
  const words = /\{([^{}]*)\}$/.exec(piece)?.[1].trim() ?? ''
  if (changing.test(words)) return true
  const [first = '', ...others] = words.replace(/^(?:square|cubic|sq\.?|cu\.?)\s/, '').split(/[\s,;/^]+/)
  if (others.length > 0 && !/^(?:per|squared|cubed|\d)/.test(others[0])) return false
  return first !== '' && findUnit(first.replace(/\.$/, '')) !== undefined
}

/** Whether a stretch is only layout. */
function isSilent(text: string): boolean {
  return piecesOf(text).every(({ kind, text: own }) => kind === 'space' || kind === 'cut' || /^[{}.:]$/.test(own))
}
