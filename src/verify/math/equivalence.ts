// Answers grouped by meaning, for voting and clustering where no gold answer is known. A group is closed under
// equivalence: first by canonical key, then by comparison in both directions, joined by union-find. An answer that cannot
// be read, or is not there, is alone.
import type { Answer } from './answer.ts'
import { canonicalKey } from './compare/canonical-key.ts'
import { compareAnswers } from './compare/compare-answers.ts'
import { extractAnswer } from './extract/extract-answer.ts'
import type { MathOptions } from './options.ts'
import { readAnswer } from './parse/read-answer.ts'
import { showAnswer } from './parse/show-answer.ts'
import { type MathChoice, mathOptionsOf } from './presets.ts'
import { hendrycksForm } from './text/hendrycks-form.ts'
import { minervaForm } from './text/minerva-form.ts'

/** Groups of texts that give the same answer. */
export interface AnswerClusters {
  /** Indices of the texts, each group in order, groups by their first. */
  readonly clusters: readonly (readonly number[])[]
  /** The group of each text. */
  readonly clusterOf: readonly number[]
}

/** Whether two texts, answers or completions, give the same answer; symmetric. @throws `config/unknown-preset` */
export function answersEquivalent(a: string, b: string, choice: MathChoice = 'gradus'): boolean {
  return clusterAnswers([a, b], choice).clusters.length === 1
}

/** Groups texts by the answers they give. @throws `config/unknown-preset` */
export function clusterAnswers(texts: readonly string[], choice: MathChoice = 'gradus'): AnswerClusters {
  const options = mathOptionsOf(choice)
  const items = texts.map((text) => itemOf(text, options))
  const roots = items.map((_, index) => index)
  const rootOf = (index: number): number => {
    let root = index
    while (roots[root] !== root) {
      roots[root] = roots[roots[root]]
      root = roots[root]
    }
    return root
  }
  const byKey = new Map<string, number>()
  // Answers of one key may differ in what they are equal to (3 cm and 30 mm, of which only one is 3), so that each way
  // to write an answer is compared.
  const byLook = new Set<string>()
  const different: number[] = []
  items.forEach(({ key, look }, index) => {
    if (key === undefined) return
    roots[index] = byKey.get(key) ?? index
    byKey.set(key, roots[index])
    if (look === undefined || byLook.has(look)) return
    byLook.add(look)
    different.push(index)
  })
  for (const [place, one] of different.entries())
    for (const other of different.slice(0, place)) {
      // The older root wins, so that a group is named by its first text.
      if (rootOf(one) !== rootOf(other) && areEqual(items[one].answer, items[other].answer, options)) {
        const [low, high] = [rootOf(one), rootOf(other)].sort((a, b) => a - b)
        roots[high] = low
      }
    }
  return gathered(items.map((_, index) => rootOf(index)))
}

interface Item {
  /** Equal keys are equal answers; undefined when there is no answer. */
  readonly key?: string
  /** The answer as it was written, up to LaTeX; undefined when texts are compared. */
  readonly look?: string
  readonly answer?: Answer
}

function itemOf(text: string, options: MathOptions): Item {
  try {
    // Letters and words count: there is no gold answer to say what is expected.
    const found = extractAnswer(text, options)
    if (!found.ok) return {}
    if (options.textOnly) {
      const key = options.textForm === 'hendrycks' ? hendrycksForm(found.text) : minervaForm(found.text)
      return key === '' ? {} : { key }
    }
    const whole = found.withUnit === undefined ? undefined : readAnswer(found.withUnit, options)
    const read = whole?.ok && whole.answer.kind !== 'text' ? whole : readAnswer(found.text, options)
    if (!read.ok) return {}
    // Not every answer has a canonical key; its text serves as one, compared with all others.
    const key = canonicalKey(read.answer, options) ?? `text ${found.text}`
    return { key, look: `${key} ${showAnswer(read.answer)}`, answer: read.answer }
  } catch {
    return {}
  }
}

/** Equality in both directions, so that the relation is symmetric whatever the order of comparing does. */
function areEqual(a: Answer | undefined, b: Answer | undefined, options: MathOptions): boolean {
  if (a === undefined || b === undefined) return false
  try {
    return compareAnswers(a, b, options).verdict === 'equal' && compareAnswers(b, a, options).verdict === 'equal'
  } catch {
    return false
  }
}

function gathered(rootOf: readonly number[]): AnswerClusters {
  const numbers = new Map<number, number>()
  const clusters: number[][] = []
  const clusterOf = rootOf.map((root, index) => {
    const number = numbers.get(root) ?? clusters.push([]) - 1
    numbers.set(root, number)
    clusters[number].push(index)
    return number
  })
  return { clusters, clusterOf }
}
