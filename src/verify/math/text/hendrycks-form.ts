// The normal form in which the grader of the MATH data set (Hendrycks et al., 2103.03874) compares answers as texts:
// spacing, units, percent and dollar signs go, fractions and roots get braces, a/b and 0.5 become fractions. Two answers
// are equal when these texts are. Written from the rules; what those miss is missed here too.
import { braceFractions, braceRoots, without } from './latex-arguments.ts'

const sizes = ['\n', '\\!', '\\left', '\\right']
const signs = ['^{\\circ}', '^\\circ', '\\$', '\\%', '%']

/** The normal form of an answer. */
export function hendrycksForm(answer: string): string {
  let text = without(answer.replaceAll('\\!', '').replaceAll('\\\\', '\\'), sizes)
  text = text.replaceAll('\\tfrac', '\\frac').replaceAll('\\dfrac', '\\frac')
  text = withoutUnit(without(text, signs))
  text = text.replaceAll(' .', ' 0.').replaceAll('{.', '{0.').replace(/^\./, '0.')
  text = withoutName(text)
  text = braceFractions(braceRoots(text).replaceAll(' ', ''))
  if (text === '0.5') return '\\frac{1}{2}'
  return text.replace(/^(-?\d{1,50})\/(-?\d{1,50})$/, '\\frac{$1}{$2}')
}

/** A unit stands at the end as `\text{ cm}`, its space inside the braces. */
function withoutUnit(text: string): string {
  const at = text.indexOf('\\text{ ')
  return at < 0 ? text : text.slice(0, at)
}

/** `k = 5` is 5 when what is named is short. */
function withoutName(text: string): string {
  const [name, value, ...more] = text.split('=')
  return value !== undefined && more.length === 0 && name.trim().length <= 2 ? value.trim() : text
}
