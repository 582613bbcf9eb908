// gcd-lcm: greatest common divisor or least common multiple of two to four numbers, `gcd 84 30=`. The trace is Euclid's
// algorithm, number by number.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { Write } from './worked-steps.ts'
import { nearMiss, workedSteps } from './worked-steps.ts'

type GcdLcm = { readonly kind: 'gcd' | 'lcm'; readonly numbers: readonly number[] }

type GcdLcmKnobs = { readonly numbers: number; readonly largest: number }

// The commonest answer's share of 2,000 problems a level, where that is more than noise.
const chances = [0.03, 0.01, 0.006, 0.004, 0.003]

function draw({ numbers, largest }: GcdLcmKnobs, rng: Rng): GcdLcm {
  if (rng.int(2) === 0) {
    // A multiple must stay far below 2^53 and short to write: four numbers of at most 600.
    const top = Math.floor(6 * Math.sqrt(largest))
    return { kind: 'lcm', numbers: Array.from({ length: numbers }, () => 2 + rng.int(top - 1)) }
  }
  // A common factor first, or most answers would be 1.
  const factor = 2 + rng.int(Math.floor(largest / 6) - 1)
  const multiples = Math.floor(largest / factor)
  return { kind: 'gcd', numbers: Array.from({ length: numbers }, () => factor * (1 + rng.int(multiples))) }
}

/** Euclid's remainders, the larger number first. */
function euclid(a: number, b: number, write: Write): number {
  let [large, small] = a < b ? [b, a] : [a, b]
  while (small > 0) {
    const rest = write(`${large}%${small}`, large % small, small)
    large = small
    small = rest
  }
  return large
}

function work({ kind, numbers }: GcdLcm, write: Write): string {
  let result = numbers[0]
  for (const number of numbers.slice(1)) {
    const divisor = euclid(result, number, write)
    if (kind === 'gcd') {
      result = divisor
    } else {
      const share = write(`${result}/${divisor}`, Math.floor(result / divisor))
      result = write(`${share}*${number}`, share * number)
    }
  }
  return `${result}`
}

function wrongAnswer(instance: GcdLcm, rng: Rng): string {
  const right = Number(worked.solve(instance).answer)
  const candidates = [nearMiss(right, rng), right * 2, instance.numbers[rng.int(instance.numbers.length)], 1]
  return `${rng.pick(candidates.filter((value) => value !== right && value > 0))}`
}

const worked = workedSteps(work, wrongAnswer)

/** Greatest common divisors and least common multiples. */
export const gcdLcm = taskOf<GcdLcm, GcdLcmKnobs>({
  id: 'gcd-lcm',
  summary: 'Find the greatest common divisor or the least common multiple: `gcd 84 30=`.',
  rules: [
    'The prompt is gcd or lcm, then two to four positive decimal integers, one space before each, then =.',
    'gcd asks for their greatest common divisor, lcm for their least common positive multiple.',
    'Right is that integer in decimal: no leading zeros, sign or spaces.',
    'Steps take the numbers from the left, each with the result so far r: remainders by Euclid down to 0, the larger first',
    '(`84%30=24;30%24=6;24%6=0`), so the last divisor is the gcd; for lcm then r / gcd and times the number',
    '(`84/6=14;14*30=420`).',
  ].join(' '),
  tags: ['arithmetic', 'number-theory'],
  knobs: z.object({
    numbers: z.int().min(2).max(4).optional().describe('How many numbers.'),
    largest: z
      .int()
      .min(60)
      .max(10_000)
      .optional()
      .describe('Largest number of a gcd; an lcm takes six times its root.'),
  }),
  ladder: [
    { numbers: 2, largest: 150 },
    { numbers: 2, largest: 600 },
    { numbers: 3, largest: 1000 },
    { numbers: 3, largest: 5000 },
    { numbers: 4, largest: 10_000 },
  ],
  alphabet: '0123456789gcdlm %/*=;#',
  draw,
  // Equal numbers leave less to do than the level says.
  accept: ({ numbers }) => new Set(numbers).size === numbers.length,
  content: ({ kind, numbers }) => `${kind} ${[...numbers].sort((a, b) => a - b).join(' ')}`,
  prompt: ({ kind, numbers }) => `${kind} ${numbers.join(' ')}=`,
  ...worked,
  judge(instance, answer) {
    const right = worked.solve(instance).answer
    return answer === right || `${quote(answer)} is not the ${instance.kind} ${right}`
  },
  wrongAnswer,
  chance: (level) => chances[level - 1],
})
