import { describe, expect, it } from 'vitest'
import { rational } from './build-expression.ts'
import { measureUnit } from './unit-dimension.ts'
import { findUnit, unitTable } from './unit-table.ts'

/** How many `to` one `from` is, when they convert. */
function convert(from: string, to: string): string | undefined {
  const a = measureUnit(from)
  const b = measureUnit(to)
  if (a.dimension !== b.dimension) return undefined
  const { top, bottom } = rational(a.factor.top * b.factor.bottom, a.factor.bottom * b.factor.top)
  return bottom === 1n ? `${top}` : `${top}/${bottom}`
}

describe('units in normal form', () => {
  it.each([
    ['m', 'cm', '100'],
    ['m^2', 'cm^2', '10000'],
    ['foot', 'inch', '12'],
    ['mile', 'foot', '5280'],
    ['yard', 'foot', '3'],
    ['mile/hour', 'foot/second', '22/15'],
    ['km/hour', 'm/second', '5/18'],
    ['hour', 'minute', '60'],
    ['week', 'day', '7'],
    ['pound', 'ounce', '16'],
    ['kg', 'g', '1000'],
    ['L', 'mL', '1000'],
    ['L', 'cm^3', '1000'],
    ['gallon', 'inch^3', '231'],
    ['gallon', 'cup', '16'],
    ['hectare', 'm^2', '10000'],
    ['acre', 'foot^2', '43560'],
    ['mph', 'mile/hour', '1'],
    ['knot', 'km/hour', '463/250'],
    ['$', 'cent', '100'],
    ['degree', 'arcminute', '60'],
    ['apple', 'apple', '1'],
    ['mol/L', 'mol/m^3', '1000'],
    ['N*m', 'J', '1'],
    ['Nm', 'J', '1'],
    ['J/second', 'W', '1'],
    ['kg*m/second^2', 'N', '1'],
    ['N/m^2', 'Pa', '1'],
    ['kWh', 'MJ', '18/5'],
    ['MW', 'mW', '1000000000'],
  ])('one %s is %s: %s', (from, to, factor) => {
    expect(convert(from, to)).toBe(factor)
  })

  it.each([
    ['cm', 'cm^2'],
    ['cm', 'second'],
    ['apple', 'orange'],
    ['$', '€'],
    ['km/hour', 'km'],
    ['degree', 'radian'],
  ])('%s and %s do not convert', (from, to) => {
    expect(convert(from, to)).toBe(undefined)
  })

  it('spells every unit in one way', () => {
    expect(findUnit('Centimeters')?.name).toBe('cm')
    expect(findUnit('HOURS')?.name).toBe('hour')
    expect(findUnit('mL')?.name).toBe('mL')
    for (const row of unitTable.values()) expect(unitTable.get(row.name)).toBe(row)
  })
})
