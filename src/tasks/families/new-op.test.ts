import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { newOp } from './new-op.ts'

const { family } = newOp
type Instance = Parameters<typeof family.prompt>[0]

const twice = { product: 0, a: 2, b: 1, constant: 0 }
const minus = { product: 1, a: 0, b: -1, constant: -3 }
const hand: Instance = {
  operators: [{ sign: '@', test: '', yes: twice, no: twice }],
  tree: ['@', 3, ['@', 4, 1]],
}
const tested: Instance = {
  operators: [{ sign: '&', test: 'a>b', yes: twice, no: minus }],
  tree: ['&', ['&', 1, 1], ['&', 5, 2]],
}

/** Reads the prompt by the rules alone: rewrites the innermost operation to its value until a number is left. */
function solvePrompt(prompt: string): number {
  const parts = prompt.slice(0, -1).split('. ')
  let text = parts.pop()!
  const definitions = new Map(parts.map((part) => [part[1], part.slice(4)]))
  const formula = (sum: string, a: number, b: number): number =>
    [...sum.matchAll(/([+-]?)(\d*)(ab|a|b|)/g)].reduce((total, [term, sign, factor, names]) => {
      if (term === '') return total
      const worth = names === 'ab' ? a * b : names === 'a' ? a : names === 'b' ? b : 1
      return total + (sign === '-' ? -1 : 1) * (factor === '' ? 1 : Number(factor)) * worth
    }, 0)
  const operate = (sign: string, a: number, b: number): number => {
    const [, test, yes, no] = /^(?:(.*)\?(.*):)?(.*)$/.exec(definitions.get(sign)!)!
    if (test === undefined) return formula(no, a, b)
    const isTrue = test === 'a>b' ? a > b : test === 'a<b' ? b > a : (a & 1) === 0
    return formula(isTrue ? yes : no, a, b)
  }
  // Numbers stand as <n> while rewriting, so that a sign is never taken for an operator.
  text = text.replace(/\((-\d+)\)/g, '<$1>').replace(/(?<![<-])\b\d+/g, '<$&>')
  for (;;) {
    const found = /\((<-?\d+>.<-?\d+>)\)|^(<-?\d+>.<-?\d+>)$/.exec(text)
    if (found === null) return Number(text.slice(1, -1))
    const [, a, sign, b] = /<(-?\d+)>(.)<(-?\d+)>/.exec(found[1] ?? found[2])!
    text = text.replace(found[0], () => `<${operate(sign, Number(a), Number(b))}>`)
  }
}

describe('new-op', () => {
  it('shows, solves and judges an instance written by hand', () => {
    expect(family.prompt(hand)).toBe('a@b=2a+b. 3@(4@1)=')
    expect(family.solve(hand)).toEqual({ steps: ['4@1=2*4+1=9', '3@9=2*3+9=15'], answer: '15' })
    for (const near of ['015', '+15', '15.0', '16', '-15', '1 5']) expect(family.judge(hand, near)).not.toBe(true)
    expect(family.judge(hand, '15')).toBe(true)
  })

  it('says how each test comes out, and puts numbers below zero in parentheses', () => {
    expect(family.prompt(tested)).toBe('a&b=a>b?2a+b:ab-b-3. (1&1)&(5&2)=')
    expect(family.solve(tested)).toEqual({
      steps: ['1>1 no:1&1=1*1-1-3=-3', '5>2 yes:5&2=2*5+2=12', '(-3)>12 no:(-3)&12=(-3)*12-12-3=-51'],
      answer: '-51',
    })
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = newOp.problem('train', i, { level })
        const prompt = problem.prompt as string
        expect([prompt, problem.answer]).toEqual([prompt, `${solvePrompt(prompt)}`])
        expect(family.wrongAnswer(newOp.instance(problem), stream('wrong', i))).not.toBe(problem.answer)
        expect(prompt.length).toBeLessThanOrEqual(level < 4 ? 96 : 256)
      }
    }
  })

  it('uses every operator that it defines', () => {
    for (let i = 0; i < 40; i++) {
      const { operators, tree } = newOp.instance(newOp.problem('train', i, { level: 5 }))
      for (const { sign } of operators) expect(JSON.stringify(tree)).toContain(sign)
    }
  })

  it('scores a step by its own arithmetic, going on from what was written', () => {
    expect(family.stepScores?.(hand, ['4@1=2*4+1=10', '3@10=2*3+10=16', '#'])).toEqual([0, 1, 0])
    expect(family.stepScores?.(tested, ['1>1 yes:1&1=2*1+1=3', '5>2 yes:5&2=2*5+2=12'])).toEqual([0, 1])
  })

  it('fills, changes and leaves out', () => {
    expect(family.prompt(family.fill!(hand, 'n1', -7))).toBe('a@b=2a+b. 3@((-7)@1)=')
    expect(() => family.fill?.(hand, 'n3', 1)).toThrow('n3')
    expect(family.unanswerable?.(hand, stream('unknown'))).toBe('3@(4@1)=')
    for (let i = 0; i < 30; i++) {
      const problem = newOp.problem('train', i, { level: 1 + (i % 5) })
      const instance = newOp.instance(problem)
      for (const { name, range } of family.slots!(instance)) {
        const filled = family.fill!(instance, name, range[1])
        expect(Math.abs(Number(family.solve(filled).answer))).toBeLessThan(1e9)
        expect(family.solve(filled).answer).toBe(`${solvePrompt(family.prompt(filled))}`)
      }
      const other = family.perturb?.(instance, stream('perturb', i))
      if (other !== undefined) expect(`${solvePrompt(family.prompt(other))}`).not.toBe(problem.answer)
    }
  })

  it('passes the battery', async () => {
    expect((await checkTask(newOp, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
