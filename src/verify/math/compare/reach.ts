// How far out the numbers written in two expressions point: where nothing turns any more, as far as constants say.
import type { Expression } from '../expression.ts'
import * as iv from '../number/interval.ts'
import { realAt } from './compare-at-point.ts'
import { isConstant, partsOf } from './expression-shape.ts'
import type { Session } from './verdict.ts'

export interface Reach {
  /** Larger than any product or quotient of the constants, unless powers grow too fast to go there. */
  readonly beyond: bigint
  /** The sizes of the constants added up. */
  readonly sum: number
}

const leastBits = 6
const mostBits = 600
const mostBitsOfPowers = 4

export function reachOf(expressions: readonly Expression[], session: Session): Reach {
  let bits = leastBits
  let sum = 0
  const stack = [...expressions]
  let grows = false
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isConstant(node)) {
      grows ||= isGrowing(node)
      stack.push(...partsOf(node))
      continue
    }
    const value = realAt(node, 64, session)
    if (value === undefined || iv.containsZero(value.interval)) continue
    const magnitude = iv.magnitudeOf(value.interval)
    bits += Math.abs(magnitude)
    sum += 2 ** Math.min(magnitude, 40)
  }
  const most = grows ? mostBitsOfPowers : mostBits
  return { beyond: 2n ** BigInt(Math.min(bits, most)), sum: Math.ceil(sum) }
}

/** e^x and 2^x, whose values far out are too long to compute. */
export function isGrowing(node: Expression): boolean {
  if (node.kind === 'power') return !isConstant(node.exponent)
  return node.kind === 'call' && ['exp', 'sinh', 'cosh', 'factorial'].includes(node.name)
}
