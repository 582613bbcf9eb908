import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSchedule } from './schedule.ts'

const problem = {
  jobs: [
    { id: 'a', duration: 3, uses: { arm: 1 } },
    { id: 'b', duration: 2, after: ['a'] },
    { id: 'c', duration: 2, uses: { arm: 1 } },
  ],
  resources: { arm: 1 },
  deadline: 5,
}

describe('checkSchedule', () => {
  it('accepts back-to-back jobs, since a job lets go at its end', () => {
    expect(checkSchedule(problem, [0, 3, 3]).kind).toBe('right')
  })

  it('names the first broken rule', () => {
    expect(checkSchedule(problem, [0, 2, 3]).reason).toBe('job b starts at 2, before a ends at 3')
    expect(checkSchedule(problem, [0, 3, 2]).reason).toBe('at 2, 2 of arm are used; there are 1')
    expect(checkSchedule(problem, [0, 4, 3])).toMatchObject({
      reason: 'job b ends at 6, after the deadline 5',
      parts: { rules: 5 / 6 },
    })
  })

  it('refuses starts that are no times and fails on puzzles that are none', () => {
    for (const starts of [[], [0, 3], [0, 3, -1], [0, 3, 0.5], [0, 3, Number.NaN]]) {
      expect(checkSchedule(problem, starts)).toMatchObject({ kind: 'wrong', score: 0 })
    }
    expect(checkSchedule({ jobs: [{ id: 'a', duration: 0 }] }, [0]).kind).toBe('failed')
    expect(checkSchedule({ jobs: [{ id: 'a', duration: 1, after: ['x'] }] }, [0]).kind).toBe('failed')
    expect(checkSchedule({ jobs: [{ id: 'a', duration: 1, uses: { constructor: 1 } }] }, [0]).kind).toBe('failed')
    expect(checkSchedule({ jobs: [problem.jobs[0], problem.jobs[0]] }, [0, 0]).kind).toBe('failed')
  })

  it('agrees with a look at every moment', () => {
    const jobs = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(2), fc.nat(6)), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(jobs, (list) => {
        const puzzle = {
          jobs: list.map(([duration, arm], i) => ({ id: `${i}`, duration, uses: { arm } })),
          resources: { arm: 2 },
          deadline: 8,
        }
        const starts = list.map(([, , start]) => start)
        let holds = list.every(([duration, , start]) => start + duration <= 8)
        for (let t = 0; t < 20; t++) {
          const used = list.filter(([d, , s]) => s <= t && t < s + d).reduce((sum, [, arm]) => sum + arm, 0)
          if (used > 2) holds = false
        }
        expect(checkSchedule(puzzle, starts).kind).toBe(holds ? 'right' : 'wrong')
      }),
    )
  })
})
