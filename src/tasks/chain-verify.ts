// Checks a completion of a chain problem: `3+4=7;7*2=4;4-1=3;#3`.
// The verdict rests only on the number after the last `#`; the steps before it are scored but never change it.
import type { Problem, Verdict } from '../contracts/index.ts'
import type { Chain, ChainOperator } from './chain.ts'
import { applyOperator, chainAnswer, chainOf } from './chain.ts'
import { failed, quote, right, wrong } from './verdict.ts'

const maxLength = 4096
const maxSteps = 64
const number = '(?:0|[1-9][0-9]{0,2})'
// Anchored, every repeat bounded, no two ways to match: linear in the text.
const stepPattern = new RegExp(`^(${number})([-+*])(${number})=(${number})$`)
const answerPattern = new RegExp(`^${number}$`)

/** Right when the number after the last `#` is the chain's value, written plainly, with nothing after it. */
export function verifyChain(problem: Problem, completion: string): Verdict {
  const chain = chainOf(problem)
  if (chain === undefined) return failed('the problem holds no chain')
  if (completion.length > maxLength) return wrong(`longer than ${maxLength} characters`, { parts: { form: 0 } })
  const mark = completion.lastIndexOf('#')
  const steps = scoreChainSteps(chain, mark < 0 ? completion : completion.slice(0, mark))
  const misshapen = { parts: { form: 0 }, steps }
  if (mark < 0) return wrong('no final answer: nothing after a "#"', misshapen)
  const written = completion.slice(mark + 1).trim()
  if (!answerPattern.test(written)) return wrong(`the final answer ${quote(written)} is not a plain number`, misshapen)
  const expected = chainAnswer(chain)
  const wellFormed = { parts: { form: 1 }, steps }
  return Number(written) === expected
    ? right(`${written} is the value of the chain`, wellFormed)
    : wrong(`${written} is not the value of the chain, ${expected}`, wellFormed)
}

/**
 * One score per step written before the answer; undefined when there is none.
 * 1: it starts from the result written before it (the start value at first), applies the problem's next operation, and
 * its arithmetic is right. So after a wrong step, the next ones are judged on what they build on.
 */
export function scoreChainSteps(chain: Chain, text: string): readonly number[] | undefined {
  const written = text.split(';').map((step) => step.trim())
  if (written[written.length - 1] === '') written.pop()
  if (written.length === 0) return undefined
  let value: number | undefined = chain.start
  return written.slice(0, maxSteps).map((step, i) => {
    const match = stepPattern.exec(step)
    if (match === null) {
      value = undefined
      return 0
    }
    const [left, operand, result] = [Number(match[1]), Number(match[3]), Number(match[4])]
    const operator = match[2] as ChainOperator
    const isNext = left === value && operator === chain.operators[i] && operand === chain.operands[i]
    value = result
    return isNext && result === applyOperator(left, operator, operand, chain.modulus) ? 1 : 0
  })
}
