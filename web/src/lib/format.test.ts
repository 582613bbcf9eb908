import { expect, test } from 'vitest'
import { formatAgo, formatMoment } from './format.ts'

const now = Date.parse('2026-03-01T12:00:00Z')

test('time is told in the largest unit that says something', () => {
  const ago = (seconds: number): string => formatAgo(new Date(now - seconds * 1000).toISOString(), now)
  expect([5, 59, 60, 3599, 7200, 47 * 3600, 48 * 3600].map(ago)).toEqual([
    'just now',
    'just now',
    '1 min ago',
    '59 min ago',
    '2 h ago',
    '47 h ago',
    '2 d ago',
  ])
  expect(ago(-3600)).toBe('in the future')
  expect(formatAgo('no date', now)).toBe('n/a')
})

test('a moment has the same length whatever it is, and a text that is none is shown as it is', () => {
  expect(formatMoment('2026-03-01T01:02:03Z')).toMatch(/^2026-0[23]-\d\d \d\d:02:03$/)
  expect(formatMoment('soon')).toBe('soon')
})
