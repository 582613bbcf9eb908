import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { exprMod } from './expr-mod.ts'

const { family } = exprMod
const hand = { tree: ['-', ['+', ['*', 3, 4], 5], ['*', 2, ['-', 9, 1]]] as const, modulus: 7 }
const levels = [1, 2, 3, 4, 5]

/** Reads the prompt by the rules alone: two stacks, exact values, one remainder at the end. */
function solvePrompt(prompt: string): number {
  const [, body, modulus] = /^(.*)%(\d+)=$/.exec(prompt)!
  const values: bigint[] = []
  const signs: string[] = []
  const rank = (sign: string): number => (sign === '(' ? 0 : sign === '*' ? 2 : 1)
  const reduce = (): void => {
    const [b, a, sign] = [values.pop()!, values.pop()!, signs.pop()]
    values.push(sign === '+' ? a + b : sign === '-' ? a - b : a * b)
  }
  for (const [token] of body.matchAll(/\d+|./g)) {
    if (/\d/.test(token)) values.push(BigInt(token))
    else if (token === '(') signs.push(token)
    else if (token === ')') {
      while (signs.at(-1) !== '(') reduce()
      signs.pop()
    } else {
      while (signs.length > 0 && rank(signs.at(-1)!) >= rank(token)) reduce()
      signs.push(token)
    }
  }
  while (signs.length > 0) reduce()
  const m = BigInt(modulus)
  return Number(((values[0] % m) + m) % m)
}

describe('expr-mod', () => {
  it('shows, solves and judges an instance written by hand', () => {
    expect(family.prompt(hand)).toBe('(3*4+5-2*(9-1))%7=')
    expect(family.solve(hand)).toEqual({
      steps: ['3*4=12', '12%7=5', '5+5=10', '10%7=3', '9-1=8', '8%7=1', '2*1=2', '3-2=1'],
      answer: '1',
    })
    for (const near of ['01', '8', '-6', '+1', '1.0', '2']) expect(family.judge(hand, near)).not.toBe(true)
    expect(family.judge(hand, '1')).toBe(true)
  })

  it('keeps the tree with parentheses: right sides of equal rank and sums under a product', () => {
    const text = (tree: Parameters<typeof family.prompt>[0]['tree']) => family.prompt({ tree, modulus: 9 })
    expect(text(['-', 5, ['-', 3, 1]])).toBe('(5-(3-1))%9=')
    expect(text(['-', ['-', 5, 3], 1])).toBe('(5-3-1)%9=')
    expect(text(['*', ['+', 5, 3], ['*', 2, 4]])).toBe('((5+3)*(2*4))%9=')
    expect(text(['+', ['*', 5, 3], ['*', 2, 4]])).toBe('(5*3+2*4)%9=')
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of levels) {
      for (let i = 0; i < 40; i++) {
        const problem = exprMod.problem('train', i, { level })
        const value = solvePrompt(problem.prompt as string)
        expect(problem.answer).toBe(`${value}`)
        expect(family.wrongAnswer(exprMod.instance(problem), stream('wrong', i))).not.toBe(`${value}`)
        expect((problem.prompt as string).length).toBeLessThanOrEqual(level < 4 ? 96 : 256)
      }
    }
  })

  it('draws exactly the depth and the number of operations', () => {
    const depth = (tree: unknown): number => (Array.isArray(tree) ? 1 + Math.max(depth(tree[1]), depth(tree[2])) : 0)
    const size = (tree: unknown): number => (Array.isArray(tree) ? 1 + size(tree[1]) + size(tree[2]) : 0)
    for (let i = 0; i < 50; i++) {
      const { tree } = exprMod.instance(exprMod.problem('train', i, { level: 4 }))
      expect([depth(tree), size(tree)]).toEqual([4, 7])
    }
    const full = exprMod.instance(exprMod.problem('train', 0, { level: 1, depth: 3, operations: 20 }))
    expect(size(full.tree)).toBe(7)
  })

  it('scores a step by its own arithmetic, going on from what was written', () => {
    const steps = ['3*4=12', '12%7=6', '6+5=11', '11%7=4', '9-1=8', '8%7=1', '2*1=2', '4-2=2', '4-2=2']
    expect(family.stepScores?.(hand, steps)).toEqual([1, 0, 1, 1, 1, 1, 1, 1, 0])
  })

  it('inverts, changes and hides numbers', () => {
    for (let i = 0; i < 40; i++) {
      const instance = exprMod.instance(exprMod.problem('train', i, { level: 2 }))
      const value = solvePrompt(family.prompt(instance))
      const inverted = family.invert?.(instance, stream('invert', i))
      if (inverted !== undefined) {
        const [, expression, given, below] = /^(.*)=(\d+),x<(\d+),x=$/.exec(inverted.prompt)!
        const fits = Array.from({ length: Number(below) }, (_, x) => x).filter(
          (x) => solvePrompt(`${expression.replace('x', `${x}`)}=`) === Number(given),
        )
        expect(fits.map(String)).toEqual([inverted.answer])
      }
      const other = family.perturb?.(instance, stream('perturb', i))
      if (other !== undefined) expect(solvePrompt(family.prompt(other))).not.toBe(value)
      const open = family.unanswerable?.(instance, stream('unknown', i))
      if (open !== undefined) {
        const values = new Set([...Array(12).keys()].map((x) => solvePrompt(open.replace('x', `${x}`))))
        expect(values.size).toBeGreaterThan(1)
      }
    }
    expect(family.prompt(family.fill!(hand, 'n2', 40))).toBe('(3*4+40-2*(9-1))%7=')
  })

  it('passes the battery', async () => {
    expect((await checkTask(exprMod, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
