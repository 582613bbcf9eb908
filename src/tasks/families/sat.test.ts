import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import type { Problem } from '../../contracts/index.ts'
import { checkTask } from '../check-task.ts'
import { sat, satDifficulty } from './sat.ts'

/** All satisfying strings, from the prompt's text and the rules alone. */
function answersTo(prompt: string): string[] {
  const [k, formula] = prompt.slice(0, -1).split(':')
  const clauses = formula.split('&').map((clause) => clause.match(/!?[A-Z]/g) as string[])
  const strings = Array.from({ length: 2 ** Number(k) }, (_, i) => i.toString(2).padStart(Number(k), '0'))
  return strings.filter((bits) =>
    clauses.every((clause) =>
      clause.some((l) => bits['ABCDEFGHIJKLMNOP'.indexOf(l.at(-1)!)] === (l[0] === '!' ? '0' : '1')),
    ),
  )
}

const byHand = sat.problemOf({ variables: 3, clauses: [[-1, 2], [-2, -3], [1]] }, 'train', 0, 1)
const hard = sat.problemOf(
  {
    variables: 3,
    clauses: [
      [-1, -2],
      [-1, 2],
      [1, 3],
      [-1, 3],
    ],
  },
  'train',
  0,
  1,
)

describe('sat', () => {
  it('asks and solves as written by hand', async () => {
    expect(byHand.prompt).toBe('3:!AB&!B!C&A?')
    expect(sat.solve(byHand)).toBe('A=1;B=1;C=0;#110')
    expect(hard.prompt).toBe('3:!A!B&!AB&AC&!AC?')
    expect(sat.solve(hard)).toBe('A?0;C=1;#001')
    const stuck = sat.problemOf(
      {
        variables: 2,
        clauses: [
          [1, 2],
          [1, -2],
        ],
      },
      'train',
      0,
      1,
    )
    expect(sat.solve(stuck)).toBe('A?1;#10')
    const back = sat.problemOf(
      {
        variables: 3,
        clauses: [
          [-1, 2],
          [-1, -2],
          [1, 3],
        ],
      },
      'train',
      0,
      1,
    )
    expect((await sat.verify(back, 'A?1;B=1;x!A!B;A=0;C=1;#001')).steps).toEqual([1, 1, 1, 1, 1])
    expect((await sat.verify(back, 'A?1;x!A!B;B=0;A=0;C=1;A=1;#001')).steps).toEqual([1, 0, 1, 0, 0, 0])
  })

  it('accepts exactly the strings that a truth table accepts', async () => {
    for (const level of sat.levels) {
      for (let i = 0; i < 20; i++) {
        const problem = sat.problem('train', i, { level })
        const answers = answersTo(problem.prompt as string)
        const k = answers[0].length
        for (let bits = 0; bits < 2 ** k; bits++) {
          const text = bits.toString(2).padStart(k, '0')
          expect((await sat.verify(problem, `#${text}`)).kind).toBe(answers.includes(text) ? 'right' : 'wrong')
        }
        expect(answers).toContain(sat.solve(problem).split('#')[1])
        const [slip] = sat.traces(problem, 'steps-wrong', stream('slip', i))
        expect(answers).not.toContain(slip.answer)
        expect((problem.prompt as string).length).toBeLessThanOrEqual(level < 4 ? 96 : 256)
      }
    }
  })

  it.each(['11', '1100', '1 10', '11O', '٠١٠', '110.', '+110', 'A=1'])(
    'refuses %j for three variables',
    async (answer) => {
      expect(await sat.verify(byHand, `#${answer}`)).toMatchObject({ kind: 'wrong', score: 0 })
    },
  )

  it('passes the battery', async () => {
    expect((await checkTask(sat, { problems: 3, seed: 5 })).failures).toEqual([])
  })

  it('is harder at each level, by the closed form and by how often a guess is right', async () => {
    const difficulties = sat.family.ladder.map((k) => satDifficulty(k.literals, k.variables, k.clauses))
    expect(difficulties).toEqual(difficulties.toSorted((a, b) => a - b))
    expect(satDifficulty(3, 5, 5)).toBeCloseTo(5.632, 3)
    for (const level of sat.levels) {
      let share = 0
      for (let i = 0; i < 150; i++) {
        const answers = answersTo(sat.problem('train', 1000 + i, { level }).prompt as string)
        share += answers.length / 2 ** answers[0].length / 150
      }
      expect(Math.abs(share - sat.chance(level)), `level ${level}`).toBeLessThan(0.04)
    }
  })

  it('changes one literal so that the old solution fails', async () => {
    for (let i = 0; i < 20; i++) {
      const problem = sat.problem('train', i, { level: 3 })
      const changed = sat.family.perturb?.(sat.instance(problem), stream('perturb', i))
      if (changed === undefined) continue
      const asked = sat.problemOf(changed, 'train', i, 3)
      expect((await sat.verify(asked, sat.solve(problem))).kind).toBe('wrong')
      expect((await sat.verify(asked, sat.solve(asked))).kind).toBe('right')
    }
  })
})

const row = { id: 'a1', k: 3, clause: '!B!C & A & !AB', answer: '110', n_sat: 2 }
const path = fileURLToPath(new URL('../../../../shared/data/saturn-train.jsonl', import.meta.url))

describe('rows of the public data set', () => {
  it('become problems of this family', async () => {
    const problem = sat.fromRow(row, 'validation') as Problem
    expect(problem).toMatchObject({ task: 'sat', split: 'validation', prompt: '3:!AB&!B!C&A?' })
    expect(sat.solve(problem)).toBe('A=1;B=1;C=0;#110')
  })

  it.each([
    ['id', { id: 7 }],
    ['k', { k: 40 }],
    ['k', { k: undefined }],
    ['clause', { clause: '!B!C & & A' }],
    ['clause', { clause: 'A & D' }],
    ['clause', { clause: 'AA' }],
    ['clause', { clause: Array(201).fill('A').join('&') }],
    ['answer', { answer: '111' }],
    ['answer', { answer: '11' }],
  ])('are refused by the name of the field "%s"', (field, change) => {
    expect(() => sat.fromRow({ ...row, ...change }, 'train')).toThrow(`Field "${field}"`)
  })

  // Only where the rows lie beside the project, which ships none of them.
  const itWithRows = existsSync(path) ? it : undefined
  itWithRows?.('all have a right gold answer and a right solution of ours', async () => {
    const rows = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows.length).toBe(1500)
    for (const each of rows) {
      const problem = sat.fromRow(each, 'train')
      expect((await sat.verify(problem, `#${each.answer}`)).kind).toBe('right')
      const verdict = await sat.verify(problem, sat.solve(problem))
      expect([verdict.kind, ...new Set(verdict.steps)]).toEqual(verdict.steps?.length === 0 ? ['right'] : ['right', 1])
    }
  })
})
