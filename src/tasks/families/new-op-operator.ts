// Made-up operators for new-op: a formula in a and b, or two formulas and a test that chooses. Drawing, text and value;
// it does not know expressions.
import type { Rng } from '../../base/rng.ts'

/** The factors of ab, a and b, and a constant. */
export type Formula = {
  readonly product: number
  readonly a: number
  readonly b: number
  readonly constant: number
}

/** `test` chooses `yes` or `no`; '' always chooses `yes`. */
export type Operator = {
  readonly sign: string
  readonly test: '' | 'a>b' | 'a<b' | 'a%2=0'
  readonly yes: Formula
  readonly no: Formula
}

/** The signs that an operator can have. */
export const operatorSigns = ['@', '&', '$', '~'] as const

function drawFormula(rng: Rng): Formula {
  const constant = rng.pick([0, 0, 0, 1, 2, 3, -1, -2, -3])
  if (rng.int(4) === 0) return { product: 1, a: rng.pick([-1, 0, 1]), b: rng.pick([-1, 0, 1]), constant }
  return { product: 0, a: rng.pick([1, 1, 2, 3, -1]), b: rng.pick([1, 1, 2, 3, -1, -2]), constant }
}

/** An operator, with a test at this rate. */
export function drawOperator(sign: string, condition: number, rng: Rng): Operator {
  const test = rng.next() < condition ? rng.pick(['a>b', 'a<b', 'a%2=0'] as const) : ''
  const yes = drawFormula(rng)
  return { sign, test, yes, no: test === '' ? yes : drawFormula(rng) }
}

/** The formula with its terms written by `term`: `ab`, `a`, `b` with their factor, or '' with the constant. */
function formulaText({ product, a, b, constant }: Formula, term: (size: number, names: string) => string): string {
  const terms = [
    [product, 'ab'],
    [a, 'a'],
    [b, 'b'],
    [constant, ''],
  ] as const
  const text = terms
    .filter(([factor]) => factor !== 0)
    .map(([factor, names], i) => {
      return `${factor < 0 ? '-' : i === 0 ? '' : '+'}${term(Math.abs(factor), names)}`
    })
  return text.length === 0 ? '0' : text.join('')
}

/** `a@b=2a+b` or `a@b=a>b?2a+b:a-b`. */
export function definition({ sign, test, yes, no }: Operator): string {
  const text = (formula: Formula): string =>
    formulaText(formula, (size, names) => `${size === 1 && names !== '' ? '' : size}${names}`)
  return `a${sign}b=${test === '' ? text(yes) : `${test}?${text(yes)}:${text(no)}`}`
}

function holds(test: Operator['test'], a: number, b: number): boolean {
  return test === '' || (test === 'a>b' ? a > b : test === 'a<b' ? a < b : a % 2 === 0)
}

/** A number as an operand: in parentheses below zero. */
export function operand(number: number): string {
  return number < 0 ? `(${number})` : `${number}`
}

/** The value of `a sign b`. */
export function applyOperator({ test, yes, no }: Operator, a: number, b: number): number {
  const formula = holds(test, a, b) ? yes : no
  return formula.product * a * b + formula.a * a + formula.b * b + formula.constant
}

/** `4>1 yes:4@1=2*4+1`: the test with its outcome, then the chosen formula with the numbers put in. */
export function expansion(operator: Operator, a: number, b: number): string {
  const { sign, test, yes, no } = operator
  const put = (names: string): string => names.replace('ab', 'a*b').replace('a', operand(a)).replace('b', operand(b))
  const isYes = holds(test, a, b)
  const tested = test === '' ? '' : `${put(test)} ${isYes ? 'yes' : 'no'}:`
  const formula = formulaText(isYes ? yes : no, (size, names) =>
    names === '' ? `${size}` : `${size === 1 ? '' : `${size}*`}${put(names)}`,
  )
  return `${tested}${operand(a)}${sign}${operand(b)}=${formula}`
}

/** A bound on the size of `a sign b` from bounds on the sizes of a and b. */
export function sizeBound({ yes, no }: Operator, a: number, b: number): number {
  const size = (f: Formula): number =>
    Math.abs(f.product) * a * b + Math.abs(f.a) * a + Math.abs(f.b) * b + Math.abs(f.constant)
  return Math.max(size(yes), size(no))
}
