// Where the argument of a function without brackets ends, though a factor could follow. In `\sin x\,e^{-t}` it is x, in
// `\sin 2\pi\,x` and `\cos\omega\,t` the space parts nothing: an argument that has its variable is complete, and what
// stands behind a space is another factor. A power of e is one even without the space.
import type { Cursor } from './cursor.ts'
import type { Token } from './token.ts'

const logarithms = new Set(['ln', 'log', 'lg', 'exp'])
/** Letters that are seldom a coefficient of the variable behind them. */
const variables = /[t-z]/
const variableNames = new Set(['theta', 'phi', 'alpha', 'beta', 'gamma', 'psi'])

/** Whether the argument of `name` that began at `from` ends before the factor at the cursor. */
export function endsArgument(c: Cursor, name: string, from: number): boolean {
  const token = c.tokens[c.at]
  if (isPowerOfE(c, token)) return c.letter > 0 || hasLetter(c.tokens, from, c.at)
  if (token.isParted !== true || c.letter > 0) return false
  return logarithms.has(name) || hasVariable(c.tokens, from, c.at)
}

function isPowerOfE(c: Cursor, { kind, text }: Token): boolean {
  if (kind !== 'word' || c.letter !== text.length - 1 || text[c.letter] !== 'e') return false
  return c.at + 1 < c.end && c.tokens[c.at + 1].text === '^'
}

function hasLetter(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (tokens[at].kind === 'word' || tokens[at].kind === 'name') return true
  return false
}

/** Whether a variable or an angle in degrees is in `[from, to)`. */
function hasVariable(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const { kind, text } = tokens[at]
    if (kind === 'degree' || (kind === 'name' && variableNames.has(text))) return true
    if (kind === 'word' && (variables.test(text) || variableNames.has(text))) return true
  }
  return false
}
