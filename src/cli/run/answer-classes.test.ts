import { describe, expect, it } from 'vitest'
import { findTask } from '../../tasks/index.ts'
import { answerClassesOf } from './answer-classes.ts'

const generated = (id: string) => {
  const task = findTask(id)
  return { task, problem: task.problem('test', 0) }
}

describe('answerClassesOf', () => {
  it('groups mathematical answers by their value, and gives none to what has no answer', async () => {
    const task = findTask('gsm8k')
    const problem = task.fromRow!({ id: 'x', question: 'How many?', answer: 'so it is\n#### 6' }, 'test')
    const classes = (await answerClassesOf(task, problem))!(problem, [
      '\\boxed{6}',
      '\\boxed{\\frac{12}{2}}',
      '\\boxed{7}',
      '',
    ])
    expect(classes[0]).toBeDefined()
    expect(classes[1]).toBe(classes[0])
    expect(classes[2]).not.toBe(classes[0])
    expect(classes[3]).toBeUndefined()
  })

  it('groups answers after the last # by their text', async () => {
    for (const id of ['chain-arithmetic', 'gcd-lcm']) {
      const { task, problem } = generated(id)
      const classesOf = (await answerClassesOf(task, problem))!
      expect(classesOf(problem, ['1+1=2;#2', '# 2 ', '2', '#3'])).toEqual(['2', '2', undefined, '3'])
    }
  })

  it('is not there where an answer alone is not what the task asks for', async () => {
    const { task, problem } = generated('countdown')
    expect(await answerClassesOf(task, problem)).toBeUndefined()
    expect(await answerClassesOf(task, undefined)).toBeUndefined()
  })

  it('tells the right answer from others for every task that it groups', async () => {
    const { task, problem } = generated('chain-sum')
    const right = task.solve(problem)
    const [one, two] = (await answerClassesOf(task, problem))!(problem, [right, '#no such answer'])
    expect(one).toBe(problem.answer)
    expect(two).not.toBe(one)
  })
})
