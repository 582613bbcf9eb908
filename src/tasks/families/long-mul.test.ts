import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { longMul } from './long-mul.ts'

const { family } = longMul

/** Reads the prompt by the rules alone: schoolbook columns over digits, no product of whole numbers. */
function solvePrompt(prompt: string): string {
  const [, left, right] = /^(\d+)\*(\d+)=$/.exec(prompt)!
  const columns: number[] = new Array(left.length + right.length).fill(0)
  for (let i = 0; i < left.length; i++) {
    for (let j = 0; j < right.length; j++) columns[i + j + 1] += Number(left[i]) * Number(right[j])
  }
  for (let k = columns.length - 1; k > 0; k--) {
    columns[k - 1] += Math.floor(columns[k] / 10)
    columns[k] %= 10
  }
  return columns.join('').replace(/^0+(?=\d)/, '')
}

describe('long-mul', () => {
  it('shows, solves and judges an instance written by hand', () => {
    const hand = { left: 34, right: 27 }
    expect(family.prompt(hand)).toBe('34*27=')
    expect(family.solve(hand)).toEqual({ steps: ['34*7=238', '34*20=680', '238+680=918'], answer: '918' })
    for (const near of ['0918', '+918', '918.0', '9 18', '-918', '917', '9,18']) {
      expect(family.judge(hand, near)).not.toBe(true)
    }
  })

  it('breaks the longer number and leaves out its zeros', () => {
    expect(family.solve({ left: 305, right: 6 }).steps).toEqual(['6*5=30', '6*300=1800', '30+1800=1830'])
    expect(family.solve({ left: 40, right: 300 })).toEqual({ steps: ['40*300=12000'], answer: '12000' })
    expect(family.solve({ left: 7, right: 0 })).toEqual({ steps: [], answer: '0' })
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = longMul.problem('train', i, { level })
        const product = solvePrompt(problem.prompt as string)
        expect(problem.answer).toBe(product)
        expect(family.wrongAnswer(longMul.instance(problem), stream('wrong', i))).not.toBe(product)
      }
    }
  })

  it('gives both orders of the factors the same split', () => {
    expect(family.content?.({ left: 34, right: 27 })).toBe(family.content?.({ left: 27, right: 34 }))
  })

  it('carries a slip on, and scores only the slip as wrong', () => {
    const hand = { left: 347, right: 28 }
    for (let i = 0; i < 20; i++) {
      const { steps, answer } = family.wrongSolution!(hand, stream('slip', i))
      expect(answer).not.toBe(`${347 * 28}`)
      expect(family.stepScores?.(hand, steps).filter((score) => score === 0)).toHaveLength(1)
    }
  })

  it('fills and inverts', () => {
    expect(family.prompt(family.fill!({ left: 34, right: 27 }, 'right', 5))).toBe('34*5=')
    expect(() => family.fill?.({ left: 34, right: 27 }, 'middle', 5)).toThrow('middle')
    expect(() => family.fill?.({ left: 34, right: 27 }, 'left', -5)).toThrow('-5')
    for (let i = 0; i < 4; i++) {
      const { prompt, answer } = family.invert!({ left: 34, right: 27 }, stream('invert', i))!
      expect(['x*27=918,x= 34', '34*x=918,x= 27']).toContain(`${prompt} ${answer}`)
    }
  })

  it('passes the battery', async () => {
    expect((await checkTask(longMul, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
