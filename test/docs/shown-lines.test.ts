// What a page may show of what was printed, and what not.
import { describe, expect, it } from 'vitest'
import { isAlike, missingLine } from './shown-lines.ts'

describe('isAlike', () => {
  it.each([
    ['step 30  0.816 [0.764, 0.859]  256', 'step 30  0.79 [0.74, 0.84]   256', 'fractions a little off'],
    ['grpo on chain-arithmetic: 30 steps, 5.9s', 'grpo on chain-arithmetic: 30 steps, 1m 3s', 'another duration'],
    ['  6.4k  9  2s  3', '6.1k 9 757ms 3', 'another count of tokens'],
    ['base  1/400  9.1k tok/s trained', 'base 1/400  1.20k tok/s trained', 'another rate'],
    ['p 3.21e-20', 'p 0.000100', 'another form of a small number'],
  ])('takes %j for %j: %s', (shown, printed) => {
    expect(isAlike(shown, printed)).toBe(true)
  })

  it.each([
    ['step 30  0.816  256', 'step 30  0.416  256', 'a fraction far off'],
    ['step 30  0.816  256', 'step 30  0.816  512', 'another whole number'],
    ['grpo  0.8', 'sft  0.8', 'another word'],
    ['right  101', 'right  101  0.5', 'a number more'],
    ['3+4=2;2*2=4;#3', '3+4=2;2*2=4;#4', 'another answer'],
  ])('does not take %j for %j: %s', (shown, printed) => {
    expect(isAlike(shown, printed)).toBe(false)
  })

  it('holds fractions to the last digit when asked to, but never durations', () => {
    expect(isAlike('0.816 in 5s', '0.816 in 9s', true)).toBe(true)
    expect(isAlike('0.816 in 5s', '0.817 in 5s', true)).toBe(false)
  })
})

describe('missingLine', () => {
  const printed = 'a\nb\nc\nd'

  it('is the first shown line that was not printed, or not in this order', () => {
    expect(missingLine(['a', 'x'], printed)).toBe('x')
    expect(missingLine(['b', 'a'], printed)).toBe('a')
    expect(missingLine(['a', '...', 'd'], printed)).toBeUndefined()
  })

  it('is a line after others that were left out without saying so', () => {
    expect(missingLine(['a', 'c'], printed)).toBe('c')
    expect(missingLine(['b', 'c'], printed)).toBeUndefined()
  })
})
