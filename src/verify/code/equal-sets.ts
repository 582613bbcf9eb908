// Are these the same items in any order? Items are written as text, equal for equal values, so that sets are compared
// in linear time. What has no such text (a dict, a set inside a tuple) is left to the caller, who matches one by one.
import type { Json } from '../../base/json.ts'
import type { Value } from './plain-value.ts'

/** Undefined when the items cannot be told apart by text. */
export function equalByText(actual: readonly Value[], expected: readonly Json[]): boolean | undefined {
  // A list of JSON stands for a list or a set: what came back says which.
  const areSets = actual.length > 0 && actual.every((item) => kindOf(item) === 'set')
  const texts = actual.map((item) => valueText(item, areSets))
  if (texts.includes(undefined)) return undefined
  const wanted = expected.map((item) => jsonText(item, areSets)).sort()
  return texts.sort().every((text, i) => text === wanted[i])
}

const kindOf = (value: Value): string =>
  typeof value === 'object' && value !== null && 'kind' in value ? value.kind : typeof value

function valueText(value: Value, isSet = false): string | undefined {
  if (value === null || typeof value !== 'object') return scalarText(value)
  if ('kind' in value) {
    if (value.kind === 'integer') return String(value.value)
    if (value.kind === 'undefined') return 'null'
    if (value.kind !== 'tuple' && !(isSet && value.kind === 'set')) return undefined
  }
  const items = ('kind' in value ? value.items : value).map((item) => valueText(item))
  return items.includes(undefined) ? undefined : `[${(isSet ? items.sort() : items).join()}]`
}

function jsonText(value: Json, isSet = false): string {
  if (value === null || typeof value !== 'object') return scalarText(value)
  if (!Array.isArray(value)) return String(integerOf(value) ?? '{}')
  const items = value.map((item) => jsonText(item))
  return `[${(isSet ? items.sort() : items).join()}]`
}

function scalarText(value: null | boolean | number | string): string {
  if (typeof value !== 'number') return JSON.stringify(value)
  // NaN equals nothing, and no JSON is written like this.
  return Number.isInteger(value) ? String(BigInt(value)) : String(value)
}

/** The integer of `{"$int": "digits"}`. */
export function integerOf(json: Json): bigint | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  const { $int: digits, ...rest } = json as Record<string, Json>
  const isOne = typeof digits === 'string' && /^-?[0-9]{1,5000}$/.test(digits) && Object.keys(rest).length === 0
  return isOne ? BigInt(digits) : undefined
}
