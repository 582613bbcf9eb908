// Plain data that a program hands back, as it crosses the wire: JSON, with `{"$": tag}` objects for what JSON lacks.
// It is read with limits and compared on the host; whatever a program does to its own serialiser, it can only change
// its own answer.
import type { Json } from '../../base/json.ts'

/** Plain data of either language. */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | {
      readonly kind: 'integer'
      /** Beyond 2^53, where a number would round. */
      readonly value: bigint
    }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'tuple' | 'set'; readonly items: readonly Value[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Value, Value])[] }
  | {
      readonly kind: 'other'
      /** Name of a type that is not plain data. */
      readonly type: string
    }

const maxDepth = 100
const maxNodes = 500_000

/** Reads the wire form; undefined when it is not one or too large. */
export function readValue(text: string): Value | undefined {
  let nodes = 0
  const fail = (): never => {
    throw new RangeError('not a value')
  }
  const read = (wire: unknown, depth: number): Value => {
    if (++nodes > maxNodes || depth > maxDepth) return fail()
    if (wire === null || typeof wire === 'boolean' || typeof wire === 'number' || typeof wire === 'string') return wire
    if (Array.isArray(wire)) return wire.map((item) => read(item, depth + 1))
    const { $: tag, v } = wire as { $?: unknown; v?: unknown }
    const list = (): unknown[] => (Array.isArray(v) ? v : fail())
    switch (tag) {
      case 'int':
        return typeof v === 'string' && /^-?[0-9]{1,5000}$/.test(v) ? { kind: 'integer', value: BigInt(v) } : fail()
      case 'float':
        return v === 'inf' ? Infinity : v === '-inf' ? -Infinity : Number.NaN
      case 'undefined':
        return { kind: 'undefined' }
      case 'tuple':
      case 'set':
        return { kind: tag, items: list().map((item) => read(item, depth + 1)) }
      case 'map':
        return {
          kind: 'map',
          entries: list().map((entry) => {
            if (!Array.isArray(entry) || entry.length !== 2) return fail()
            return [read(entry[0], depth + 1), read(entry[1], depth + 1)] as const
          }),
        }
      case 'other':
        return { kind: 'other', type: String(v).slice(0, 60) }
      default:
        return fail()
    }
  }
  try {
    return read(JSON.parse(text), 0)
  } catch {
    return undefined
  }
}

/** How numbers are compared: equal when the difference is within either bound. */
export interface Tolerance {
  readonly absolute?: number
  readonly relative?: number
}

/** True when two numbers are equal, or close enough when a tolerance is given. NaN is never equal. */
export function closeNumbers(actual: number, expected: number, tolerance: Tolerance | undefined): boolean {
  if (actual === expected) return true
  if (tolerance === undefined || !Number.isFinite(actual) || !Number.isFinite(expected)) return false
  const { absolute = 0, relative = 0 } = tolerance
  return Math.abs(actual - expected) <= Math.max(absolute, relative * Math.abs(expected))
}

/**
 * Deep equality of what a program gave back and an expected JSON value. A tuple counts as a list, a set as a list in
 * any order, undefined as null, a map by its keys' text; numbers and booleans never equal each other or text.
 */
export function equalsJson(actual: Value, expected: Json, tolerance?: Tolerance): boolean {
  if (actual === null || typeof actual === 'boolean' || typeof actual === 'string') return actual === expected
  if (typeof actual === 'number') return typeof expected === 'number' && closeNumbers(actual, expected, tolerance)
  if (isList(actual)) return equalLists(actual, expected, tolerance)
  switch (actual.kind) {
    case 'integer':
      return equalsInteger(actual.value, expected, tolerance)
    case 'undefined':
      return expected === null
    case 'tuple':
      return equalLists(actual.items, expected, tolerance)
    case 'set':
      return Array.isArray(expected) && equalSets(actual.items, expected, tolerance)
    case 'map':
      return equalMaps(actual.entries, expected, tolerance)
    case 'other':
      return false
    default:
      return actual satisfies never
  }
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value)

function equalLists(actual: readonly Value[], expected: Json, tolerance?: Tolerance): boolean {
  return (
    Array.isArray(expected) &&
    actual.length === expected.length &&
    actual.every((item, i) => equalsJson(item, expected[i], tolerance))
  )
}

/** An expected integer beyond 2^53 is written `{"$int": "digits"}`, since a JSON number would round. */
function equalsInteger(actual: bigint, expected: Json, tolerance?: Tolerance): boolean {
  if (typeof expected === 'number') {
    if (tolerance !== undefined) return closeNumbers(Number(actual), expected, tolerance)
    return Number.isInteger(expected) && BigInt(expected) === actual
  }
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return false
  return (expected as Record<string, Json>).$int === String(actual)
}

/** Greedy matching: exact without a tolerance, since equality is then transitive. Sets above 2,000 items are unequal. */
function equalSets(actual: readonly Value[], expected: readonly Json[], tolerance?: Tolerance): boolean {
  if (actual.length !== expected.length || actual.length > 2000) return false
  const left = [...expected]
  return actual.every((item) => {
    const at = left.findIndex((other) => equalsJson(item, other, tolerance))
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}

function equalMaps(entries: readonly (readonly [Value, Value])[], expected: Json, tolerance?: Tolerance): boolean {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return false
  const wanted = new Map(Object.entries(expected))
  const seen = new Set<string>()
  for (const [key, value] of entries) {
    const name = keyText(key)
    if (name === undefined || seen.has(name)) return false
    seen.add(name)
    const other = wanted.get(name)
    if (other === undefined || !equalsJson(value, other, tolerance)) return false
  }
  return seen.size === wanted.size
}

function keyText(key: Value): string | undefined {
  if (typeof key === 'string') return key
  if (typeof key === 'number' || typeof key === 'boolean' || key === null) return String(key)
  return !isList(key) && key.kind === 'integer' ? String(key.value) : undefined
}

/** A value in few characters, for a reason. */
export function showValue(value: Value, length = 80): string {
  const text = JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))
  return text.length > length ? `${text.slice(0, length)}...` : text
}
