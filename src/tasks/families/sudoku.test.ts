import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { sudoku } from './sudoku.ts'

/** Up to two answers by plain backtracking, from the prompt's text alone. */
function answersTo(prompt: string): string[] {
  const rows = prompt.slice(0, -1).split('/')
  const n = rows.length
  const grid = rows.map((row) => [...row])
  const found: string[] = []
  const fits = (r: number, c: number, d: string): boolean => {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        if (grid[i][j] !== d) continue
        const sameBox = Math.floor(i / 2) === Math.floor(r / 2) && Math.floor(j / (n / 2)) === Math.floor(c / (n / 2))
        if (i === r || j === c || sameBox) return false
      }
    return true
  }
  const search = (at: number): void => {
    if (found.length > 1) return
    if (at === n * n) {
      found.push(grid.map((row) => row.join('')).join('/'))
      return
    }
    const [r, c] = [Math.floor(at / n), at % n]
    if (grid[r][c] !== '.') {
      search(at + 1)
      return
    }
    for (let d = 1; d <= n; d++) {
      if (!fits(r, c, `${d}`)) continue
      grid[r][c] = `${d}`
      search(at + 1)
      grid[r][c] = '.'
    }
  }
  search(0)
  return found
}

const given = [...'0200341220430321'].map(Number)
const byHand = sudoku.problemOf({ size: 4, box: [2, 2], given, less: [] }, 'train', 0, 1)

describe('sudoku', () => {
  it('asks and solves as written by hand', () => {
    expect(byHand.prompt).toBe('.2../3412/2.43/.321?')
    expect(sudoku.solve(byHand)).toBe('11=1;13=3;14=4;32=1;41=4;#1234/3412/2143/4321')
  })

  it('scores steps by what is forced where they stand', async () => {
    const steps = async (text: string) => (await sudoku.verify(byHand, `${text};#1`)).steps
    expect(await steps('32=1;14=4;13=3')).toEqual([1, 1, 1])
    expect(await steps('32=1;32=1;32=2;11?4;99=1;x')).toEqual([1, 0, 0, 0, 0, 0])
    expect(await steps('14?4;13?3')).toEqual([1, 0])
  })

  it('agrees with plain backtracking, and has one answer', async () => {
    for (const level of sudoku.levels) {
      for (let i = 0; i < 16; i++) {
        const problem = sudoku.problem('train', i, { level })
        expect(answersTo(problem.prompt as string)).toEqual([problem.answer])
        expect(new Set((await sudoku.verify(problem, sudoku.solve(problem))).steps)).toEqual(new Set([1]))
        for (const style of ['steps-wrong', 'direct-wrong']) {
          const [slip] = sudoku.traces(problem, style, stream('slip', i))
          expect(slip.answer).toMatch(/^[1-6]+(\/[1-6]+)+$/)
          expect(slip.answer).not.toBe(problem.answer)
        }
      }
    }
  })

  it('takes away a number that is needed', () => {
    const prompts = Array.from({ length: 10 }, (_, i) => {
      const instance = sudoku.instance(sudoku.problem('train', i, { level: 5 }))
      return sudoku.family.unanswerable?.(instance, stream('less', i))
    })
    const taken = prompts.filter((prompt) => prompt !== undefined)
    expect(taken.length).toBeGreaterThan(4)
    for (const prompt of taken) expect(answersTo(prompt).length).toBe(2)
  })

  it.each([
    '1234/3412/2143/4312',
    '1234341221434321',
    '1234/3412/2143/432',
    '1234/3412/2143/4321/',
    '4321/3412/2143/1234',
  ])('refuses %s', async (answer) => {
    expect(await sudoku.verify(byHand, `#${answer}`)).toMatchObject({ kind: 'wrong', score: 0 })
  })

  it('counts squares that differ in the names of digits as one', () => {
    const renamed = given.map((d) => [0, 3, 1, 4, 2][d])
    const other = sudoku.problemOf({ size: 4, box: [2, 2], given: renamed, less: [] }, 'train', 0, 1)
    expect(other.prompt).not.toBe(byHand.prompt)
    expect(sudoku.content?.(other)).toBe(sudoku.content?.(byHand))
  })

  it('passes the battery', async () => {
    expect((await checkTask(sudoku, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
