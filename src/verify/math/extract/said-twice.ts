// A formula and its rounded value, joined by words: "`$\frac{5}{12}$`, or about 0.417". Both together are a chain, whose
// ends the reader compares: a value that does not round the formula leaves no answer.
import type { Formula } from './maths-environments.ts'

const about = String.raw`(?:about|approximately|approx\.?|roughly|≈|\\approx)`
const rounded = new RegExp(
  String.raw`^[\s,(]{1,3}(?:or\s|i\.e\.,?\s|that is,?\s|which is\s)?(?:${about})\s{0,2}\$?(?<value>\d{1,20}(?:\.\d{1,20})?(?:\s?\\?%)?)\$?\)?(?=[.,;\s)*]{0,4}(?:\n|$))`,
  'i',
)

const joining = new RegExp(String.raw`^[\s,(]{1,3}(?:or\s|i\.e\.,?\s|that is,?\s|which is\s)?${about}\s$`, 'i')

/** The chain that a formula at the beginning makes with its approximation. */
export function withApproximation(rest: string, clause: string, formulas: readonly Formula[]): string | undefined {
  const [first] = formulas
  if (first === undefined || first.start > 0 || first.end > clause.length) return undefined
  return approximated(first, rest)
}

/** A formula with the approximation that ends its line; undefined when none is there. */
export function approximated(formula: Formula, text: string): string | undefined {
  const value = rounded.exec(text.slice(formula.end, formula.end + 100))?.groups?.value
  if (value === undefined || /\\approx|≈/.test(formula.content)) return undefined
  return `${formula.content} \\approx ${value.replace(/\s?\\?%$/, '\\%')}`
}

/** The formulas, of which one with its approximation in the next is taken for a chain. */
export function joinApproximations(formulas: readonly Formula[], text: string): readonly Formula[] {
  const last = formulas.at(-1)
  const other = formulas.at(-2)
  if (last === undefined || other === undefined || !/^\d[\d.]{0,40}(?:\\?%)?$/.test(last.content)) return formulas
  const gap = text.slice(other.end, last.start)
  if (!joining.test(gap) || /\\approx|≈/.test(other.content)) return formulas
  const content = `${other.content} \\approx ${last.content}`
  return [...formulas.slice(0, -2), { start: other.start, end: last.end, content }]
}
