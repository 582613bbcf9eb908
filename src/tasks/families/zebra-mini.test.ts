import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { zebraMini } from './zebra-mini.ts'

function orders(letters: string): string[] {
  return letters === '' ? [''] : [...letters].flatMap((x) => orders(letters.replace(x, '')).map((rest) => x + rest))
}

/** All answers by trying every order of every kind, from the prompt's text alone. */
function answersTo(prompt: string): string[] {
  const [kinds, text] = prompt.slice(0, -1).split(':')
  const clues = text.split(',')
  let streets: string[][] = [[]]
  for (const kind of kinds.split('/')) {
    streets = streets.flatMap((street) =>
      orders(kind)
        .map((row) => [...street, row])
        .filter((rows) =>
          clues.every((clue) => {
            const house = (x: string) => (/\d/.test(x) ? Number(x) : Math.max(...rows.map((row) => row.indexOf(x) + 1)))
            const [a, b] = [house(clue[0]), house(clue[2])]
            // A letter of a kind that is not placed yet breaks no clue.
            if (a === 0 || b === 0) return true
            const holds: Record<string, boolean> = {
              '=': a === b,
              '!': a !== b,
              '<': a < b,
              '+': b - a === 1,
              '~': a - b === 1 || b - a === 1,
            }
            return holds[clue[1]]
          }),
        ),
    )
  }
  return streets.map((rows) => rows.join('/'))
}

const shape = { houses: 3, kinds: 2 }
const byHand = zebraMini.problemOf({ ...shape, clues: ['A=2', 'B<C', 'D=B', 'E!3'] }, 'train', 0, 1)

describe('zebra-mini', () => {
  it('asks and solves as written by hand', () => {
    expect(byHand.prompt).toBe('ABC/DEF:A=2,B<C,D=B,E!3?')
    expect(zebraMini.solve(byHand)).toBe(
      'A=2:A=2;B<C:B=12;B<C:C=23;D=B:D=12;E!3:E=12;*:B=1;*:C=3;*:F=3;D=B:D=1;*:E=2;#BAC/DEF',
    )
    expect(answersTo(byHand.prompt as string)).toEqual(['BAC/DEF'])
  })

  it('knows each relation', () => {
    const judge = (clue: string, answer: string) => zebraMini.family.judge({ ...shape, clues: [clue] }, answer) === true
    expect(['A=1', 'A=2'].map((clue) => judge(clue, 'ABC/DEF'))).toEqual([true, false])
    expect(['B=E', 'B=F'].map((clue) => judge(clue, 'ABC/DEF'))).toEqual([true, false])
    expect(['B!3', 'B!2', 'B!F', 'B!E'].map((clue) => judge(clue, 'ABC/DEF'))).toEqual([true, false, true, false])
    expect(['A<F', 'A<D', 'C<A'].map((clue) => judge(clue, 'ABC/DEF'))).toEqual([true, false, false])
    expect(['A+E', 'B+D', 'A+F'].map((clue) => judge(clue, 'ABC/DEF'))).toEqual([true, false, false])
    expect(['A~E', 'E~A', 'A~F', 'A~D'].map((clue) => judge(clue, 'ABC/DEF'))).toEqual([true, true, false, false])
  })

  it('scores a step by whether it follows', async () => {
    const text = 'B<C:B=1;*:A=2;A=2:A=2;B<C:B=12;B<C:B=12;*:B=1;*:B=2;X<Y:B=1;A=2:C=3;B<C:C=32;B<C:C=23;*:C=3;#x'
    expect((await zebraMini.verify(byHand, text)).steps).toEqual([0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 1, 1])
  })

  it('agrees with the trial of every arrangement, of which exactly one fits', async () => {
    for (const level of zebraMini.levels) {
      for (let i = 0; i < (level === 5 ? 5 : 20); i++) {
        const problem = zebraMini.problem('train', i, { level })
        expect(answersTo(problem.prompt as string)).toEqual([problem.answer])
        expect((problem.prompt as string).length).toBeLessThanOrEqual(level < 4 ? 96 : 256)
        expect(new Set((await zebraMini.verify(problem, zebraMini.solve(problem))).steps)).toEqual(new Set([1]))
        const [slip] = zebraMini.traces(problem, 'steps-wrong', stream('slip', i))
        expect((await zebraMini.verify(problem, slip.text)).reason).toContain('the clue')
      }
    }
  })

  it('counts another order of the clues as the same problem', () => {
    const other = zebraMini.problemOf({ ...shape, clues: ['E!3', 'D=B', 'B<C', 'A=2'] }, 'train', 0, 1)
    expect(zebraMini.content?.(other)).toBe(zebraMini.content?.(byHand))
  })

  it.each(['BAC/DFE', 'DEF/BAC', 'BACDEF', 'BAC', 'BAC/DEF/', 'BBC/DEF', 'bac/def', 'BAC DEF', 'BA/CDEF'])(
    'refuses %s',
    async (answer) => {
      expect(await zebraMini.verify(byHand, `#${answer}`)).toMatchObject({ kind: 'wrong', score: 0 })
    },
  )

  it('passes the battery', async () => {
    expect((await checkTask(zebraMini, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
