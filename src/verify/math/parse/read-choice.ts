// Letters of multiple choice: `A`, `(B)`, `C.`, `\textbf{(D)}\ 5`, `option E`. Of a choice with its text the letter is
// kept.
import type { Answer } from '../answer.ts'
import type { Token } from './token.ts'

const nouns = new Set(['option', 'choice', 'answer'])

/** The choice when `[from, to)` is one; undefined otherwise. */
export function readChoice(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  const first = tokens[from]
  let at = from
  if (first?.kind === 'word' && nouns.has(first.text.toLowerCase())) at++
  const isNamed = at > from
  const isOpen = tokens[at]?.text === '('
  if (isOpen) at++
  if (at >= to) return undefined
  const { kind, text } = tokens[at]
  const isLetter = kind === 'word' && (isOpen ? /^[A-Ja-h]$/ : /^[A-J]$/).test(text)
  if (!isLetter) return undefined
  const choice: Answer = { kind: 'choice', letter: text.toUpperCase() }
  const end = at + 1
  if (isOpen) return tokens[end]?.text === ')' && end < to && endsChoice(tokens, end + 1, to) ? choice : undefined
  if (end >= to) return choice
  const mark = tokens[end]
  if (mark.isSpaced || ![')', '.', ':'].includes(mark.text)) return isNamed && mark.kind === 'stop' ? choice : undefined
  const rest = end + 1
  if (rest >= to) return mark.text === ':' ? undefined : choice
  return tokens[rest].isSpaced && endsChoice(tokens, rest, to) ? choice : undefined
}

/** The choice when `[from, to)` is a letter without the text of its choice, as in a list of them. */
export function readBareChoice(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  return to - from <= 3 ? readChoice(tokens, from, to) : undefined
}

/** Nothing follows, or the text of the choice: not an operator that would make the letter a variable. */
function endsChoice(tokens: readonly Token[], at: number, to: number): boolean {
  if (at >= to || tokens[at].kind === 'stop') return true
  const { kind, text, isSpaced } = tokens[at]
  if (kind === 'colon') return true
  if (kind === 'operator' || kind === 'relation' || kind === 'separator' || kind === 'set-operator') return false
  if (kind === 'bracket' && text === '(' && /^[A-J]$/.test(tokens[at + 1]?.text ?? '')) return false
  return isSpaced && !(kind === 'word' && ['and', 'or'].includes(text.toLowerCase()))
}
