// Whether two units fit and what each value is to be multiplied by before the values are compared.
import type { Expression } from '../expression.ts'
import { areSame } from '../number/rational.ts'
import type { MathOptions } from '../options.ts'
import { scaleOfUnit, type UnitScale } from './unit-scale.ts'

export interface FittedUnits {
  /** Factors; undefined for none. */
  readonly a?: Expression
  readonly b?: Expression
}

/** Undefined when the units do not fit. A unit on one side only is dropped, unless units are required. */
export function fitUnits(a: string | undefined, b: string | undefined, options: MathOptions): FittedUnits | undefined {
  if (options.units === 'ignore' || a === b) return {}
  if (a === undefined || b === undefined) return options.units === 'required' ? undefined : {}
  const left = scaleOfUnit(a)
  const right = scaleOfUnit(b)
  if (left.dimension !== right.dimension) return undefined
  if (left.piPower === right.piPower && areSame(left.factor, right.factor)) return {}
  return { a: factorOf(left), b: factorOf(right) }
}

/** The factor to base units. */
export function factorOf(scale: UnitScale): Expression {
  const number: Expression = { kind: 'number', value: scale.factor }
  return scale.piPower === 0 ? number : { kind: 'product', factors: [number, { kind: 'constant', name: 'pi' }] }
}
