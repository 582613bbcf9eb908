// lin-eq: one, two or three linear equations, `3x+4=19:`. The trace moves terms to their side, eliminates one unknown
// after the other without fractions, and substitutes back.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { LinearSystem } from './lin-eq-system.ts'
import { determinant, drawSystem, equationText, isSolvableInOrder, solveSystem, unknownNames } from './lin-eq-system.ts'
import type { Write } from './worked-steps.ts'
import { nearMiss, workedSteps } from './worked-steps.ts'

type LinEqKnobs = {
  readonly unknowns: number
  readonly moved: number
  readonly factor: number
  readonly largest: number
}

// The commonest answer's share of 2,000 problems a level, where that is more than noise.
const chances = [0.05, 0.04, 0.003, 0.001, 0.00003]

function work({ equations }: LinearSystem, write: Write): string {
  return solveSystem(equations, write).join(',')
}

function wrongAnswer({ solution }: LinearSystem, rng: Rng): string {
  const at = rng.int(solution.length)
  return solution.with(at, nearMiss(solution[at], rng)).join(',')
}

const worked = workedSteps(work, wrongAnswer)
const given = ({ solution }: LinearSystem): string =>
  solution.map((value, j) => `${unknownNames[j]}=${value}`).join(',')

/** Linear equations and systems of them. */
export const linEq = taskOf<LinearSystem, LinEqKnobs>({
  id: 'lin-eq',
  summary: 'Solve a linear equation or a system of two or three: `3x+4=19:`.',
  rules: [
    'The prompt is one equation in x, two in x,y or three in x,y,z, with commas between them, then a colon.',
    'A side is a sum of terms such as 4, -x or 12y with integer factors (a factor 1 is not written).',
    'There is exactly one solution and it is in integers. Right are the values of x, or x,y, or x,y,z in this order with',
    'commas and nothing else between: decimal integers, no leading zeros, no +, 0 never as -0: `#2,-3`.',
    'Steps, equation by equation: unknowns move to the left and constants to the right (`5-2=3;19-4=15`); then for each',
    'equation below, a*b-c*d with a the pivot and c the factor under it clears that factor (`2*5-3*1=7`); then from the',
    'last equation up each known unknown is subtracted (`9-2*3=3`) and the rest divided (`3/3=1`).',
  ].join(' '),
  tags: ['arithmetic', 'algebra'],
  knobs: z.object({
    unknowns: z.int().min(1).max(3).optional().describe('How many unknowns, and as many equations.'),
    moved: z.int().min(0).max(6).optional().describe('Terms that stand on the wrong side.'),
    factor: z.int().min(2).max(50).optional().describe('Largest factor before terms are moved.'),
    largest: z.int().min(1).max(100).optional().describe('Largest size of a value in the solution.'),
  }),
  ladder: [
    { unknowns: 1, moved: 1, factor: 9, largest: 12 },
    { unknowns: 1, moved: 2, factor: 20, largest: 15 },
    { unknowns: 2, moved: 2, factor: 20, largest: 15 },
    { unknowns: 2, moved: 4, factor: 25, largest: 20 },
    { unknowns: 3, moved: 5, factor: 25, largest: 20 },
  ],
  alphabet: '0123456789xyzc+-*/()=,:;#',
  draw: ({ unknowns, moved, factor, largest }, rng) => drawSystem(unknowns, moved, factor, largest, rng),
  accept: ({ equations }) => isSolvableInOrder(equations),
  content: ({ equations }) =>
    equations
      .map((equation) => equationText(equation))
      .sort()
      .join(','),
  prompt: ({ equations }) => `${equations.map((equation) => equationText(equation)).join(',')}:`,
  ...worked,
  judge({ solution }, answer) {
    return answer === solution.join(',') || `${quote(answer)} does not solve it: ${solution.join(',')} does`
  },
  wrongAnswer,
  chance: (level) => chances[level - 1],
  // The solution is given, and the constant on the right of one equation is asked for.
  invert(instance, rng) {
    const equation = rng.pick(instance.equations)
    const answer = equation.right.at(-1)
    return { prompt: `${equationText(equation, 'c')},${given(instance)},c=`, answer: `${answer}` }
  },
  // A constant that grows by the determinant moves the solution by integers.
  perturb({ equations }, rng) {
    const at = rng.int(equations.length)
    const { left, right } = equations[at]
    const change = determinant(equations) * rng.pick([-1, 1])
    const other = equations.with(at, { left, right: [...right.slice(0, -1), right[right.length - 1] + change] })
    return { equations: other, solution: solveSystem(other, (_, value) => value) }
  },
  unanswerable({ equations }, rng) {
    if (equations.length === 1) return `${equationText(equations[0], 'c')}:`
    const dropped = rng.int(equations.length)
    return `${equations
      .filter((_, i) => i !== dropped)
      .map((equation) => equationText(equation))
      .join(',')}:`
  },
})
