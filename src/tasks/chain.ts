// A chain of operations modulo m, read strictly left to right: its text, its value and its worked steps.
// `3+4*2-1=` modulo 10 is ((3+4)*2)-1 = 3: no operator goes before another. It knows neither splits nor verdicts.
import { z } from 'zod'
import type { Problem } from '../contracts/index.ts'

/** An operation of a chain. */
export type ChainOperator = '+' | '-' | '*'

/** A start value and the operations that follow; values are in 0..modulus-1. */
export interface Chain {
  readonly start: number
  /** One character per operation. */
  readonly operators: string
  readonly operands: readonly number[]
  readonly modulus: number
}

/** One worked step: `left operator right = result` modulo m. */
export interface ChainStep {
  readonly left: number
  readonly operator: ChainOperator
  readonly right: number
  readonly result: number
}

const chainMeta = z
  .object({
    start: z.int().min(0),
    operators: z
      .string()
      .min(1)
      .max(24)
      .regex(/^[-+*]+$/),
    operands: z.array(z.int().min(0)).min(1).max(24),
    modulus: z.int().min(2).max(100),
  })
  .refine((meta) => meta.operators.length === meta.operands.length)

/** The chain of a problem of this task, or undefined when its `meta` holds none. */
export function chainOf(problem: Problem): Chain | undefined {
  const read = chainMeta.safeParse(problem.meta)
  return read.success ? read.data : undefined
}

/** `left operator right` modulo m, in 0..m-1. */
export function applyOperator(left: number, operator: ChainOperator, right: number, modulus: number): number {
  const value = operator === '+' ? left + right : operator === '-' ? left - right : left * right
  return ((value % modulus) + modulus) % modulus
}

/** The prompt: `3+4*2-1=`, and `3+4*2-1%7=` for a modulus other than 10. */
export function chainPrompt(chain: Chain): string {
  const operations = chain.operands.map((operand, i) => `${chain.operators[i]}${operand}`).join('')
  return `${chain.start}${operations}${chain.modulus === 10 ? '' : `%${chain.modulus}`}=`
}

/** Every step of the chain with its right result. */
export function chainSteps(chain: Chain): readonly ChainStep[] {
  let left = chain.start
  return chain.operands.map((right, i) => {
    const operator = chain.operators[i] as ChainOperator
    const result = applyOperator(left, operator, right, chain.modulus)
    const step = { left, operator, right, result }
    left = result
    return step
  })
}

/** The value of the chain. */
export function chainAnswer(chain: Chain): number {
  return chainSteps(chain)[chain.operands.length - 1].result
}

/** `3+4=7` */
export function showChainStep(step: ChainStep): string {
  return `${step.left}${step.operator}${step.right}=${step.result}`
}
