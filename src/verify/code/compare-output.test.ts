// Output against expected output, line by line.
import { describe, expect, it } from 'vitest'
import { outputDifference } from './compare-output.ts'

describe('outputDifference', () => {
  it.each([
    ['5', '5\n'],
    ['5  \n6\t\n\n\n', '5\n6'],
    ['5\r\n6\r\n', '5\n6\n'],
    ['', '\n'],
    ['a\n\nb', 'a\n\nb'],
  ])('ignores blanks at line ends and empty lines at the end: %j is %j', (actual, expected) => {
    expect(outputDifference(actual, expected)).toBeUndefined()
  })

  it.each([
    ['5', '6', 'line 1 of the output differs'],
    [' 5', '5', 'line 1 of the output differs'],
    ['1\n2', '1\n3', 'line 2 of the output differs'],
    ['1', '1\n2', 'the output ends after 1 of 2 lines'],
    ['1\n2\n3', '1\n2', 'the output has 3 lines, 2 are expected'],
    ['1\n\n2', '1\n2', 'line 2 of the output differs'],
    ['5.0', '5', 'line 1 of the output differs'],
  ])('tells %j from %j', (actual, expected, difference) => {
    expect(outputDifference(actual, expected)).toBe(difference)
  })

  it('compares numbers within a tolerance when one is given', () => {
    const tolerance = { absolute: 1e-6 }
    expect(outputDifference('x 1.0000004  2', 'x 1 2.0', tolerance)).toBeUndefined()
    expect(outputDifference('x 1.000002 2', 'x 1 2.0', tolerance)).toBe('line 1 of the output differs')
    expect(outputDifference('1e400', '2e400', tolerance)).toBe('line 1 of the output differs')
    expect(outputDifference('nan', '1', tolerance)).toBe('line 1 of the output differs')
    expect(outputDifference('1 2', '1', tolerance)).toBe('line 1 of the output differs')
    expect(outputDifference('12345678901234567890', '12345678901234567891', tolerance)).toBeDefined()
    expect(outputDifference('12345678901234567890', '12345678901234567891', { absolute: 1 })).toBeUndefined()
    expect(outputDifference('1001', '1000', { relative: 0.001 })).toBeUndefined()
    expect(outputDifference('1002', '1000', { relative: 0.001 })).toBe('line 1 of the output differs')
  })

  it('takes time linear in the output', () => {
    const long = '1'.repeat(2_000_000)
    expect(outputDifference(`${long}x`, `${long}y`, { absolute: 1 })).toBe('line 1 of the output differs')
  })
})
