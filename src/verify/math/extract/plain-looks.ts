// Whether a text is an answer and nothing else, or prose that an answer must be taken out of. A rough look at its words;
// reading it is in parse/.
import { masked } from './answer-span.ts'
import { findFormulas } from './maths-environments.ts'

const longest = 4_000

/** Whether a text has no sentence around its answer. */
export function looksBare(text: string): boolean {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > longest || /\n\s*\S/.test(trimmed.replace(/\\\\\s*\n/g, ' '))) return false
  const words = proseWords(trimmed)
  return words <= 3 || (words <= 7 && /^[-−$]?\d/.test(trimmed) && !/\b(?:is|are|was|were|=)\b/.test(trimmed))
}

/** Words of prose: letters that no LaTeX command, text argument or function name accounts for. */
export function proseWords(text: string): number {
  const plain = text
    .replace(/\\(?:text|textbf|mbox|mathrm|textrm|operatorname)\s?\{[^{}]{0,400}\}/g, ' ')
    .replace(/\\[a-zA-Z]+/g, ' ')
    .replace(/\b(?:sin|cos|tan|log|ln|exp|sqrt|max|min|gcd|lcm|and|or|pi|frac|infinity|union)\b/g, ' ')
  return (plain.match(/\p{L}{2,}/gu) ?? []).length
}

/** Whether a short text is a sentence around formulas, or goes on from one to the next, rather than a formula with its unit. */
export function saysFormula(text: string): boolean {
  const formulas = findFormulas(text)
  if (formulas.length === 0) return false
  const near = text.trim().slice(0, 400)
  if (/\p{L}{2}/u.test(near.split(/\$|\\[([]/)[0])) return true
  return formulas.length > 1 && goesOn.test(masked(text, formulas))
}

const goesOn = /[\s,;.](?:so|since|because|but|hence|thus|therefore|where|we\s(?:get|have|find|conclude))\s/i
