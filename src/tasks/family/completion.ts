// How a family's completion is read and written: `step;step;#answer`. Only what follows the last `#` is the answer.
// It does not know what an answer means.
import type { Solution } from './family.ts'

/** Longest completion that is read, in characters. */
export const maxCompletion = 32_768
/** Longest answer that is judged, in characters. */
export const maxAnswer = 4_096

/** `step;step;#answer`. */
export function completionText({ steps, answer }: Solution): string {
  return [...steps, `#${answer}`].join(';')
}

/** The answer and the steps of a completion, or in `fault` why there is no answer. */
export type Reading =
  | { readonly answer: string; readonly steps: readonly string[] }
  | { readonly fault: string; readonly steps: readonly string[] }

/** Reads a completion; never throws, linear in its length. */
export function readCompletion(text: string): Reading {
  if (text.length > maxCompletion) return { fault: `longer than ${maxCompletion} characters`, steps: [] }
  const mark = text.lastIndexOf('#')
  const steps = (mark < 0 ? text : text.slice(0, mark)).split(';').map((step) => step.trim())
  if (steps.at(-1) === '') steps.pop()
  if (mark < 0) return { fault: 'it has no answer: write # and then the answer', steps }
  const answer = text.slice(mark + 1).trim()
  if (answer === '') return { fault: 'nothing follows the last #', steps }
  if (answer.length > maxAnswer) return { fault: `the answer is longer than ${maxAnswer} characters`, steps }
  return { answer, steps }
}
