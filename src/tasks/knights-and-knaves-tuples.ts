// Reads nested tuples of words and whole numbers as Python writes them: `(('not', ('lying', 1)), ('lying', 0))`.
// A small recursive parser with limits on length and depth; it evaluates nothing and never throws. It does not know what
// the tuples mean.

/** What a tuple holds. */
export type TupleItem = string | number | readonly TupleItem[]

/** A tuple, or why the text is none. */
export type TupleReading = { readonly tuple: readonly TupleItem[] } | { readonly problem: string }

const maxLength = 2000
const maxDepth = 12
// Sticky and bounded: each matches at one place, in one way.
const word = /'([^'"\\\n]{0,32})'|"([^'"\\\n]{0,32})"/y
const wholeNumber = /0|[1-9][0-9]{0,3}/y

/** The tuple that the whole text is. */
export function readTuple(text: string): TupleReading {
  if (text.length > maxLength) return { problem: `longer than ${maxLength} characters` }
  let at = 0
  let problem: string | undefined

  const fail = (what: string): undefined => {
    problem ??= `${what} at character ${at + 1}`
    return undefined
  }
  const unexpected = (): undefined =>
    fail(at < text.length ? `unexpected ${JSON.stringify(text[at])}` : 'it ends too early')
  const skipSpaces = (): void => {
    while (text[at] === ' ') at++
  }
  const accept = (char: string): boolean => {
    skipSpaces()
    if (text[at] !== char) return false
    at++
    return true
  }
  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found === null) return undefined
    at = pattern.lastIndex
    return found
  }
  const item = (depth: number): TupleItem | undefined => {
    skipSpaces()
    if (text[at] === '(') return tuple(depth + 1)
    const quoted = match(word)
    if (quoted !== undefined) return quoted[1] ?? quoted[2]
    const digits = match(wholeNumber)
    return digits === undefined ? unexpected() : Number(digits[0])
  }
  const tuple = (depth: number): readonly TupleItem[] | undefined => {
    if (depth > maxDepth) return fail(`more than ${maxDepth} tuples deep`)
    if (!accept('(')) return unexpected()
    const items: TupleItem[] = []
    let isSeparated = true
    while (!accept(')')) {
      if (!isSeparated) return unexpected()
      const next = item(depth)
      if (next === undefined) return undefined
      items.push(next)
      isSeparated = accept(',')
      // Without its comma, `('lying')` is a word in parentheses.
      if (!isSeparated && items.length === 1 && at < text.length) return fail('a "," is missing')
    }
    return items
  }

  const found = tuple(1)
  skipSpaces()
  if (found !== undefined && at < text.length) unexpected()
  return found === undefined || problem !== undefined ? { problem: problem ?? 'no tuple' } : { tuple: found }
}
