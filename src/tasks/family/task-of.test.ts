import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { maxAnswer, maxCompletion, readCompletion } from './completion.ts'
import type { Family } from './family.ts'
import { taskOf } from './task-of.ts'

type Sum = { readonly a: number; readonly b: number }

const sums: Family<Sum, { most: number }> = {
  id: 'sums',
  summary: 'Two numbers, such as 3+4=',
  rules: '`a+b=`; the answer is their sum.',
  tags: ['arithmetic'],
  knobs: z.object({ most: z.int().min(1).optional().describe('Largest number.') }),
  ladder: [{ most: 99 }, { most: 199 }, { most: 299 }, { most: 399 }, { most: 499 }],
  alphabet: '0123456789+=;#',
  draw: ({ most }, rng) => ({ a: rng.int(most + 1), b: rng.int(most + 1) }),
  prompt: ({ a, b }) => `${a}+${b}=`,
  solve: ({ a, b }) => ({ steps: [`${a}+${b}=${a + b}`], answer: String(a + b) }),
  judge: ({ a, b }, answer) => answer === String(a + b) || `it is ${a + b}`,
  wrongAnswer: ({ a, b }, rng) => String(a + b + 1 + rng.int(9)),
  stepScores: ({ a, b }, steps) => steps.map((step) => (step === `${a}+${b}=${a + b}` ? 1 : 0)),
  chance: () => 0.01,
}
const task = taskOf(sums)

describe('readCompletion', () => {
  it('takes what follows the last # as the answer, and the rest as steps', () => {
    expect(readCompletion('1+1=2; 2+2=4;#4')).toEqual({ steps: ['1+1=2', '2+2=4'], answer: '4' })
    expect(readCompletion('#3;#4 ')).toEqual({ steps: ['#3'], answer: '4' })
  })

  it.each([
    ['1+1=2', /no answer/],
    ['1+1=2;#', /nothing follows/],
    ['', /no answer/],
    [`#${'1'.repeat(maxAnswer + 1)}`, /answer is longer/],
    [' '.repeat(maxCompletion + 1), /longer than/],
  ])('says why %j has none', (text, fault) => {
    expect(readCompletion(text.slice(0, maxCompletion + 2))).toMatchObject({ fault: expect.stringMatching(fault) })
  })
})

describe('taskOf', () => {
  it('makes a task that passes the battery', async () => {
    expect((await checkTask(task, { problems: 4 })).failures).toEqual([])
  })

  it("takes the level's knobs, and a given knob before them", () => {
    const largest = (knobs: Record<string, number>) =>
      Math.max(...Array.from({ length: 200 }, (_, i) => task.instance(task.problem('train', i, knobs)).b))
    expect(largest({ level: 1 })).toBeLessThan(100)
    expect(largest({ level: 5 })).toBeGreaterThan(300)
    expect(largest({ level: 5, most: 7 })).toBeLessThan(8)
    expect(() => task.problem('train', 0, { level: 6 })).toThrow(expect.objectContaining({ code: 'config/bad-value' }))
  })

  it('scores steps beside the answer', () => {
    const problem = task.problemOf({ a: 3, b: 4 }, 'test', 0, 1)
    expect(problem).toMatchObject({
      prompt: '3+4=',
      answer: '7',
      level: 1,
      split: 'test',
      meta: { instance: { a: 3, b: 4 } },
    })
    expect(task.verify(problem, '3+4=7;#7')).toMatchObject({ kind: 'right', score: 1, steps: [1], parts: { form: 1 } })
    expect(task.verify(problem, '3+4=8;#8')).toMatchObject({ kind: 'wrong', reason: 'it is 7', steps: [0] })
    expect(task.verify(problem, '3+4=7')).toMatchObject({ kind: 'wrong', parts: { form: 0 }, steps: [1] })
  })

  it('calls a fault of its own failed, not wrong', () => {
    const problem = task.problemOf({ a: 3, b: 4 }, 'test', 0, 1)
    const broken = taskOf({
      ...sums,
      judge: () => {
        throw new Error('oops')
      },
    })
    expect(broken.verify(problem, '#7')).toMatchObject({ kind: 'failed', reason: expect.stringContaining('oops') })
    expect(task.verify({ ...problem, task: 'other' }, '#7')).toMatchObject({ kind: 'failed' })
    expect(() => task.solve({ ...problem, meta: {} })).toThrow(expect.objectContaining({ code: 'data/bad-problem' }))
  })

  it('writes wrong solutions with a slip of the family, where it has one', () => {
    const problem = task.problemOf({ a: 3, b: 4 }, 'test', 0, 1)
    const slipping = taskOf({ ...sums, wrongSolution: () => ({ steps: ['3+4=9'], answer: '9' }) })
    expect(slipping.traces(problem, 'steps-wrong', stream('t'))[0]).toMatchObject({ text: '3+4=9;#9', right: false })
    expect(task.traces(problem, 'steps-wrong', stream('t'))[0].text).toMatch(/^3\+4=7;#/)
    expect(() => task.traces(problem, 'stpes', stream('t'))).toThrow(
      expect.objectContaining({ code: 'config/unknown-style', hint: expect.stringContaining('"steps"') }),
    )
  })
})
