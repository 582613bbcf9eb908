// Problems that a test set asks too: by shared runs of n words (Light-R1 uses 32, GPT-3 13, others 10) and by equal
// canonical content. An index is built over the test problems once; each candidate is then looked up.
import type { Problem } from '../contracts/index.ts'
import { promptText, wordsOf } from './words.ts'

/** How contamination is found. */
export interface ContaminationOptions {
  /** Words in a row that two problems may not share; shorter test problems count whole. Default 13. */
  readonly words?: number
  /** What a problem asks, without instructions that all share; default its prompt. */
  readonly content?: (problem: Problem) => string
}

/** Why a problem is left out. */
export interface Contamination {
  readonly problem: Problem
  /** The test problem that it repeats. */
  readonly of: string
  readonly by: 'content' | 'words'
  /** The shared words. */
  readonly shared?: string
}

/** Test problems to look for. */
export class ContaminationIndex {
  private readonly contents = new Map<string, string>()
  private readonly runs = new Map<string, string>()
  private readonly lengths = new Set<number>()
  private readonly options: ContaminationOptions

  constructor(tests: Iterable<Problem>, options: ContaminationOptions = {}) {
    this.options = options
    const { words: size = 13 } = options
    for (const problem of tests) {
      this.contents.set(this.contentOf(problem), problem.id)
      const words = wordsOf(this.textOf(problem))
      // A short question is looked for whole, if it has enough words to be more than a phrase.
      const length = Math.min(size, words.length)
      if (length < Math.min(size, 6)) continue
      this.lengths.add(length)
      for (const run of runsOf(words, length)) if (!this.runs.has(run)) this.runs.set(run, problem.id)
    }
  }

  /** What the problem repeats, if anything. */
  find(problem: Problem): Contamination | undefined {
    const same = this.contents.get(this.contentOf(problem))
    if (same !== undefined) return { problem, of: same, by: 'content' }
    const words = wordsOf(this.textOf(problem))
    for (const length of this.lengths) {
      for (const run of runsOf(words, length)) {
        const of = this.runs.get(run)
        if (of !== undefined) return { problem, of, by: 'words', shared: run }
      }
    }
    return undefined
  }

  /** Splits problems into clean and contaminated ones, in order. */
  split(problems: Iterable<Problem>): { readonly clean: readonly Problem[]; readonly found: readonly Contamination[] } {
    const clean: Problem[] = []
    const found: Contamination[] = []
    for (const problem of problems) {
      const contamination = this.find(problem)
      if (contamination === undefined) clean.push(problem)
      else found.push(contamination)
    }
    return { clean, found }
  }

  private contentOf(problem: Problem): string {
    return this.textOf(problem).normalize('NFKC').toLowerCase().replace(/\s+/gu, '')
  }

  private textOf(problem: Problem): string {
    return this.options.content?.(problem) ?? promptText(problem)
  }
}

function* runsOf(words: readonly string[], length: number): Generator<string> {
  for (let i = 0; i + length <= words.length; i++) yield words.slice(i, i + length).join(' ')
}
