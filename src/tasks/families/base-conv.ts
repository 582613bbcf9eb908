// base-conv: a number written in one base, asked for in another, `b3 2102>b10=`. The trace goes through base ten: the
// digits are folded into a value, then divided away.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { Write } from './worked-steps.ts'
import { nearMiss, workedSteps } from './worked-steps.ts'

type BaseConv = { readonly from: number; readonly to: number; readonly value: number }

type BaseConvKnobs = { readonly largest: number; readonly base: number; readonly throughTen: boolean }

const digits = '0123456789abcdef'
// From here up every number has at least two digits in every base up to 16.
const smallest = 16
// The commonest answer's share of 2,000 problems a level, where that is more than noise.
const chances = [0.004, 0.002, 0.001, 0.0001, 0.00001]

function draw({ largest, base, throughTen }: BaseConvKnobs, rng: Rng): BaseConv {
  const value = smallest + rng.int(largest - smallest + 1)
  // One of the bases, then one of the others.
  const first = throughTen ? 10 : 2 + rng.int(base - 1)
  const below = 2 + rng.int(base - 2)
  const second = throughTen && first > base ? 2 + rng.int(base - 1) : below < first ? below : below + 1
  const [from, to] = rng.shuffle([first, second])
  return { from, to, value }
}

function work({ from, to, value }: BaseConv, write: Write): string {
  let total = value
  if (from !== 10) {
    const [first, ...rest] = [...value.toString(from)].map((digit) => digits.indexOf(digit))
    total = first
    for (const digit of rest) total = write(`${total}*${from}+${digit}`, total * from + digit)
  }
  if (to === 10) return `${total}`
  let text = ''
  while (total >= to) {
    const digit = write(`${total}%${to}`, total % to, to)
    text = (digits[digit] ?? '?') + text
    total = write(`${total}/${to}`, Math.floor(total / to))
  }
  return (digits[total] ?? '?') + text
}

const wrongAnswer = ({ to, value }: BaseConv, rng: Rng): string => nearMiss(value, rng).toString(to)
const worked = workedSteps(work, wrongAnswer)

/** Numbers from one base to another. */
export const baseConv = taskOf<BaseConv, BaseConvKnobs>({
  id: 'base-conv',
  summary: 'Write a number in another base: `b3 2102>b10=`.',
  rules: [
    'The prompt bP D>bQ= gives a number by its digits D in base P and asks for its digits in base Q;',
    'P and Q are decimal, from 2 to 16, and differ. Digits above 9 are the small letters a to f.',
    'Right are the digits in base Q: small letters, no leading zeros, no sign, no spaces.',
    'Steps fold the digits into a decimal value unless P is 10 (`2*3+1=7;7*3+0=21;21*3+2=65`), then, unless Q is 10, give',
    'remainder and quotient while the value is at least Q (`65%8=1;65/8=8;8%8=0;8/8=1;#101`). Digits in steps are decimal.',
  ].join(' '),
  tags: ['arithmetic', 'bases'],
  knobs: z.object({
    largest: z.int().min(100).max(10_000_000).optional().describe(`Largest value, from ${smallest} up.`),
    base: z.int().min(3).max(16).optional().describe('Largest base, from 2 up.'),
    throughTen: z.boolean().optional().describe('Whether one of the two bases is always ten.'),
  }),
  ladder: [
    { largest: 400, base: 8, throughTen: true },
    { largest: 1500, base: 10, throughTen: false },
    { largest: 10_000, base: 12, throughTen: false },
    { largest: 100_000, base: 14, throughTen: false },
    { largest: 1_000_000, base: 16, throughTen: false },
  ],
  alphabet: '0123456789abcdef>% */+=;#',
  draw,
  prompt: ({ from, to, value }) => `b${from} ${value.toString(from)}>b${to}=`,
  ...worked,
  judge({ to, value }, answer) {
    const right = value.toString(to)
    return answer === right || `${quote(answer)} is not ${right}`
  },
  wrongAnswer,
  chance: (level) => chances[level - 1],
  perturb: (instance, rng) => ({ ...instance, value: nearMiss(instance.value, rng) }),
})
