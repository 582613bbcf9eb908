import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { kg2hop } from './kg2hop.ts'

const { family } = kg2hop
const hand = { facts: ['BqC', 'AqD', 'ApB', 'DqB'], start: 'A', relations: 'pq' }

/** Follows the query through a table made from the text. */
function solvePrompt(prompt: string): string {
  const [facts, query] = prompt.slice(0, -1).split('. ')
  const table: Record<string, string> = {}
  for (const [head, relation, tail] of facts.split(',')) table[`${head}/${relation}`] = tail
  return query.split('').reduce((at, relation) => table[`${at}/${relation}`] ?? 'unknown')
}

describe('kg2hop', () => {
  it('shows, solves and judges an instance written by hand', () => {
    expect(family.prompt(hand)).toBe('BqC,AqD,ApB,DqB. Apq?')
    expect(family.solve(hand)).toEqual({ steps: ['ApB', 'BqC'], answer: 'C' })
    expect(family.judge(hand, 'C')).toBe(true)
    for (const near of ['B', 'c', 'C.', 'BqC', 'A', '']) expect(family.judge(hand, near)).not.toBe(true)
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = kg2hop.problem('train', i, { level })
        const instance = kg2hop.instance(problem)
        const rng = stream('kg2hop', level, i)
        expect(solvePrompt(problem.prompt as string)).toBe(problem.answer)
        expect(family.wrongAnswer(instance, rng)).not.toBe(problem.answer)
        expect(family.wrongSolution!(instance, rng).answer).not.toBe(problem.answer)
        expect(solvePrompt(family.prompt(family.perturb!(instance, rng)!))).not.toBe(problem.answer)
        expect(solvePrompt(family.unanswerable!(instance, rng)!)).toBe('unknown')
      }
    }
  })

  it('gives no entity two facts with the same relation', () => {
    for (let i = 0; i < 40; i++) {
      const { facts } = kg2hop.instance(kg2hop.problem('train', i, { level: 5 }))
      expect(facts).toHaveLength(48)
      expect(new Set(facts.map((fact) => fact.slice(0, 2))).size).toBe(48)
    }
  })

  it('scores steps from where the last one led', () => {
    expect(family.stepScores!(hand, ['ApB', 'BqC', 'CqA'])).toEqual([1, 1, 0])
    expect(family.stepScores!(hand, ['ApD', 'DqB'])).toEqual([0, 1])
    expect(family.stepScores!(hand, ['', 'AqD'])).toEqual([0, 1])
  })

  it('gives the same content to facts in another order', () => {
    expect(family.content?.({ ...hand, facts: hand.facts.toReversed() })).toBe(family.content?.(hand))
  })

  it('passes the battery', async () => {
    expect((await checkTask(kg2hop, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
