// Numbers in text: where one ends, and which commas and spaces are inside it. `1,234` is one number when its groups
// have three digits and no bracket is open (a point is `(1,234)`), `1 234` likewise; `1, 234` is two.

/** A number's digits without marks of thousands, and where it ends. */
export interface NumberLexeme {
  readonly text: string
  readonly end: number
}

/** Marks that may stand between groups of three digits, longest first; those that are spaces only within a line of digits. */
const groupMarks = [
  "'",
  '_',
  '{,}',
  ',\\!',
  ',\\! ',
  '{,}\\!',
  '\\!,',
  '\\!,\\!',
  '\\!{,}',
  '\\,',
  '\\ ',
  '~',
  ',',
  ' ',
] as const

/** Marks of digits that go on: `0.333...`. */
const dotMarks = ['\\ldots', '\\dots', '\\cdots', '...', '..'] as const

/** Reads the number that starts at `at`, a digit or a point before a digit. `isList` forbids a bare comma inside. */
export function lexNumber(source: string, at: number, isList: boolean): NumberLexeme {
  let end = digitsEnd(source, at)
  let text = source.slice(at, end)
  if (end - at <= 3 && end > at && source[at] !== '0') {
    const grouped = lexGroups(source, end, isList)
    text += grouped.text
    end = grouped.end
  }
  const point = source[end] === '.' ? 1 : isDecimalComma(source, end) ? decimalComma.length : 0
  if (point > 0) {
    const fraction = lexFraction(source, end + point)
    if (fraction !== undefined) {
      text += fraction.text
      end = fraction.end
    }
  }
  const exponent = exponentEnd(source, end)
  if (exponent > end && !text.includes('(') && !text.includes('...')) {
    text += source.slice(end, exponent)
    end = exponent
  }
  return { text, end }
}

/** All groups of three digits from `at` on, or none. */
function lexGroups(source: string, at: number, isList: boolean): NumberLexeme {
  let text = ''
  let end = at
  let hasComma = false
  for (;;) {
    const mark = groupMarks.find((m) => source.startsWith(m, end) && isDigit(source, end + m.length))
    if (mark === undefined) break
    const from = end + mark.length
    const to = digitsEnd(source, from)
    const isSpace = mark === ' ' || mark === '~' || mark === '\\ ' || mark === '\\,'
    if (isSpace && (to - from !== 3 || source[to] === '/')) break
    if (mark !== ',' && to - from !== 3) break
    if (mark === ',') {
      // A comma before other than three digits means that all commas part a list: 100,200,30.
      if (to - from !== 3 || isList) return hasComma ? { text: '', end: at } : { text, end }
      hasComma = true
    }
    text += source.slice(from, to)
    end = to
  }
  return { text, end }
}

/** `3{,}5`: braces around a comma keep it from parting a list. Three digits behind it are a group, see lexGroups. */
const decimalComma = '{,}'

function isDecimalComma(source: string, at: number): boolean {
  return source.startsWith(decimalComma, at) && (isDigit(source, at + 3) || source[at + 3] === '\\')
}

/** What follows the point, which is before `at`, with a point; repeating digits in round brackets. */
function lexFraction(source: string, at: number): NumberLexeme | undefined {
  const digits = digitsEnd(source, at)
  const plain = `.${source.slice(at, digits)}`
  const repeat = lexRepeat(source, digits, digits === at)
  if (repeat !== undefined) return { text: plain + repeat.text, end: repeat.end }
  if (digits === at) return undefined
  let end = digits
  while (source[end] === ' ' && end < digits + 2) end++
  const dots = dotMarks.find((mark) => source.startsWith(mark, end))
  if (dots !== undefined) return { text: `${plain}...`, end: end + dots.length }
  return { text: plain, end: digits }
}

/** `\overline{3}`, `\bar{3}`, `\dot{3}`, or right behind the point `(3)`. */
function lexRepeat(source: string, at: number, isAtPoint: boolean): NumberLexeme | undefined {
  if (source[at] === '(' && isAtPoint) return closeRepeat(source, at + 1, ')')
  if (source[at] !== '\\') return undefined
  for (const mark of ['\\overline{', '\\bar{', '\\dot{']) {
    if (source.startsWith(mark, at)) return closeRepeat(source, at + mark.length, '}')
  }
  for (const mark of ['\\overline', '\\bar', '\\dot']) {
    let digit = at + mark.length
    if (!source.startsWith(mark, at)) continue
    while (source[digit] === ' ') digit++
    if (isDigit(source, digit)) return { text: `(${source[digit]})`, end: digit + 1 }
  }
  return undefined
}

function closeRepeat(source: string, from: number, close: string): NumberLexeme | undefined {
  const to = digitsEnd(source, from)
  return to > from && source[to] === close ? { text: `(${source.slice(from, to)})`, end: to + 1 } : undefined
}

/** The end of `e5`, `E-5`; `at` itself when there is none. `2e` and `2ex` are products. */
function exponentEnd(source: string, at: number): number {
  if (source[at] !== 'e' && source[at] !== 'E') return at
  let from = at + 1
  if (source[from] === '+' || source[from] === '-') from++
  const to = digitsEnd(source, from)
  // 2e+3 is read as a power of ten, as programs print it; 2e + 3 is not.
  return to > from && to - from <= 6 ? to : at
}

function digitsEnd(source: string, from: number): number {
  let end = from
  while (isDigit(source, end)) end++
  return end
}

export function isDigit(source: string, at: number): boolean {
  const code = source.charCodeAt(at)
  return code >= 48 && code <= 57
}
