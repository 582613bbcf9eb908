import { describe, expect, it } from 'vitest'
import { readAndShow } from './__fixtures__/read-and-show.ts'
import { readAnswer } from './read-answer.ts'

describe('containers', () => {
  it.each([
    ['(1,2)', 'tuple: (1, 2)'],
    ['\\left( 1, 2 \\right)', 'tuple: (1, 2)'],
    ['((1,2))', 'tuple: (1, 2)'],
    ['\\langle 1, 2 \\rangle', 'tuple: (1, 2)'],
    ['<1,2>', 'tuple: (1, 2)'],
    ['⟨1, 2⟩', 'tuple: (1, 2)'],
    ['[1,2,3]', 'tuple: (1, 2, 3)'],
    ['(3 \\text{ cm}, 4 \\text{ cm})', 'tuple: (3 cm, 4 cm)'],
    ['(2, \\frac{\\pi}{3})', 'tuple: (2, pi/3)'],
    ['\\{1, 2\\}', 'set: {1, 2}'],
    ['{1, 2}', 'set: {1, 2}'],
    ['\\left\\{ \\frac{1}{2}, 3 \\right\\}', 'set: {1/2, 3}'],
    ['\\{(1,2),(3,4)\\}', 'set: {(1, 2), (3, 4)}'],
    ['\\{\\}', 'set: {}'],
    ['\\emptyset', 'set: {}'],
    ['∅', 'set: {}'],
    ['empty set', 'set: {}'],
    ['\\{x : x > 1\\}', 'set-builder: {x : x > 1}'],
    ['\\{x \\mid x > 1\\}', 'set-builder: {x : x > 1}'],
    ['\\{x | x > 1\\}', 'set-builder: {x : x > 1}'],
    ['\\{x \\in \\mathbb{R} \\mid x > 1\\}', 'set-builder: {x : x > 1}'],
    ['\\{x \\in \\mathbb{Z} \\mid x > 1\\}', 'set-builder: {x : x ∈ integers, x > 1}'],
    ['\\{|x|, 2\\}', 'set: {abs(x), 2}'],
    ['\\mathbb{R}', 'named-set: reals'],
    ['\\mathbb R', 'named-set: reals'],
    ['ℝ', 'named-set: reals'],
    ['all real numbers', 'named-set: reals'],
    ['[1,2)', 'interval: [1, 2)'],
    ['(1,2]', 'interval: (1, 2]'],
    ['[1,2]', 'interval: [1, 2]'],
    ['(-\\infty, 3]', 'interval: (-∞, 3]'],
    ['(-\\infty, \\infty)', 'interval: (-∞, ∞)'],
    ['(0, oo)', 'interval: (0, ∞)'],
    [']0,1[', 'interval: (0, 1)'],
    ['[a,b[', 'interval: [a, b)'],
    [']a,b]', 'interval: (a, b]'],
    [']0,1[ \\cup ]2,3[', 'set-operation: (0, 1) ∪ (2, 3)'],
    ['(-\\infty,1) \\cup (2,\\infty)', 'set-operation: (-∞, 1) ∪ (2, ∞)'],
    ['(-oo, 1) U (2, oo)', 'set-operation: (-∞, 1) ∪ (2, ∞)'],
    ['(−∞, 1) ∪ (2, ∞)', 'set-operation: (-∞, 1) ∪ (2, ∞)'],
    ['[0,1] \\cap [1,2]', 'set-operation: [0, 1] ∩ [1, 2]'],
    ['\\mathbb{R} \\setminus \\{0\\}', 'set-operation: reals \\ {0}'],
    ['\\mathbb{R} - \\{0\\}', 'set-operation: reals \\ {0}'],
    ['[0,1] \\cup [2,3] \\cap [2,5]', 'set-operation: [0, 1] ∪ ([2, 3] ∩ [2, 5])'],
    ['\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}', 'matrix: [1; 2]'],
    ['\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\\\ \\end{bmatrix}', 'matrix: [1, 2; 3, 4]'],
    ['\\begin{vmatrix} 1 & 2 \\\\ 3 & 4 \\end{vmatrix}', 'expression: 1*4 - 2*3'],
    ['\\left(\\begin{array}{cc} 1 & 2 \\\\ 3 & 4 \\end{array}\\right)', 'matrix: [1, 2; 3, 4]'],
    ['\\begin{pmatrix} 1 \\\\[2pt] 2 \\end{pmatrix}', 'matrix: [1; 2]'],
    ['-\\begin{pmatrix} 1 \\\\ x \\end{pmatrix}', 'matrix: [-1; -x]'],
    ['2\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}', 'matrix: [2*1; 2*2]'],
  ])('%s is %s', (text, shown) => {
    expect(readAndShow(text)).toBe(shown)
  })

  it('says that a pair in round brackets may be an interval, and no other', () => {
    const mayBe = (text: string): unknown => {
      const read = readAnswer(text)
      return read.ok && read.answer.kind === 'tuple' && read.answer.mayBeInterval
    }
    expect(mayBe('(1,2)')).toBe(true)
    expect(mayBe('(1,2,3)')).toBe(undefined)
    expect(mayBe('\\langle 1,2 \\rangle')).toBe(undefined)
  })

  it.each(['\\begin{pmatrix} 1 & 2 \\\\ 3 \\end{pmatrix}', '(1,2)(3,4)', '(1,2,3]', '\\{1,2,\\ldots,10\\}'])(
    '%s is text',
    (text) => {
      expect(readAndShow(text).startsWith('text: ')).toBe(true)
    },
  )
})

describe('relations', () => {
  it.each([
    ['x=3', 'relation: x = 3'],
    ['x = 3.', 'relation: x = 3'],
    ['y \\le 2', 'relation: y ≤ 2'],
    ['y <= 2', 'relation: y ≤ 2'],
    ['x ≥ 2', 'relation: x ≥ 2'],
    ['x \\neq 3', 'relation: x ≠ 3'],
    ['x \\not= 3', 'relation: x ≠ 3'],
    ['x \\approx 3.14', 'relation: x ≈ 3.14'],
    ['x \\in [0,1]', 'relation: x ∈ [0, 1]'],
    ['x \\equiv 3 \\pmod{7}', 'relation: x ≡ congruent(mod(3, 7), 7)'],
    ['x ≡ 3 (mod 7)', 'relation: x ≡ congruent(mod(3, 7), 7)'],
    ['x = \\pm 2', 'relation: x = ±2'],
    ['x = 50\\%', 'relation: x = 50%'],
    ['A = 5', 'relation: A = 5'],
    ['\\angle A = 30^\\circ', 'relation: ∠A = 30 degree'],
    ['\\text{Area} = 5', 'relation: area = 5'],
    ['f(x) = x^2', 'relation: f(x) = x^2'],
    ['(x,y) = (1,2)', 'relation: (x, y) = (1, 2)'],
    ['1<x<2', 'chain: 1 < x < 2'],
    ['-1 \\le x < 3', 'chain: -1 ≤ x < 3'],
    ['5 != 6', 'relation: 5 ≠ 6'],
    ['5!=120', 'relation: factorial(5) = 120'],
    ['= 5', 'expression: 5'],
  ])('%s is %s', (text, shown) => {
    expect(readAndShow(text)).toBe(shown)
  })
})

describe('lists and ratios', () => {
  it.each([
    ['1, 2', 'list: 1, 2'],
    ['1; 2', 'list: 1, 2'],
    ['1 and 2', 'list: 1, 2'],
    ['1, 2, and 3', 'list: 1, 2, 3'],
    ['$\\frac{1}{2}$ and $\\frac{3}{4}$', 'list: 1/2, 3/4'],
    ['either 5 or 6', 'list: 5, 6'],
    ['two, three', 'list: 2, 3'],
    ['1 \\vee 2', 'list: 1, 2'],
    ['5 \\\\ 6', 'list: 5, 6'],
    ['(1,2),(3,4)', 'list: (1, 2), (3, 4)'],
    ['x=1 or x=2', 'list: x = 1 or x = 2'],
    ['x=\\frac{1}{2}\\text{ or }x=-3', 'list: x = 1/2 or x = -3'],
    ['x = 1, 2', 'list: x = 1, x = 2'],
    ['(x, y) = (1, 2), (3, 4)', 'list: (x, y) = (1, 2), (x, y) = (3, 4)'],
    ['a = 1, b = 2', 'list: a = 1, b = 2'],
    ['x = 2k\\pi, k \\in \\mathbb{Z}', 'list: x = 2*k*pi, k ∈ integers'],
    ['x > 1 \\text{ or } x < -1', 'list: x > 1 or x < -1'],
    ['10%, 20%', 'list: 10%, 20%'],
    ['A, C', 'list: A, C'],
    ['(A) and (C)', 'list: A, C'],
    ['Alice and Bob', 'list: alice and bob'],
    ['\\begin{cases} x = 1 \\\\ y = 2 \\end{cases}', 'list: x = 1, y = 2'],
    ['\\begin{aligned} x &= 1 \\\\ y &= 2 \\end{aligned}', 'list: x = 1, y = 2'],
    ['3:4', 'ratio: 3:4'],
    ['1 : 2 : 3', 'ratio: 1:2:3'],
    ['A:B', 'ratio: A:B'],
  ])('%s is %s', (text, shown) => {
    expect(readAndShow(text)).toBe(shown)
  })

  it.each([
    ['3:05', 'text: 3:05'],
    ['3:30 p.m.', 'text: 15:30'],
    ['3:30 a.m.', 'text: 3:30'],
    ['12:00 \\text{ PM}', 'text: 12:00'],
    ['12:30 AM', 'text: 0:30'],
    ['15:30', 'text: 15:30'],
    ['3:30', 'text: 3:30'],
    ['noon', 'text: 12:00'],
    ['3:20', 'ratio: 3:20'],
    ['12:18', 'ratio: 12:18'],
    ['3:4', 'ratio: 3:4'],
    ['40:60', 'ratio: 40:60'],
  ])('a time of day is text, on the clock of 24 hours, since it is no ratio: %s', (text, shown) => {
    expect(readAndShow(text)).toBe(shown)
  })
})
