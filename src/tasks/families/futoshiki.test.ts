import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { futoshiki } from './futoshiki.ts'

/** Up to two answers by plain backtracking, from the prompt's text alone. */
function answersTo(prompt: string): string[] {
  const lines = prompt.slice(0, -1).split('/')
  const n = (lines.length + 1) / 2
  const cells: string[] = []
  const signs: [number, number][] = []
  for (const [at, line] of lines.entries()) {
    if (at % 2 === 1) {
      const above = ((at - 1) / 2) * n
      for (const [c, sign] of [...line].entries()) {
        if (sign === '^') signs.push([above + c, above + c + n])
        if (sign === 'v') signs.push([above + c + n, above + c])
      }
    } else
      for (const char of line) {
        if (char === '<') signs.push([cells.length - 1, cells.length])
        else if (char === '>') signs.push([cells.length, cells.length - 1])
        else cells.push(char)
      }
  }
  const found: string[] = []
  const holds = (at: number): boolean => {
    for (let i = 0; i < cells.length; i++) {
      const sameLine = Math.floor(i / n) === Math.floor(at / n) || i % n === at % n
      if (i !== at && sameLine && cells[i] === cells[at]) return false
    }
    return signs.every(([a, b]) => cells[a] === '.' || cells[b] === '.' || cells[a] < cells[b])
  }
  const search = (at: number): void => {
    if (found.length > 1) return
    if (at === cells.length) {
      const text = cells.join('')
      found.push(Array.from({ length: n }, (_, row) => text.slice(row * n, row * n + n)).join('/'))
    } else if (cells[at] !== '.') search(at + 1)
    else {
      for (let d = 1; d <= n; d++) {
        cells[at] = `${d}`
        if (holds(at)) search(at + 1)
        cells[at] = '.'
      }
    }
  }
  search(0)
  return found
}

const byHand = futoshiki.problemOf(
  {
    size: 3,
    box: null,
    given: [0, 0, 0, 0, 0, 0, 0, 0, 2],
    less: [
      [0, 1],
      [4, 1],
      [3, 6],
    ],
  },
  'train',
  0,
  1,
)

describe('futoshiki', () => {
  it('asks and solves as written by hand', () => {
    expect(byHand.prompt).toBe('.<../-v-/.../^--/..2?')
    expect(futoshiki.solve(byHand)).toBe('31=3;32=1;12=3;13=1;11=2;21=1;22=2;23=3;#231/123/312')
    expect(answersTo(byHand.prompt as string)).toEqual([byHand.answer])
  })

  it('scores steps by what signs and lines force', async () => {
    const p = futoshiki.problemOf({ size: 2, box: null, given: [0, 0, 0, 0], less: [[0, 1]] }, 'train', 0, 1)
    expect(p.prompt).toBe('.<./--/..?')
    expect(futoshiki.solve(p)).toBe('11=1;12=2;21=2;22=1;#12/21')
    expect((await futoshiki.verify(p, '12=2;12=2;22=1;11?1;x;21=1;#12/21')).steps).toEqual([1, 0, 1, 1, 0, 0])
  })

  it('agrees with plain backtracking, and has one answer', async () => {
    for (const level of futoshiki.levels) {
      for (let i = 0; i < (level === 5 ? 6 : 20); i++) {
        const problem = futoshiki.problem('train', i, { level })
        expect(answersTo(problem.prompt as string)).toEqual([problem.answer])
        expect((problem.prompt as string).length).toBeLessThanOrEqual(96)
        expect(new Set((await futoshiki.verify(problem, futoshiki.solve(problem))).steps)).toEqual(new Set([1]))
        const [slip] = futoshiki.traces(problem, 'steps-wrong', stream('slip', i))
        expect(slip.answer).not.toBe(problem.answer)
        expect((await futoshiki.verify(problem, slip.text)).kind).toBe('wrong')
      }
    }
  })

  it('takes away a number that is needed', () => {
    const problem = futoshiki.problem('train', 1, { level: 3 })
    const prompt = futoshiki.family.unanswerable?.(futoshiki.instance(problem), stream('less')) as string
    expect(answersTo(prompt).length).toBe(2)
  })

  it.each(['123/231/312', '12/21', '132231312', '132/213/321/', '132/321/21'])('refuses %s', async (answer) => {
    expect(await futoshiki.verify(byHand, `#${answer}`)).toMatchObject({ kind: 'wrong', score: 0 })
  })

  it('passes the battery', async () => {
    expect((await checkTask(futoshiki, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
