// +noise: the prompt is written untidily, with spaces beside signs and letters in the other case. Only where that cannot
// change what is asked: never between letters or digits, and no letter that the task knows in both cases.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Task } from '../../contracts/index.ts'
import { joinAlphabets, textOf, wrappedTask } from './wrapped-task.ts'

const isWord = (char: string): boolean => /^[a-zA-Z0-9]$/.test(char)

/** The letter in the other case, or the character itself. */
function otherCase(char: string): string {
  const lower = char.toLowerCase()
  return lower === char ? char.toUpperCase() : lower
}

function untidy(text: string, share: number, isCaseFree: (char: string) => boolean, rng: Rng): string {
  const chars = [...text]
  return chars
    .map((char, i) => {
      const next = chars[i + 1]
      const shown = isCaseFree(char) && rng.next() < share ? otherCase(char) : char
      const hasRoom = next !== undefined && !(isWord(char) && isWord(next))
      return hasRoom && rng.next() < share ? `${shown} ` : shown
    })
    .join('')
}

/** The task with untidy prompts; `share` is the chance of noise at each place. */
export function noise(task: Task, options: { readonly share?: number } = {}): Task {
  const isCaseFree = (char: string): boolean => /^[a-zA-Z]$/.test(char) && !task.alphabet.includes(otherCase(char))
  const cases = task.alphabet.split('').filter(isCaseFree).map(otherCase)
  return wrappedTask<{ noise: number }>(task, {
    name: 'noise',
    summary: 'The prompt is written untidily.',
    rules:
      'The prompt may have more spaces than the rules inside say, and letters in the other case, where that changes nothing. ' +
      'The answer is written as the rules inside say.',
    knobs: {
      noise: z
        .number()
        .min(0)
        .max(1)
        .default(options.share ?? 0.1)
        .describe('Chance of noise at each place of the prompt.'),
    },
    alphabet: joinAlphabets(task.alphabet, ' ', cases.join('')),
    contentOfInner: true,
    draw({ split, index, knobs, own, rng }) {
      const inner = task.problem(split, index, knobs)
      return { prompt: untidy(textOf(inner), own.noise, isCaseFree, rng), answer: inner.answer, inner }
    },
  })
}
