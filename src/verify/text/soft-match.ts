// Soft scores for free text against a gold text: token F1 (as SQuAD counts it, without dropping articles) and a
// ROUGE-L-like score from the longest common subsequence of words. Bounded: a text with more than `maxWords` words is
// not compared. It measures shared words, not meaning: never the only reward where a model can copy the question.
import type { Verdict } from '../../contracts/problem.ts'

/** Most words of either text; the subsequence costs the product of the two counts. */
export const maxWords = 512
/** Longest text that is read, in characters. */
export const maxCharacters = 32_768

/** Shares of words that agree, each in [0, 1]. */
export interface Overlap {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

const none: Overlap = { precision: 0, recall: 0, f1: 0 }

/** Runs of letters and digits in lower case, after NFKC; at most `maxWords + 1` of them, so that too many are seen. */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = []
  for (const match of text
    .slice(0, maxCharacters)
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    words.push(match[0])
    if (words.length > maxWords) break
  }
  return words
}

function overlap(shared: number, answer: number, gold: number): Overlap {
  // Two empty texts are the same text.
  if (answer === 0 && gold === 0) return { precision: 1, recall: 1, f1: 1 }
  if (shared === 0) return none
  return { precision: shared / answer, recall: shared / gold, f1: (2 * shared) / (answer + gold) }
}

/** Words in common whatever their order; a word counts as often as it stands in both. */
export function tokenOverlap(answer: readonly string[], gold: readonly string[]): Overlap {
  const left = new Map<string, number>()
  for (const word of gold) left.set(word, (left.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of answer) {
    const count = left.get(word) ?? 0
    if (count > 0) shared++
    left.set(word, count - 1)
  }
  return overlap(shared, answer.length, gold.length)
}

/** Words in common in the same order, gaps allowed: the longest common subsequence. Lists over the limit share nothing. */
export function sequenceOverlap(answer: readonly string[], gold: readonly string[]): Overlap {
  if (answer.length > maxWords || gold.length > maxWords) return none
  let row = new Array<number>(gold.length + 1).fill(0)
  for (const word of answer) {
    const next = [0]
    for (let j = 1; j <= gold.length; j++) {
      next.push(word === gold[j - 1] ? row[j - 1] + 1 : Math.max(row[j], next[j - 1]))
    }
    row = next
  }
  return overlap(row[gold.length], answer.length, gold.length)
}

/** How a soft match is decided. */
export interface SoftMatchOptions {
  /** `tokens`: order is free; `sequence`: order counts. */
  readonly measure?: 'tokens' | 'sequence'
  /** From this score on, the verdict is `right`. */
  readonly threshold?: number
}

/**
 * The F1 of the two texts as a verdict's score; `parts` holds precision and recall. A text too long to compare scores 0.
 *
 * @example softMatch('in the old barn', 'the barn').score // 2 * 2 / (4 + 2)
 */
export function softMatch(answer: string, gold: string, options: SoftMatchOptions = {}): Verdict {
  const { measure = 'tokens', threshold = 1 } = options
  const [given, wanted] = [wordsOf(answer), wordsOf(gold)]
  if (gold.length > maxCharacters || wanted.length > maxWords || wanted.length === 0) {
    return { kind: 'failed', score: 0, reason: `the gold text has no words or more than ${maxWords}` }
  }
  if (answer.length > maxCharacters || given.length > maxWords) {
    return { kind: 'wrong', score: 0, reason: `the text has more than ${maxWords} words` }
  }
  const { precision, recall, f1 } = (measure === 'tokens' ? tokenOverlap : sequenceOverlap)(given, wanted)
  const reason = `F1 ${f1.toFixed(3)} of the words, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`
  return { kind: f1 >= threshold ? 'right' : 'wrong', score: f1, reason, parts: { precision, recall } }
}
