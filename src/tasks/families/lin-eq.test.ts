import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { linEq } from './lin-eq.ts'

const { family } = linEq
const one = { equations: [{ left: [5, 4], right: [2, 19] }], solution: [5] }
// 2x+3y=13 and -x+y+4=-y+9
const two = {
  equations: [
    { left: [2, 3, 0], right: [0, 0, 13] },
    { left: [-1, 1, 4], right: [0, -1, 9] },
  ],
  solution: [11 / 7, 23 / 7],
}

/** Whether these values satisfy every equation of the prompt, by the rules alone. */
function satisfies(prompt: string, answer: string): boolean {
  const values = new Map(answer.split(',').map((value, j) => ['xyz'[j], Number(value)]))
  const side = (text: string): number =>
    [...text.matchAll(/([+-]?)(\d*)([xyz]?)/g)].reduce((sum, [term, sign, number, name]) => {
      if (term === '') return sum
      const size = (number === '' ? 1 : Number(number)) * (name === '' ? 1 : values.get(name)!)
      return sum + (sign === '-' ? -size : size)
    }, 0)
  return prompt
    .slice(0, -1)
    .split(',')
    .every((equation) => side(equation.split('=')[0]) === side(equation.split('=')[1]))
}

describe('lin-eq', () => {
  it('shows, solves and judges one equation written by hand', () => {
    expect(family.prompt(one)).toBe('5x+4=2x+19:')
    expect(family.solve(one)).toEqual({ steps: ['5-2=3', '19-4=15', '15/3=5'], answer: '5' })
    for (const near of ['05', '+5', 'x=5', '5.0', '-5', '4', '5,']) expect(family.judge(one, near)).not.toBe(true)
    expect(family.judge(one, '5')).toBe(true)
  })

  it('eliminates and substitutes in a system written by hand', () => {
    // 2x+3y=13, -x+2y=4 has x=2, y=3.
    const system = { equations: [two.equations[0], { left: [-1, 1, 4], right: [0, -1, 8] }], solution: [2, 3] }
    expect(family.prompt(system)).toBe('2x+3y=13,-x+y+4=-y+8:')
    expect(family.solve(system)).toEqual({
      steps: ['1-(-1)=2', '8-4=4', '2*2-(-1)*3=7', '2*4-(-1)*13=21', '21/7=3', '13-3*3=4', '4/2=2'],
      answer: '2,3',
    })
    for (const near of ['3,2', '2, 3', '2,3,', '2;3', '2', '02,3']) expect(family.judge(system, near)).not.toBe(true)
  })

  it('agrees with a solver that reads only the prompt: substitution', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = linEq.problem('train', i, { level })
        const instance = linEq.instance(problem)
        const prompt = problem.prompt as string
        expect(problem.answer).toBe(instance.solution.join(','))
        expect(satisfies(prompt, problem.answer!)).toBe(true)
        expect(satisfies(prompt, family.wrongAnswer(instance, stream('wrong', i)))).toBe(false)
        expect(prompt.length).toBeLessThanOrEqual(level < 4 ? 96 : 256)
      }
    }
  })

  it('asks the same whatever the order of the equations', () => {
    const turned = { ...two, equations: [...two.equations].reverse() }
    expect(family.content?.(turned)).toBe(family.content?.(two))
  })

  it('changes a constant so that another integer solution is right', () => {
    for (let i = 0; i < 40; i++) {
      const instance = linEq.instance(linEq.problem('train', i, { level: 1 + (i % 5) }))
      const other = family.perturb!(instance, stream('perturb', i))!
      expect(other.solution.every(Number.isInteger)).toBe(true)
      expect(other.solution).not.toEqual(instance.solution)
      expect(satisfies(family.prompt(other), other.solution.join(','))).toBe(true)
    }
  })

  it('hides a constant that the given solution tells', () => {
    expect(family.invert?.(one, stream('invert'))).toEqual({ prompt: '5x+4=2x+c,x=5,c=', answer: '19' })
    expect(family.unanswerable?.(one, stream('unknown'))).toBe('5x+4=2x+c:')
    expect(family.unanswerable?.(two, stream('unknown'))?.split(',')).toHaveLength(1)
  })

  it('scores a slip alone and survives a zero where a divisor was due', () => {
    expect(family.stepScores?.(one, ['5-2=2', '19-4=15', '15/2=8'])).toEqual([0, 1, 1])
    expect(family.stepScores?.(one, ['5-2=0', '19-4=15', '15/0=0', '0/0=0'])).toEqual([0, 1, 1, 0])
  })

  it('passes the battery', async () => {
    expect((await checkTask(linEq, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
