import { describe, expect, it } from 'vitest'
import { atLevels } from './at-levels.ts'
import { chainSum } from './families/chain-sum.ts'

describe('atLevels', () => {
  it('asks the levels in turn', () => {
    const task = atLevels(chainSum, [1, 3, 5])
    const levels = Array.from({ length: 6 }, (_, i) => task.problem('train', i).level)
    expect(levels).toEqual([1, 3, 5, 1, 3, 5])
  })

  it('makes the problems that the task makes', () => {
    expect(atLevels(chainSum, [2]).problem('test', 7)).toEqual(chainSum.problem('test', 7, { level: 2 }))
  })

  it('refuses a level that the task does not have, and none', () => {
    expect(() => atLevels(chainSum, [1, 9])).toThrow(/no level 9/)
    expect(() => atLevels(chainSum, [])).toThrow(/No level/)
  })
})
