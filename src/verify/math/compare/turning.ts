// Where a function of one real variable may go over from one analytic piece to another: |u|, even roots and logarithms
// of u turn where u is zero, floors where u is whole, arctan at the poles of u. Between two turns that follow each other
// a function is analytic, so that there one generic point decides. Only says what turns; where is for break-points.ts.
import type { Expression, FunctionName } from '../expression.ts'
import { exactRational } from './exact-number.ts'
import { contentsOf, isConstant, numberExpression, partsOf } from './expression-shape.ts'
import type { Session } from './verdict.ts'

/** One way in which an expression turns. */
export type Turn =
  /** Where `of` is zero or has a pole. `isCut`: only a branch goes over (a root, a logarithm), so that the sign is lost elsewhere. */
  | { readonly as: 'zero'; readonly of: Expression; readonly isCut: boolean }
  | { readonly as: 'pole'; readonly of: Expression }
  /** Where `of` is a whole number. */
  | { readonly as: 'whole'; readonly of: Expression }
  /** No telling. */
  | { readonly as: 'anywhere' }

const one = numberExpression({ top: 1n, bottom: 1n })

/**
 * All turns of expressions; a part without variables has none. Nor has |z| of a complex variable: it is smooth but at
 * single points, which part nothing.
 */
export function turnsOf(
  expressions: readonly Expression[],
  complex: ReadonlySet<string>,
  session: Session,
): readonly Turn[] {
  const turns: Turn[] = []
  const stack = [...expressions]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const isSmooth = node.kind === 'call' && node.name === 'abs' && isIn(node, complex)
    if (node.kind === 'call' && !isConstant(node) && !isSmooth)
      turns.push(...callTurns(node.name, node.arguments, session))
    else if (node.kind === 'power' && !isConstant(node.base)) turns.push(...powerTurns(node, session))
    stack.push(...partsOf(node))
  }
  return turns
}

function isIn(expression: Expression, names: ReadonlySet<string>): boolean {
  return names.size > 0 && [...contentsOf(expression).symbols].every((name) => names.has(name))
}

type Power = Extract<Expression, { kind: 'power' }>

function powerTurns({ base, exponent }: Power, session: Session): readonly Turn[] {
  const power = isConstant(exponent) ? exactRational(exponent, session) : undefined
  // An odd root is analytic in a root of the variable on both sides of zero: what is equal on one side is on the other.
  if (power !== undefined && power.bottom % 2n === 1n && power.bottom <= 64n) return []
  return [{ as: 'zero', of: base, isCut: true }]
}

function callTurns(name: FunctionName, list: readonly Expression[], session: Session): readonly Turn[] {
  const [u, v] = list
  switch (name) {
    case 'abs':
    case 'sign':
      return [{ as: 'zero', of: u, isCut: false }]
    case 'ln':
    case 'arg':
      return [{ as: 'zero', of: u, isCut: true }]
    case 'min':
    case 'max':
      return list.flatMap((a, i) => list.slice(i + 1).map((b): Turn => ({ as: 'zero', of: minus(a, b), isCut: false })))
    case 'floor':
    case 'ceil':
      return [{ as: 'whole', of: u }]
    case 'mod': {
      const modulus = v === undefined || !isConstant(v) ? undefined : exactRational(v, session)
      if (modulus === undefined || modulus.top === 0n) return [{ as: 'anywhere' }]
      return [{ as: 'whole', of: { kind: 'quotient', top: u, bottom: v } }]
    }
    case 'arctan':
    case 'arccot':
      return [{ as: 'pole', of: u }]
    case 'arcsin':
    case 'arccos':
    case 'artanh':
    case 'arcosh':
    case 'arcsec':
    case 'arccsc':
      return [
        { as: 'zero', of: minus(u, one), isCut: true },
        { as: 'zero', of: { kind: 'sum', terms: [u, one] }, isCut: true },
        { as: 'zero', of: u, isCut: true },
      ]
    case 'arsinh':
      return [{ as: 'pole', of: u }]
    case 'sin':
    case 'cos':
    case 'tan':
    case 'cot':
    case 'sec':
    case 'csc':
    case 'sinh':
    case 'cosh':
    case 'tanh':
    case 'coth':
    case 'exp':
    case 're':
    case 'im':
    case 'conjugate':
    // These have values at whole numbers only and are tried there.
    case 'factorial':
    case 'double-factorial':
    case 'binomial':
      return []
    case 'gcd':
    case 'lcm':
      return [{ as: 'anywhere' }]
    default:
      return name satisfies never
  }
}

function minus(a: Expression, b: Expression): Expression {
  return { kind: 'sum', terms: [a, { kind: 'negative', of: b }] }
}
