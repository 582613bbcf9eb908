import { expect, test } from 'vitest'
import { groupRows, sortRows, windowOf } from './table-rows.ts'

const self = <T>(value: T): T => value

test('numbers go by size, texts as people count, and nothing comes last both ways', () => {
  expect(sortRows<number | null>([3, null, 1, 2], self, false)).toEqual([1, 2, 3, null])
  expect(sortRows<number | null>([3, null, 1, 2], self, true)).toEqual([3, 2, 1, null])
  expect(sortRows(['seed-10', 'seed-9', 'Seed-1'], self, false)).toEqual(['Seed-1', 'seed-9', 'seed-10'])
})

test('equal rows keep their order', () => {
  const rows = [
    { k: 1, id: 'a' },
    { k: 0, id: 'b' },
    { k: 1, id: 'c' },
  ]
  expect(sortRows(rows, ({ k }) => k, true).map(({ id }) => id)).toEqual(['a', 'c', 'b'])
})

test('groups stand in the order of their first row, with how many they have', () => {
  expect(groupRows(['b1', 'a1', 'b2'], (row) => row[0])).toEqual([
    { kind: 'group', label: 'b', count: 2 },
    { kind: 'row', row: 'b1' },
    { kind: 'row', row: 'b2' },
    { kind: 'group', label: 'a', count: 1 },
    { kind: 'row', row: 'a1' },
  ])
  expect(groupRows(['x'])).toEqual([{ kind: 'row', row: 'x' }])
})

test('the window covers what is seen and some more, and never leaves the list', () => {
  const view = { height: 100, lineHeight: 10 }
  expect(windowOf(1000, { ...view, top: 0 }, 5)).toEqual({ from: 0, to: 15 })
  expect(windowOf(1000, { ...view, top: 500 }, 5)).toEqual({ from: 45, to: 65 })
  expect(windowOf(8, { ...view, top: 0 }, 5)).toEqual({ from: 0, to: 8 })
  // A list that has just become short, still scrolled far down.
  expect(windowOf(20, { ...view, top: 5000 }, 5)).toEqual({ from: 15, to: 20 })
})
