// Environments that only lay out lines, `aligned` and the like: their lines are answers of their own, so begin, end and
// the marks of columns go. `cases` is a system of equations unless it has columns; then it is a function by cases.
import type { Token } from './token.ts'

const layouts = new Set([
  'aligned',
  'align',
  'align*',
  'gathered',
  'gather',
  'gather*',
  'split',
  'equation',
  'equation*',
])

/** The tokens without layout around them. */
export function unwrapLines(tokens: readonly Token[]): readonly Token[] {
  const first = tokens[0]
  if (first?.kind !== 'begin') return tokens
  const isCases = first.text === 'cases'
  if (!isCases && !layouts.has(first.text)) return tokens
  const last = tokens.at(-1)
  const others = tokens.filter((token, at) => at > 0 && token.kind === 'begin')
  if (others.length > 0 || last?.kind !== 'end' || last.text !== first.text) return tokens
  if (isCases && tokens.some((token) => token.kind === 'cell')) return tokens
  return tokens.slice(1, -1).filter((token) => token.kind !== 'cell')
}
