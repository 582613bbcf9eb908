import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { propInfer } from './prop-infer.ts'

/** The answer by backward search from the claim, from the prompt's text alone. */
function answerTo(prompt: string): string {
  const sentences = prompt.slice(0, -1).split('.')
  const claim = sentences.pop() as string
  const proves = (goal: string, path: string[]): boolean =>
    sentences.some((sentence) => {
      const [premises, conclusion] = sentence.split('>')
      if (conclusion === undefined) return sentence === goal
      if (conclusion !== goal || path.includes(goal)) return false
      return premises.split('&').every((premise) => proves(premise, [...path, goal]))
    })
  const [yes, no] = [claim, claim[0] === '!' ? claim.slice(1) : `!${claim}`].map((goal) => proves(goal, []))
  expect(yes && no).toBe(false)
  return yes ? 'true' : no ? 'false' : 'unknown'
}

const rules = [
  ['b', 'c'],
  ['a', '!d', 'b'],
  ['x', '!c'],
]
const byHand = propInfer.problemOf({ facts: ['a', '!d'], rules, query: '!c' }, 'train', 0, 1)

describe('prop-infer', () => {
  it('asks and solves as written by hand', () => {
    expect(byHand.prompt).toBe('a.!d.b>c.a&!d>b.x>!c.!c?')
    expect(propInfer.solve(byHand)).toBe('a&!d>b;b>c;#false')
    const waiting = propInfer.problemOf({ facts: ['a'], rules: [...rules, ['a', 'z']], query: 'c' }, 'train', 0, 1)
    expect(propInfer.solve(waiting)).toBe('a>z;#unknown')
  })

  it('scores only rules that fire', async () => {
    const verdict = await propInfer.verify(byHand, 'b>c;a&!d>b;!d&a>b;a&!d>b;b>c;x>!c;#false')
    expect(verdict.steps).toEqual([0, 1, 0, 0, 1, 0])
  })

  it('agrees with backward search, and each answer is about as frequent', async () => {
    const counts: Record<string, number> = {}
    for (const level of propInfer.levels) {
      for (let i = 0; i < 60; i++) {
        const problem = propInfer.problem('train', i, { level })
        const answer = answerTo(problem.prompt as string)
        expect(problem.answer).toBe(answer)
        counts[answer] = (counts[answer] ?? 0) + 1
        expect((problem.prompt as string).length).toBeLessThanOrEqual(level < 4 ? 96 : 256)
        expect((await propInfer.verify(problem, propInfer.solve(problem))).steps?.includes(0) ?? false).toBe(false)
        for (const style of ['steps-wrong', 'direct-wrong']) {
          const [slip] = propInfer.traces(problem, style, stream('slip', i))
          expect(['true', 'false', 'unknown'].filter((word) => word !== answer)).toContain(slip.answer)
        }
      }
    }
    for (const answer of ['true', 'false', 'unknown']) expect(counts[answer]).toBeGreaterThan(75)
  })

  it('needs at least as many steps as the chain has rules', () => {
    for (const [at, depth] of [2, 3, 4, 6, 8].entries()) {
      for (let i = 0; i < 40; i++) {
        const problem = propInfer.problem('train', i, { level: at + 1 })
        const steps = propInfer.solve(problem).split(';').length - 1
        if (problem.answer !== 'unknown') expect(steps).toBeGreaterThanOrEqual(depth)
      }
    }
  })

  it('turns the claim round', () => {
    const changed = propInfer.family.perturb?.(propInfer.instance(byHand), stream('perturb'))
    expect(propInfer.problemOf(changed!, 'train', 0, 1)).toMatchObject({
      prompt: 'a.!d.b>c.a&!d>b.x>!c.c?',
      answer: 'true',
    })
  })

  it('counts another order as the same problem', () => {
    const other = propInfer.problemOf(
      { facts: ['!d', 'a'], rules: [rules[2], ['!d', 'a', 'b'], rules[0]], query: '!c' },
      'train',
      0,
      1,
    )
    expect(propInfer.content?.(other)).toBe(propInfer.content?.(byHand))
  })

  it.each(['False', 'no', 'true', 'unknown', 'false.', '0', 'not true'])('refuses %j', async (answer) => {
    expect(await propInfer.verify(byHand, `#${answer}`)).toMatchObject({ kind: 'wrong', score: 0 })
  })

  it('passes the battery', async () => {
    expect((await checkTask(propInfer, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
