// Texts that are meant to cost time or memory: each is read in a moment, to an answer or to a reason. Long because it is one
// table.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../../../base/rng.ts'
import type { Answer } from '../answer.ts'
import { limits } from '../limits.ts'
import { randomAnswer } from './__fixtures__/random-answer.ts'
import { renderAnswer } from './__fixtures__/render-answer.ts'
import { hasSaneSize } from './check-size.ts'
import { readAnswer } from './read-answer.ts'
import { showAnswer } from './show-answer.ts'

const around = (open: string, inner: string, close: string, times: number): string =>
  open.repeat(times) + inner + close.repeat(times)

const hostile: Readonly<Record<string, string>> = {
  'a hundred thousand braces': '{'.repeat(100_000),
  'many braces': '{'.repeat(20_000),
  'closing braces': '}'.repeat(20_000),
  'deep round brackets': around('(', '1', ')', 1900),
  'deep tuples': around('[', '1,2', ']', 1900),
  'deep sets': around('\\{', '1', '\\}', 1900),
  'deep fractions': around('\\frac{1}{', '1', '}', 700),
  'deep calls': around('f(', 'x', ')', 1900),
  'deep indices': around('x_{', '1', '}', 900),
  'roots of roots': '\\sqrt'.repeat(3900),
  'functions of functions': `${'sin '.repeat(3900)}x`,
  'powers of powers': `${'2^'.repeat(1900)}2`,
  'factorials of factorials': `5${'!'.repeat(3000)}`,
  quotients: `${'1/'.repeat(1900)}1`,
  bars: '|1'.repeat(1900),
  signs: `${'-'.repeat(3990)}1`,
  equals: `${'='.repeat(3990)}1`,
  about: `${'about '.repeat(3000)}1`,
  'a long list': `${'1,'.repeat(1990)}1`,
  'many unions': `${'[1,2]\\cup'.repeat(600)}[1,2]`,
  'a wide matrix': `\\begin{pmatrix}${'1&'.repeat(1900)}1\\end{pmatrix}`,
  'open matrices': '\\begin{pmatrix}'.repeat(1300),
  'many digits': '9'.repeat(19_999),
  'many groups of digits': `1${' 111'.repeat(4900)}`,
  'a large exponent': '1e999999',
  'dollar signs': '$1 '.repeat(6000),
  stars: ' **a'.repeat(4900),
  backslashes: '\\'.repeat(20_000),
  'open texts': '\\text{'.repeat(3000),
  superscripts: '²'.repeat(20_000),
  'the letter U': '(1) U '.repeat(900),
  labels: 'the answer is '.repeat(1400),
  NUL: '\0'.repeat(20_000),
  'lone surrogates': '\ud800'.repeat(19_000),
  'lettered parts': '(a) 5 '.repeat(3000),
  'labels of labels': 'A. (a) '.repeat(2800),
  'numbered parts': '(1) 5 (2) '.repeat(1900),
  'names of parts': 'Alice: 5, '.repeat(1900),
  'units in brackets': `7${' (cm)'.repeat(3900)}`,
  'conditions in brackets': `x${' (k \\in Z)'.repeat(1600)}`,
  'rows of rows': '[[1,2],'.repeat(2800),
  'points of points': 'A(1,'.repeat(4900),
  'cross products': `\\vec a${'\\times\\vec a'.repeat(1200)}`,
  'matrices inverted': 'A^{-1}'.repeat(3300),
  'sums without end': '\\sum_{k=1}^n k '.repeat(1300),
  'integrals without end': '\\int x dx '.repeat(1900),
  'doubled backslashes': '\\\\frac{'.repeat(2000),
  'circled numbers': '①'.repeat(3900),
  months: 'May 5, '.repeat(2800),
  'mixed scripts': 'x привет 漢字 ٣ '.repeat(1200),
}

describe('a hostile answer', () => {
  it.each(Object.entries(hostile))('%s costs no more than a moment', (_, text) => {
    const start = performance.now()
    const read = readAnswer(text)
    const elapsedMs = performance.now() - start
    if (read.ok) expect(hasSaneSize(read.answer)).toBe(true)
    else expect(read.reason).not.toMatch(/^$|the reader failed/)
    // Far above the usual 1 to 20 ms, for a machine that is busy.
    expect(elapsedMs).toBeLessThan(500)
  })

  it('is refused with a reason beyond the limit of characters', () => {
    expect(readAnswer('1'.repeat(limits.characters + 1))).toEqual({ ok: false, reason: 'longer than 20000 characters' })
  })

  it('is refused when it is empty', () => {
    for (const text of ['', ' ', '$$', '\\text{}', '\0', '\\boxed{}']) expect(readAnswer(text).ok).toBe(false)
  })

  it('is refused, not text, when it is nested too deeply', () => {
    expect(readAnswer(around('(', '1', ')', 63)).ok).toBe(true)
    expect(readAnswer(around('(', '1', ')', 70))).toEqual({ ok: false, reason: 'nested too deeply' })
  })

  it('reads lone surrogates and names of object properties as text', () => {
    for (const text of ['\ud800', 'constructor', 'toString', '\\constructor{5}']) {
      const read = readAnswer(text)
      expect(read.ok && read.answer.kind).toBe('text')
    }
    const unit = readAnswer('5 constructor')
    expect(unit.ok && typeof unit.answer.unit).toBe('string')
    for (const text of ['5 toString', '5 valueOf']) {
      const read = readAnswer(text)
      expect(read.ok && read.answer.kind).toBe('text')
    }
  })
})

const pieces = [
  ...[
    '1',
    '2.5',
    'x',
    'ab',
    'sin',
    '\\frac',
    '\\sqrt',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '\\{',
    '\\}',
    '|',
    '^',
    '_',
    '!',
    '+',
  ],
  ...[
    '-',
    '*',
    '/',
    '=',
    '<',
    ',',
    ';',
    ':',
    '\\\\',
    '&',
    '\\begin{pmatrix}',
    '\\end{pmatrix}',
    '\\text{',
    ' cm',
    '%',
    '$',
  ],
  ...[
    '\\left',
    '\\right',
    '\\cup',
    '\\in',
    '\\pm',
    '°',
    ' and ',
    '\\infty',
    '.',
    '...',
    '\\choose',
    '\\overline',
    '\\',
    "'",
  ],
  ...[
    '\\angle',
    'm',
    '\\hat',
    '\\mathbf',
    'j',
    '\\sum',
    '\\prod',
    '_{k=1}',
    '^{3}',
    'dy',
    'dx',
    'C',
    '_5',
    '^\\circ',
    '"',
    ' minus ',
    ' squared',
    'th',
    ' thirds',
    '\\pmod',
    '\\equiv',
    '\\begin{vmatrix}',
    '\\end{vmatrix}',
  ],
]

describe('any text', () => {
  it('is read or refused, the same way twice, and never throws', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join('')),
      fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join(' ')),
    )
    fc.assert(
      fc.property(anyText, (text) => {
        const read = readAnswer(text)
        expect(readAnswer(text)).toEqual(read)
        if (!read.ok) expect(read.reason).not.toMatch(/^$|the reader failed/)
        else expect(typeof showAnswer(read.answer)).toBe('string')
      }),
      { numRuns: 4000, seed: 11 },
    )
  })

  it('is read or refused when it is an answer with a piece changed', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const rng = stream('change', seed)
        const text = renderAnswer(randomAnswer(rng), rng)
        const at = rng.int(text.length + 1)
        const changed = text.slice(0, at) + (rng.int(2) === 0 ? rng.pick(pieces) : '') + text.slice(at + rng.int(4))
        const read = readAnswer(changed)
        if (!read.ok) expect(`${changed}: ${read.reason}`).not.toMatch(/the reader failed/)
      }),
      { numRuns: 3000, seed: 13 },
    )
  })

  it.each([
    '60_',
    '1_2_',
    'x_',
    '5^',
    '\\frac',
    '\\frac{1}',
    '\\sqrt[',
    '\\log_',
    '\\sin^',
    ' and ',
    '5 +',
    '|',
    '\\pmod',
    '\\sum',
    '\\sum_',
    '\\sum_{k=1}',
    '\\sum_{k=1}^',
    '\\sum_{k=1}^{2}',
    '\\frac{dy}',
    '\\frac{dy}{',
    '\\angle',
    '{}_5',
    '{}_5C_',
    '5}',
  ])('is text when it ends too early: %s', (text) => {
    const read = readAnswer(text)
    expect(read.ok && read.answer.kind).toBe('text')
  })

  it('is never changed by the dollars around it', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const text = renderAnswer(randomAnswer(stream('answer', seed)), stream('plain', seed))
        if (text.includes('$')) return
        const bare = readAnswer(text)
        expect(show(readAnswer(`$${text}$`))).toBe(show(bare))
        expect(show(readAnswer(`  ${text} `))).toBe(show(bare))
      }),
      { numRuns: 500, seed: 12 },
    )
  })
})

function show(read: { ok: true; answer: Answer } | { ok: false; reason: string }): string {
  return read.ok ? showAnswer(read.answer) : read.reason
}
