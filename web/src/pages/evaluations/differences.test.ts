// What two completions have of their own.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stretches } from '../../components/text/ranges.ts'
import { differences } from './differences.ts'

/** Both texts, what is their own in brackets. */
function shown(before: string, after: string): [string, string] {
  const found = differences(before, after)
  const mark = (text: string, ranges: typeof found.before): string =>
    stretches(text, ranges)
      .map((part) => (part.isMarked ? `[${part.text}]` : part.text))
      .join('')
  return [mark(before, found.before), mark(after, found.after)]
}

/** What two texts share: what is left when their own stretches are taken away. */
const rest = (text: string, ranges: readonly { from: number; to: number }[]): string =>
  stretches(text, ranges)
    .filter((part) => !part.isMarked)
    .map((part) => part.text)
    .join('')

describe('differences', () => {
  it.each([
    ['63-49=14;14+87=25', '63-49=14;14+87=101', '63-49=14;14+87=[25]', '63-49=14;14+87=[101]'],
    ['a b c', 'a c', 'a [b ]c', 'a c'],
    ['same', 'same', 'same', 'same'],
    ['', 'new', '', '[new]'],
    ['one two', 'three', '[one two]', '[three]'],
    ['x 1 y 2 z', 'x 3 y 4 z', 'x [1] y [2] z', 'x [3] y [4] z'],
  ])('%j to %j', (before, after, ...expected) => {
    expect(shown(before, after)).toEqual(expected)
  })

  it('leave the same text on both sides', () => {
    const text = fc.array(fc.constantFrom('a', 'b', ' ', '1', '+', '\n', '😀')).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const found = differences(before, after)
        expect(rest(before, found.before)).toBe(rest(after, found.after))
      }),
    )
  })

  it('are all of a middle that is too long to compare, and its ends are still shared', () => {
    const middle = (word: string): string => Array.from({ length: 1000 }, (_, i) => `${word}${i}`).join(' ')
    const found = differences(`start ${middle('a')} end`, `start ${middle('b')} end`)
    expect(found.before).toHaveLength(1)
    expect(found.before[0].from).toBe('start '.length)
  })

  it('are everything in texts without bounds', () => {
    const long = 'x '.repeat(20_000)
    expect(differences(long, `${long}y`).before).toEqual([{ from: 0, to: long.length }])
  })
})
