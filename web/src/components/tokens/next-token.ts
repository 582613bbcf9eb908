// Where the focus goes from a token: left and right in the order of the text, up and down by what stands on the screen,
// Home and End to the ends. Tokens are found by their class; nothing is remembered.

/** The token that a key leads to; undefined where the key leads nowhere. */
export function nextToken(from: HTMLElement, key: string): HTMLElement | undefined {
  const tokens = [...(from.closest('.tokens-strip')?.querySelectorAll<HTMLElement>('.token') ?? [])]
  const at = tokens.indexOf(from)
  switch (key) {
    case 'ArrowLeft':
      return tokens[at - 1]
    case 'ArrowRight':
      return tokens[at + 1]
    case 'Home':
      return tokens[0]
    case 'End':
      return tokens.at(-1)
    case 'ArrowUp':
      return onNextLine(tokens, at, -1)
    case 'ArrowDown':
      return onNextLine(tokens, at, 1)
    default:
      return undefined
  }
}

/** The token of the line above or below that is nearest to the left edge of this one. Only two lines are measured. */
function onNextLine(tokens: readonly HTMLElement[], at: number, step: 1 | -1): HTMLElement | undefined {
  const edge = (token: HTMLElement): DOMRect => token.getClientRects()[0] ?? token.getBoundingClientRect()
  const start = edge(tokens[at])
  let line: number | undefined
  let nearest: HTMLElement | undefined
  let distance = Number.POSITIVE_INFINITY
  for (let i = at + step; i >= 0 && i < tokens.length; i += step) {
    const { top, left } = edge(tokens[i])
    // Tokens of a line differ a little in height where a sign is smaller.
    const isHere = (y: number): boolean => Math.abs(top - y) < start.height / 2
    if (isHere(start.top)) continue
    line ??= top
    if (!isHere(line)) break
    if (Math.abs(left - start.left) < distance) {
      distance = Math.abs(left - start.left)
      nearest = tokens[i]
    }
  }
  return nearest
}
