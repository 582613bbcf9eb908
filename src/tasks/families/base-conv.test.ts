import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { baseConv } from './base-conv.ts'

const { family } = baseConv
const digits = '0123456789abcdef'

const value = (text: string, base: number): number =>
  [...text].reverse().reduce((sum, digit, place) => sum + digits.indexOf(digit) * base ** place, 0)

/** Whether the answer is canonical and has the value of the prompt's digits, by the rules alone. */
function isRight(prompt: string, answer: string): boolean {
  const [, from, text, to] = /^b(\d+) ([0-9a-f]+)>b(\d+)=$/.exec(prompt)!
  const isCanonical = /^[1-9a-f][0-9a-f]*$/.test(answer) && [...answer].every((d) => digits.indexOf(d) < Number(to))
  return isCanonical && value(answer, Number(to)) === value(text, Number(from))
}

describe('base-conv', () => {
  it('shows and solves instances written by hand', () => {
    expect(family.prompt({ from: 3, to: 10, value: 65 })).toBe('b3 2102>b10=')
    expect(family.solve({ from: 3, to: 10, value: 65 })).toEqual({
      steps: ['2*3+1=7', '7*3+0=21', '21*3+2=65'],
      answer: '65',
    })
    expect(family.solve({ from: 10, to: 8, value: 65 })).toEqual({
      steps: ['65%8=1', '65/8=8', '8%8=0', '8/8=1'],
      answer: '101',
    })
    expect(family.solve({ from: 16, to: 12, value: 190 })).toEqual({
      steps: ['11*16+14=190', '190%12=10', '190/12=15', '15%12=3', '15/12=1'],
      answer: '13a',
    })
    expect(family.prompt({ from: 16, to: 12, value: 190 })).toBe('b16 be>b12=')
  })

  it('rejects near misses', () => {
    for (const near of ['13A', '013a', 'b12 13a', '13b', '190', '+13a', '1 3a', '-13a']) {
      expect(family.judge({ from: 16, to: 12, value: 190 }, near)).not.toBe(true)
    }
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = baseConv.problem('train', i, { level })
        expect(isRight(problem.prompt as string, problem.answer!)).toBe(true)
        const wrong = family.wrongAnswer(baseConv.instance(problem), stream('wrong', i))
        expect(isRight(problem.prompt as string, wrong)).toBe(false)
      }
    }
  })

  it('draws every pair of different bases in the range, and one ten where that is asked', () => {
    const pairs = (level: number) =>
      new Set(
        Array.from({ length: 900 }, (_, i) => {
          const { from, to } = baseConv.instance(baseConv.problem('train', i, { level }))
          return `${from} ${to}`
        }),
      )
    const ten = [...pairs(1)].map((pair) => pair.split(' ').map(Number))
    expect(ten.every(([from, to]) => from !== to && (from === 10 || to === 10))).toBe(true)
    expect(ten).toHaveLength(14)
    expect(pairs(2).size).toBe(72)
  })

  it('scores the slip alone, and survives digits that no base has', () => {
    const hand = { from: 3, to: 8, value: 65 }
    expect(family.stepScores?.(hand, ['2*3+1=8', '8*3+0=24', '24*3+2=74', '74%8=2'])).toEqual([0, 1, 1, 1])
    expect(family.stepScores?.(hand, ['2*3+1=7', '7*3+0=21', '21*3+2=65', '65%8=-99', '65/8=99'])).toEqual([
      1, 1, 1, 0, 0,
    ])
  })

  it('passes the battery', async () => {
    expect((await checkTask(baseConv, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
