import { describe, expect, it } from 'vitest'
import { checkQueens } from './queens.ts'

describe('checkQueens', () => {
  it('accepts as many fillings of empty boards as are known', () => {
    const count = (size: number): number => {
      const given = Array(size).fill(-1)
      let right = 0
      for (let code = 0; code < size ** size; code++) {
        const columns = given.map((_, row) => Math.floor(code / size ** row) % size)
        if (checkQueens(given, columns).kind === 'right') right++
      }
      return right
    }
    expect([1, 2, 3, 4, 5, 6].map(count)).toEqual([1, 0, 0, 2, 10, 4])
  })

  it('keeps the given queens', () => {
    expect(checkQueens([-1, 3, -1, -1], [1, 3, 0, 2]).kind).toBe('right')
    expect(checkQueens([-1, 3, -1, -1], [2, 0, 3, 1])).toMatchObject({
      reason: 'the queen of row 2 was given elsewhere',
      parts: { rules: 3 / 4 },
    })
    expect(checkQueens([-1, -1, -1], [0, 2, 1]).reason).toBe('the queens of rows 2 and 3 attack')
  })

  it('refuses queens off the board', () => {
    for (const columns of [[], [0], [0, 1, 2, 3, 4], [1, 3, 0, 4], [1, 3, 0, -1], [1, 3, 0, 2.5]]) {
      expect(checkQueens([-1, -1, -1, -1], columns)).toMatchObject({ kind: 'wrong', score: 0 })
    }
    expect(checkQueens([], []).kind).toBe('failed')
  })
})
