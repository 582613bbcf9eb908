import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../base/json.ts'
import { stream } from '../../base/rng.ts'
import type { Group, StepContext } from '../../contracts/index.ts'
import { chainArithmetic } from '../chain-arithmetic.ts'
import { cycleOfShares } from './cyclical.ts'
import { adaptive, curriculumSource, cyclical, type LevelCurriculum, staged } from './index.ts'

/** The levels asked when each observation is the pass rate that `policy` has at the level asked. */
function asked<S extends Json>(
  curriculum: LevelCurriculum<S>,
  times: number,
  policy: (level: number, time: number) => number,
) {
  const rng = stream('curriculum test')
  const levels: number[] = []
  let state = curriculum.start
  for (let time = 0; time < times; time++) {
    const level = curriculum.level(state, rng)
    levels.push(level)
    // Through JSON, as a saved run would.
    state = JSON.parse(JSON.stringify(curriculum.observe(state, { level, passRate: policy(level, time) })))
  }
  return levels
}

describe('staged', () => {
  const curriculum = staged({ levels: [1, 2, 4], gate: 0.75, window: 2 })

  it('goes on when the mean over the window reaches the gate', () => {
    const rates = [1, 0.5, 0.25, 1, 0.7, 0.9, 0.9, 0.5]
    // Means of two: .75 opens level 2; .25 and 1 do not open level 4, 1 and .7 do.
    expect(asked(curriculum, 8, (_, time) => rates[time])).toEqual([1, 1, 2, 2, 2, 4, 4, 4])
  })

  it('stays at the last level and does not count other levels', () => {
    expect(asked(curriculum, 9, () => 1)).toEqual([1, 1, 2, 2, 4, 4, 4, 4, 4])
    const state = curriculum.observe(curriculum.start, { level: 2, passRate: 1 })
    expect(state).toEqual(curriculum.start)
  })
})

describe('adaptive', () => {
  const levels = [1, 2, 3, 4, 5]

  it('begins with the easiest and settles where half is right', () => {
    const rates: Record<number, number> = { 1: 1, 2: 0.9, 3: 0.55, 4: 0.1, 5: 0 }
    const levelsAsked = asked(adaptive({ levels }), 12, (level) => rates[level])
    expect(levelsAsked[0]).toBe(1)
    expect(levelsAsked.slice(-6)).toEqual([3, 3, 3, 3, 3, 3])
  })

  it('follows a policy that learns up to the hardest level', () => {
    // A level is learned a while after the one below; asked too early it is hopeless.
    const levelsAsked = asked(adaptive({ levels }), 120, (level, time) => Math.min(1, Math.max(0, time / 15 - level)))
    expect(Math.max(...levelsAsked)).toBe(5)
    expect(new Set(levelsAsked.slice(-10))).toEqual(new Set([5]))
  })

  it('goes back when a level is lost', () => {
    const levelsAsked = asked(adaptive({ levels }), 40, (level, time) =>
      time < 20 ? (level < 5 ? 1 : 0.5) : level === 1 ? 0.6 : 0,
    )
    expect(levelsAsked[19]).toBe(5)
    expect(levelsAsked.at(-1)).toBe(1)
  })

  it('prefers a level inside the band, and of two equally near the easier', () => {
    const curriculum = adaptive({ levels: [1, 2], target: 0.5 })
    expect(curriculum.level({ rates: [0.9, 0.15] }, stream('t'))).toBe(2)
    expect(curriculum.level({ rates: [0.75, 0.25] }, stream('t'))).toBe(1)
  })

  it('never leaves its levels', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (rates) => {
        expect(
          asked(adaptive({ levels }), rates.length, (_, time) => rates[time]).every((level) => levels.includes(level)),
        ).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})

describe('cyclical', () => {
  it('goes up by the factor and down again', () => {
    expect(cycleOfShares(0.25, 1, 0.5)).toEqual([0.25, 0.5, 1, 0.5])
    expect(cycleOfShares(1, 1, 0.5)).toEqual([1])
  })

  it('asks the easiest share of the levels, uniformly', () => {
    const levelsAsked = asked(cyclical({ levels: [1, 2, 3, 4], turn: 50 }), 250, () => 0)
    const setOf = (turn: number): number[] => [...new Set(levelsAsked.slice(turn * 50, turn * 50 + 50))].sort()
    expect([0, 1, 2, 3, 4].map(setOf)).toEqual([[1], [1, 2], [1, 2, 3, 4], [1, 2], [1]])
  })
})

it('refuses settings that make no sense', () => {
  const bad = expect.objectContaining({ code: 'config/bad-value' })
  expect(() => staged({ levels: [] })).toThrow(bad)
  expect(() => staged({ levels: [1], gate: 0 })).toThrow(bad)
  expect(() => adaptive({ levels: [1], target: 0.9 })).toThrow(bad)
  expect(() => cyclical({ levels: [1], factor: 1 })).toThrow(bad)
})

describe('curriculumSource', () => {
  it('asks the level of the state in the history and writes what it observed', async () => {
    const kept = new Map<string, Json>()
    const context = {
      task: chainArithmetic,
      step: 0,
      draw: 0,
      history: { get: (key: string) => kept.get(key), set: (key: string, value: Json) => void kept.set(key, value) },
      rng: (purpose: string, ...key: (string | number)[]) => stream(purpose, ...key),
    } as unknown as StepContext
    const source = curriculumSource(staged({ levels: [2, 5], gate: 0.5, window: 1 }))
    const problems = await source.next(4, context)
    expect(problems.map(({ level }) => level)).toEqual([2, 2, 2, 2])
    expect(await source.next(4, context)).toEqual(problems)
    const group = (kinds: string[]): Group =>
      ({
        problem: problems[0],
        rollouts: kinds.map((kind) => ({ status: kind === 'failed' ? 'failed' : 'scored', verdict: { kind } })),
      }) as unknown as Group
    source.observe([group(['right', 'wrong', 'wrong', 'failed'])], context)
    expect(kept.get('curriculum')).toEqual({ stage: 0, recent: [1 / 3] })
    source.observe([group(['right', 'wrong', 'failed'])], context)
    expect((await source.next(2, context)).map(({ level }) => level)).toEqual([5, 5])
  })
})
