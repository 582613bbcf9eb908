// The letters that a sum, a product or an integral binds, under names of their own: `\sum_{k=1}^n k` and `\sum_{i=1}^n i`
// are one text. For what the grammar leaves as text; only tokens of the same term, up to the next sum or relation, count.
import type { Token } from './token.ts'
import { isProductOfLetters } from './words.ts'

const mostSigns = 8

/** The new text of each token in `[from, to)` that holds a bound letter. Undefined when nothing is bound. */
export function boundLetters(tokens: readonly Token[], from: number, to: number): Map<number, string> | undefined {
  let renamed: Map<number, string> | undefined
  let signs = 0
  for (let at = from; at < to && signs < mostSigns; at++) {
    const { kind, text } = tokens[at]
    const isSeries = kind === 'command' && (text === 'sum' || text === 'prod')
    // Without bounds the letter is not bound: the integrals of x and of y over themselves are functions of x and of y.
    const isIntegral = kind === 'other' && text === '\\int' && tokens[at + 1]?.text === '_'
    if (!isSeries && !isIntegral) continue
    const end = isSeries ? termEnd(tokens, at, to) : differentialEnd(tokens, at, to)
    const letter = isSeries ? indexOf(tokens, at, to) : end > at ? tokens[end - 1].text[1] : undefined
    if (letter === undefined || end <= at) continue
    renamed ??= new Map()
    const name = `#${++signs}`
    // Its bounds are outside of what a letter is bound in, but for the k of k = 1.
    if (isSeries) renamed.set(at + 3, name)
    rename(tokens, scriptsEnd(tokens, at + 1, end), end, letter, name, renamed)
  }
  return renamed
}

/** The k of `\sum_{k=1}^{n}`. */
function indexOf(tokens: readonly Token[], at: number, to: number): string | undefined {
  const [mark, open, letter, equals] = tokens.slice(at + 1, Math.min(at + 5, to))
  if (mark?.text !== '_' || open?.text !== '{' || equals?.text !== '=') return undefined
  return letter.kind === 'word' && letter.text.length === 1 ? letter.text : undefined
}

/** Behind `_{…}` and `^{…}` or what stands there without braces. */
function scriptsEnd(tokens: readonly Token[], from: number, to: number): number {
  let at = from
  while (at < to && (tokens[at].text === '_' || tokens[at].text === '^')) {
    at++
    let depth = 0
    do {
      if (tokens[at]?.text === '{') depth++
      else if (tokens[at]?.text === '}') depth--
      at++
    } while (at < to && depth > 0)
  }
  return Math.min(at, to)
}

/** Behind the term that the sign at `at` begins: a plus, a minus or a relation outside brackets ends it. */
function termEnd(tokens: readonly Token[], at: number, to: number): number {
  let depth = 0
  for (let i = at + 1; i < to; i++) {
    const { kind, text } = tokens[i]
    if (kind === 'bracket') depth += '([{\\{⟨⌊⌈|('.includes(text) ? 1 : -1
    if (depth < 0) return i
    const isEnd = kind === 'relation' || kind === 'separator' || (kind === 'operator' && /^[-+±]$/.test(text))
    if (depth === 0 && isEnd && tokens[i - 1].text !== '^' && i > at + 1) return i
  }
  return to
}

/** Behind the first `dx`; `at` when there is none. */
function differentialEnd(tokens: readonly Token[], at: number, to: number): number {
  for (let i = at + 1; i < to; i++) {
    if (tokens[i].kind === 'word' && /^d[a-z]$/.test(tokens[i].text)) return i + 1
  }
  return at
}

function rename(
  tokens: readonly Token[],
  from: number,
  to: number,
  letter: string,
  name: string,
  renamed: Map<number, string>,
): void {
  for (let at = from; at < to; at++) {
    const { kind, text, inText } = tokens[at]
    if (kind !== 'word' || inText || !text.includes(letter)) continue
    // A capital stays for read-text.ts, which tells it from a small letter.
    const isProduct = text.length === 1 || (text === text.toLowerCase() && isProductOfLetters(text, inText))
    if (isProduct) renamed.set(at, (renamed.get(at) ?? text).replaceAll(letter, name))
  }
}
