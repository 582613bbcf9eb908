// The chain-arithmetic task: `3+4*2-1=`, evaluated strictly left to right modulo 10 (or another m), as the smallest
// problem on which a chain of thought helps. Text and steps are in chain.ts, the check is in chain-verify.ts.
import { z } from 'zod'
import { GradusError } from '../base/error.ts'
import type { Rng } from '../base/rng.ts'
import type { Knobs, Problem, Split, Task, Trace } from '../contracts/index.ts'
import type { Chain, ChainStep } from './chain.ts'
import { applyOperator, chainAnswer, chainOf, chainPrompt, chainSteps, showChainStep } from './chain.ts'
import { verifyChain } from './chain-verify.ts'
import { readKnobs } from './read-knobs.ts'
import { drawInSplit, problemId } from './split-by-content.ts'
import { unknownStyle } from './unknown-style.ts'

const id = 'chain-arithmetic'
const styles = ['chain', 'direct', 'chain-wrong', 'direct-wrong'] as const

const knobs = z.object({
  operations: z.int().min(1).max(24).default(6).describe('How many operations the chain has.'),
  level: z.int().min(0).max(24).default(0).describe('When above 0, how many operations, instead of `operations`.'),
  modulus: z
    .int()
    .min(2)
    .max(100)
    .default(10)
    .describe('Every value is taken modulo this; shown in the prompt unless 10.'),
  operators: z
    .string()
    .regex(/^[-+*]{1,3}$/, 'up to three of + - *')
    .default('+-*')
    .describe('Operators to draw from, each equally likely.'),
})

function draw(rng: Rng, operations: number, modulus: number, operators: string): Chain {
  const start = rng.int(modulus)
  const drawn = Array.from({ length: operations }, () => ({
    operator: operators[rng.int(operators.length)],
    operand: rng.int(modulus),
  }))
  return { start, operators: drawn.map((d) => d.operator).join(''), operands: drawn.map((d) => d.operand), modulus }
}

function problem(split: Split, index: number, given?: Knobs): Problem {
  const { level, ...own } = readKnobs(id, knobs, given)
  const settings = { ...own, operations: level > 0 ? level : own.operations }
  const chain = drawInSplit(id, split, index, settings, {
    draw: (rng) => draw(rng, settings.operations, settings.modulus, settings.operators),
    content: chainPrompt,
  })
  const prompt = chainPrompt(chain)
  return {
    id: problemId(id, split, index, prompt),
    task: id,
    split,
    prompt,
    answer: String(chainAnswer(chain)),
    level: settings.operations,
    meta: { ...chain },
  }
}

function requireChain(from: Problem): Chain {
  const chain = chainOf(from)
  if (chain !== undefined) return chain
  throw new GradusError('data/bad-problem', `Problem "${from.id}" holds no chain of operations.`, {
    hint: `Only problems made by task "${id}" can be solved by it.`,
  })
}

function traceOf(steps: readonly ChainStep[], answer: number, isRight: boolean): Trace {
  const lines = steps.map(showChainStep)
  const text = [...lines, `#${answer}`].join(';')
  return { text, answer: String(answer), origin: 'oracle', right: isRight, steps: lines }
}

/** Another value than `value`, uniformly. */
function otherValue(value: number, modulus: number, rng: Rng): number {
  return (value + 1 + rng.int(modulus - 1)) % modulus
}

/** The chain with one wrong step, carried on faithfully to a wrong answer. */
function wrongSteps(chain: Chain, rng: Rng): readonly ChainStep[] {
  const rightSteps = chainSteps(chain)
  const expected = chainAnswer(chain)
  for (const slip of rng.shuffle(rightSteps.map((_, i) => i))) {
    let left = rightSteps[slip].left
    const steps = rightSteps.map((step, i) => {
      if (i < slip) return step
      const result = applyOperator(left, step.operator, step.right, chain.modulus)
      const written = i === slip ? otherValue(result, chain.modulus, rng) : result
      const made = { ...step, left, result: written }
      left = written
      return made
    })
    // A later `*0` can swallow the mistake; a slip in the last step never is.
    if (left !== expected) return steps
  }
  throw new GradusError('data/bad-problem', 'No wrong chain exists: the last step always allows one.')
}

function traces(from: Problem, style: string, rng: Rng): readonly Trace[] {
  const chain = requireChain(from)
  const answer = chainAnswer(chain)
  switch (style as (typeof styles)[number]) {
    case 'chain':
      return [traceOf(chainSteps(chain), answer, true)]
    case 'direct':
      return [traceOf([], answer, true)]
    case 'chain-wrong': {
      const steps = wrongSteps(chain, rng)
      return [traceOf(steps, steps[steps.length - 1].result, false)]
    }
    case 'direct-wrong':
      return [traceOf([], otherValue(answer, chain.modulus, rng), false)]
    default:
      throw unknownStyle(id, style, styles)
  }
}

/** Chains of + - * modulo m, strictly left to right; level = number of operations. */
export const chainArithmetic: Task = {
  id,
  summary:
    'Evaluate a chain of + - * strictly left to right modulo a number, 10 by default, such as 3+4*2-1= (which is 3).',
  levels: [1, 2, 3, 4, 5, 6, 7, 8],
  knobs,
  alphabet: '0123456789+-*%=;#',
  styles,
  // A uniform guess. Always answering 0 is right more often (about 0.16), since products favour it.
  chance: () => 0.1,
  problem,
  solve: (from) => traceOf(chainSteps(requireChain(from)), chainAnswer(requireChain(from)), true).text,
  verify: verifyChain,
  traces,
}
