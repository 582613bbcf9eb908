// What a unit in normal form measures and how large it is: `km/hour` is a length over a time, 5/18 m/second. For
// comparisons that convert.
import type { Rational } from '../expression.ts'
import { one, rational } from './build-expression.ts'
import { unitTable } from './unit-table.ts'

/** A unit's measure. Two units convert when their dimensions are equal: divide the factors. */
export interface UnitMeasure {
  /** `length/time`, `length^2`; an unknown unit is a dimension of its own. */
  readonly dimension: string
  readonly factor: Rational
}

const largestPower = 9

/** The measure of a unit in the reader's normal form. */
export function measureUnit(unit: string): UnitMeasure {
  const powers = new Map<string, number>()
  let factor = one
  const [tops = '', ...bottoms] = unit.split('/')
  const parts = [...tops.split('*').map((p) => [p, 1] as const), ...bottoms.map((p) => [p, -1] as const)]
  for (const [part, direction] of parts) {
    const mark = part.indexOf('^')
    const name = mark < 0 ? part : part.slice(0, mark)
    const exponent = mark < 0 ? 1 : Number(part.slice(mark + 1))
    if (name === '1' || name === '') continue
    if (!(Number.isInteger(exponent) && exponent >= 1 && exponent <= largestPower)) {
      return { dimension: unit, factor: one }
    }
    for (const [dimension, size, power] of basics(name)) {
      powers.set(dimension, (powers.get(dimension) ?? 0) + direction * exponent * power)
      for (let i = 0; i < exponent * Math.abs(power); i++) factor = times(factor, size, direction * power)
    }
  }
  return { dimension: showPowers(powers), factor }
}

const litre = rational(1n, 10n) // of a metre, cubed
const acre = rational(316160658n, 78125n) // square metres
const milePerHour = rational(1397n, 3125n) // metres a second

const kilogram = rational(1000n) // in grams

type Basics = (readonly [dimension: string, size: Rational, power: number])[]

/** A joule is a newton metre and a watt second: all are kilograms, metres and seconds to some power. */
function ofMechanics(lengths: number, times: number): (factor: Rational) => Basics {
  return (factor) => [
    ['mass', kilogram, 1],
    ['length', one, lengths],
    ['time', one, times],
    ['scale', factor, 1],
  ]
}

const mechanical: ReadonlyMap<string, (factor: Rational) => Basics> = new Map([
  ['force', ofMechanics(1, -2)],
  ['energy', ofMechanics(2, -2)],
  ['power', ofMechanics(2, -3)],
  ['pressure', ofMechanics(-1, -2)],
])

/** A unit as powers of basic dimensions: a litre is a cube of lengths. */
function basics(name: string): Basics {
  const row = unitTable.get(name)
  if (row === undefined) return [[name, one, 1]]
  switch (row.dimension) {
    case 'volume':
      return [
        ['length', litre, 3],
        ['scale', row.factor, 1],
      ]
    case 'area':
      return [
        ['length', one, 2],
        ['scale', times(row.factor, acre, 1), 1],
      ]
    case 'speed':
      return [
        ['length', times(row.factor, milePerHour, 1), 1],
        ['time', one, -1],
      ]
    default:
      return mechanical.get(row.dimension)?.(row.factor) ?? [[row.dimension, row.factor, 1]]
  }
}

function times(a: Rational, b: Rational, direction: number): Rational {
  return direction > 0 ? rational(a.top * b.top, a.bottom * b.bottom) : rational(a.top * b.bottom, a.bottom * b.top)
}

function showPowers(powers: ReadonlyMap<string, number>): string {
  const entries = [...powers].filter(([dimension, power]) => dimension !== 'scale' && power !== 0).sort()
  const show = ([dimension, power]: readonly [string, number]): string =>
    Math.abs(power) === 1 ? dimension : `${dimension}^${Math.abs(power)}`
  const tops = entries.filter(([, power]) => power > 0).map(show)
  const bottoms = entries.filter(([, power]) => power < 0).map(show)
  return [tops.join('*') || '1', ...bottoms].join('/')
}
