// LaTeX commands to tokens or effects: fonts, sides of brackets, environments, arguments that are dropped.
import { blackboardSets, commandMeanings, type Meaning } from './commands.ts'
import { isSegment, lexAccent, lexAngle } from './lex-accent.ts'
import { isLetter, type Lexer, push, skipSpaces } from './lexer-state.ts'
import type { Token } from './token.ts'

/** Reads the command whose backslash is at the lexer. */
export function lexCommand(l: Lexer): void {
  const name = commandName(l.source, l.at + 1)
  const length = name.length + 1
  const meaning = commandMeanings.get(name)
  if (name === 'not' && l.source[l.at + 4] === '=') {
    push(l, 'relation', '≠', 5)
    return
  }
  if (lexAccent(l, name, l.at + length)) return
  if (name === 'overline' && isSegment(l.source, l.at + length)) {
    l.at += length
    skipSpaces(l)
    l.awaitsSilent = true
    return
  }
  if (meaning === undefined) {
    push(l, 'other', `\\${name}`, length)
    return
  }
  if (meaning.as === 'token') {
    if (meaning.text === '\\{') l.frames.push({ kind: 'list', wasText: l.inText })
    else if (meaning.text === '\\}' && l.frames.at(-1)?.kind === 'list') l.frames.pop()
    push(l, meaning.kind, meaning.text, length)
    if (name === 'times') l.tokens.push({ ...(l.tokens.pop() as Token), isCross: true })
    return
  }
  if (meaning.as === 'angle') {
    lexAngle(l, l.at + length)
    return
  }
  l.at += length
  lexEffect(l, meaning)
}

/** What a command without a token of its own does to what follows. */
function lexEffect(l: Lexer, meaning: Exclude<Meaning, { as: 'token' } | { as: 'angle' }>): void {
  switch (meaning.as) {
    case 'space':
      l.isSpaced = true
      l.isParted = true
      return
    case 'nothing':
      return
    case 'drop-argument':
      dropArgument(l, '{', '}')
      l.awaitsArgument = true
      return
    case 'group':
      l.awaitsSilent = true
      return
    case 'text':
      skipSpaces(l)
      l.awaitsText = true
      return
    case 'left':
    case 'right':
      lexSide(l, meaning.as)
      return
    case 'begin':
    case 'end':
      lexEnvironment(l, meaning.as)
      return
    case 'blackboard':
      lexBlackboard(l)
      return
    default:
      meaning satisfies never
  }
}

/** `\left.` leaves nothing, `\left|` a bar with a side, `\left<` an angle; other brackets speak for themselves. */
function lexSide(l: Lexer, side: 'left' | 'right'): void {
  skipSpaces(l)
  const next = l.source[l.at]
  if (next === '.') l.at++
  else if (next === '|') push(l, 'bracket', side === 'left' ? '|(' : '|)', 1)
  else if (l.source.startsWith('\\|', l.at)) push(l, 'bracket', side === 'left' ? '|(' : '|)', 2)
  else if (l.source.startsWith('\\vert', l.at)) push(l, 'bracket', side === 'left' ? '|(' : '|)', 5)
  else if (next === '<') push(l, 'bracket', '⟨', 1)
  else if (next === '>') push(l, 'bracket', '⟩', 1)
}

function lexEnvironment(l: Lexer, kind: 'begin' | 'end'): void {
  skipSpaces(l)
  const close = l.source[l.at] === '{' ? l.source.indexOf('}', l.at) : -1
  if (close < 0 || close - l.at > 20) {
    push(l, 'other', `\\${kind}`, 0)
    return
  }
  const name = l.source.slice(l.at + 1, close)
  push(l, kind, name, close + 1 - l.at)
  if (kind === 'end' || (name !== 'array' && name !== 'tabular')) return
  dropArgument(l, '[', ']')
  dropArgument(l, '{', '}')
}

function lexBlackboard(l: Lexer): void {
  skipSpaces(l)
  const isBraced = l.source[l.at] === '{'
  const letter = l.source[isBraced ? l.at + 1 : l.at] ?? ''
  const isClosed = !isBraced || l.source[l.at + 2] === '}'
  const set = isClosed ? blackboardSets.get(letter) : undefined
  if (set === undefined) {
    push(l, 'other', '\\mathbb', 0)
    return
  }
  push(l, 'set', set, isBraced ? 3 : 1)
}

/** Skips one balanced argument, if one stands here. */
function dropArgument(l: Lexer, open: string, close: string): void {
  const from = l.at
  skipSpaces(l)
  if (l.source[l.at] !== open) {
    l.at = from
    return
  }
  let depth = 0
  while (l.at < l.source.length) {
    const char = l.source[l.at++]
    if (char === open) depth++
    else if (char === close && --depth === 0) return
  }
}

/** The name of a command: a run of letters and perhaps a star, or one sign. */
function commandName(source: string, from: number): string {
  let end = from
  while (isLetter(source.charCodeAt(end))) end++
  if (end === from) return source.slice(from, from + 1)
  const starred = source.slice(from, end + 1)
  return source[end] === '*' && commandMeanings.has(starred) ? starred : source.slice(from, end)
}
