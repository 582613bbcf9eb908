import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { nqueensFill } from './nqueens-fill.ts'
import { queensOf } from './nqueens-solver.ts'

/** All answers by trying every filling of the empty rows, from the prompt's text alone. */
function answersTo(prompt: string): string[] {
  const rows = prompt.slice(0, -1).split('/')
  let boards: number[][] = [[]]
  for (const row of rows) {
    const wanted = row.includes('Q') ? 'Q' : '.'
    boards = boards.flatMap((board) =>
      [...row].flatMap((char, column) =>
        char === wanted && !board.some((c, r) => c === column || Math.abs(c - column) === board.length - r)
          ? [[...board, column]]
          : [],
      ),
    )
  }
  return boards.map((board) => board.map((column) => column + 1).join(''))
}

const byHand = nqueensFill.problemOf({ given: [-1, 3, -1, -1], closed: [12] }, 'train', 0, 1)

describe('nqueens-fill', () => {
  it('asks and solves as written by hand', () => {
    expect(byHand.prompt).toBe('..../...Q/..../x...?')
    expect(nqueensFill.solve(byHand)).toBe('11;32;x3;x1;12;31;43;#2413')
    expect([4, 5, 6, 7, 8].map((size) => queensOf(size).length)).toEqual([2, 10, 4, 40, 92])
  })

  it('scores only the steps of the search', async () => {
    const verdict = await nqueensFill.verify(byHand, '12;11;31;x1;x3;32;x3;x1;12;31;43;44;#2413')
    expect(verdict.steps).toEqual([0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0])
  })

  it('agrees with the trial of every filling, and has one answer', async () => {
    for (const level of nqueensFill.levels) {
      for (let i = 0; i < 20; i++) {
        const problem = nqueensFill.problem('train', i, { level })
        expect(answersTo(problem.prompt as string)).toEqual([problem.answer])
        expect((problem.prompt as string).length).toBeLessThanOrEqual(96)
        expect(new Set((await nqueensFill.verify(problem, nqueensFill.solve(problem))).steps)).toEqual(new Set([1]))
        for (const style of ['steps-wrong', 'direct-wrong']) {
          const [slip] = nqueensFill.traces(problem, style, stream('slip', i))
          expect(slip.answer).not.toBe(problem.answer)
          expect((await nqueensFill.verify(problem, slip.text)).kind).toBe('wrong')
        }
      }
    }
  })

  it('judges by the rules: any filling that keeps them would do', () => {
    const judge = (answer: string) => nqueensFill.family.judge({ given: [-1, -1, -1, -1], closed: [] }, answer)
    expect(judge('2413')).toBe(true)
    expect(judge('3142')).toBe(true)
    expect(judge('1234')).toBe('the queens of rows 1 and 2 attack')
    expect(nqueensFill.family.judge({ given: [-1, -1, -1, -1], closed: [1] }, '2413')).toBe(
      'the queen of row 1 stands on a closed square',
    )
  })

  it.each(['3142', '241', '24133', '2,4,1,3', '1302', '2443', '02413'])('refuses %s', async (answer) => {
    expect(await nqueensFill.verify(byHand, `#${answer}`)).toMatchObject({ kind: 'wrong', score: 0 })
  })

  it('passes the battery', async () => {
    expect((await checkTask(nqueensFill, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
