// The size of a unit for conversions: the reader's measure, with angles in radians, since a degree is pi/180 of one and
// no rational factor says so.
import type { Rational } from '../expression.ts'
import { multiply, rational } from '../number/rational.ts'
import { measureUnit } from '../parse/unit-dimension.ts'

export interface UnitScale {
  /** Units of one dimension convert; an unknown unit is a dimension of its own. */
  readonly dimension: string
  readonly factor: Rational
  /** The power of pi in the factor. */
  readonly piPower: number
}

const degree = rational(1n, 180n)

/** The size of a unit in normal form. */
export function scaleOfUnit(unit: string): UnitScale {
  const { dimension, factor } = measureUnit(unit)
  // The reader measures angles in degrees.
  if (dimension === 'angle') return { dimension, factor: multiply(factor, degree), piPower: 1 }
  return { dimension: dimension === 'radian' ? 'angle' : dimension, factor, piPower: 0 }
}
