import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { lego } from './lego.ts'

const { family } = lego
const hand = {
  clauses: [
    { name: 'a', of: 'f', isNot: false },
    { name: 'c', of: '', isNot: false },
    { name: 'z', of: 'c', isNot: true },
    { name: 'f', of: 'c', isNot: true },
  ],
  query: 'a',
}

/** Fills in every clause again and again until the variable has a value. */
function solvePrompt(prompt: string): string {
  const [, text, query] = /^(.*)\. (.)\?$/.exec(prompt)!
  const bits: Record<string, string> = { 0: '0', 1: '1' }
  const flip: Record<string, string> = { 0: '1', 1: '0' }
  const clauses = text.split(',')
  for (let round = 0; round < clauses.length; round++) {
    for (const clause of clauses) {
      const [left, right] = clause.split('=')
      const value = bits[right.replace('!', '')]
      if (value !== undefined) bits[left] = right.startsWith('!') ? flip[value] : value
      // Copies run backwards too, which only the inverted prompts need.
      else if (bits[left] !== undefined) {
        bits[right.replace('!', '')] = right.startsWith('!') ? flip[bits[left]] : bits[left]
      }
    }
  }
  return bits[query] ?? 'unknown'
}

describe('lego', () => {
  it('shows, solves and judges an instance written by hand', () => {
    expect(family.prompt(hand)).toBe('a=f,c=1,z=!c,f=!c. a?')
    expect(family.solve(hand)).toEqual({ steps: ['c=1', 'f=!c=0', 'a=f=0'], answer: '0' })
    expect(family.judge(hand, '0')).toBe(true)
    for (const near of ['1', '00', '-0', '+0', 'a=0', '0.', 'false', ''])
      expect(family.judge(hand, near)).not.toBe(true)
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = lego.problem('train', i, { level })
        const instance = lego.instance(problem)
        const rng = stream('lego', level, i)
        expect(solvePrompt(problem.prompt as string)).toBe(problem.answer)
        expect(family.wrongAnswer(instance, rng)).not.toBe(problem.answer)
        expect(solvePrompt(family.prompt(family.perturb!(instance, rng)!))).not.toBe(problem.answer)
        const inverted = family.invert!(instance, rng)!
        expect(solvePrompt(inverted.prompt)).toBe(inverted.answer)
        expect(solvePrompt(family.unanswerable!(instance, rng)!)).toBe('unknown')
      }
    }
  })

  it('scores steps by what was written before and carries a slip on', () => {
    expect(family.stepScores!(hand, ['c=1', 'f=!c=1', 'a=f=1', 'a=f', '', 'q=1'])).toEqual([1, 0, 1, 0, 0, 0])
    expect(family.stepScores!(hand, ['a=f=0'])).toEqual([0])
    for (let i = 0; i < 10; i++) {
      const { steps, answer } = family.wrongSolution!(hand, stream('slip', i))
      expect(answer).toBe('1')
      expect(family.stepScores!(hand, steps).filter((score) => score === 0)).toHaveLength(1)
    }
  })

  it('gives the same content to clauses in another order', () => {
    expect(family.content?.({ ...hand, clauses: hand.clauses.toReversed() })).toBe(family.content?.(hand))
  })

  it('passes the battery', async () => {
    expect((await checkTask(lego, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
