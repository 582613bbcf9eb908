// The words of a text for comparing texts: lower case, no punctuation, whole numbers kept. It knows no problem.
import type { Problem } from '../contracts/index.ts'

/** Words in order; Chinese, Japanese and Thai characters, which have no spaces between them, are words of their own. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}]+|\p{N}+/gu) ?? []
  )
}

/** What a problem asks, as text. */
export function promptText({ prompt }: Problem): string {
  return typeof prompt === 'string' ? prompt : prompt.map(({ content }) => content).join('\n')
}
