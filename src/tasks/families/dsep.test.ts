import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { dsep } from './dsep.ts'

/** The answer by the definition: all paths are tried, from the prompt's text alone. */
function answerTo(prompt: string): string {
  const parts = prompt.slice(0, -1).split('.')
  const [ends, known] = (parts.pop() as string).split('|')
  const [x, y] = ends.split(',')
  const arrows = parts.map((part) => part.split('>'))
  const leadsToKnown = (node: string): boolean =>
    known.includes(node) || arrows.some(([a, b]) => a === node && leadsToKnown(b))
  const isArrow = (a: string, b: string) => arrows.some(([from, to]) => from === a && to === b)
  const isOpen = (path: string[]): boolean =>
    path.slice(1, -1).every((node, i) => {
      const headToHead = isArrow(path[i], node) && isArrow(path[i + 2], node)
      return headToHead ? leadsToKnown(node) : !known.includes(node)
    })
  const hasOpenPath = (path: string[]): boolean => {
    const last = path[path.length - 1]
    if (last === y) return isOpen(path)
    const near = arrows.flatMap(([a, b]) => (a === last ? [b] : b === last ? [a] : []))
    return near.some((node) => !path.includes(node) && hasOpenPath([...path, node]))
  }
  return hasOpenPath([x]) ? 'no' : 'yes'
}

const ask = (arrows: string[], ends: [string, string], known: string[]) =>
  dsep.problemOf({ arrows, ends, known }, 'train', 0, 1)

describe('dsep', () => {
  it('asks and solves as written by hand', () => {
    const collider = ask(['AB', 'CB', 'BD'], ['A', 'C'], ['D'])
    expect(collider.prompt).toBe('A>B.C>B.B>D.A,C|D?')
    // The ball goes down to what is known and back up to both causes.
    expect(dsep.solve(collider)).toBe('A>B;B>D;D<B;B<C;#no')
    expect(dsep.solve(ask(['AB', 'CB', 'BD'], ['A', 'C'], []))).toBe('A>B;B>D;#yes')
  })

  it.each([
    ['a chain', ['AB', 'BC'], 'no', 'yes'],
    ['a common cause', ['BA', 'BC'], 'no', 'yes'],
    ['a common effect', ['AB', 'CB'], 'yes', 'no'],
    ['a chain with a way round', ['AB', 'BC', 'AD', 'DC'], 'no', 'no'],
    ['no arrows at all', [], 'yes', 'yes'],
  ] as const)('knows %s without and with the middle known', (_name, arrows, without, given) => {
    expect(ask([...arrows], ['A', 'C'], []).answer).toBe(without)
    expect(ask([...arrows], ['A', 'C'], ['B']).answer).toBe(given)
  })

  it('scores only moves that the ball may make', async () => {
    const collider = ask(['AB', 'CB', 'BD'], ['A', 'C'], ['D'])
    expect((await dsep.verify(collider, 'B<C;A>B;B<C;B>D;B>D;D<B;B<C;#no')).steps).toEqual([0, 1, 0, 1, 0, 1, 1])
  })

  it('agrees with the definition, and both answers are about as frequent', async () => {
    let yes = 0
    for (const level of dsep.levels) {
      for (let i = 0; i < 60; i++) {
        const problem = dsep.problem('train', i, { level })
        const answer = answerTo(problem.prompt as string)
        expect(problem.answer, problem.prompt as string).toBe(answer)
        if (answer === 'yes') yes++
        expect((problem.prompt as string).length).toBeLessThanOrEqual(96)
        expect((await dsep.verify(problem, dsep.solve(problem))).steps?.includes(0) ?? false).toBe(false)
        const [slip] = dsep.traces(problem, 'steps-wrong', stream('slip', i))
        expect(slip.answer).toBe(answer === 'yes' ? 'no' : 'yes')
      }
    }
    expect(yes).toBeGreaterThan(120)
    expect(yes).toBeLessThan(180)
  })

  it('counts another order of the arrows as the same problem', () => {
    const [a, b] = [ask(['AB', 'BC'], ['A', 'C'], ['B']), ask(['BC', 'AB'], ['A', 'C'], ['B'])]
    expect(dsep.content?.(a)).toBe(dsep.content?.(b))
    expect(a.prompt).not.toBe(b.prompt)
  })

  it.each(['no', 'YES', 'y', 'true', 'yes.', 'A,C', '1'])('refuses %j', async (answer) => {
    expect(await dsep.verify(ask(['AB', 'BC'], ['A', 'C'], ['B']), `#${answer}`)).toMatchObject({
      kind: 'wrong',
      score: 0,
    })
  })

  it('passes the battery', async () => {
    expect((await checkTask(dsep, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
