import { describe, expect, it } from 'vitest'
import { checkLatinGrid } from './latin-grid.ts'

const cells = (text: string): number[] => [...text].map(Number)
const free = (size: number): number[] => Array(size * size).fill(0)

describe('checkLatinGrid', () => {
  it('judges rows and columns', () => {
    expect(checkLatinGrid({ size: 3, given: free(3) }, cells('123231312')).kind).toBe('right')
    expect(checkLatinGrid({ size: 3, given: free(3) }, cells('123123123')).reason).toBe('column 1 holds 1 twice')
    expect(checkLatinGrid({ size: 3, given: free(3) }, cells('113231312')).reason).toBe('row 1 holds 1 twice')
  })

  it('judges boxes, which need not be square', () => {
    const sudoku = { size: 4, given: free(4), box: { rows: 2, columns: 2 } }
    expect(checkLatinGrid(sudoku, cells('1234341221434321')).kind).toBe('right')
    expect(checkLatinGrid(sudoku, cells('1234234134124123')).reason).toBe('box 1 holds 2 twice')
    const wide = { size: 6, given: free(6), box: { rows: 2, columns: 3 } }
    expect(checkLatinGrid(wide, cells('123456456123231564564231312645645312')).kind).toBe('right')
    const tall = { ...wide, box: { rows: 3, columns: 2 } }
    expect(checkLatinGrid(tall, cells('123456456123231564564231312645645312')).reason).toBe('box 1 holds 2 twice')
  })

  it('judges signs and given numbers', () => {
    const puzzle = { size: 2, given: cells('0200'), less: [[0, 1]] as [number, number][] }
    expect(checkLatinGrid(puzzle, cells('1221')).kind).toBe('right')
    expect(checkLatinGrid(puzzle, cells('2112'))).toMatchObject({
      reason: 'row 1 column 2 was given as 2',
      parts: { rules: 4 / 6 },
    })
    expect(checkLatinGrid({ ...puzzle, given: free(2) }, cells('2112')).reason).toBe(
      'row 1 column 1 is not less than row 1 column 2',
    )
  })

  it('accepts exactly the 288 sudoku grids and the 576 latin squares of size 4', () => {
    const perms = [1, 2, 3, 4].flatMap((a) =>
      [1, 2, 3, 4].flatMap((b) => [1, 2, 3, 4].map((c) => [a, b, c, 10 - a - b - c])),
    )
    const rows = perms.filter((p) => new Set(p).size === 4 && Math.min(...p) > 0)
    expect(rows.length).toBe(24)
    let [latin, sudoku] = [0, 0]
    // The first row is fixed: 1/24 of all grids.
    for (const b of rows)
      for (const c of rows)
        for (const d of rows) {
          const grid = [...rows[0], ...b, ...c, ...d]
          if (checkLatinGrid({ size: 4, given: free(4) }, grid).kind === 'right') latin++
          if (checkLatinGrid({ size: 4, given: free(4), box: { rows: 2, columns: 2 } }, grid).kind === 'right') sudoku++
        }
    expect([latin * 24, sudoku * 24]).toEqual([576, 288])
  })

  it('refuses what is no grid, and fails on what is no puzzle', () => {
    const puzzle = { size: 2, given: free(2) }
    for (const grid of [[], [1, 2, 2], [1, 2, 2, 1, 1], [1, 2, 2, 3], [0, 1, 1, 0], [1, 2, 2, Number.NaN]]) {
      expect(checkLatinGrid(puzzle, grid)).toMatchObject({ kind: 'wrong', score: 0 })
    }
    expect(checkLatinGrid({ size: 2, given: [0] }, cells('1221')).kind).toBe('failed')
    expect(checkLatinGrid({ ...puzzle, box: { rows: 2, columns: 2 } }, cells('1221')).kind).toBe('failed')
    expect(checkLatinGrid({ ...puzzle, less: [[0, 4]] }, cells('1221')).kind).toBe('failed')
  })
})
