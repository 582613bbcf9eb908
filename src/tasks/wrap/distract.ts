// +distract: other problems, or words that mean nothing, stand before and after the problem that is asked. The model
// must find the one that counts; the answer stays.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Task } from '../../contracts/index.ts'
import { freeMarks, joinAlphabets, textOf, wrappedTask } from './wrapped-task.ts'

interface DistractKnobs {
  readonly distractors: number
  readonly distraction: 'problems' | 'words'
}

/** The task with irrelevant premises; `from` gives the other problems, by default the task itself. */
export function distract(task: Task, options: { readonly from?: Task } = {}): Task {
  const { from = task } = options
  const alphabet = joinAlphabets(task.alphabet, from.alphabet)
  const [bar, mark] = freeMarks({ ...task, alphabet }, 'distract', [
    '|>',
    '|!',
    '|@',
    '\\>',
    '\\@',
    '_@',
    '_$',
    '^$',
    '`"',
  ])
  const letters = task.alphabet.split('').filter((char) => /[a-zA-Z]/.test(char))
  const source = letters.length >= 3 ? letters : 'abcdefghijklmnopqrstuvwxyz'.split('')
  const word = (rng: Rng): string => Array.from({ length: 2 + rng.int(4) }, () => rng.pick(source)).join('')
  const space = task.alphabet.includes(' ') ? ' ' : '.'
  return wrappedTask<DistractKnobs>(task, {
    name: 'distract',
    summary: 'The problem stands among others that do not matter.',
    rules:
      `The prompt is pieces that each end with \`${bar}\`. Only the piece that begins with \`${mark}\` is asked, ` +
      'by the rules inside; the others are of no matter.',
    knobs: {
      distractors: z.int().min(1).max(8).default(2).describe('How many irrelevant pieces.'),
      distraction: z.enum(['problems', 'words']).default('problems').describe('What they are.'),
    },
    alphabet: joinAlphabets(alphabet, letters.length >= 3 ? '' : source.join(''), bar, mark, space),
    contentOfInner: true,
    draw({ split, index, knobs, own, rng }) {
      const inner = task.problem(split, index, knobs)
      // Those of the same split, so that no prompt of one split shows a problem of another.
      const other = (): string => textOf(from.problem(split, rng.int(2 ** 31), from === task ? knobs : {}))
      const pieces = Array.from({ length: own.distractors }, () =>
        own.distraction === 'words' ? Array.from({ length: 1 + rng.int(3) }, () => word(rng)).join(space) : other(),
      )
      pieces.splice(rng.int(pieces.length + 1), 0, mark + textOf(inner))
      return { prompt: pieces.map((piece) => piece + bar).join(''), answer: inner.answer, inner }
    },
  })
}
