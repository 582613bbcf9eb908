// A text before it is split into tokens: signs of Unicode become LaTeX, dollar signs of mathematics and Markdown's
// stars go, control characters become spaces. Each pass is linear; nothing is understood yet.
import { readChineseNumber } from './number-words.ts'
import { unicodeToLatex } from './unicode-to-latex.ts'

/** Drops the dollar signs around mathematics; those before an amount stay. */
export function dropMathDollars(text: string): string {
  if (!text.includes('$')) return text
  let out = ''
  let isOpen = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '\\') {
      out += text.slice(i, i + 2)
      i++
    } else if (char !== '$') out += char
    else if (text[i + 1] === '$') i++
    else if (isOpen || closesLater(text, i)) isOpen = !isOpen
    else out += char
  }
  return out
}

/** Whether the dollar sign at `at` begins mathematics: another one follows that does not itself begin an amount. */
function closesLater(text: string, at: number): boolean {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '$') {
      const beginsAmount = text[i - 1] === ' ' && i + 1 < text.length && isDigitOrPoint(text[i + 1])
      return !(beginsAmount && isDigitOrPoint(text[at + 1]))
    }
  }
  return false
}

function isDigitOrPoint(char: string): boolean {
  return (char >= '0' && char <= '9') || char === '.'
}

/** Drops Markdown's `**` around words; `2**3` and `2 ** 3` are powers and stay. */
export function dropStars(text: string): string {
  let from = 0
  let out = ''
  for (;;) {
    const open = text.indexOf('**', from)
    if (open < 0) return out + text.slice(from)
    const before = open === 0 ? ' ' : text[open - 1]
    const isOpening = /[\s:(]/.test(before) && /\S/.test(text[open + 2] ?? ' ')
    const close = isOpening ? text.indexOf('**', open + 2) : -1
    // Without a closing pair anywhere, no later opening has one either.
    if (isOpening && close < 0) return out + text.slice(from)
    if (close < 0) {
      out += text.slice(from, open + 2)
      from = open + 2
    } else {
      out += text.slice(from, open) + text.slice(open + 2, close)
      from = close + 2
    }
  }
}

/** `\(`, `\)`, `\[`, `\]` around mathematics. `\\[2pt]` is a line's end with a distance, and its distance goes too. */
export function dropDelimiters(text: string): string {
  if (!text.includes('\\')) return text
  let out = ''
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\') {
      out += text[i]
      continue
    }
    const next = text[i + 1] ?? ''
    i++
    if (next === '(' || next === ')' || next === '[' || next === ']') out += ' '
    else out += `\\${next}`
    if (next === '\\' && text[i + 1] === '[') {
      const close = text.indexOf(']', i)
      if (close > 0 && close - i < 12 && /^\[-?[0-9.]{1,5} ?[a-z]{2}$/.test(text.slice(i + 1, close))) i = close
    }
  }
  return out
}

/** `{-}`, `{.}`, `{:}`: braces that only space a sign; a raised sign has a meaning. */
const bracedSign = /(?<![\^_}])\{([-+.:=])\}/g

/** A bold letter that is the whole answer is a set; elsewhere it may be a point or a vector. */
const boldSet = /^\\mathbf\s?\{?([NZQR])\}?$/

/** All passes. */
export function cleanText(text: string): string {
  const plain = dropDelimiters(dropMathDollars(unicodeToLatex(dropStars(text)))).trim()
  const whole = text.length < 12 ? readChineseNumber(text.trim()) : undefined
  if (whole !== undefined) return String(whole)
  const clean = withoutLastBackslash(plain).replace(bracedSign, '$1').replace(boldSet, '\\mathbb{$1}')
  // Inside LaTeX the tilde is a space; before the first digit it says "about".
  return clean[0] === '~' && isDigitOrPoint(clean[1] ?? '') ? `\\approx ${clean.slice(1)}` : clean
}

/** What is left of a space `\ ` or `\,` at the end that was cut. */
function withoutLastBackslash(text: string): string {
  if (!text.endsWith('\\')) return text
  const before = text.slice(0, -1)
  return before.endsWith('\\') || before === '' ? text : before.trimEnd()
}
