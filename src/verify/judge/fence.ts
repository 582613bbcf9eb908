// Keeps foreign text apart from a judge's instructions: each text stands between two lines with a word drawn for this
// question alone, which the text does not hold. What a judge copies from there is cut out before its verdict is read.
// Knows nothing of verdicts beyond their marks. It cannot stop a text from persuading the judge: measure that.
import type { Rng } from '../../base/rng.ts'
import type { Vocab } from '../../contracts/index.ts'
import { withoutMarks } from './read-verdict.ts'

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']

/** 26^12, about 2^56 words. */
const WORD_LETTERS = 12

/** A word that stands in none of the texts. */
export function drawFenceWord(rng: Rng, texts: readonly string[]): string {
  for (;;) {
    const word = Array.from({ length: WORD_LETTERS }, () => rng.pick(LETTERS)).join('')
    if (!texts.some((text) => text.includes(word))) return word
  }
}

/** A text between its lines; verdict marks and names of special tokens in it are made harmless. */
export function fence(label: string, word: string, text: string, specials: readonly string[]): string {
  return `${openLine(label, word)}\n${withoutSpecials(withoutMarks(text), specials)}\n${closeLine(label, word)}`
}

/** What is left of a judge's text without what it copied from fences; a copy that does not end goes to the end. */
export function withoutFenced(text: string, word: string, labels: readonly string[]): string {
  let left = text
  for (const label of labels) left = cutBetween(left, openLine(label, word), closeLine(label, word))
  return left
}

const openLine = (label: string, word: string): string => `<${label} ${word}>`
const closeLine = (label: string, word: string): string => `</${label} ${word}>`

function cutBetween(text: string, open: string, close: string): string {
  const kept: string[] = []
  for (let at = 0; ; ) {
    const start = text.indexOf(open, at)
    if (start < 0) return kept.concat(text.slice(at)).join('')
    kept.push(text.slice(at, start))
    const end = text.indexOf(close, start + open.length)
    if (end < 0) return kept.join('')
    at = end + close.length
  }
}

/** Names of the tokens that a decoder leaves out, such as `<|im_end|>`: as text they would end the judge's turn. */
export function specialNames(vocab: Vocab): readonly string[] {
  const names: string[] = []
  for (let id = 0; id < vocab.size; id++) {
    const name = vocab.token(id)
    // All known names begin so; decoding every token of a large vocabulary would take a second.
    const looksSpecial = name.length > 1 && (name[0] === '<' || name[0] === '[')
    if (looksSpecial && vocab.decode([id]) === '') names.push(name)
  }
  return names
}

/** A space after the first character: unlike taking the name out, this cannot make another one of what is around. */
function withoutSpecials(text: string, names: readonly string[]): string {
  let out = text
  for (const name of names) if (out.includes(name)) out = out.replaceAll(name, `${name[0]} ${name.slice(1)}`)
  return out
}
