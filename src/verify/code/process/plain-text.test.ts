// Text of programs made safe to print.
import { describe, expect, it } from 'vitest'
import { plainText } from './plain-text.ts'

describe('plainText', () => {
  it('keeps text of all scripts, line breaks and tabs', () => {
    expect(plainText('ValueError: 数 é 🙂\n\tat line 1')).toBe('ValueError: 数 é 🙂\n\tat line 1')
  })

  it('writes what steers a terminal or the direction of text as an escape', () => {
    expect(plainText('\x1b[2J\r\x07\x9b1m\x7f')).toBe('\\x1b[2J\\x0d\\x07\\x9b1m\\x7f')
    expect(plainText('a\u202eb\u2066c\u2028')).toBe('a\\u202eb\\u2066c\\u2028')
  })

  it('cuts, also what grew by escapes', () => {
    expect(plainText('abcdef', 3)).toBe('abc...')
    expect(plainText('abc', 3)).toBe('abc')
    expect(plainText('\x1b\x1b\x1b', 6)).toBe('\\x1b\\x...')
    expect(plainText('x'.repeat(2 ** 25), 10)).toBe(`${'x'.repeat(10)}...`)
  })
})
