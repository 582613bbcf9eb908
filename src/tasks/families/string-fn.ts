// string-fn: apply nested functions with meaningless names to a string, `f3(f7(x)) x=abca:`, after the study of
// composed skills in RL (arXiv 2509.25123). The trace works from the inside out. The functions themselves are in
// string-fn-functions.ts; the functions with even and odd numbers make the disjoint sets for training and evaluation.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import { stringFunctions } from './string-fn-functions.ts'

/** `functions` from the innermost outwards. */
type StringFn = { readonly functions: readonly number[]; readonly input: string; readonly shown: boolean }
type StringFnKnobs = {
  readonly depth: number
  readonly letters: number
  readonly functions: 'all' | 'train' | 'eval'
  readonly shown: boolean
}

const alphabet = [...'abcdefgh']
const longest = 16
const ids = stringFunctions.map((_, id) => id)
const idsOf = { all: ids, train: ids.filter((id) => id % 2 === 0), eval: ids.filter((id) => id % 2 === 1) }

function draw({ depth, letters, functions, shown }: StringFnKnobs, rng: Rng): StringFn {
  const input = Array.from({ length: letters }, () => rng.pick(alphabet)).join('')
  const chosen: number[] = []
  let value = input
  while (chosen.length < depth) {
    const id = rng.pick(idsOf[functions])
    const next = stringFunctions[id].apply(value)
    // Both sets hold functions that never lengthen, so this ends.
    if (next.length > longest) continue
    chosen.push(id)
    value = next
  }
  return { functions: chosen, input, shown }
}

function prompt({ functions, input, shown }: StringFn): string {
  const expression = functions.reduce((inner, id) => `f${id}(${inner})`, 'x')
  const known = [...new Set(functions)].sort((a, b) => a - b).map((id) => `f${id}=${stringFunctions[id].sign}`)
  return `${shown ? `${known.join(',')}. ` : ''}${expression} x=${input}:`
}

/** Applies the functions; what comes out of `slip` is spoiled and carried on. */
function work({ functions, input }: StringFn, slip?: { at: number; spoil: (text: string) => string }): Solution {
  let value = input
  const steps = functions.map((id, i) => {
    const result = stringFunctions[id].apply(value)
    const said = slip?.at === i ? slip.spoil(result) : result
    const step = `f${id}(${value})=${said}`
    value = said
    return step
  })
  return { steps, answer: value }
}

/** The text with one letter changed. */
function spoiled(text: string, rng: Rng): string {
  const at = rng.int(text.length)
  const other = rng.pick(alphabet.filter((letter) => letter !== text[at]))
  return text.slice(0, at) + other + text.slice(at + 1)
}

function stepScores({ functions, input }: StringFn, steps: readonly string[]): number[] {
  let value = input
  return steps.map((step, i) => {
    const said = /=([a-h]{1,64})$/.exec(step)?.[1]
    const id = functions[i]
    const isRight = id !== undefined && step === `f${id}(${value})=${stringFunctions[id].apply(value)}`
    if (said !== undefined) value = said
    return isRight ? 1 : 0
  })
}

/** Compositions of string functions known by number only. */
export const stringFn = taskOf<StringFn, StringFnKnobs>({
  id: 'string-fn',
  summary: 'Apply nested string functions with meaningless names: `f3(f7(x)) x=abca:`.',
  rules: [
    'The prompt is a nest of functions around x, a space, `x=`, a string of the letters a to h, and a colon.',
    'With the knob `shown`, definitions such as `f0=rev,f4=sort` stand before it, then a full stop and a space.',
    'The innermost function comes first. Right is the resulting string. The functions, with the signs of definitions:',
    `${stringFunctions.map(({ sign, words }, id) => `f${id} (${sign}) ${words}`).join('; ')}.`,
    'Steps go from the inside out: `f7(abca)=babca;f3(babca)=bcaba;#bcaba`.',
  ].join(' '),
  tags: ['strings', 'composition'],
  knobs: z.object({
    depth: z.int().min(1).max(8).optional().describe('How many functions are nested.'),
    letters: z.int().min(2).max(10).optional().describe('Letters of the input.'),
    functions: z
      .enum(['all', 'train', 'eval'])
      .optional()
      .describe('Which functions may occur: all, those with even numbers (train) or those with odd numbers (eval).'),
    shown: z.boolean().optional().describe('Whether the prompt says what the functions do.'),
  }),
  ladder: [
    { depth: 1, letters: 4, functions: 'all', shown: false },
    { depth: 2, letters: 4, functions: 'all', shown: false },
    { depth: 3, letters: 5, functions: 'all', shown: false },
    { depth: 5, letters: 5, functions: 'all', shown: false },
    { depth: 8, letters: 6, functions: 'all', shown: false },
  ],
  alphabet: 'abcdefghijklmnopqrstuvwxyz0123456789()=,.: ;#',
  draw,
  // Shown definitions do not change what is asked.
  content: (instance) => prompt({ ...instance, shown: false }),
  prompt,
  solve: (instance) => work(instance),
  judge(instance, answer) {
    const right = work(instance).answer
    return answer === right || `${quote(answer)} is not ${quote(right)}`
  },
  wrongAnswer: (instance, rng) => spoiled(work(instance).answer, rng),
  wrongSolution(instance, rng) {
    const right = work(instance).answer
    const last = instance.functions.length - 1
    for (let tries = 0; tries < 4; tries++) {
      const slipped = work(instance, { at: rng.int(last + 1), spoil: (text) => spoiled(text, rng) })
      if (slipped.answer !== right) return slipped
    }
    // Later functions can swallow a slip, the last result cannot.
    return work(instance, { at: last, spoil: (text) => spoiled(text, rng) })
  },
  stepScores,
  // A guess of the functions, of which deeper nests repeat results.
  chance: (level) => [1 / 16, 1 / 64, 1 / 256, 1 / 256, 1 / 256][level - 1],
  perturb(instance, rng) {
    const right = work(instance).answer
    for (let tries = 0; tries < 16; tries++) {
      const other = { ...instance, input: spoiled(instance.input, rng) }
      if (work(other).answer !== right) return other
    }
    return undefined
  },
  unanswerable: (instance) => prompt(instance).replace(/ x=[a-h]+:$/, ' x=:'),
})
