// Letters with an accent or an arrow, and names of angles, as one token: a mean is not the variable, `\angle A` is not the
// point. `\vec{a}` and `\mathbf{a}` are the same vector; capitals in bold are points and choices and stay plain.
import { commandMeanings } from './commands.ts'
import { isDigit } from './lex-number.ts'
import { isLetter, type Lexer, push } from './lexer-state.ts'

const accents: ReadonlyMap<string, string> = new Map([
  ...['vec', 'overrightarrow', 'mathbf', 'boldsymbol', 'bm', 'pmb'].map((name) => [name, 'vec'] as const),
  ...['hat', 'widehat'].map((name) => [name, 'hat'] as const),
  ...['tilde', 'widetilde'].map((name) => [name, 'tilde'] as const),
  ...['bar', 'overline'].map((name) => [name, 'bar'] as const),
  ...['dot', 'ddot', 'mathring', 'check', 'breve'].map((name) => [name, name] as const),
])

const digitMarks = new Set(['hat', 'tilde', 'mathring', 'check', 'breve'])

function isOverDigit(source: string, from: number): boolean {
  let at = skipSpaces(source, from)
  if (source[at] === '{') at = skipSpaces(source, at + 1)
  return isDigit(source, at)
}

/** Reads the accent `name`, behind which the source goes on at `at`, when a single letter follows. */
export function lexAccent(l: Lexer, name: string, at: number): boolean {
  const accent = accents.get(name)
  if (accent === undefined || l.inText) return false
  const found = letterAt(l.source, at, 2)
  if (found === undefined) {
    if (!(digitMarks.has(accent) && isOverDigit(l.source, at))) return false
    // Over a digit it is anybody's guess what it means.
    push(l, 'other', `\\${name}`, at - l.at)
    return true
  }
  const { letter, end } = found
  const isSmall = letter.length === 1 && letter === letter.toLowerCase()
  const shown = accent === 'vec' ? found.accent : accent
  // Over z, w and i a line is the conjugate, which the grammar reads.
  if ((shown === 'vec' && !isSmall) || (shown === 'bar' && 'zwi'.includes(letter))) return false
  push(l, 'name', `${shown}(${letter})`, end - l.at)
  return true
}

interface AccentedLetter {
  readonly letter: string
  /** The accent inside, `vec` when there is none. */
  readonly accent: string
  readonly end: number
}

/** One letter, in braces or not, perhaps with an accent of its own. */
function letterAt(source: string, from: number, depth: number): AccentedLetter | undefined {
  let at = skipSpaces(source, from)
  const isBraced = source[at] === '{'
  if (isBraced) at = skipSpaces(source, at + 1)
  const found = bareLetter(source, at, depth)
  if (found === undefined || !isBraced) return found
  const end = skipSpaces(source, found.end)
  return source[end] === '}' ? { ...found, end: end + 1 } : undefined
}

function bareLetter(source: string, at: number, depth: number): AccentedLetter | undefined {
  if (isLetter(source.charCodeAt(at))) return { letter: source[at], accent: 'vec', end: at + 1 }
  if (source[at] !== '\\') return undefined
  let end = at + 1
  while (isLetter(source.charCodeAt(end))) end++
  const name = source.slice(at + 1, end)
  if (name === 'imath' || name === 'jmath') return { letter: name[0], accent: 'vec', end }
  const inner = accents.get(name)
  const found = inner !== undefined && depth > 0 ? letterAt(source, end, depth - 1) : undefined
  if (found !== undefined && inner !== undefined) return inner === 'vec' ? found : { ...found, accent: inner }
  const meaning = commandMeanings.get(name)
  return meaning?.as === 'token' && meaning.kind === 'name' ? { letter: meaning.text, accent: 'vec', end } : undefined
}

function skipSpaces(source: string, from: number): number {
  let at = from
  while (source[at] === ' ') at++
  return at
}

const segment = /\s{0,3}\{\s{0,3}[A-Z]{2}\s{0,3}\}/y

/** Whether the line at `at` is over two points: the segment between them is named by them alone. */
export function isSegment(source: string, at: number): boolean {
  segment.lastIndex = at
  return segment.test(source)
}

const angle =
  /\s{0,3}(?:\{\s{0,3}([A-Z]{1,3}|[a-z]|\d{1,2})\s{0,3}\}|([A-Z]{1,3}|[a-z](?![a-z])|\d{1,2})|\\([a-z]{2,7})(?![a-z]))/y

/** `\angle ABC` and `m\angle ABC` as a name; what else follows leaves the sign alone. */
export function lexAngle(l: Lexer, at: number): void {
  angle.lastIndex = at
  const match = angle.exec(l.source)
  const greek = match?.[3] === undefined ? undefined : commandMeanings.get(match[3])
  const isName = match !== null && (match[3] === undefined || (greek?.as === 'token' && greek.kind === 'name'))
  if (!isName) {
    push(l, 'other', '∠', at - l.at)
    return
  }
  const before = l.tokens.at(-1)
  if (before?.kind === 'word' && before.text === 'm') l.tokens.pop()
  const points = match[1] ?? match[2] ?? match[3]
  // Angle ABC is angle CBA.
  const isTurned = /^[A-Z]{3}$/.test(points) && points[0] > points[2]
  push(l, 'name', `∠${isTurned ? points[2] + points[1] + points[0] : points}`, match[0].length + at - l.at)
}
