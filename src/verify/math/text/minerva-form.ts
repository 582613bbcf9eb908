// The normal form in which the Minerva paper (Lewkowycz et al., 2206.14858, appendix) compares answers as texts: what
// follows the last equals sign, without articles, units and LaTeX wrappers, with short fractions and roots in braces.
// Written from the published rules; what those miss is missed here too.
import { unwrap, without } from './latex-arguments.ts'

/** Replaced in turn. Spaces go before the units, so that a unit is found wherever it stands. */
const replacements: readonly (readonly [string, string])[] = [
  ['an ', ''],
  ['a ', ''],
  ['.$', '$'],
  ['\\$', ''],
  ['\\ ', ''],
  [' ', ''],
  ['mbox', 'text'],
  [',\\text{and}', ','],
  ['\\text{and}', ','],
  ['\\text{m}', '\\text{}'],
]

const units =
  'square ways integers dollars mph inches ft hours km units \\ldots sue points feet minutes digits cents degrees cm gm pounds meters meals edges students childrentickets multiples'.split(
    ' ',
  )
const leftovers = [
  '\\text{s}',
  '\\text{.}',
  '\\text{\ns}',
  '\\text{}^2',
  '\\text{}^3',
  '\\text{\n}',
  '\\text{}',
  '\\mathrm{th}',
  '^\\circ',
  '^{\\circ}',
  '\\;',
  ',\\!',
  '{,}',
  '"',
  '\\dots',
]

/** The normal form of an answer. */
export function minervaForm(answer: string): string {
  let text = answer.slice(answer.lastIndexOf('=') + 1)
  for (const [from, to] of replacements) text = text.replaceAll(from, to)
  text = without(without(text, units), leftovers)
  text = insideDollars(text)
  text = unwrap(text, ['text', 'textbf', 'overline', 'boxed'])
  // `\frac12`, `\dfrac12` and `\frac1b`: one character each.
  text = text.replace(/(frac)([^{])(.)/g, '$1{$2}{$3}').replace(/(sqrt)([^{])/g, '$1{$2}')
  text = text.replaceAll('$', '')
  return /^\d[\d,]*$/.test(text) ? text.replaceAll(',', '') : text
}

/** The first formula between dollars, when there is one. */
function insideDollars(text: string): string {
  const open = text.indexOf('$')
  const close = text.indexOf('$', open + 1)
  return open < 0 || close < 0 ? text : text.slice(open + 1, close)
}
