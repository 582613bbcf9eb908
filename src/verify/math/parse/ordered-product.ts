// Products whose order counts: of matrices, when one of them is inverted or transposed (P D P^{-1}), and the cross product
// of vectors. They become unknown functions, which are equal when their factors are, one by one. Products of capitals
// alone stay as they are: AB is more often a length.
import type { Expression } from '../expression.ts'
import { product, unknownCall } from './build-expression.ts'

/** The factors as a product; those that are matrices keep their order. */
export function productInOrder(factors: readonly Expression[]): Expression {
  if (factors.length < 2 || !factors.some(isTurned)) return product(factors)
  const flat = factors.flatMap((f) => (f.kind === 'product' ? f.factors : [f]))
  const matrices = flat.filter(isMatrix)
  if (matrices.length < 2) return product(factors)
  const ordered = inOrder(matrices)
  const others = flat.filter((factor) => !isMatrix(factor))
  return others.length === 0 ? ordered : product([...others, ordered])
}

/** A power; the inverse and the transpose of a product of matrices turn its order: (AB)^T = B^T A^T. */
export function powerInOrder(base: Expression, exponent: Expression): Expression {
  const own: Expression = { kind: 'power', base, exponent }
  if (!isInversion(exponent)) return own
  const factors = base.kind === 'product' ? base.factors : []
  if (factors.length < 2 || !factors.every(isMatrix)) return own
  return inOrder(factors.map((factor): Expression => ({ kind: 'power', base: factor, exponent })).reverse())
}

function inOrder(factors: readonly Expression[]): Expression {
  return unknownCall(
    'ordered',
    factors.flatMap((f) => (isOrdered(f) ? f.arguments : [f])),
  )
}

function isOrdered(e: Expression): e is Extract<Expression, { kind: 'unknown-call' }> {
  return e.kind === 'unknown-call' && e.name === 'ordered'
}

/** The cross product when both are vectors; undefined otherwise. */
export function crossProduct(left: Expression, right: Expression): Expression | undefined {
  return isVector(left, 4) && isVector(right, 4) ? unknownCall('cross', [left, right]) : undefined
}

function isVector(e: Expression, depth: number): boolean {
  switch (e.kind) {
    case 'symbol':
      return e.name.startsWith('vec(') || e.name.startsWith('hat(')
    case 'unknown-call':
      return e.name === 'cross'
    case 'sum':
      return depth > 0 && e.terms.some((term) => isVector(term, depth - 1))
    case 'product':
      return depth > 0 && e.factors.some((factor) => isVector(factor, depth - 1))
    case 'negative':
      return depth > 0 && isVector(e.of, depth - 1)
    default:
      return false
  }
}

function isCapital(e: Expression): boolean {
  return e.kind === 'symbol' && /^[A-Z](?:_|'|$)/.test(e.name)
}

/** A capital, or its power. */
function isMatrix(e: Expression): boolean {
  return isCapital(e) || isOrdered(e) || (e.kind === 'power' && (isCapital(e.base) || isTurned(e)))
}

/** A^{-1}, A^T, (AB)^{-1}. */
function isTurned(e: Expression): boolean {
  if (isOrdered(e)) return true
  if (e.kind !== 'power' || !isInversion(e.exponent)) return false
  return isCapital(e.base) || (e.base.kind === 'sum' && e.base.terms.some(isCapital))
}

function isInversion(exponent: Expression): boolean {
  if (exponent.kind === 'number') return exponent.value.top === -1n && exponent.value.bottom === 1n
  return exponent.kind === 'symbol' && exponent.name === 'T'
}
