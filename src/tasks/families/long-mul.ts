// long-mul: a product of two numbers, `34*27=`. The trace breaks the longer number into its places and adds up the
// partial products.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import { badSlot } from './numbered-slots.ts'
import type { Write } from './worked-steps.ts'
import { nearMiss, workedSteps } from './worked-steps.ts'

type LongMul = { readonly left: number; readonly right: number }

type LongMulKnobs = { readonly long: number; readonly short: number }

// The commonest answer's share of 2,000 problems a level, where that is more than noise.
const chances = [0.003, 0.003, 0.001, 0.0001, 0.000001]

/** A number of exactly this many digits, at least 2. */
function drawNumber(digits: number, rng: Rng): number {
  const smallest = Math.max(2, 10 ** (digits - 1))
  return smallest + rng.int(10 ** digits - smallest)
}

function draw({ long, short }: LongMulKnobs, rng: Rng): LongMul {
  const [left, right] = rng.shuffle([drawNumber(long, rng), drawNumber(short, rng)])
  return { left, right }
}

/** `305` as 5 and 300: the places that are not zero, ones first. */
function places(number: number): readonly number[] {
  const digits = [...`${number}`].reverse().map(Number)
  return digits.map((digit, place) => digit * 10 ** place).filter((part) => part > 0)
}

function work({ left, right }: LongMul, write: Write): string {
  const isLeftLonger = `${left}`.length > `${right}`.length
  const [broken, whole] = isLeftLonger ? [left, right] : [right, left]
  const partials = places(broken).map((part) => write(`${whole}*${part}`, whole * part))
  let total = partials[0] ?? 0
  for (const partial of partials.slice(1)) total = write(`${total}+${partial}`, total + partial)
  return `${total}`
}

const wrongAnswer = ({ left, right }: LongMul, rng: Rng): string => `${nearMiss(left * right, rng)}`
const worked = workedSteps(work, wrongAnswer)

/** Multiplication of numbers with several digits. */
export const longMul = taskOf<LongMul, LongMulKnobs>({
  id: 'long-mul',
  summary: 'Multiply two numbers: `34*27=`.',
  rules: [
    'The prompt is two non-negative decimal integers with * between them, then =.',
    'Right is their product as a decimal integer: no leading zeros, sign, spaces or separators.',
    'Steps multiply the number with fewer digits (the left one when equal) by each place of the other that is not zero,',
    'ones first, then add up the products in that order: `34*7=238;34*20=680;238+680=918;#918`.',
  ].join(' '),
  tags: ['arithmetic', 'multiplication'],
  knobs: z.object({
    long: z.int().min(1).max(6).optional().describe('Digits of one number.'),
    short: z.int().min(1).max(6).optional().describe('Digits of the other number.'),
  }),
  ladder: [
    { long: 3, short: 1 },
    { long: 2, short: 2 },
    { long: 3, short: 2 },
    { long: 3, short: 3 },
    { long: 4, short: 4 },
  ],
  alphabet: '0123456789*+=;#x,',
  draw,
  // A product of the same two numbers asks the same, whichever comes first.
  content: ({ left, right }) => `${Math.min(left, right)}*${Math.max(left, right)}`,
  prompt: ({ left, right }) => `${left}*${right}=`,
  ...worked,
  judge({ left, right }, answer) {
    return answer === `${left * right}` || `${quote(answer)} is not the product ${left * right}`
  },
  wrongAnswer,
  chance: (level) => chances[level - 1],
  slots: () => [
    { name: 'left', range: [0, 9999] },
    { name: 'right', range: [0, 9999] },
  ],
  fill(instance, slot, value) {
    if ((slot !== 'left' && slot !== 'right') || !Number.isSafeInteger(value) || value < 0) throw badSlot(slot, value)
    return { ...instance, [slot]: value }
  },
  invert: ({ left, right }, rng) =>
    rng.int(2) === 0
      ? { prompt: `x*${right}=${left * right},x=`, answer: `${left}` }
      : { prompt: `${left}*x=${left * right},x=`, answer: `${right}` },
})
