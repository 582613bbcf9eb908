import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { progExec } from './prog-exec.ts'
import { execute, unroll } from './prog-exec-machine.ts'

const { family } = progExec
const hand = { program: '35+2(d+)' }

/** Runs the text itself: the innermost loop is written out by a pattern, then one mutable stack is worked. */
function solvePrompt(prompt: string): string {
  let text = prompt.slice(0, -1)
  const loop = /(\d)\(([^()]*)\)/
  for (let found = loop.exec(text); found !== null; found = loop.exec(text)) {
    text = text.slice(0, found.index) + found[2].repeat(Number(found[1])) + text.slice(found.index + found[0].length)
  }
  const stack: number[] = []
  for (const char of text) {
    if (char === 'd') stack.push(stack.at(-1)!)
    else if (char === 's') stack.push(stack.pop()!, stack.pop()!)
    else if (char >= '0' && char <= '9') stack.push(Number(char))
    else {
      const [b, a] = [stack.pop()!, stack.pop()!]
      const value = char === '+' ? a + b : char === '-' ? a - b : a * b
      stack.push(((value % 100) + 100) % 100)
    }
    if (stack.some((value) => !Number.isInteger(value))) return 'underflow'
  }
  return `${stack.at(-1)}`
}

describe('prog-exec', () => {
  it('shows, solves and judges an instance written by hand', () => {
    expect(family.prompt(hand)).toBe('35+2(d+)=')
    expect(family.solve(hand)).toEqual({ steps: ['3', '3 5', '8', '8 8', '16', '16 16', '32'], answer: '32' })
    expect(family.judge(hand, '32')).toBe(true)
    for (const near of ['032', '+32', '32.0', '16 32', '132', '-68', ''])
      expect(family.judge(hand, near)).not.toBe(true)
    // 3 - 5 wraps round, and the digit before the parenthesis is not pushed.
    expect(family.solve({ program: '35-' }).answer).toBe('98')
    expect(family.solve({ program: '12s-' }).answer).toBe('1')
    expect(family.solve({ program: '99*2(5+)' }).answer).toBe('91')
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = progExec.problem('train', i, { level })
        const instance = progExec.instance(problem)
        const rng = stream('prog-exec', level, i)
        expect(solvePrompt(problem.prompt as string)).toBe(problem.answer)
        expect(family.wrongAnswer(instance, rng)).not.toBe(problem.answer)
        expect(family.wrongSolution!(instance, rng).answer).not.toBe(problem.answer)
        const other = family.perturb!(instance, rng)
        if (other !== undefined) expect(solvePrompt(family.prompt(other))).not.toBe(problem.answer)
        for (const { name } of family.slots!(instance)) {
          expect(solvePrompt(family.prompt(family.fill!(instance, name, 7)))).not.toBe('underflow')
        }
      }
    }
  })

  it('has as many loops as the level says', () => {
    for (const [level, loops] of [
      [1, 0],
      [3, 1],
      [5, 2],
    ]) {
      for (let i = 0; i < 30; i++) {
        const { program } = progExec.instance(progExec.problem('train', i, { level }))
        expect(program.split('(')).toHaveLength(1 + loops)
      }
    }
  })

  it('refuses programs that make no sense and runs that are too long', () => {
    for (const program of ['2(', ')', '2)', '0(d+)', 'x', '3(d', '9(9(9(9(d))))'])
      expect(unroll(program)).toBeUndefined()
    expect(unroll('2(3(d))')).toHaveLength(6)
    expect(unroll('')).toEqual([])
    expect([execute([], '+'), execute([1], '+'), execute([], 'd'), execute([1], 's')]).toEqual(Array(4).fill(undefined))
  })

  it('scores steps by the stack written before', () => {
    expect(family.stepScores!(hand, ['3', '3 5', '9', '9 9', '18'])).toEqual([1, 1, 0, 1, 1])
    expect(family.stepScores!(hand, ['3', '5', '5'])).toEqual([1, 0, 0])
    expect(family.stepScores!(hand, ['-', '1'.repeat(5000), '8', '8 8', 'x', '', 'x', 'y'])).toEqual([
      0, 0, 0, 1, 0, 0, 0, 0,
    ])
  })

  it('passes the battery', async () => {
    expect((await checkTask(progExec, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
