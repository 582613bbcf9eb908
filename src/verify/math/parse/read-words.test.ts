import { describe, expect, it } from 'vitest'
import { readAndShow } from './__fixtures__/read-and-show.ts'

describe('units', () => {
  it.each([
    ['5 cm', '5 cm'],
    ['5cm', '5 cm'],
    ['5\\text{ cm}^2', '5 cm^2'],
    ['5 \\text{ cm}^{2}', '5 cm^2'],
    ['7 \\mathrm{~cm}', '7 cm'],
    ['7 \\mathrm{~m} / \\mathrm{s}', '7 m/second'],
    ['7 \\mathrm{~m} \\mathrm{~s}^{-1}', '7 m/second'],
    ['60\\text{ km/h}', '60 km/hour'],
    ['60 kilometers per hour', '60 km/hour'],
    ['5 mph', '5 mile/hour'],
    ['5 m/s^2', '5 m/second^2'],
    ['5 square units', '5 unit^2'],
    ['5 sq. ft', '5 foot^2'],
    ['5 cm squared', '5 cm^2'],
    ['5 cubic meters', '5 m^3'],
    ['5 N m', '5 N*m'],
    ['5 m', '5 m'],
    ['5 dollars', '5 $'],
    ['\\$5', '5 $'],
    ['$5', '5 $'],
    ['$5.00', '5 $'],
    ['\\$1,234.56', '1234.56 $'],
    ['-\\$5', '-5 $'],
    ['\\$5 per hour', '5 $/hour'],
    ['$5 million', '5*1000000 $'],
    ['\\$5 \\text{ profit}', '5 $'],
    ['5 USD', '5 $'],
    ['€5', '5 €'],
    ['50¢', '50 cent'],
    ['90^\\circ', '90 degree'],
    ['90°', '90 degree'],
    ['90 degrees', '90 degree'],
    ['25^\\circ C', '25 celsius'],
    ['25°F', '25 fahrenheit'],
    ['\\frac{\\pi}{3} \\text{ rad}', 'pi/3 radian'],
    ['3 hours', '3 hour'],
    ['5 min', '5 minute'],
    ['5 sec', '5 second'],
    ['3\\text{ p.m.}', '3 pm'],
    ['10 am', '10 am'],
    ['5 apples', '5 apple'],
    ['twenty apples', undefined],
    ['x \\text{ cm}', 'x cm'],
    ['12\\sqrt{3} \\text{ cm}^2', '12*3^(1/2) cm^2'],
    ['2 hours 30 minutes', '2*60 + 30 minute'],
    ['5 feet and 6 inches', '5*12 + 6 inch'],
  ])('%s is %s', (text, shown) => {
    expect(readAndShow(text)).toBe(shown === undefined ? `text: ${text}` : `expression: ${shown}`)
  })

  it('keeps a letter without a space before it as a variable', () => {
    expect(readAndShow('5m')).toBe('expression: 5*m')
    expect(readAndShow('5 x')).toBe('expression: 5*x')
    expect(readAndShow('x m')).toBe('expression: x*m')
  })
})

describe('choices', () => {
  it.each(['(A)', 'A', 'A.', 'A)', '\\text{(A)}', '\\mathrm{(A)}', '\\textbf{A}', '**A**', 'option A', 'Answer: A'])(
    '%s is A',
    (text) => {
      expect(readAndShow(text)).toBe('choice: A')
    },
  )

  it.each(['(c)', 'c)', 'The answer is (C).', '(C).'])('%s is C', (text) => {
    expect(readAndShow(text)).toBe('choice: C')
  })

  it.each([
    ...['(C) 5', '\\textbf{(C)}\\ 5', 'C. 5', 'C) 5', 'C: 5'].map((text) => [text, 'relation: C = 5']),
    ['(C) 1, 2', 'relation: C = 1, 2'],
    ['C. Lincoln', 'relation: C = lincoln'],
    ['(a) 5 (b) 3', 'list: A = 5, B = 3'],
    ['\\text{(a)}\\ x=5;\\ \\text{(b)}\\ y=3', 'list: A = x = 5, B = y = 3'],
    ['(a) 5, 6 (b) 3', 'list: A = 5, 6, B = 3'],
    ['(a) yes and (b) no', 'list: A = yes, B = no'],
    ['(1) 5 (2) -3', 'list: (1) = 5, (2) = -3'],
    ['Alice: 5, Bob: 3', 'list: alice = 5, bob = 3'],
    ['A(1,2)', 'relation: A = (1, 2)'],
    ['P(1,2), Q(3,4)', 'list: P = (1, 2), Q = (3, 4)'],
  ])('a label is kept beside its part: %s', (text, shown) => {
    expect(readAndShow(text)).toBe(shown)
  })

  it.each(['(A)(C)', '(A) (C)', '\\textbf{(A)}\\textbf{(C)}'])('%s are two choices', (text) => {
    expect(readAndShow(text)).toBe('list: A, C')
  })

  it.each([
    ['A + B', 'expression: A + B'],
    ['(a) + b', 'expression: a + b'],
    ['(a)(b)', 'expression: a*b'],
    ['(1)(2)', 'expression: 1*2'],
    ['(a) - b', 'expression: a - b'],
    ['A: B', 'relation: A = B'],
    ['(A, B)', 'tuple: (A, B)'],
    ['a', 'expression: a'],
    ['X', 'expression: X'],
  ])('%s is no choice', (text, shown) => {
    expect(readAndShow(text)).toBe(shown)
  })
})

describe('text', () => {
  it.each([
    ['Yes.', 'yes'],
    ['\\text{Yes}', 'yes'],
    ['no', 'no'],
    ['True', 'true'],
    ['\\text{no solution}', 'no solution'],
    ['The red ball', 'red ball'],
    ['\\mbox{Tuesday}', 'tuesday'],
    ["don't know", "don't know"],
    ['DNE', 'dne'],
    ['July 5', 'july 5'],
    ['\\text{July } 5', 'july 5'],
    ['No, because it is odd.', 'no, because it is odd'],
    ['ABC', 'abc'],
    ['5th floor', '5th floor'],
    ['\\int_{0}^{1} x dx', '\\int_0^1 #1 d#1'],
    ['\\int_0^1 t\\,dt', '\\int_0^1 #1 d#1'],
    ['\\int_0^x f(x)dx', '\\int_0^x f(#1)d#1'],
    ['\\sum_{i=1}^{n} i^2 + i', 'sum_{#1=1}^n #1^2+i'],
    ['\\sum_{k=1}^{N} a_k', 'sum_{#1=1}^𝑁 a_#1'],
    ['\\triangle ABC', '\\triangle 𝐴𝐵𝐶'],
    ['\\nabla\\times F', '\\nabla×𝐹'],
    ['July 4, 1776', 'july 4 1776'],
    ['4th of July, 1776', 'july 4 1776'],
    ['1776-07-04', 'july 4 1776'],
    ['Mar. 5', 'march 5'],
    ['привет', 'привет'],
    ['constructor', 'constructor'],
    ['__proto__', '__proto__'],
  ])('%s is %s', (text, shown) => {
    expect(readAndShow(text)).toBe(`text: ${shown}`)
  })

  it('keeps what mathematics it does not know apart', () => {
    expect(readAndShow('\\unknown{1}{2}')).not.toBe(readAndShow('\\unknown{12}'))
    expect(readAndShow('\\sum_{i=1}^n i')).not.toBe(readAndShow('\\sum_i=1^n i'))
  })
})

describe('what stands around an answer', () => {
  it.each([
    '$5$',
    '$$5$$',
    '\\(5\\)',
    '\\[ 5 \\]',
    '\\boxed{5}',
    '$\\boxed{5}$.',
    '\\boxed{\\fbox{5}}',
    '**5**',
    '`5`',
    '"5"',
    '5.',
    '5\\\\',
    '\\displaystyle 5',
    '\\text{5}',
    '\\mathbf{5}',
    '{\\bf 5}',
    '\\color{red}{5}',
    '\\textcolor{red}{5}',
    '\\,5\\;',
    '{5}',
    '(5)',
    'The answer is 5',
    'the final answer is: $\\boxed{5}$.',
    'Therefore, the answer is 5.',
    '**Answer:** 5',
    'Final Answer: 5',
    'answer = 5',
    '#### 5',
    'Area: 5',
    '\\text{The answer is } 5',
  ])('%s is 5', (text) => {
    expect(readAndShow(text)).toBe('expression: 5')
  })

  it('keeps the relation behind a label', () => {
    expect(readAndShow('So the answer is $x = 5$')).toBe('relation: x = 5')
  })

  it('keeps a word that could be a label when nothing follows it', () => {
    expect(readAndShow('So')).toBe('text: so')
    expect(readAndShow('solution')).toBe('text: solution')
  })

  it('reads several amounts apart from mathematics in dollars', () => {
    expect(readAndShow('$5 and $10')).toBe('list: 5 $, 10 $')
    expect(readAndShow('$5$ and $10$')).toBe('list: 5, 10')
    expect(readAndShow('$\\$5$')).toBe('expression: 5 $')
  })
})
