import { expect, test } from 'vitest'
import { sparkPath } from './spark-path.ts'
import { tagsOf } from './tags-of.ts'

test('the path goes from the left to the right, high values above', () => {
  expect(sparkPath([0, 1], 20, 10)).toBe('M2.0 8.0L18.0 2.0')
})

test('a flat curve lies in the middle, a single point is a short line', () => {
  expect(sparkPath([5, 5], 20, 10)).toBe('M2.0 5.0L18.0 5.0')
  expect(sparkPath([5], 20, 10)).toBe('M8.0 5.0h4')
})

test('tags are parted by commas, each once, within the limits of the server', () => {
  expect(tagsOf(' keep, two words,,keep ')).toEqual(['keep', 'two words'])
  expect(tagsOf('x'.repeat(50))).toEqual(['x'.repeat(40)])
  expect(tagsOf(Array.from({ length: 30 }, (_, i) => `t${i}`).join(','))).toHaveLength(20)
})
