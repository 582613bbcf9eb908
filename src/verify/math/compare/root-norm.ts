// Zeros of A + B r for one square root r of a polynomial: they are among those of A² - B² r², a polynomial.
import type { Expression, Rational } from '../expression.ts'
import * as p from '../number/polynomial.ts'
import * as q from '../number/rational.ts'
import { attempt } from '../number/work.ts'
import { exactRational } from './exact-number.ts'
import { contentsOf, isConstant, isSameTree, mapParts, numberExpression } from './expression-shape.ts'
import { toFraction } from './fraction-form.ts'
import { coefficientsOf, type Zeros } from './polynomial-zeros.ts'
import type { Session } from './verdict.ts'

const rootName = "root'"
const minusOne: Rational = { top: -1n, bottom: 1n }

/** Adds the zeros and poles of an expression with one square root; false when there is not exactly one, or more than it. */
export function addNorm(of: Expression, variable: string, session: Session, into: Zeros): boolean {
  const radicands: Expression[] = []
  const named = nameRoots(of, radicands, session)
  if (radicands.length !== 1 || !isIn(radicands[0], variable)) return false
  const found = attempt(session.work, 0.3, (work) => {
    const ring = p.makeRing(work)
    const { top, bottom } = toFraction(named, ring)
    const under = toFraction(radicands[0], ring)
    const root = ring.numbers.get(`$${rootName}`)
    if (root === undefined || p.asConstant(under.bottom) === undefined) return undefined
    return [top, bottom].map((side) => {
      const [even, odd] = [0, 1].map((parity) => halfOf(side, root, parity, under.top, ring))
      const [left, square] = [even, odd].map((half) => p.multiplyPolynomials(half, half, ring))
      const right = p.scalePolynomial(p.multiplyPolynomials(square, under.top, ring), minusOne, ring)
      return coefficientsOf(p.addPolynomials(left, right, ring), variable, ring)
    })
  })
  if (found === undefined) return false
  for (const side of found) {
    // A norm that is zero everywhere says nothing.
    if (side === undefined || side.length === 0) return false
    if (side.length > 1) into.polynomials.push(side)
  }
  return true
}

/** A or B: the terms with an even or odd power of the root, its square replaced by what stands under it. */
function halfOf(side: p.Polynomial, root: number, parity: number, under: p.Polynomial, ring: p.Ring): p.Polynomial {
  let sum = p.zeroPolynomial
  for (const { factors, coefficient } of side.values()) {
    const power = factors.find(({ kernel }) => kernel === root)?.power ?? 0
    if (power % 2 !== parity) continue
    let term = p.scalePolynomial(p.powerOfPolynomial(under, (power - parity) / 2, ring), coefficient, ring)
    for (const factor of factors) {
      if (factor.kernel === root) continue
      term = p.multiplyPolynomials(term, p.kernelPolynomial(factor.kernel, factor.power), ring)
    }
    sum = p.addPolynomials(sum, term, ring)
  }
  return sum
}

function isIn(of: Expression, variable: string): boolean {
  const { symbols } = contentsOf(of)
  return symbols.size === 1 && symbols.has(variable)
}

/** Square roots replaced by one symbol; what stands under them is collected. */
function nameRoots(of: Expression, radicands: Expression[], session: Session): Expression {
  if (of.kind === 'power' && !isConstant(of.base) && isConstant(of.exponent)) {
    const power = exactRational(of.exponent, session)
    if (power?.bottom === 2n) {
      if (!radicands.some((one) => isSameTree(one, of.base))) radicands.push(of.base)
      const root: Expression = { kind: 'symbol', name: rootName }
      return { kind: 'power', base: root, exponent: numberExpression(q.rational(power.top)) }
    }
  }
  return mapParts(of, (part) => nameRoots(part, radicands, session))
}
