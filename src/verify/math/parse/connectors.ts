// "And" and "or" of other languages, and `&` between answers, as the English words that join a list; "triangle ABC" as its
// sign. Words of one letter are variables in formulas: they join in text of their own, between words or numbers, or
// before another equation.
import { isAnswerWord } from './phrases.ts'
import type { Token } from './token.ts'
import { isMathWord, isProductOfLetters } from './words.ts'

const connectors: ReadonlyMap<string, 'and' | 'or'> = new Map([
  ['und', 'and'],
  ['oder', 'or'],
  ['et', 'and'],
  ['ou', 'or'],
  ['y', 'and'],
  ['e', 'and'],
  ['o', 'or'],
])
const longest = 4

/** The tokens with connectors in English. */
export function translateConnectors(tokens: readonly Token[]): readonly Token[] {
  if (tokens.length === 2) return triangle(tokens[0], tokens[1]) ?? tokens
  let changed: Token[] | undefined
  let hasMatrix: boolean | undefined
  for (let at = 1; at < tokens.length - 1; at++) {
    const { kind, text } = tokens[at]
    const isWord = kind === 'word' && text.length <= longest
    const isJoint = kind === 'cell' && tokens[at].isSpaced && tokens[at + 1].isSpaced
    // In a matrix the sign parts cells.
    if (isJoint) hasMatrix ??= tokens.some((token) => token.kind === 'begin')
    const meaning = isWord ? connectorAt(tokens, at) : isJoint && !hasMatrix ? 'and' : undefined
    if (meaning === undefined) continue
    changed ??= [...tokens]
    changed[at] = { ...tokens[at], kind: 'word', text: meaning, inText: true }
  }
  return changed ?? tokens
}

/** "triangle ABC" as its sign, behind which capitals count. */
function triangle(word: Token, name: Token): readonly Token[] | undefined {
  if (word.kind !== 'word' || word.text.toLowerCase() !== 'triangle' || !/^[A-Z]{3}$/.test(name.text)) return undefined
  return [
    { ...word, kind: 'other', text: '\\triangle' },
    { ...name, inText: false },
  ]
}

function connectorAt(tokens: readonly Token[], at: number): 'and' | 'or' | undefined {
  const { text, isSpaced, inText } = tokens[at]
  const meaning = connectors.get(text)
  const next = tokens[at + 1]
  if (meaning === undefined || !endsValue(tokens[at - 1]) || !startsValue(next)) return undefined
  if (text.length > 2) return meaning
  if (!isSpaced || !next.isSpaced) return undefined
  if (text.length > 1 || (inText && !tokens[at - 1].inText && !next.inText)) return meaning
  if (isPlainWord(tokens[at - 1]) && isPlainWord(next)) return meaning
  if (tokens[at - 1].kind !== 'number') return undefined
  const isNumber = next.kind === 'number' || (next.text === '-' && tokens[at + 2]?.kind === 'number')
  return isNumber || (tokens[at + 2]?.kind === 'relation' && hasRelation(tokens, at)) ? meaning : undefined
}

const english = new Set(
  'a an the of axis axes intercept intercepts coordinate coordinates value values direction plane component'.split(' '),
)

/** "rojo y negro"; "if y is even" and "the y axis" speak of a variable. */
function isPlainWord({ kind, text, inText }: Token): boolean {
  if (kind !== 'word' || text.length < 2 || isMathWord(text) || isProductOfLetters(text, inText)) return false
  const word = text.toLowerCase()
  return !english.has(word) && !isAnswerWord(word)
}

function endsValue({ kind, text }: Token): boolean {
  if (kind === 'word' && isAnswerWord(text.toLowerCase())) return false
  return (
    (kind !== 'operator' || text === '!' || text === "'") && !['relation', 'separator', 'begin', 'cell'].includes(kind)
  )
}

function startsValue({ kind, text }: Token): boolean {
  if (kind === 'operator') return text === '-' || text === '±'
  if (kind === 'word' && isAnswerWord(text.toLowerCase())) return false
  return !['relation', 'separator', 'end', 'cell', 'row', 'stop'].includes(kind)
}

function hasRelation(tokens: readonly Token[], to: number): boolean {
  for (let at = Math.max(0, to - 20); at < to; at++) if (tokens[at].kind === 'relation') return true
  return false
}
