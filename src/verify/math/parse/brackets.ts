// Which bracket closes which, found once for all tokens. Round and square ones may close each other, since an interval
// is written so; `]0, 1[` is an interval too. What has no partner is left without one.
import type { Token } from './token.ts'

const partners: Readonly<Record<string, readonly string[]>> = {
  '(': [')', ']'],
  '[': [']', ')'],
  '{': ['}'],
  '\\{': ['\\}'],
  '⟨': ['⟩'],
  '⌊': ['⌋'],
  '⌈': ['⌉'],
  '|(': ['|)'],
}

/** The index of each token's partner, -1 for none; an opening token is the one whose partner is behind it. */
export function matchBrackets(tokens: readonly Token[]): Int32Array {
  const match = new Int32Array(tokens.length).fill(-1)
  const open: number[] = []
  const closers: string[][] = []
  let braces = 0
  const begin = (at: number, closing: readonly string[]): void => {
    open.push(at)
    closers.push(closing as string[])
  }
  const close = (at: number): void => {
    const from = open.pop() as number
    closers.pop()
    match[from] = at
    match[at] = from
  }
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text } = tokens[at]
    if (kind === 'begin') begin(at, [`\\end${text}`])
    else if (kind === 'end') {
      if (closers.at(-1)?.includes(`\\end${text}`)) close(at)
    } else if (kind === 'bracket') {
      const isFrench = (text === ']' || text === '[') && isTurned(tokens, at, text, closers.at(-1))
      if (text === '}' && braces > 0) {
        // A brace ends whatever was left open inside it.
        while (closers.at(-1)?.[0] !== '}') {
          open.pop()
          closers.pop()
        }
        braces--
        close(at)
      } else if (isFrench && text === ']') begin(at, ['[', ']', ')'])
      else if (isFrench) close(at)
      else if (partners[text] !== undefined) {
        if (text === '{') braces++
        begin(at, text === '[' || text === '(' ? [...partners[text], '['] : partners[text])
      } else if (closers.at(-1)?.includes(text)) close(at)
    }
  }
  return match
}

/** Whether a square bracket is turned outwards: `]` where a value begins, `[` where one ends and nothing follows. */
function isTurned(tokens: readonly Token[], at: number, text: string, closing: readonly string[] | undefined): boolean {
  const before = tokens[at - 1]
  if (text === ']') return before === undefined || startsValue(before)
  if (before === undefined || startsValue(before) || !closing?.includes('[')) return false
  const after = tokens[at + 1]
  return after === undefined || after.kind === 'set-operator' || after.kind === 'separator' || after.kind === 'stop'
}

function startsValue(before: Token): boolean {
  return before.kind === 'set-operator' || before.kind === 'relation' || before.kind === 'separator'
}

/** The places in `[from, to)` outside all brackets where `isPlace` holds. */
export function placesAtTop(
  tokens: readonly Token[],
  match: Int32Array,
  from: number,
  to: number,
  isPlace: (token: Token, at: number) => boolean,
): number[] {
  const places: number[] = []
  for (let at = from; at < to; at++) {
    if (match[at] > at && match[at] < to) at = match[at]
    else if (isPlace(tokens[at], at)) places.push(at)
  }
  return places
}
