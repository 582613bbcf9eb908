// Statements whose sides may change places: `AB \parallel CD` is `CD \parallel AB`. They are no mathematics that is computed;
// as text their sides stand in one order.
import { placesAtTop } from './brackets.ts'
import { textOf } from './read-text.ts'
import type { Token } from './token.ts'

const signs = new Set(['\\parallel', '\\perp', '\\cong', '\\sim'])

/** The text when one such sign parts the tokens; undefined otherwise. */
export function symmetricText(tokens: readonly Token[], match: Int32Array): string | undefined {
  const places = placesAtTop(tokens, match, 0, tokens.length, ({ kind, text }) => kind === 'other' && signs.has(text))
  if (places.length !== 1) return undefined
  const [at] = places
  const isPart = ({ kind }: Token): boolean => kind === 'separator' || kind === 'relation'
  if (placesAtTop(tokens, match, 0, tokens.length, isPart).length > 0) return undefined
  const sides = [textOf(tokens, 0, at), textOf(tokens, at + 1, tokens.length)].map((side) => side.trim())
  return sides.includes('') ? undefined : sides.sort().join(` ${tokens[at].text} `)
}
