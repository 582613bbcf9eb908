// chain-sum: add and subtract a chain of integers from left to right, `37-4+12=`. The trace is the running total.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import { fillNumber, numberedSlots } from './numbered-slots.ts'
import type { Write } from './worked-steps.ts'
import { nearMiss, workedSteps } from './worked-steps.ts'

/** `signs[i]` stands between terms i and i+1. */
type ChainSum = { readonly terms: readonly number[]; readonly signs: string }

type ChainSumKnobs = { readonly terms: number; readonly digits: number; readonly negatives: boolean }

// The commonest answer's share of 2,000 problems a level, where that is more than noise.
const chances = [0.011, 0.011, 0.006, 0.002, 0.0005]

function draw({ terms, digits, negatives }: ChainSumKnobs, rng: Rng): ChainSum {
  const numbers: number[] = []
  let signs = ''
  let total = 0
  for (let i = 0; i < terms; i++) {
    const size = rng.int(10 ** digits)
    // `0 - size`, because `-size` would make a minus zero.
    const number = negatives && rng.int(4) === 0 ? 0 - size : size
    const isMinus = i > 0 && rng.int(2) === 0 && (negatives || total >= number)
    if (i > 0) signs += isMinus ? '-' : '+'
    total += isMinus ? -number : number
    numbers.push(number)
  }
  return { terms: numbers, signs }
}

const shown = (number: number): string => (number < 0 ? `(${number})` : `${number}`)

/** The chain, perhaps with an `x` in place of one term. */
function chainText({ terms, signs }: ChainSum, hidden?: number): string {
  const text = (i: number): string => (i === hidden ? 'x' : i === 0 ? `${terms[0]}` : shown(terms[i]))
  return terms.map((_, i) => `${signs[i - 1] ?? ''}${text(i)}`).join('')
}

function work({ terms, signs }: ChainSum, write: Write): string {
  let total = terms[0]
  for (let i = 1; i < terms.length; i++) {
    const sum = signs[i - 1] === '+' ? total + terms[i] : total - terms[i]
    total = write(`${total}${signs[i - 1]}${shown(terms[i])}`, sum)
  }
  return `${total}`
}

const wrongAnswer = (instance: ChainSum, rng: Rng): string => `${nearMiss(Number(worked.solve(instance).answer), rng)}`
const worked = workedSteps(work, wrongAnswer)

/** Sums and differences of a few integers. */
export const chainSum = taskOf<ChainSum, ChainSumKnobs>({
  id: 'chain-sum',
  summary: 'Add and subtract a chain of integers: `37-4+12=`.',
  rules: [
    'The prompt is a chain of decimal integers with + or - between them, worked from left to right, then =.',
    'A number below zero stands in parentheses, `5-(-3)=`, except in the first place, `-5+3=`.',
    'Right is the value as a decimal integer: no leading zeros, no +, no spaces, 0 never as -0.',
    'Steps give the running total: `37-4=33;33+12=45;#45`; a number below zero after the sign keeps its parentheses.',
  ].join(' '),
  tags: ['arithmetic'],
  knobs: z.object({
    terms: z.int().min(2).max(12).optional().describe('How many numbers.'),
    digits: z.int().min(1).max(6).optional().describe('Most digits of a number.'),
    negatives: z.boolean().optional().describe('Whether numbers and running totals may lie below zero.'),
  }),
  ladder: [
    { terms: 2, digits: 2, negatives: false },
    { terms: 3, digits: 2, negatives: false },
    { terms: 4, digits: 2, negatives: true },
    { terms: 6, digits: 3, negatives: true },
    { terms: 8, digits: 4, negatives: true },
  ],
  alphabet: '0123456789+-()=;#x,',
  draw,
  prompt: (instance) => `${chainText(instance)}=`,
  ...worked,
  judge(instance, answer) {
    const right = worked.solve(instance).answer
    return answer === right || `${quote(answer)} is not the total ${right}`
  },
  wrongAnswer,
  chance: (level) => chances[level - 1],
  slots: ({ terms }) => numberedSlots(terms.length, [-9999, 9999]),
  fill: ({ terms, signs }, slot, value) => ({ terms: fillNumber(terms, slot, value), signs }),
  invert(instance, rng) {
    const at = rng.int(instance.terms.length)
    const total = worked.solve(instance).answer
    return { prompt: `${chainText(instance, at)}=${total},x=`, answer: `${instance.terms[at]}` }
  },
  perturb({ terms, signs }, rng) {
    const at = rng.int(terms.length)
    return { terms: terms.with(at, nearMiss(terms[at], rng)), signs }
  },
  unanswerable: (instance, rng) => `${chainText(instance, rng.int(instance.terms.length))}=`,
})
