// Pairs that were once judged wrong by how they were read, and their neighbours: words, signs and accents that change a
// value. Each row is a gold answer and predictions that are all equal to it, or all not. Long because it is one table.
import { describe, expect, it } from 'vitest'
import { checkRows as check } from './__fixtures__/verdict-tables.ts'
import { verifyMath } from './verify-math.ts'

const text = (...contents: string[]): string[] => contents.map((content) => `\\boxed{\\text{${content}}}`)
const box = (...contents: string[]): string[] => contents.map((content) => `\\boxed{${content}}`)

describe('a number among words', () => {
  check(true, [
    ['18', '18 eggs left', 'she has 18 eggs', 'There are 18 eggs', 'There are 18 eggs left.', 'Janet has 18 eggs'],
    [
      '18',
      ...text('There are 18 eggs', 'She makes 18 dollars a day', 'Each gets 18', 'a total of 18 eggs', 'exactly 18'),
    ],
    ['18', ...box('\\text{There are } 18', '\\text{There are }18\\text{ eggs}', '\\text{he needs } \\$18')],
    ['18', ...text('The total cost is 18 dollars', 'The number of eggs is 18', 'She will have 18 eggs left')],
    [
      '-5',
      'minus 5',
      'negative 5',
      'negative five',
      'minus five',
      'The answer is minus 5.',
      'The answer is negative 5.',
    ],
    ['-5', ...box('\\text{negative } 5', '\\text{minus }5'), ...text('minus 5', 'negative 5', 'negative five')],
    ['-\\infty', 'negative infinity', ...text('minus infinity')],
    ['5', ...text('positive 5')],
    ['6', ...text('7 minus 1', '5 plus 1')],
    ['-2x', ...box('\\text{minus } 2x')],
  ])
  check(false, [
    [
      '5',
      'minus 5',
      'negative 5',
      'The answer is minus 5.',
      'The answer is negative 5.',
      'negative five',
      'minus five dollars',
    ],
    [
      '5',
      'at least 5',
      'at most 5',
      'more than 5',
      'less than 5',
      'fewer than 5',
      'over 5',
      'up to 5',
      'exactly 5 or more',
    ],
    ['5', 'half of 5', 'twice 5', 'five less than 5', 'seven, I first thought 5', '5 +', '/5', '5/', '5-', '!5', '5?'],
    [
      '5',
      ...box('/5', '5/', '5-', '5+', '!5', '5?', '5*', '*5', '^5', '5^', '5=', '<5', '5<', '5|', '5?6', '5,?', '"5/'),
    ],
    [
      '5',
      ...text('minus 5', 'negative 5', 'square root of 5', 'the opposite of 5', 'the inverse of 5', 'multiples of 5'),
    ],
    [
      '5',
      ...text(
        'all numbers except 5',
        'greater than 5',
        'at least 5',
        'over 5',
        'up to 5',
        'almost 5',
        'base 5',
        'none of 5',
      ),
    ],
    [
      '5',
      ...text(
        'impossible 5',
        'Question 5',
        'Step 5',
        'Problem 5',
        'Figure 5',
        'Option 5',
        'Chapter 5',
        'Part 5',
        'Room 5',
      ),
    ],
    [
      '5',
      ...text(
        'zero point 5',
        'twenty-5',
        'a million minus 5',
        'one over 5',
        'two to the 5',
        'x to the power 5',
        '2 or 5',
      ),
    ],
    [
      '5',
      ...text(
        'nobody has 5',
        'she lacks 5',
        'the sum without 5',
        'she has -5',
        'she has minus 5',
        'there are twenty 5',
      ),
    ],
    ['5', ...text('she has 5 fewer', 'she has 5 less', 'she has 5 or six', 'she has 5 dozen', 'there are 5 too many')],
    [
      '5',
      ...box(
        '\\text{at most } 5',
        '\\text{base } 5',
        '\\text{if } x=5',
        '5\\text{ more than } x',
        '\\text{none of } 5',
      ),
    ],
    ['5', ...text('incorrect: 5', 'false: 5', 'not: 5', 'minus: 5', 'at least: 5', 'double: 5', 'the wrong answer: 5')],
    ['5', ...box('\\text{wrong} = 5', '\\text{minus} = 5', '\\text{half} = 5', '\\text{twice the answer} = 5')],
    [
      '7',
      'answer unknown 7',
      'x to the power 7',
      'x plus 7',
      'seven plus 7',
      'pi times 7',
      '7 false',
      'unlikely 7',
      'point 7',
    ],
    [
      '7',
      ...text(
        'x plus 7',
        'pi times 7',
        'any number below 7',
        'excluding 7',
        'without 7',
        'anything but 7',
        'seventy-7',
      ),
    ],
    [
      '7',
      ...text(
        'anything except 7',
        'unlikely 7',
        'point 7',
        'seven hundred minus 7',
        'incorrect 7',
        'log base two of 7',
      ),
    ],
    ['1', 'half of 1', ...text('half of 1', 'minus 1', 'twice 1')],
    ['5', `\\boxed{5${'!'.repeat(201)}}`],
    ['5 \\text{ cm}', ...text('It is 5 cm squared', 'The area is 5 square cm')],
    [
      '5',
      ...text('It is 5 of', 'the function exceeded 5', 'there are 5 squared', 'It is 5 and more'),
      ...box('5 . . .'),
    ],
    ['18 \\text{ cm}', ...text('There are 18 m', 'It has 18 kg')],
  ])
})

describe('a word behind a number', () => {
  check(true, [
    [
      '5',
      '5 apples',
      '5 students',
      '5 students in the class',
      '5 pairs',
      '5 cups of flour',
      '5 more days',
      ...box('5\\text{ pairs}'),
    ],
    [
      '5',
      '5 dollars per hour',
      '5 miles away',
      '5 ways',
      ...box('5\\text{ apples}', '5\\text{ pieces of candy}', '5 \\text{ years old}'),
    ],
    ['25', '5 squared', ...text('5 squared')],
    ['125', ...text('5 cubed')],
    ['120', ...text('5 factorial')],
    ['\\frac{5}{3}', '5 thirds', ...box('5\\text{ thirds}'), 'five thirds', 'five-thirds'],
    ['\\frac{1}{2}', 'one half', 'one-half', 'a half', '1 half', '5 tenths'],
    ['0.07', ...text('7 hundredths', 'seven hundredths')],
    ['\\frac{7}{9}', ...box('7\\text{ ninths}')],
    ['\\frac{3}{4}', '3 quarters', 'three quarters', 'three fourths'],
    ['60', '5 dozen', ...box('5 dozen', '5\\text{ dozen}', '5\\text{ dozen eggs}')],
    ['700', '7 hundred', '7 hundreds'],
    ['700000', '7 lakh'],
    ['5 \\text{ cm}^2', '5 cm squared', '5 square centimeters'],
    ['4.5 \\times 10^{33}', '4.5 \\times 10^{33} erg/s'],
  ])
  check(false, [
    [
      '5',
      '5 squared',
      '5 cubed',
      '5 factorial',
      '5 thirds',
      '5 halves',
      '5 tenths',
      '5 below',
      '5 below zero',
      '5 dozen',
      '5 toString',
    ],
    [
      '5',
      ...text(
        '5 squared',
        '5 thirds',
        '5 times',
        '5 times two',
        '5 minus one',
        '5 plus',
        '5 and a half',
        '5 or so',
        '5 valueOf',
      ),
    ],
    [
      '5',
      ...box(
        '5\\text{ halves}',
        '5\\text{ thirds}',
        '5\\text{ below zero}',
        '5\\text{ factorial}',
        '5 dozen',
        '5\\text{ more than }x',
      ),
    ],
    [
      '7',
      '7 times two',
      '7 plus one',
      '7 minus one',
      '7 negative',
      '7 wrong',
      '7 incorrect',
      '7 less',
      '7 zeros',
      '7 short',
      '7 too few',
    ],
    [
      '7',
      ...text(
        '7 fold',
        '7 hundredths',
        '7 point five',
        '7 percent of x',
        '7 to the x',
        '7 lots of x',
        '7 off',
        '7 out of ten',
      ),
    ],
    [
      '7',
      ...box(
        '7\\text{ percent}\\text{ of }x',
        '7\\text{ apples}x',
        '7\\text{ apples}3',
        '7\\text{ plus seven}',
        '7\\text{ ninths}',
      ),
    ],
    [
      '7',
      ...text(
        '7 recurring',
        '7 repeating',
        '7 percent less',
        '7 tens',
        '7 million',
        '7 fewer',
        '7 maybe',
        '7 or more',
        '7 crore',
      ),
    ],
    [
      '7',
      ...text(
        '7 unless',
        '7 thousandths',
        '7 quarters',
        '7 divided by two',
        '7 over two',
        '7 mod two',
        '7 hundred',
        '7 not',
        '7 base',
      ),
    ],
    ['2', '2 halves', '2 and a half', 'two and a half'],
    ['\\$5', '\\$5 less', '\\$5 short', '\\$5 \\text{ times two}'],
  ])
})

describe('a word that changes a value', () => {
  const words =
    'not never no wrong incorrect false unknown maybe perhaps minus plus times squared cubed half twice double third ' +
    'thirds tenths hundred dozen million less fewer below above under over almost nearly except without instead point ' +
    'percent-less plus-minus five two zero milli mod modulo base log reciprocal inverse opposite imaginary rounded ' +
    'fold tenfold recurring decimal factorial unless if than debt too few most least toString truncated negated'
  it.each(words.split(' '))('%s in front, behind or as a label leaves no 5', (word) => {
    const texts = [
      `${word} 5`,
      `5 ${word}`,
      `${word}: 5`,
      `there are ${word} 5`,
      `there are 5 ${word}`,
      `5 ${word} apples`,
    ]
    const harmless = ['plus 5', 'plus: 5']
    for (const one of texts) {
      if (harmless.includes(one)) continue
      for (const prediction of text(one)) expect(verifyMath('5', prediction).equal, prediction).not.toBe(true)
    }
  })
})

describe('texts and dots', () => {
  const long = 'word '.repeat(600)
  check(true, [
    ['5', '5.', ...box('5.'), 'The answer is 5.'],
    ['\\frac{1}{3}', '0.333...', '0.3333\\ldots', '0.333…', 'The answer is 0.333...'],
    ['\\frac{1}{6}', '0.1666...', ...box('0.1666\\dots')],
    ['\\frac{2}{11}', '0.1818...', ...box('0.1818...')],
    ['0.33...', '0.33...'],
  ])
  check(false, [
    [`${long}end`, `${long}start`],
    ['0.33', '0.33...', ...box('0.33...', '0.33\\ldots', '0.33 \\dots'), 'The answer is 0.33...', '0.33..'],
    ['0.3', '0.3...', ...box('0.3...')],
    ['0.12', '0.12\\ldots', ...box('0.12\\cdots')],
    ['3.14', '3.14...', ...box('3.14...')],
    ['5,6', '5,6,...', ...box('5,6,\\ldots', '5, 6, ...')],
    ['5', '5 + ...', '5...', ...box('5, ...', '5 + \\cdots', '5\\ldots', '5..', '...5'), 'The answer is 5...'],
  ])
})

describe('signs behind a number', () => {
  check(true, [
    ['1^\\circ', "60'", '60^\\prime', "\\boxed{60'}"],
    ["5'6''", '5 feet 6 inches', '66 inches'],
    ["30^\\circ 15'", '30.25^\\circ'],
    ['45', '45^\\circ'],
    ['45^\\circ', '45', '45 degrees'],
    ['0.1', '10\\%'],
    ['5', '"5"', '\\boxed{"5"}'],
  ])
  check(false, [
    ['\\pi', '\\pi^\\circ', ...box('\\pi^{\\circ}')],
    ['2\\pi', '2\\pi^\\circ'],
    ['30^\\circ', "30'", "30''", '30^{\\prime}'],
    ['60^\\circ', "60''", '60"', '60^{\\prime\\prime}'],
    ['60', "60'", "60''", '60"', "\\boxed{60'}", '\\boxed{60"}'],
    ['10\\%', '10\\%\\%', ...box('10\\%\\%', '10%%')],
    ['0.1', '10\\%\\%', ...box('10\\%\\%')],
  ])
})

describe('accents and names', () => {
  check(true, [
    [
      '-2',
      '\\begin{vmatrix}1&2\\\\3&4\\end{vmatrix}',
      '\\boxed{\\left|\\begin{matrix}1&2\\\\3&4\\end{matrix}\\right|}',
    ],
    ['\\begin{vmatrix}1&2\\\\3&4\\end{vmatrix}', '-2'],
    ['ad-bc', '\\boxed{\\begin{vmatrix}a&b\\\\c&d\\end{vmatrix}}'],
    ['\\angle A', '\\angle A', 'm\\angle A'],
    ['\\angle ABC', ...box('\\angle CBA', 'm\\angle ABC')],
    ['-i', ...box('\\overline{i}')],
    ['m\\angle A = 5', '5'],
    ['5', ...box('\\angle A = 5', 'm\\angle ABC = 5^\\circ')],
    ['\\overline{AB}', 'AB', ...box('\\overline{AB}')],
    ['AB', '\\overline{AB}'],
    ['3-4i', ...box('\\overline{3+4i}')],
    ['\\overline{z}', ...box('\\bar z')],
    ['\\bar{x}', ...box('\\overline{x}')],
    ['\\vec{a}', ...box('\\mathbf{a}')],
    ['\\frac{dy}{dx}', ...box('\\frac{dy}{dx}', '\\frac{\\mathrm{d}y}{\\mathrm{d}x}')],
    ['2x', ...box('\\frac{dy}{dx} = 2x')],
    ['2', ...box('\\dot{x} = 2', '\\bar{x} = 2', '\\hat{y} = 2', '\\vec{v} = 2')],
  ])
  check(false, [
    ['\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}', '\\begin{vmatrix}1&2\\\\3&4\\end{vmatrix}'],
    ['\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}', '\\left|\\begin{matrix}1&2\\\\3&4\\end{matrix}\\right|'],
    ['\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}', '\\boxed{|\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}|}'],
    ['\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}', '\\boxed{\\begin{Vmatrix}1&2\\\\3&4\\end{Vmatrix}}'],
    ['\\angle A', 'A', ...box('A', '\\angle B')],
    ['5', ...box('\\angle 5', '2\\angle 5')],
    ['\\overline{ab}', 'ab', ...box('ab')],
    ['3+4i', ...box('\\overline{3+4i}')],
    ['z', ...box('\\overline{z}', '\\bar z')],
    ['x', ...box('\\bar{x}', '\\dot{x}', '\\hat{x}', '\\vec{x}', '\\ddot x', '\\tilde x', '\\overline{x}')],
    ['\\frac{d^2y}{dx^2}', ...box('\\frac{dy}{x^2}', '\\frac{dy^2}{dx^2}', '\\frac{dy}{dx}')],
    ['\\frac{y}{x}', ...box('\\frac{dy}{dx}', 'dy/dx')],
    ['\\angle ABC', ...box('ABC', '\\angle ACB')],
    ['v', ...box('\\vec v')],
    ['i', ...box('\\overline{i}')],
    ['5', ...box('\\hat 5', '\\overline{5}', '\\cancel{5}', '\\angle 5')],
    ['\\overline{abc}', ...box('abc', '100a+10b+c')],
    ['\\frac{u}{t}', ...box('\\frac{du}{dt}', '\\frac{d u}{d t}', '\\frac{\\mathrm{d}u}{\\mathrm{d}t}')],
    ['\\frac{du}{dt}', ...box('\\frac{u}{t}')],
    ['xy', ...box('dy/dx')],
  ])
})

describe('numbers in a sentence', () => {
  check(true, [
    [
      '7',
      'He needs 7 more days to finish all of the work that is left',
      'After all of this work the number becomes 7.',
    ],
    ['5', '5 mod 7', ...box('5 \\pmod 7', '12 \\mod 7')],
    ['4, 5, 6', 'It is 4, 5, 6'],
  ])
  check(false, [
    [
      '7',
      'The number is 7 more than n',
      'So the number that we look for is 7 less than the other one',
      'We want 7 times as many of them',
    ],
    ['7', 'In the end the number that we look for is at least 7', 'In the end what we look for is more than 7'],
    ['7', 'In the end the number that we look for is minus 7', 'In the end what we look for is negative 7.'],
    ['6', 'It is one of 4, 5, 6', 'I could not find the answer. The options are 4, 5, 6.'],
    ['5', 'x\\in 5', ...box('x \\in 5')],
  ])
})

describe('congruences', () => {
  check(true, [
    ['x \\equiv 5 \\pmod 7', ...box('x \\equiv 5 \\pmod{7}', 'x \\equiv 12 \\pmod 7')],
    ['5', ...box('5 \\pmod 7', '12 \\bmod 7', '5 \\pmod{7}')],
    ['5 \\pmod 7', '5', ...box('12 \\pmod{7}', 'x \\equiv 12 \\pmod 7', '5 \\mod 7')],
    ['x \\equiv 5 \\pmod 7', ...box('5 \\pmod 7')],
  ])
  check(false, [
    ['x \\equiv 5 \\pmod 7', ...box('x \\equiv 5 \\pmod 8', 'x \\equiv 6 \\pmod 7', 'x \\equiv 5')],
    ['5', ...box('6 \\pmod 7', '11 \\pmod 7')],
    ['5 \\pmod 7', ...box('5 \\pmod 8', 'x \\equiv 5 \\pmod 8', 'x \\equiv 6 \\pmod 7')],
  ])
})

describe('notations', () => {
  check(true, [
    ['2!3!', '12'],
    ['14400', ...box('5!5!', '5! 5!', '5! \\cdot 5!')],
    [
      '252',
      '10!/(5!5!)',
      ...box(
        '\\frac{10!}{5!5!}',
        '\\frac{10!}{5! 5!}',
        'C(10,5)',
        '^{10}C_5',
        '{}_{10}C_5',
        '{}^{10}C_{5}',
        'C_{10}^5',
      ),
    ],
    ['\\frac{10!}{5!5!}', '\\binom{10}{5}'],
    ['15', ...box('5!!')],
    ['11,\\! 111', '11111', ...box('11{,}111', '11,111')],
    ['18', '18th', ...box('18^{\\text{th}}', '18\\text{th}', '18^{th}'), 'eighteenth'],
    ['\\text{third}', '3rd', 'third', 'Third'],
    ['\\text{June 20}', 'June 20th', ...text('June 20th')],
    ['3:4', '3 \\text{ to } 4', '3 to 4'],
    ['\\text{infinitely many}', 'infinitely many solutions', ...text('Infinite solutions', 'infinitely many')],
    ['\\text{DNE}', 'does not exist', ...text('Does not exist', 'The limit does not exist', 'DNE')],
    [
      '\\begin{cases} x & x>0 \\\\ -x & x \\le 0\\end{cases}',
      '\\begin{cases} x & \\text{if } x>0 \\\\ -x & \\text{if } x \\le 0\\end{cases}',
    ],
    [
      '\\begin{cases} x & x>0 \\\\ -x & x \\le 0\\end{cases}',
      '\\begin{cases} x, & \\text{for } x>0, \\\\ -x, & x \\le 0.\\end{cases}',
    ],
    ['2\\operatorname{cis}60^\\circ', '1+i\\sqrt3'],
    ['\\text{cis } 60^\\circ', '\\frac{1+i\\sqrt3}{2}'],
    ['\\operatorname{cis}(\\pi)', '-1'],
    ['\\mathbf{i}+2\\mathbf{j}', '\\langle 1,2\\rangle', '\\hat{i}+2\\hat{j}', '\\vec i + 2 \\vec j', ...box('(1,2)')],
    ['(1,0,-3)', ...box('\\mathbf{i} - 3\\mathbf{k}', '\\hat{\\mathbf{i}} - 3\\hat{\\mathbf{k}}')],
    ['\\frac{3}{2}', ...box('\\frac123')],
    ['\\sum_{k=1}^{10} k', '55'],
    ['385', ...box('\\sum_{k=1}^{10} k^2', '\\sum\\limits_{i=1}^{10} i^2')],
    ['32', ...box('\\sum_{k=0}^{5} \\binom{5}{k}')],
    ['120', ...box('\\prod_{k=1}^{5} k')],
    ['500500', ...box('\\sum_{k=1}^{1000} k')],
    ['x+x^2+x^3', ...box('\\sum_{k=1}^{3} x^k')],
    ['\\binom{n}{2}', ...box('C(n,2)', 'C_n^2', '\\frac{n(n-1)}{2}')],
    ['\\binom{n}{k}', ...box('C(n,k)', 'C_n^k')],
    ['\\int_0^1 f(x) dx', ...box('\\int_0^1 f(t) dt')],
    ['x=2k, k \\in \\mathbb{Z}', ...box('x=2m, m \\in \\mathbb{Z}', 'x=2k, k \\in \\mathbb{Z}, x \\in \\mathbb{R}')],
  ])
  check(false, [
    ['\\frac{1}{3}', 'third', '3rd'],
    ['120', ...box('5!!')],
    ['11,\\! 111', '11, 111', '11'],
    ['18', '19th', ...box('18^{\\text{x}}')],
    ['\\text{June 20}', 'June 21st', '20'],
    ['3:4', '4 to 3'],
    [
      '\\begin{cases} x & x>0 \\\\ -x & x \\le 0\\end{cases}',
      '\\begin{cases} x & \\text{if } x<0 \\\\ -x & \\text{if } x \\le 0\\end{cases}',
    ],
    ['\\sum_{k=1}^{n} k', '55', ...box('\\sum_{k=1}^{m} k')],
    ['56', ...box('\\sum_{k=1}^{10} k')],
    ['\\binom{n}{2}', ...box('C(n,3)', 'C(m,2)', '(n,2)')],
    ['\\int f dx', ...box('\\int f dy')],
    ['x=2k, k \\in \\mathbb{Z}', ...box('x=2k, k \\in \\mathbb{R}', 'x=2m, m \\in \\mathbb{R}')],
    ['x=2k, k \\in \\mathbb{R}', ...box('x=2k, k \\in \\mathbb{Z}')],
  ])
})

describe('hostile sums and matrices', () => {
  it.each([
    '\\sum_{a=1}^{1000}\\sum_{b=1}^{1000}\\sum_{c=1}^{1000} a^b',
    '\\prod_{k=1}^{1000} k^k^k',
    '\\sum_{k=1}^{1000} 1/k^{999}',
    `${'\\sum_{k=1}^{9}'.repeat(60)} k`,
    `\\begin{vmatrix}${'x&'.repeat(19)}x${`\\\\${'x&'.repeat(19)}x`.repeat(19)}\\end{vmatrix}`,
  ])('%s costs little', (content) => {
    const begun = performance.now()
    expect(verifyMath('41', `\\boxed{${content}}`).equal).not.toBe(true)
    expect(performance.now() - begun).toBeLessThan(1_000)
  })
})

describe('labels and choices', () => {
  check(true, [
    ['(a) 5 (b) 3', '(b) 3, (a) 5', '(a) 5; (b) 3', ...box('\\text{(a) }5\\quad\\text{(b) }3')],
    ['(1) 5 (2) 3', '(1) 5, (2) 3'],
    ['A. Lincoln', 'Lincoln', 'A) Lincoln'],
    ['(C) 12', '12', '(C) 12', 'C. 12'],
    ['C', '(C) 12', 'C. 12', '(C)', '(c)'],
    ['Alice: 5, Bob: 3', 'Bob: 3, Alice: 5', ...box('\\text{Alice: }5, \\text{Bob: }3')],
    ['5', ...box('\\text{Area: }5')],
    ['min: 3, max: 5', 'Min: 3; Max: 5', ...box('max: 5, min: 3')],
    ['First: 3, second: 5', 'second: 5, first: 3'],
    ['(1,2)', 'A(1,2)', 'A = (1,2)'],
    ['A(1,2)', '(1,2)', 'A(1, 2)'],
    ['A, C', ...box('(A)(C)', '(A) (C)', '(C), (A)')],
    ['10', ...box('(2)(5)')],
  ])
  check(false, [
    ['(a) 5 (b) 3', 'A', '(A)', '(a) 7', '(a) 5', '(a) 3 (b) 5', '(a) 5 (b) 4', '(a) 5 (c) 3', '15', 'B'],
    ['(a) 5', '(a) 7', '(b) 5', '7'],
    ['(1) 5 (2) 3', '(1) 3 (2) 5', '30', '15'],
    ['(a) yes (b) no', '(a) no (b) yes', '(a) yes', 'yes'],
    ['\\text{(a)}\\ x=5;\\ \\text{(b)}\\ y=3', '\\text{(a)}\\ x=6;\\ \\text{(b)}\\ y=3'],
    ['C. 12', 'C. 13', '13', '(C) 13'],
    ['A. Lincoln', 'A. Johnson', 'Johnson'],
    ['D. 5, 6', 'D. 7', 'D. 5'],
    ['E. coli', 'E. Smith'],
    ['C) x>2', 'C) x<2', 'x<2'],
    ['(A)', ...box('(B)', 'A + B')],
    ['Alice: 5, Bob: 3', 'Alice: 3, Bob: 5', '3, 5', 'Alice: 5', 'Alice: 5, Carol: 3'],
    ['red: 2; blue: 3', 'red: 3; blue: 2'],
    ['minimum: 3, maximum: 5', 'minimum: 5, maximum: 3'],
    ['5, 3', 'wrong: 5, right: 3', 'not: 5, also: 3'],
    ['\\sum_{k=1}^{n} k + k', '\\sum_{i=1}^{n} i + i'],
    ['\\sum_{k=1}^{n} kx_i', '\\sum_{i=1}^{n} ix_k'],
    ['\\text{A: }5, \\text{B: }3', '\\text{A: }3,\\text{B: }5'],
    ['A(1,2), B(3,4)', 'A(3,4), B(1,2)'],
    ['5', ...box('\\text{Hint}: 5', '\\text{Decoy: }5', '\\text{Attempt}: 5')],
  ])
})

describe('functions and products', () => {
  check(true, [
    ['\\zeta(2)+\\zeta(3)', '\\zeta(3)+\\zeta(2)'],
    ['\\Phi(1)-\\Phi(-1)', '\\Phi(1) - \\Phi\\left(-1\\right)'],
    ['a(b+c)', 'ab+ac', '(b+c)a'],
    ['x(x+1)', 'x^2+x'],
    ['\\pi(r+1)', '\\pi r+\\pi'],
    ['\\lambda(1-\\lambda)', '\\lambda-\\lambda^2'],
    ['2x(y-1)', '2xy-2x'],
    ['E[X^2]-E[X]^2', ...box('E[X^2]-(E[X])^2')],
    ['PDP^{-1}', ...box('P D P^{-1}', 'P \\cdot D \\cdot P^{-1}')],
    ['(AB)^{-1}', 'B^{-1}A^{-1}'],
    ['(AB)^T', 'B^TA^T'],
    ['2A^{-1}B', 'A^{-1}(2B)'],
    ['2LWH', ...box('2 L \\times H \\times W', '2HLW')],
    ['\\vec u\\times\\vec v', '\\vec{u} \\times \\vec{v}', '\\mathbf{u}\\times\\mathbf{v}'],
    ['\\vec u\\cdot\\vec v', '\\vec{v}\\cdot\\vec{u}'],
    ['(n-1)!2^{n-1}', '2^{n-1}(n-1)!'],
    ['3+4i', '3 + i4'],
  ])
  check(false, [
    ['\\zeta(2)+\\zeta(3)', '\\zeta(5)'],
    ['\\zeta(2)', '2\\zeta'],
    ['\\Phi(2)-\\Phi(1)', '\\Phi(1)'],
    ['\\Gamma(\\frac13)+\\Gamma(\\frac23)', '\\Gamma(1)'],
    ['\\sigma(6)\\sigma(5)', '\\sigma(10)\\sigma(3)'],
    ['\\phi(12)', '12\\phi'],
    ['J_0(1)+J_0(2)', 'J_0(3)'],
    ['2\\psi(x)', '\\psi(2x)'],
    ['y(2)-y(0)', 'y(2)', '2y'],
    ['y(0)', '0'],
    ['a(b)', 'b(a)'],
    ['E[X^2]', 'E[X]^2'],
    ['E[XY]', 'E[X]Y'],
    ['P[A+B]', 'P[A]+P[B]'],
    ['T(2v)', '2T(v)'],
    ['PDP^{-1}', 'P^{-1}DP', 'D'],
    ['A^{-1}B', 'BA^{-1}'],
    ['A^TB', 'BA^T'],
    ['(AB)^{-1}', 'A^{-1}B^{-1}'],
    ['(AB)^T', 'A^TB^T'],
    ['\\vec u\\times\\vec v', '\\vec v\\times\\vec u', '\\vec u\\cdot\\vec v'],
    ['\\nabla\\cdot F', '\\nabla\\times F'],
    ['\\frac{3}{4}', '\\frac34 1'],
  ])
})

describe('case, units and times', () => {
  check(true, [
    ['5 \\text{ MW}', '5000 \\text{ kW}', '5 \\text{ megawatts}'],
    ['5 \\text{ Dogs}', '5 dogs'],
    ['5 \\text{ kg}', '5 Kg', '5 KG'],
    ['5\\text{ N}\\cdot\\text{m}', '5 Nm', '5 \\text{ J}'],
    ['5 \\text{ W}', '5 J/s'],
    ['5\\text{ per mille}', '0.005', '5‰'],
    ['\\$5', 'USD 5'],
    ['7\\text{ cm}', '7(\\text{cm})', '7 \\text{ (cm)}'],
    ['3:30 p.m.', '15:30', '3:30 PM'],
    ['3:30', '3:30 a.m.'],
    ['noon', '12:00 PM'],
    ['3:4', '6:8', '12:16'],
    ['July 4, 1776', '4 July 1776', 'July 4th, 1776', '1776-07-04', 'Jul. 4, 1776'],
    ['March 5', '5 March', 'Mar. 5', 'March 5th'],
    ['\\triangle ABC', '△ABC'],
    ['\\sum_{k=1}^{n} a_k', '\\sum_{k=1}^n a_k'],
  ])
  check(false, [
    ['5\\text{ mW}', '5\\text{ MW}'],
    ['5\\text{ mg}', '5\\text{ Mg}'],
    ['5\\text{ mm}', '5\\text{ Mm}'],
    ['10\\text{ MB}', '10\\text{ Mb}'],
    ['5\\text{ J}', '5 \\text{ W}'],
    ['5\\text{ percent}', '5\\text{ per mille}'],
    ['\\int_0^A f(x)dx', '\\int_0^a f(x)dx'],
    ['\\int_0^x f(x)dx', '\\int_0^t f(t)dt'],
    ['\\sum_{k=1}^{N} a_k', '\\sum_{k=1}^{n} a_k'],
    ['\\triangle ABC', '\\triangle abc'],
    ['3:30 a.m.', '3:30 p.m.', '15:30'],
    ['3:05 AM', '3:05 PM'],
    ['10:30', '1:3', '2:6'],
    ['12:15', '4:5'],
    ['July 4, 1776', 'July 5, 1776', 'July 4, 1777', '1776'],
    ['March 5', '5', 'May 5', '5 May'],
    ['7 \\text{ cm}', '7 \\text{ (m)}'],
    ['5', '5 grand'],
  ])
})

describe('broken and foreign spellings', () => {
  check(true, [
    ['\\frac{1}{2}', '\\frac{1}{2}\\,', '\\frac{1}{2}\\ ', '\\frac{1}{2}\\;', '\\frac{1}{2}~', 'frac{1}{2}'],
    ['7', '\\ 7\\ ', '7\\!', '７', '七', '{"answer": 7}', '{"answer": "7"}', '7\\ldotp', '٧'],
    ['-6', '{-}6', '➖6'],
    ['1.5', '1{.}5', '١٫٥'],
    ['7:30', '7{:}30'],
    ['6', '6 (six)', 'six (6)', '6 \\text{ (six)}', '6️⃣', '\u202e6'],
    ['12', '十二'],
    ['\\frac{3}{4}', '\\\\frac{3}{4}', '\\frac{3}{4'],
    ['2\\sqrt{3}', '2\\sqrt{3'],
    ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', '[[1,2],[3,4]]', '[[1, 2], [3, 4]]'],
    ['\\frac{\\pi}{4}+k\\pi, k\\in\\mathbb{Z}', '\\frac{\\pi}{4}+k\\pi \\quad (k\\in\\mathbb{Z})'],
    ['x=k\\pi, k\\in\\mathbb{Z}', 'x = k\\pi (k \\in Z)'],
    ['①③', '③①', '① and ③'],
    ['1,2', '1، 2'],
    ['\\mathbb{R}^+', '(0,\\infty)'],
  ])
  check(false, [
    ['6', '6 (seven)', 'seven (6)', '6 (5)', '{"answer": 7}'],
    ['13', '①③', '三十一'],
    ['10', '3{.}10', '三百五'],
    ['305', '三百五'],
    ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', '[[1,3],[2,4]]', '[[1,2],[3]]'],
    ['\\frac{1}{2}', '\\frac{1}{{2', '\\frac{1}{3'],
    ['x>1', 'x>1,2'],
  ])
})
