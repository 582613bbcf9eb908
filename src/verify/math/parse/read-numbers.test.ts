import { describe, expect, it } from 'vitest'
import { readAndShow } from './__fixtures__/read-and-show.ts'
import { readAnswer } from './read-answer.ts'

/** The value as a fraction, and the flags. */
function flags(text: string): Record<string, unknown> {
  const read = readAnswer(text)
  if (!read.ok || read.answer.kind !== 'expression') return { kind: read.ok ? read.answer.kind : read.reason }
  const { kind: _, expression, ...rest } = read.answer
  return { ...rest, ...(expression.kind === 'number' ? { places: expression.places } : {}) }
}

describe('numbers', () => {
  it.each([
    ['5', '5'],
    ['-5', '-5'],
    ['−5', '-5'],
    ['+5', '5'],
    ['--5', '5'],
    ['-0', '0'],
    ['５', '5'],
    ['１２３', '123'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['0.50', '0.5'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['1,234', '1234'],
    ['1,234,567', '1234567'],
    ['1,234.56', '1234.56'],
    ['1{,}234', '1234'],
    ['12{,}345{,}678', '12345678'],
    ['1,\\!234', '1234'],
    ['1\\,234', '1234'],
    ['1 234 567', '1234567'],
    ['12 345.67', '12345.67'],
    ['1.2e5', '120000'],
    ['2.5e-3', '0.0025'],
    ['1.2 \\times 10^{5}', '1.2*10^5'],
    ['2.5 · 10³', '2.5*10^3'],
    ['5 million', '5*1000000'],
    ['0.\\overline{3}', '1/3'],
    ['0.\\bar{3}', '1/3'],
    ['0.\\dot{3}', '1/3'],
    ['0.(3)', '1/3'],
    ['0.333...', '1/3'],
    ['0.333\\ldots', '1/3'],
    ['0.1\\overline{6}', '1/6'],
    ['0.12\\overline{34}', '611/4950'],
    ['0.142857142857...', '1/7'],
    ['1.999...', '2'],
    ['1/2', '1/2'],
    ['2/4', '2/4'],
    ['\\frac{1}{2}', '1/2'],
    ['\\dfrac{1}{2}', '1/2'],
    ['\\tfrac12', '1/2'],
    ['\\cfrac{1}{2}', '1/2'],
    ['\\frac12', '1/2'],
    ['\\frac 12', '1/2'],
    ['\\frac1{2}', '1/2'],
    ['\\frac{1}2', '1/2'],
    ['\\frac{1,000}{3}', '1000/3'],
    ['{1 \\over 2}', '1/2'],
    ['-\\frac{3}{4}', '-3/4'],
    ['½', '1/2'],
    ['1⁄2', '1/2'],
    ['one', '1'],
    ['Twenty-five', '25'],
    ['\\text{three}', '3'],
    ['one hundred and five', '105'],
    ['two thousand three hundred', '2300'],
  ])('%s is %s', (text, shown) => {
    expect(readAndShow(text)).toBe(`expression: ${shown}`)
  })

  it.each(['1,2,3', '1, 2, 3', '100,200,30', '1,2,345', '1,23', '12,34', '1,234,56'])('%s is a list', (text) => {
    expect(readAndShow(text).startsWith('list: ')).toBe(true)
  })

  it.each([
    ['(1,234)', 'tuple: (1, 234)'],
    ['\\{1,234\\}', 'set: {1, 234}'],
    ['[100,200]', 'interval: [100, 200]'],
    ['(1{,}234, 5)', 'tuple: (1234, 5)'],
  ])('a bare comma in brackets parts: %s', (text, shown) => {
    expect(readAndShow(text)).toBe(shown)
  })

  it.each([
    ['1\\frac{1}{2}', '1 + 1/2'],
    ['-1\\frac{1}{2}', '-(1 + 1/2)'],
    ['2\\frac34', '2 + 3/4'],
    ['1 1/2', '1 + 1/2'],
    ['1½', '1 + 1/2'],
  ])('%s is a mixed number', (text, shown) => {
    expect(readAndShow(text)).toBe(`expression: ${shown}`)
    expect(flags(text)).toEqual({ mixed: true })
  })

  it.each(['2\\frac{x}{3}', 'x\\frac{1}{2}', '1.5\\frac{1}{2}'])('%s is a product', (text) => {
    expect(flags(text).mixed).toBeUndefined()
  })

  it.each([
    ['1011_2', '11 (base 2)', 2],
    ['1011_{2}', '11 (base 2)', 2],
    ['3F_{16}', '63 (base 16)', 16],
    ['121_{\\text{three}}', '16 (base 3)', 3],
    ['1011 base 2', '11 (base 2)', 2],
    ['-11_2', '-3 (base 2)', 2],
    ['129_2', '129 (base 2)', 2],
  ])('%s has a base', (text, shown, base) => {
    expect(readAndShow(text)).toBe(`expression: ${shown}`)
    expect(flags(text).base).toBe(base)
  })

  it('keeps the places that were written', () => {
    expect(flags('0.50')).toEqual({ places: 2 })
    expect(flags('7')).toEqual({ places: undefined })
    expect(flags('1.25e1')).toEqual({ places: 1 })
    expect(flags('3.14159...')).toEqual({ kind: 'text' })
  })

  it.each([
    ['50\\%', { percent: true, places: undefined }],
    ['50%', { percent: true, places: undefined }],
    ['50 percent', { percent: true, places: undefined }],
    ['\\approx 3.1', { approximate: true, places: 1 }],
    ['≈ 3.1', { approximate: true, places: 1 }],
    ['~3.1', { approximate: true, places: 1 }],
    ['about 3.1', { approximate: true, places: 1 }],
    ['approximately 3.1', { approximate: true, places: 1 }],
  ])('%s has a flag', (text, want) => {
    expect(flags(text)).toEqual(want)
  })
})
