import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { dyck } from './dyck.ts'

const { family } = dyck
const complete = { kind: 'complete', line: '([]{' } as const
const error = { kind: 'first-error', line: '([)]' } as const

/** Cancels neighbouring pairs again and again; an error is the shortest prefix whose rest starts a wrong closing. */
function solvePrompt(prompt: string): string {
  const cancel = (text: string): string => {
    for (let before = ''; before !== text; ) {
      before = text
      text = text.replace(/\(\)|\[\]|\{\}|<>/g, '')
    }
    return text
  }
  const line = prompt.slice(0, -1)
  if (prompt.endsWith(':')) {
    const pairs: Record<string, string> = { '(': ')', '[': ']', '{': '}', '<': '>' }
    return cancel(line)
      .replace(/./g, (sign) => pairs[sign])
      .split('')
      .reverse()
      .join('')
  }
  for (let length = 1; length <= line.length; length++) {
    if (/[)\]}>]/.test(cancel(line.slice(0, length)))) return `${length}`
  }
  return cancel(line) === '' ? '0' : `${line.length + 1}`
}

describe('dyck', () => {
  it('completes a line written by hand', () => {
    expect(family.prompt(complete)).toBe('([]{:')
    expect(family.solve(complete)).toEqual({ steps: ['1 ( (', '2 [ ([', '3 ] (', '4 { ({'], answer: '})' })
    expect(family.judge(complete, '})')).toBe(true)
    for (const near of [')}', '} )', '}', '}))', '', '({']) expect(family.judge(complete, near)).not.toBe(true)
  })

  it('finds the first error of a line written by hand', () => {
    expect(family.prompt(error)).toBe('([)]?')
    expect(family.solve(error)).toEqual({ steps: ['1 ( (', '2 [ ([', '3 ) !'], answer: '3' })
    const answers = (line: string) => family.solve({ kind: 'first-error', line }).answer
    expect([answers('()'), answers('(('), answers(')('), answers('(]')]).toEqual(['0', '3', '1', '2'])
    for (const near of ['03', '4', '+3', '3.0', '2', '']) expect(family.judge(error, near)).not.toBe(true)
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = dyck.problem('train', i, { level })
        const instance = dyck.instance(problem)
        const rng = stream('dyck', level, i)
        expect(solvePrompt(problem.prompt as string)).toBe(problem.answer)
        expect(family.wrongAnswer(instance, rng)).not.toBe(problem.answer)
        const other = family.perturb!(instance, rng)
        if (other !== undefined) expect(solvePrompt(family.prompt(other))).not.toBe(problem.answer)
      }
    }
  })

  it('draws lines of the wanted length and depth', () => {
    for (let i = 0; i < 50; i++) {
      const problem = dyck.problem('test', i, { level: 4, kind: 'complete' })
      expect(problem.prompt).toHaveLength(33)
      expect(problem.answer).toHaveLength(6)
    }
    expect(dyck.problem('train', 0, { level: 1, kind: 'complete', length: 13, open: 2 }).answer).toHaveLength(1)
  })

  it('has lines without an error and lines that only lack an end', () => {
    const answers = Array.from(
      { length: 300 },
      (_, i) => dyck.problem('train', i, { level: 1, kind: 'first-error' }).answer,
    )
    expect(answers).toContain('0')
    expect(answers).toContain('13')
  })

  it('scores steps by the stack written before and carries a slip on', () => {
    expect(family.stepScores!(complete, ['1 ( [', '2 [ [[', '3 ] [', '4 { ({', '5 ( ('])).toEqual([0, 1, 1, 0, 0])
    expect(family.stepScores!(error, ['1 ( (', '2 [ !', '3 ) ('])).toEqual([1, 0, 0])
    for (let i = 0; i < 20; i++) {
      const { steps, answer } = family.wrongSolution!(complete, stream('slip', i))
      expect(answer).not.toBe('})')
      expect(family.stepScores!(complete, steps).filter((score) => score === 0)).toHaveLength(1)
    }
  })

  it('passes the battery', async () => {
    expect((await checkTask(dyck, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
