// Text to tokens, in one pass from left to right without recursion. Braces that belong to a font or text command leave
// no token, so `\text{ cm}^2` and `cm^2` read alike. Knows no grammar beyond what decides where a token ends.
import { limits } from '../limits.ts'
import { lexCommand } from './lex-command.ts'
import { isDigit, lexNumber, type NumberLexeme } from './lex-number.ts'
import { isLetter, type Lexer, push } from './lexer-state.ts'
import type { Token, TokenKind } from './token.ts'
import { Unreadable } from './unreadable.ts'

const plainTokens: ReadonlyMap<string, readonly [TokenKind, string]> = new Map([
  ['+/-', ['operator', '±']],
  ['...', ['dots', '...']],
  ['..', ['dots', '...']],
  ['**', ['operator', '^']],
  ['<=', ['relation', '≤']],
  ['>=', ['relation', '≥']],
  ['!=', ['relation', '≠']],
  ['==', ['relation', '=']],
  [':=', ['relation', '=']],
  ['->', ['other', '->']],
  ['//', ['other', '\\parallel']],
  ['+', ['operator', '+']],
  ['-', ['operator', '-']],
  ['*', ['operator', '*']],
  ['/', ['operator', '/']],
  ['^', ['operator', '^']],
  ['_', ['operator', '_']],
  ['!', ['operator', '!']],
  ["'", ['operator', "'"]],
  ['=', ['relation', '=']],
  ['<', ['relation', '<']],
  ['>', ['relation', '>']],
  ['|', ['bar', '|']],
  [',', ['separator', ',']],
  ['∧', ['separator', 'and']],
  ['∨', ['separator', 'or']],
  [';', ['separator', ';']],
  [':', ['colon', ':']],
  ['%', ['percent', '%']],
  ['$', ['money', '$']],
  ['£', ['money', '£']],
  ['€', ['money', '€']],
  ['¥', ['money', '¥']],
  ['₹', ['money', '₹']],
  ['¢', ['money', 'cent']],
  ['&', ['cell', '&']],
  ['.', ['stop', '.']],
])

/** Splits `source` into tokens; throws {@link Unreadable} beyond the limit. */
export function lex(source: string): Token[] {
  const l: Lexer = {
    source,
    at: 0,
    tokens: [],
    frames: [],
    isSpaced: false,
    isParted: false,
    inText: false,
    awaitsArgument: false,
    awaitsText: false,
    awaitsSilent: false,
  }
  while (l.at < source.length) {
    step(l)
    if (l.tokens.length > limits.tokens || l.frames.length > limits.tokens) throw new Unreadable('too many parts', true)
  }
  return l.tokens
}

function step(l: Lexer): void {
  const { source, at } = l
  const code = source.charCodeAt(at)
  if (code <= 32 || code === 0x7e || code === 0xa0) {
    l.isSpaced = true
    if (code === 0x7e) l.isParted = true
    l.at++
    return
  }
  if (l.awaitsText && source[at] !== '{' && source[at] !== '\\') {
    lexBareText(l)
    return
  }
  if (isDigit(source, at) || (code === 46 && isDigit(source, at + 1))) {
    const { text, end } = isBareArgument(l) ? bareDigit(source, at) : lexNumber(source, at, forbidsComma(l))
    push(l, 'number', text, end - at)
  } else if (isLetter(code)) {
    const end = wordEnd(l, at)
    // A backslash that was lost on the way: frac{1}{2}.
    const isFraction = source[end] === '{' && !l.inText && /^[dt]?frac$/.test(source.slice(at, end))
    push(l, isFraction ? 'command' : 'word', isFraction ? 'frac' : source.slice(at, end), end - at)
  } else if (code === 92) {
    lexCommand(l)
  } else if (code === 123) {
    openBrace(l)
  } else if (code === 125) {
    closeBrace(l)
  } else if (code === 40 || code === 91) {
    l.frames.push({ kind: 'list', wasText: l.inText })
    push(l, 'bracket', source[at], 1)
  } else if (code === 41 || code === 93) {
    if (l.frames.at(-1)?.kind === 'list') l.frames.pop()
    push(l, 'bracket', source[at], 1)
  } else {
    lexSign(l)
  }
}

function lexSign(l: Lexer): void {
  const { source, at } = l
  for (let length = 3; length > 0; length--) {
    const text = source.slice(at, at + length)
    const found = plainTokens.get(text)
    if (found === undefined || text.length !== length) continue
    // 5!=120 is a factorial.
    if (text === '!=' && l.tokens.at(-1)?.kind === 'number' && !l.isSpaced) continue
    // 5, 6, . . . goes on.
    if (found[0] === 'stop' && l.tokens.at(-1)?.kind === 'stop') push(l, 'dots', '...', length)
    else push(l, found[0], found[1], length)
    return
  }
  if (source[at] === '"' && isSecondsSign(l)) {
    push(l, 'operator', "'", 0)
    push(l, 'operator', "'", 1)
    return
  }
  if (source[at] === '"' || source[at] === '`') {
    l.at++
    l.isSpaced = true
    return
  }
  const length = (source.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  push(l, 'other', source.slice(at, at + length), length)
}

/** 60" are seconds or inches; in "60" the sign is a quotation mark that was opened before. */
function isSecondsSign(l: Lexer): boolean {
  const isBehindNumber = l.tokens.at(-1)?.kind === 'number' && !l.isSpaced
  return isBehindNumber && l.source.indexOf('"') === l.at
}

/**
 * `\frac12` is one half: a digit without braces is an argument of its own. `\sqrt13` is so for TeX as well, but who writes
 * it means the root of thirteen.
 */
function isBareArgument(l: Lexer): boolean {
  const last = l.tokens.at(-1)
  if (last?.kind === 'command') return last.text === 'frac' || last.text === 'binom'
  const command = l.tokens.at(-2)
  const takesTwo = command?.kind === 'command' && (command.text === 'frac' || command.text === 'binom')
  return takesTwo && last?.kind === 'number' && last.text.length === 1
}

function bareDigit(source: string, at: number): NumberLexeme {
  return { text: source[at], end: at + 1 }
}

/** Whether a comma at this place parts a list, whatever its digits. */
function forbidsComma(l: Lexer): boolean {
  if (l.frames.at(-1)?.kind === 'list') return true
  // 1,2,345: the comma before this number already parts a list.
  return l.tokens.at(-1)?.kind === 'separator' && !l.isSpaced
}

function wordEnd(l: Lexer, at: number): number {
  const { source } = l
  let end = at
  for (;;) {
    while (isLetter(source.charCodeAt(end))) end++
    // don't is one word; f'(x) and x'y' are not.
    const joins = source[end] === "'" && end - at > 1 && isLetter(source.charCodeAt(end + 1))
    if (!joins) return end
    end++
  }
}

/** `\text a` takes one character, `\mathbb` likewise. */
function lexBareText(l: Lexer): void {
  l.awaitsText = false
  const wasText = l.inText
  l.inText = true
  if (isLetter(l.source.charCodeAt(l.at))) push(l, 'word', l.source[l.at], 1)
  else step(l)
  l.inText = wasText
}

function openBrace(l: Lexer): void {
  const last = l.tokens.at(-1)
  // `\frac{1,000}{2}`: a brace right behind a brace is the next argument.
  const isArgument = l.awaitsArgument || (!l.isSpaced && (last?.text === '}' || last?.text === ']'))
  const kind = l.awaitsText || l.awaitsSilent ? 'silent' : isArgument ? 'group' : 'list'
  l.frames.push({ kind, wasText: l.inText })
  if (kind !== 'silent') {
    push(l, 'bracket', '{', 1)
    return
  }
  l.inText ||= l.awaitsText
  l.awaitsText = false
  l.awaitsSilent = false
  l.at++
}

function closeBrace(l: Lexer): void {
  // A bracket left open inside the braces ends with them.
  while (l.frames.length > 1 && l.source[l.at] === '}' && l.frames.at(-1)?.kind === 'list') {
    const below = l.frames.at(-2)
    if (below === undefined || below.kind === 'list') break
    l.frames.pop()
  }
  const frame = l.frames.pop()
  if (frame?.kind !== 'silent') {
    push(l, 'bracket', '}', 1)
    return
  }
  l.inText = frame.wasText
  l.at++
}
