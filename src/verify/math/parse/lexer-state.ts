// The state of the tokenizer between two characters, and the one way to add a token.
import type { Token, TokenKind } from './token.ts'

/** An open brace or bracket: what its commas mean, whether its brace leaves a token, what closing it restores. */
export interface Frame {
  readonly kind: 'silent' | 'group' | 'list'
  readonly wasText: boolean
}

export interface Lexer {
  readonly source: string
  at: number
  readonly tokens: Token[]
  readonly frames: Frame[]
  isSpaced: boolean
  /** The space before the next token is a command. */
  isParted: boolean
  inText: boolean
  /** The next brace opens the argument of a command, not a list. */
  awaitsArgument: boolean
  /** The next brace opens text. */
  awaitsText: boolean
  /** The next brace is the decoration's and leaves no token. */
  awaitsSilent: boolean
}

/** Adds a token and moves on behind it. */
export function push(l: Lexer, kind: TokenKind, text: string, length: number): void {
  const token: Token = { kind, text, isSpaced: l.isSpaced, inText: l.inText }
  l.tokens.push(l.isParted ? { ...token, isParted: true } : token)
  l.isSpaced = false
  l.isParted = false
  l.awaitsSilent = false
  l.at += length
  l.awaitsArgument = kind === 'command' || text === '^' || text === '_' || kind === 'function'
}

export function skipSpaces(l: Lexer): void {
  while (l.source.charCodeAt(l.at) <= 32) l.at++
}

export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}
