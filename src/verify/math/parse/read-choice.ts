// Letters of multiple choice: `A`, `(B)`, `C.`, `option E`. A letter with the text of its choice behind it is read as a
// label, see read-labelled.ts.
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
  const isClosed = at + 2 === to && tokens[at + 1].text === ')'
  const isLetter = kind === 'word' && (isOpen || isClosed ? /^[A-Ja-h]$/ : /^[A-J]$/).test(text)
  if (!isLetter) return undefined
  const choice: Answer = { kind: 'choice', letter: text.toUpperCase() }
  const end = at + 1
  if (isOpen) return tokens[end]?.text === ')' && end < to && endsChoice(tokens, end + 1, to) ? choice : undefined
  if (end >= to) return choice
  const mark = tokens[end]
  if (mark.isSpaced || ![')', '.', ':'].includes(mark.text)) return isNamed && mark.kind === 'stop' ? choice : undefined
  const rest = end + 1
  if (rest >= to) return mark.text === ':' ? undefined : choice
  return mark.text !== ':' && endsChoice(tokens, rest, to) ? choice : undefined
}

/** `(A)(B)` and `(A) (C)`: the choices when capitals in brackets are all that stands in `[from, to)`; undefined otherwise. */
export function readChoiceRow(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  const count = (to - from) / 3
  if (count < 2 || count > 10 || !Number.isInteger(count)) return undefined
  const items: Answer[] = []
  for (let at = from; at < to; at += 3) {
    const [open, letter, close] = tokens.slice(at, at + 3)
    if (open.text !== '(' || close.text !== ')' || letter.kind !== 'word' || !/^[A-J]$/.test(letter.text))
      return undefined
    items.push({ kind: 'choice', letter: letter.text })
  }
  return { kind: 'list', items }
}

/** The choice when `[from, to)` is a letter without the text of its choice, as in a list of them. */
export function readBareChoice(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  return to - from <= 3 ? readChoice(tokens, from, to) : undefined
}

/** Nothing follows but a stop. */
function endsChoice(tokens: readonly Token[], at: number, to: number): boolean {
  for (let i = at; i < to; i++) if (tokens[i].kind !== 'stop') return false
  return true
}
