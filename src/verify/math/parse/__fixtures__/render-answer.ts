// Writes an answer as someone might: LaTeX or plain text, this fraction or that, with and without spaces. What is
// written reads as an answer that shows alike (showAnswer). For property tests here and elsewhere.
import type { Rng } from '../../../../base/rng.ts'
import type { Answer } from '../../answer.ts'
import { renderExpression, type Style } from './render-expression.ts'

/** Renders the answer in a random style. */
export function renderAnswer(answer: Answer, rng: Rng): string {
  const style: Style = { rng, isLatex: rng.int(2) === 0 }
  return wrap(answer, render(answer, style), style)
}

/** What stands around a whole answer. */
function wrap(answer: Answer, text: string, { rng, isLatex }: Style): string {
  const isWords = answer.kind === 'text'
  const label = rng.int(8) === 0 && !isWords ? rng.pick(['The answer is ', 'Answer: ', 'Final answer: ']) : ''
  if (!isLatex) return label + text + (rng.int(6) === 0 ? '.' : '')
  const wrapped = rng.pick([
    () => text,
    () => `$${text}$`,
    () => `\\(${text}\\)`,
    () => `\\[ ${text} \\]`,
    () => `\\boxed{${text}}`,
    () => `$\\boxed{${text}}$.`,
    () => `\\displaystyle ${text}`,
  ])()
  return label + wrapped
}

function render(answer: Answer, style: Style): string {
  const { rng, isLatex } = style
  const about = answer.approximate ? rng.pick(isLatex ? ['\\approx '] : ['≈ ', 'about ']) : ''
  return about + withUnit(answer, renderBare(answer, style), style)
}

function withUnit(answer: Answer, text: string, { rng, isLatex }: Style): string {
  if (answer.percent) return text + (isLatex ? '\\%' : rng.pick(['%', ' percent']))
  if (answer.unit === undefined) return text
  if (answer.unit === '$') {
    return rng.pick(isLatex ? [`\\$${text}`, `${text}\\text{ dollars}`] : [`$${text}`, `${text} dollars`])
  }
  if (answer.unit === 'degree') return text + rng.pick(isLatex ? ['\\text{ degrees}'] : [' degrees', ' deg'])
  const isWord = /^[a-z]{2,20}$/i.test(answer.unit)
  if (!isLatex) return `${text} ${answer.unit}`
  return rng.pick([
    `${text}\\text{ ${answer.unit}}`,
    isWord ? `${text}\\,\\mathrm{${answer.unit}}` : `${text}\\text{ ${answer.unit}}`,
  ])
}

function renderBare(answer: Answer, style: Style): string {
  const { rng, isLatex } = style
  const all = (items: readonly Answer[]): string => items.map((item) => render(item, style)).join(rng.pick([', ', ',']))
  const bracket = (open: string, inner: string, close: string): string =>
    isLatex && rng.int(2) === 0 ? `\\left${open} ${inner} \\right${close}` : open + inner + close
  switch (answer.kind) {
    case 'expression':
      return renderWhole(answer, style)
    case 'tuple': {
      if (answer.items.length === 1) return bracket('[', all(answer.items), ']')
      const isPlainPair = answer.items.length !== 2 || answer.mayBeInterval === true
      if (isPlainPair) return bracket('(', all(answer.items), ')')
      return isLatex ? bracket('\\langle ', all(answer.items), '\\rangle ') : `⟨${all(answer.items)}⟩`
    }
    case 'list': {
      const joint = rng.pick(isLatex ? [', ', '\\text{ and }', '\\text{ or }', ',\\ '] : [', ', ' and ', ' or '])
      return answer.items.map((item) => render(item, style)).join(joint)
    }
    case 'set':
      if (answer.items.length === 0) return isLatex ? rng.pick(['\\emptyset', '\\varnothing', '\\{\\}']) : '∅'
      if (isLatex) return bracket('\\{', all(answer.items), '\\}')
      return answer.items.length > 1 ? `{${all(answer.items)}}` : `\\{${all(answer.items)}\\}`
    case 'interval': {
      const ends = `${renderExpression(answer.low, style)}, ${renderExpression(answer.high, style)}`
      return bracket(answer.lowClosed ? '[' : '(', ends, answer.highClosed ? ']' : ')')
    }
    case 'set-operation': {
      const sign = isLatex
        ? { union: ' \\cup ', intersection: ' \\cap ', difference: ' \\setminus ' }
        : { union: ' ∪ ', intersection: ' ∩ ', difference: ' ∖ ' }
      return answer.parts
        .map((part) => (part.kind === 'set-operation' ? `(${render(part, style)})` : render(part, style)))
        .join(sign[answer.operator])
    }
    case 'named-set':
      return namedSets[answer.name][isLatex ? 0 : 1]
    case 'set-builder': {
      const mark = rng.pick(isLatex ? [' : ', ' \\mid ', ' | '] : [' : ', ' | '])
      return `\\{${answer.variable}${mark}${render(answer.condition, style)}\\}`
    }
    case 'relation':
      return `${render(answer.left, style)} ${renderSign(answer.sign, style)} ${render(answer.right, style)}`
    case 'chain':
      return answer.parts
        .map((part, i) => (i === 0 ? '' : ` ${renderSign(answer.signs[i - 1], style)} `) + render(part, style))
        .join('')
    case 'matrix': {
      const name = rng.pick(['pmatrix', 'bmatrix', 'Bmatrix'])
      const rows = answer.rows.map((row) => row.map((item) => render(item, style)).join(' & ')).join(' \\\\ ')
      return `\\begin{${name}} ${rows} \\end{${name}}`
    }
    case 'choice':
      return rng.pick(
        isLatex ? [`\\text{${answer.letter}}`, `\\textbf{(${answer.letter})}`] : [answer.letter, `(${answer.letter})`],
      )
    case 'ratio':
      return answer.parts.map((part) => render(part, style)).join(rng.pick([':', ' : ']))
    case 'text':
      return isLatex ? `\\text{${answer.text}}` : answer.text
    default:
      return answer satisfies never
  }
}

function renderWhole(answer: Extract<Answer, { kind: 'expression' }>, style: Style): string {
  const { expression, base } = answer
  const { rng, isLatex } = style
  if (base !== undefined && expression.kind === 'number') {
    const digits = expression.value.top.toString(base).toUpperCase()
    // B_{16} alone is a variable.
    return (/[0-9]/.test(digits) ? digits : `0${digits}`) + rng.pick([`_{${base}}`, `_${base}`])
  }
  if (answer.mixed && expression.kind === 'sum') {
    const [whole, part] = expression.terms
    if (part.kind === 'quotient') {
      const [top, bottom] = [renderExpression(part.top, style), renderExpression(part.bottom, style)]
      const shown = renderExpression(whole, style)
      return isLatex ? `${shown}${rng.pick(['\\frac', '\\dfrac'])}{${top}}{${bottom}}` : `${shown} ${top}/${bottom}`
    }
  }
  return renderExpression(expression, style)
}

const namedSets = {
  reals: ['\\mathbb{R}', 'ℝ'],
  integers: ['\\mathbb Z', 'ℤ'],
  naturals: ['\\mathbb{N}', 'ℕ'],
  rationals: ['\\mathbb{Q}', 'ℚ'],
  complex: ['\\mathbb{C}', 'ℂ'],
  primes: ['\\mathbb{P}', '\\mathbb P'],
} as const

const latexSigns: Readonly<Record<string, readonly string[]>> = {
  '=': ['='],
  '≠': ['\\ne', '\\neq'],
  '<': ['<', '\\lt'],
  '>': ['>', '\\gt'],
  '≤': ['\\le', '\\leq', '\\leqslant'],
  '≥': ['\\ge', '\\geq'],
  '≈': ['\\approx'],
  '∈': ['\\in'],
  '≡': ['\\equiv'],
}

function renderSign(sign: string, { rng, isLatex }: Style): string {
  if (isLatex) return rng.pick(latexSigns[sign])
  return rng.pick({ '≤': ['≤', '<='], '≥': ['≥', '>='], '≠': ['≠', '!='] }[sign] ?? [sign])
}
