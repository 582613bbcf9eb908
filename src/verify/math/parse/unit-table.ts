// The units that the reader knows: how they are spelled, their normal names, what they measure and how much of the
// dimension's first unit they are. A table, and nothing that converts.
import type { Rational } from '../expression.ts'
import { rational } from './build-expression.ts'

/** A unit without powers. */
export interface UnitRow {
  /** The normal name: `cm`, `hour`, `$`. */
  readonly name: string
  /** What it measures: `length`, `time`, `money`. Units of one dimension convert. */
  readonly dimension: string
  /** How many of the dimension's base unit it is; exact. */
  readonly factor: Rational
}

type Row = readonly [name: string, factor: string, spellings: string]

/** By dimension: name, factor, spellings beside the name, separated by commas. The base has factor 1. */
const rows: Readonly<Record<string, readonly Row[]>> = {
  length: [
    ['m', '1', 'meter,meters,metre,metres'],
    ['Mm', '1000000', 'megameter,megameters'],
    ['km', '1000', 'Km,KM,kilometer,kilometers,kilometre,kilometres,kms'],
    ['dm', '1/10', 'decimeter,decimeters,decimetre,decimetres'],
    ['cm', '1/100', 'Cm,CM,centimeter,centimeters,centimetre,centimetres,cms'],
    ['mm', '1/1000', 'MM,millimeter,millimeters,millimetre,millimetres'],
    ['µm', '1/1000000', 'micrometer,micrometers,micrometre,micrometres,micron,microns'],
    ['nm', '1/1000000000', 'nanometer,nanometers,nanometre,nanometres'],
    ['inch', '127/5000', 'inches,in'],
    ['foot', '381/1250', 'feet,ft'],
    ['yard', '1143/1250', 'yards,yd,yds'],
    ['mile', '201168/125', 'miles,mi'],
  ],
  mass: [
    ['g', '1', 'gram,grams,gm,gms'],
    ['Mg', '1000000', 'megagram,megagrams'],
    ['kg', '1000', 'Kg,KG,kilogram,kilograms,kgs,kilo,kilos'],
    ['µg', '1/1000000', 'mcg,microgram,micrograms'],
    ['mg', '1/1000', 'milligram,milligrams'],
    ['tonne', '1000000', 'tonnes'],
    ['pound', '45359237/100000', 'pounds,lb,Lb,LB,lbs'],
    ['ounce', '45359237/1600000', 'ounces,oz'],
  ],
  // A US ton and a tonne have the same word in many problems, so it converts to nothing.
  ton: [['ton', '1', 'tons']],
  time: [
    ['second', '1', 'seconds,s,sec,secs'],
    ['millisecond', '1/1000', 'milliseconds,ms'],
    ['µs', '1/1000000', 'microsecond,microseconds'],
    ['minute', '60', 'minutes,min,mins'],
    ['hour', '3600', 'hours,h,hr,hrs'],
    ['day', '86400', 'days'],
    ['week', '604800', 'weeks,wk,wks'],
  ],
  // Months and years are no whole number of days.
  calendar: [
    ['month', '1', 'months'],
    ['year', '12', 'years,yr,yrs'],
    ['decade', '120', 'decades'],
    ['century', '1200', 'centuries'],
  ],
  money: [
    ['$', '1', 'dollar,dollars,usd,bucks'],
    ['cent', '1/100', 'cents,¢'],
  ],
  pound: [
    ['£', '1', 'gbp'],
    ['pence', '1/100', 'penny'],
  ],
  euro: [['€', '1', 'euro,euros,eur']],
  yen: [['¥', '1', 'yen,jpy']],
  yuan: [['yuan', '1', 'rmb,cny']],
  ruble: [['ruble', '1', 'rubles,rouble,roubles,rub']],
  won: [['won', '1', 'krw']],
  rupee: [['₹', '1', 'rupee,rupees,rs']],
  angle: [
    ['degree', '1', 'degrees,deg,degs'],
    ['arcminute', '1/60', 'arcminutes'],
    ['arcsecond', '1/3600', 'arcseconds'],
  ],
  radian: [['radian', '1', 'radians,rad,rads']],
  volume: [
    ['L', '1', 'l,liter,liters,litre,litres'],
    ['µL', '1/1000000', 'microliter,microliters'],
    ['mL', '1/1000', 'cc,ml,ML,milliliter,milliliters,millilitre,millilitres'],
    ['gallon', '473176473/125000000', 'gallons,gal'],
    ['quart', '473176473/500000000', 'quarts,qt,qts'],
    ['pint', '473176473/1000000000', 'pints,pt,pts'],
    ['cup', '473176473/2000000000', 'cups'],
  ],
  temperature: [['celsius', '1', 'centigrade']],
  fahrenheit: [['fahrenheit', '1', '']],
  kelvin: [['K', '1', 'kelvin,kelvins']],
  energy: [
    ['J', '1', 'joule,joules'],
    ['kJ', '1000', 'kilojoule,kilojoules'],
    ['kWh', '3600000', ''],
    ['MJ', '1000000', 'megajoule,megajoules'],
    ['mJ', '1/1000', 'millijoule,millijoules'],
    ['Nm', '1', ''],
    ['erg', '1/10000000', 'ergs'],
  ],
  power: [
    ['W', '1', 'watt,watts'],
    ['kW', '1000', 'kilowatt,kilowatts'],
    ['MW', '1000000', 'megawatt,megawatts'],
    ['GW', '1000000000', 'gigawatt,gigawatts'],
    ['mW', '1/1000', 'milliwatt,milliwatts'],
  ],
  force: [
    ['N', '1', 'newton,newtons'],
    ['kN', '1000', 'kilonewton,kilonewtons'],
    ['mN', '1/1000', 'millinewton,millinewtons'],
  ],
  pressure: [
    ['Pa', '1', 'pascal,pascals'],
    ['kPa', '1000', 'kilopascal,kilopascals'],
    ['MPa', '1000000', 'megapascal,megapascals'],
    ['mPa', '1/1000', 'millipascal,millipascals'],
  ],
  voltage: [
    ['V', '1', 'volt,volts'],
    ['kV', '1000', 'kilovolt,kilovolts'],
    ['MV', '1000000', 'megavolt,megavolts'],
    ['mV', '1/1000', 'millivolt,millivolts'],
    ['µV', '1/1000000', 'microvolt,microvolts'],
  ],
  current: [
    ['A', '1', 'amp,amps,ampere,amperes'],
    ['mA', '1/1000', 'milliampere,milliamperes'],
    ['µA', '1/1000000', 'microampere,microamperes'],
  ],
  frequency: [
    ['Hz', '1', 'hertz'],
    ['kHz', '1000', 'kilohertz'],
    ['MHz', '1000000', 'megahertz'],
    ['mHz', '1/1000', 'millihertz'],
    ['GHz', '1000000000', 'gigahertz'],
  ],
  resistance: [
    ['ohm', '1', 'ohms'],
    ['kohm', '1000', 'kiloohm,kiloohms,kilohm,kilohms'],
    ['Mohm', '1000000', 'megaohm,megaohms,megohm,megohms'],
    ['mohm', '1/1000', 'milliohm,milliohms'],
  ],
  capacitance: [
    ['farad', '1', 'farads'],
    ['µF', '1/1000000', 'microfarad,microfarads'],
  ],
  charge: [
    ['coulomb', '1', 'coulombs'],
    ['µC', '1/1000000', 'microcoulomb,microcoulombs'],
  ],
  substance: [['mol', '1', 'mole,moles,mols']],
  area: [
    ['acre', '1', 'acres'],
    ['hectare', '390625000/158080329', 'hectares,ha'],
  ],
  speed: [
    ['mph', '1', ''],
    ['knot', '57875/50292', 'knots'],
  ],
  unit: [['unit', '1', 'units']],
  clock: [['am', '1', 'a.m.']],
  afternoon: [['pm', '1', 'p.m.']],
}

function buildTable(): Map<string, UnitRow> {
  const table = new Map<string, UnitRow>()
  for (const [dimension, units] of Object.entries(rows)) {
    for (const [name, factor, spellings] of units) {
      const [top, bottom = '1'] = factor.split('/')
      const row = { name, dimension, factor: rational(BigInt(top), BigInt(bottom)) }
      for (const spelling of [name, ...spellings.split(',')]) if (spelling !== '') table.set(spelling, row)
    }
  }
  return table
}

/** Every spelling to its unit. One letter is a unit only where a number and a space precede it, see read-unit.ts. */
export const unitTable: ReadonlyMap<string, UnitRow> = buildTable()

/** The unit of a spelling; case is ignored where it tells no units apart. */
export function findUnit(spelling: string): UnitRow | undefined {
  return unitTable.get(spelling) ?? (spelling.length > 2 ? unitTable.get(spelling.toLowerCase()) : undefined)
}
