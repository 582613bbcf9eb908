import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { minesweeper } from './minesweeper.ts'
import { deduceMines, forcedMines } from './minesweeper-solver.ts'

/** The answer by all placements on the hidden squares beside a digit, from the prompt's text alone. */
function answerTo(prompt: string): string {
  const rows = prompt.slice(0, -1).split('/')
  const squares = rows.flatMap((row, r) => [...row].map((char, c) => ({ char, r, c })))
  const isNear = (a: { r: number; c: number }, b: { r: number; c: number }) =>
    a !== b && Math.abs(a.r - b.r) <= 1 && Math.abs(a.c - b.c) <= 1
  const hidden = squares.filter((s) => s.char === '?')
  const beside = hidden.filter((s) => squares.some((d) => d.char !== '?' && isNear(s, d)))
  const clues = squares
    .filter((s) => s.char !== '?')
    .map((d) => ({
      mines: Number(d.char),
      mask: beside.reduce((sum, s, i) => sum + (isNear(s, d) ? 2 ** i : 0), 0),
    }))
  if (beside.length > 16) return ''
  const ones = (mask: number): number => (mask === 0 ? 0 : 1 + ones(mask & (mask - 1)))
  let always = 2 ** beside.length - 1
  for (let mask = 0; mask < 2 ** beside.length; mask++) {
    if (clues.every((clue) => ones(mask & clue.mask) === clue.mines)) always &= mask
  }
  const chars = squares.map((s) => {
    const at = beside.indexOf(s)
    return at >= 0 && (always >> at) & 1 ? '*' : s.char
  })
  return rows.map((row, r) => chars.slice(r * row.length, (r + 1) * row.length).join('')).join('/')
}

const byHand = minesweeper.problemOf({ rows: 1, columns: 5, cells: [-1, 2, -1, 1, -1] }, 'train', 0, 1)

describe('minesweeper', () => {
  it('asks and solves as written by hand', () => {
    expect(byHand.prompt).toBe('?2?1?:')
    expect(minesweeper.solve(byHand)).toBe('12:11*13*;14:15-;#*2*1?')
    expect(answerTo('?2?1?:')).toBe('*2*1?')
    expect(answerTo('??1/?2?:')).toBe('??1/?2?')
  })

  it('deduces from two digits where one is not enough', () => {
    // 1 and 2 below three hidden squares: the third is a mine.
    const field = { rows: 2, columns: 3, cells: [-1, -1, -1, 1, 2, 1] }
    expect(deduceMines(field)).toEqual({
      steps: ['21,22:13*', '23:12-', '21:11*'],
      mines: new Set([2, 0]),
    })
    expect(forcedMines(field)).toEqual(new Set([0, 2]))
  })

  it('scores a step by whether it follows', async () => {
    const field = { rows: 2, columns: 3, cells: [-1, -1, -1, 1, 2, 1] }
    const problem = minesweeper.problemOf(field, 'train', 0, 1)
    const verdict = await minesweeper.verify(problem, '21:11*;21,22:13*;21,22:13-;23:12-;12:11*;21:11-;21:11*;#1')
    expect(verdict.steps).toEqual([0, 1, 0, 1, 0, 0, 1])
  })

  it('agrees with the trial of every placement', async () => {
    for (const level of minesweeper.levels) {
      let compared = 0
      for (let i = 0; i < 20; i++) {
        const problem = minesweeper.problem('train', i, { level })
        expect((problem.prompt as string).length).toBeLessThanOrEqual(96)
        expect(new Set((await minesweeper.verify(problem, minesweeper.solve(problem))).steps)).toEqual(new Set([1]))
        const answer = answerTo(problem.prompt as string)
        if (answer === '') continue
        compared++
        expect(problem.answer).toBe(answer)
        for (const style of ['steps-wrong', 'direct-wrong']) {
          const [slip] = minesweeper.traces(problem, style, stream('slip', i))
          expect(slip.answer).not.toBe(answer)
        }
      }
      expect(compared).toBeGreaterThan(level < 5 ? 10 : 3)
    }
  })

  it.each(['*2*1', '?2*1?', '*2*1*', '*2*1-', '1,3', '*2?1?', '*2*2?', '*2*1?:'])('refuses %s', async (answer) => {
    expect(await minesweeper.verify(byHand, `#${answer}`)).toMatchObject({ kind: 'wrong', score: 0 })
  })

  it('passes the battery', async () => {
    expect((await checkTask(minesweeper, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
