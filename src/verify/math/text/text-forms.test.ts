import { describe, expect, it } from 'vitest'
import { hendrycksForm } from './hendrycks-form.ts'
import { minervaForm } from './minerva-form.ts'
import { numbersAgree, plainNumber } from './plain-number.ts'

describe('the normal form of the MATH grader', () => {
  it.each([
    ['\\dfrac{1}{2}', '\\frac{1}{2}'],
    ['\\tfrac12', '\\frac{1}{2}'],
    ['\\frac1{72}', '\\frac{1}{72}'],
    ['0.5', '\\frac{1}{2}'],
    ['.5', '\\frac{1}{2}'],
    ['3/4', '\\frac{3}{4}'],
    ['-3/4', '\\frac{-3}{4}'],
    ['a/b', 'a/b'],
    ['\\sqrt2', '\\sqrt{2}'],
    ['\\left( 1, 2 \\right)', '(1,2)'],
    ['10,\\!000', '10,000'],
    ['90^\\circ', '90'],
    ['90^{\\circ}', '90'],
    ['\\$5', '5'],
    ['25\\%', '25'],
    ['5\\text{ cm}', '5'],
    ['5\\text{cm}', '5\\text{cm}'],
    ['x = 5', '5'],
    ['area = 5', 'area=5'],
    ['{.5}', '{0.5}'],
    ['x + 1', 'x+1'],
  ])('%j is %j', (answer, form) => {
    expect(hendrycksForm(answer)).toBe(form)
  })
})

describe('the normal form of the Minerva paper', () => {
  it.each([
    ['x = 5', '5'],
    ['5 dollars', '5'],
    ['\\$5', '5'],
    ['5\\text{ cm}', '5'],
    ['10 square feet', '10'],
    ['an hour', 'hour'],
    ['\\text{Tuesday}', 'Tuesday'],
    ['\\frac12', '\\frac{1}{2}'],
    ['\\sqrt2', '\\sqrt{2}'],
    ['$5$', '5'],
    ['1,234', '1234'],
    ['1,234.5', '1,234.5'],
    ['90^\\circ', '90'],
    ['3\\text{ and }5', '35'],
    ['12th', '12th'],
  ])('%j is %j', (answer, form) => {
    expect(minervaForm(answer)).toBe(form)
  })
})

describe('plain numbers', () => {
  it.each([
    ['5', 5],
    ['-1,234.5', -1234.5],
    ['$1,000', 1000],
    ['\\$.5', 0.5],
    ['50\\%', 0.5],
    ['1e3', 1000],
    ['10,\\!000', 10000],
    ['', undefined],
    ['.', undefined],
    ['1,23', undefined],
    ['x', undefined],
    ['1/2', undefined],
    ['1e9999', undefined],
    ['9'.repeat(100_000), undefined],
  ])('%j is %j', (text, value) => {
    expect(plainNumber(text)).toBe(value)
  })

  it('agree within the tolerance of the larger, and a hundredfold when allowed', () => {
    expect(numbersAgree(1, 1.0001, 1e-4, false)).toBe(true)
    expect(numbersAgree(1, 1.0003, 1e-4, false)).toBe(false)
    expect(numbersAgree(50, 0.5, 1e-4, true)).toBe(true)
    expect(numbersAgree(50, 0.5, 1e-4, false)).toBe(false)
    expect(numbersAgree(0, 1e-9, 1e-4, true)).toBe(false)
  })
})
