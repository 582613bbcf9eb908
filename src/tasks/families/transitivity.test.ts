import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkPath } from '../../verify/logic/path.ts'
import { checkTask } from '../check-task.ts'
import { transitivity } from './transitivity.ts'

/** The answer by the transitive closure of the arrows, from the prompt's text alone. */
function answerTo(prompt: string): string {
  const parts = prompt.slice(0, -1).split('.')
  const question = parts.pop() as string
  const arrows = new Set(parts.map((p) => (p[1] === '>' ? p : `${p[2]}>${p[0]}`)))
  for (let size = 0; size !== arrows.size; ) {
    size = arrows.size
    for (const a of [...arrows]) for (const b of [...arrows]) if (a[2] === b[0]) arrows.add(`${a[0]}>${b[2]}`)
  }
  return arrows.has(question) ? 'yes' : 'no'
}

const byHand = transitivity.problemOf({ sentences: ['b>c', 'b<a', 'd>c', 'c>e'], from: 'a', to: 'e' }, 'train', 0, 1)

describe('transitivity', () => {
  it('asks and solves as written by hand', () => {
    expect(byHand.prompt).toBe('b>c.b<a.d>c.c>e.a>e?')
    expect(transitivity.solve(byHand)).toBe('a>b;b>c;c>e;#yes')
    const back = transitivity.problemOf({ sentences: ['b>c', 'b<a', 'd>c', 'c>e'], from: 'b', to: 'd' }, 'train', 0, 1)
    expect(transitivity.solve(back)).toBe('b>c;c>e;#no')
  })

  it('scores only arrows from what is reached', async () => {
    expect((await transitivity.verify(byHand, 'b>c;b<a;a>b;a>b;b>c;c>d;c>e;#yes')).steps).toEqual([0, 0, 1, 0, 1, 0, 1])
  })

  it('agrees with the transitive closure, and both answers are about as frequent', async () => {
    let yes = 0
    for (const level of transitivity.levels) {
      for (let i = 0; i < 40; i++) {
        const problem = transitivity.problem('train', i, { level })
        const answer = answerTo(problem.prompt as string)
        expect(problem.answer).toBe(answer)
        if (answer === 'yes') yes++
        expect((problem.prompt as string).length).toBeLessThanOrEqual(level < 4 ? 96 : 256)
        expect((await transitivity.verify(problem, transitivity.solve(problem))).steps?.includes(0) ?? false).toBe(
          false,
        )
        const [slip] = transitivity.traces(problem, 'steps-wrong', stream('slip', i))
        expect(slip.answer).toBe(answer === 'yes' ? 'no' : 'yes')
      }
    }
    expect(yes).toBeGreaterThan(75)
    expect(yes).toBeLessThan(125)
  })

  it('finds chains that a path check accepts', () => {
    const problem = transitivity.problem('train', 2, { level: 3, branches: 0 })
    const { sentences, from, to } = transitivity.instance(problem)
    const neighbours = (node: string) =>
      sentences.flatMap((s) => (s[1] === '>' && s[0] === node ? [s[2]] : s[1] === '<' && s[2] === node ? [s[0]] : []))
    const path = [from, ...transitivity.family.solve({ sentences, from, to }).steps.map((step) => step[2])]
    expect(checkPath({ neighbours }, from, to, path) === true).toBe(problem.answer === 'yes')
  })

  it('counts another order and another way of writing as the same problem', () => {
    const other = transitivity.problemOf({ sentences: ['c>e', 'a>b', 'b>c', 'c<d'], from: 'a', to: 'e' }, 'train', 0, 1)
    expect(transitivity.content?.(other)).toBe(transitivity.content?.(byHand))
  })

  it.each(['no', 'Yes', 'y', 'true', 'yes no', 'a>e', '1'])('refuses %j', async (answer) => {
    expect(await transitivity.verify(byHand, `#${answer}`)).toMatchObject({ kind: 'wrong', score: 0 })
  })

  it('passes the battery', async () => {
    expect((await checkTask(transitivity, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
