// Problems that say the same: once each. Two keys, both exact: the text without case, spaces and punctuation, and, for
// `templates`, the same without its numbers (one template, many numbers). Order is kept, the first of a kind stays.
import type { Problem } from '../contracts/index.ts'
import { promptText, wordsOf } from './words.ts'

/** What counts as the same. */
export interface DuplicateOptions {
  /** Texts that differ in numbers only are the same; default false. */
  readonly templates?: boolean
  /** What a problem asks; default its prompt. A task's `content` is the strongest. */
  readonly content?: (problem: Problem) => string
}

/** A problem that was left out and the earlier one that it repeats. */
export interface Duplicate {
  readonly problem: Problem
  readonly of: string
}

/** Splits problems into first ones and repeats. */
export function removeDuplicates(
  problems: Iterable<Problem>,
  { templates = false, content = promptText }: DuplicateOptions = {},
): { readonly kept: readonly Problem[]; readonly duplicates: readonly Duplicate[] } {
  const first = new Map<string, string>()
  const kept: Problem[] = []
  const duplicates: Duplicate[] = []
  for (const problem of problems) {
    const key = keyOf(content(problem), templates)
    const of = first.get(key)
    if (of !== undefined) {
      duplicates.push({ problem, of })
      continue
    }
    first.set(key, problem.id)
    kept.push(problem)
  }
  return { kept, duplicates }
}

/** Signs matter in mathematics, so a text without words is its own key; spaces never do. */
function keyOf(text: string, templates: boolean): string {
  const signs = text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')
  const shown = templates ? signs.replace(/[0-9]+/g, '0') : signs
  const words = wordsOf(text)
  // Prose: punctuation is no difference. Formulas: every sign is.
  const isProse = words.filter((word) => word.length > 2).length >= 5
  if (!isProse) return shown
  return (templates ? words.map((word) => (/^\p{N}+$/u.test(word) ? '0' : word)) : words).join(' ')
}
