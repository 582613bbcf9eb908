import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { chainSum } from './chain-sum.ts'

const { family } = chainSum
const hand = { terms: [37, 4, -12, 50], signs: '-++' }
const levels = [1, 2, 3, 4, 5]

/** Reads the prompt by the rules alone: a double sign folds, then signed numbers are added. */
function solvePrompt(prompt: string): number {
  const flat = prompt.replace(/[()=]/g, '').replaceAll('--', '+').replaceAll('+-', '-')
  return [...flat.matchAll(/[+-]?\d+/g)].reduce((total, [number]) => total + Number(number), 0)
}

describe('chain-sum', () => {
  it('shows, solves and judges an instance written by hand', () => {
    expect(family.prompt(hand)).toBe('37-4+(-12)+50=')
    expect(family.solve(hand)).toEqual({ steps: ['37-4=33', '33+(-12)=21', '21+50=71'], answer: '71' })
    expect(family.judge(hand, '71')).toBe(true)
    for (const near of ['071', '+71', '71.0', '7 1', '-71', '72', '71=', ''])
      expect(family.judge(hand, near)).not.toBe(true)
    expect(family.judge({ terms: [3, 3], signs: '-' }, '-0')).not.toBe(true)
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of levels) {
      for (let i = 0; i < 40; i++) {
        const problem = chainSum.problem('train', i, { level })
        const value = solvePrompt(problem.prompt as string)
        expect(problem.answer).toBe(`${value}`)
        const wrong = family.wrongAnswer(chainSum.instance(problem), stream('wrong', i))
        expect(Number(wrong)).not.toBe(value)
      }
    }
  })

  it('scores a step by its own arithmetic, going on from what was written', () => {
    expect(family.stepScores?.(hand, ['37-4=33', '33+(-12)=22', '22+50=72', '72+1=73'])).toEqual([1, 0, 1, 0])
    expect(family.stepScores?.(hand, ['37-4=033', '33-12=21'])).toEqual([0, 0])
  })

  it('carries a slip on to a wrong total', () => {
    for (let i = 0; i < 20; i++) {
      const { steps, answer } = family.wrongSolution!(hand, stream('slip', i))
      const scores = family.stepScores!(hand, steps)
      expect(scores.filter((score) => score === 0)).toHaveLength(1)
      expect(answer).not.toBe('71')
      expect(steps.at(-1)?.split('=')[1]).toBe(answer)
    }
  })

  it('stays at or above zero on the levels without negatives', () => {
    for (const level of [1, 2]) {
      for (let i = 0; i < 200; i++) expect(chainSum.solve(chainSum.problem('train', i, { level }))).not.toMatch(/=-|\(/)
    }
  })

  it('takes numbers into its slots, hides one, changes one', () => {
    expect(family.slots?.(hand).map(({ name }) => name)).toEqual(['n0', 'n1', 'n2', 'n3'])
    expect(family.prompt(family.fill!(hand, 'n1', -8))).toBe('37-(-8)+(-12)+50=')
    expect(() => family.fill?.(hand, 'n4', 1)).toThrow('n4')
    expect(() => family.fill?.(hand, 'n0', 0.5)).toThrow('0.5')
    for (let i = 0; i < 30; i++) {
      const { prompt, answer } = family.invert!(hand, stream('invert', i))!
      const [, chain, total] = /^(.*)=(-?\d+),x=$/.exec(prompt)!
      expect(solvePrompt(chain.replace('x', answer))).toBe(Number(total))
      expect(family.solve(family.perturb!(hand, stream('perturb', i))!).answer).not.toBe('71')
      expect(family.unanswerable?.(hand, stream('unknown', i))).toContain('x')
    }
  })

  it('passes the battery', async () => {
    expect((await checkTask(chainSum, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
