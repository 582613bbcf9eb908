// +dialect: every character of the alphabet stands for another, the same in all problems of a language. Only `;`, `#`
// and the space keep their place. Completions are read back before the inner task judges them.
import { z } from 'zod'
import { stream } from '../../base/rng.ts'
import type { Task } from '../../contracts/index.ts'
import { textOf, wrappedTask } from './wrapped-task.ts'

/** Replaces characters; those that it does not name stay. */
function translator(from: readonly string[], to: readonly string[]): (text: string) => string {
  const map = new Map(from.map((char, i) => [char, to[i]]))
  // Split by code units: a lone surrogate of a hostile text passes through as it is.
  return (text) =>
    text
      .split('')
      .map((char) => map.get(char) ?? char)
      .join('')
}

/** The two directions of a language of this task. */
export function dialectOf(task: Task, language: number): { speak(text: string): string; read(text: string): string } {
  const plain = task.alphabet.split('').filter((char) => !';# '.includes(char))
  const spoken = stream('dialect', task.id, language).shuffle(plain)
  return { speak: translator(plain, spoken), read: translator(spoken, plain) }
}

/** The task in another language. */
export function dialect(task: Task, options: { readonly language?: number } = {}): Task {
  const { language = 1 } = options
  const languages = new Map<number, ReturnType<typeof dialectOf>>()
  const find = (number: number): ReturnType<typeof dialectOf> => {
    const found = languages.get(number) ?? dialectOf(task, number)
    languages.set(number, found)
    return found
  }
  const languageOf = (problem: { readonly meta: Readonly<Record<string, unknown>> }) =>
    find(Number(problem.meta.language))
  const table = task.alphabet
    .split('')
    .filter((char) => !';# '.includes(char))
    .join('')
  return wrappedTask<{ language: number }>(task, {
    name: 'dialect',
    summary: 'Every character stands for another.',
    rules:
      `Prompts and completions are written in a language: of the characters ${table} the first is written ` +
      `${find(language).speak(table)[0]}, and so on: ${find(language).speak(table)} (language ${language}). \`;\`, \`#\` and the space stay.`,
    knobs: { language: z.int().min(1).max(1000).default(language).describe('Which of the languages.') },
    contentOfInner: true,
    draw({ split, index, knobs, own }) {
      const inner = task.problem(split, index, knobs)
      const { speak } = find(own.language)
      const answer = inner.answer === undefined ? undefined : speak(inner.answer)
      return { prompt: speak(textOf(inner)), answer, inner, meta: { language: own.language } }
    },
    solve: (problem, inner) => languageOf(problem).speak(task.solve(inner)),
    verify: (problem, inner, completion, signal) =>
      task.verify(inner, languageOf(problem).read(completion), { signal }),
    traces(problem, inner, style, rng) {
      const { speak } = languageOf(problem)
      return task.traces(inner, style, rng).map((trace) => ({
        ...trace,
        text: speak(trace.text),
        ...(trace.answer === undefined ? {} : { answer: speak(trace.answer) }),
        ...(trace.steps === undefined ? {} : { steps: trace.steps.map(speak) }),
      }))
    },
  })
}
