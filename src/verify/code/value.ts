// Plain data that a program hands back, as it crosses the wire: JSON, with `{"$": tag}` objects for what JSON lacks.
// It is read with limits and compared on the host; whatever a program does to its own serialiser, it can only change
// its own answer.
import type { Json } from '../../base/json.ts'
import { equalByText, integerOf } from './equal-sets.ts'
import type { Value } from './plain-value.ts'

export type { Value } from './plain-value.ts'

/** What only asserts compare, in the judge's interpreter (pyodide/rich-values.py). */
const richTags: ReadonlySet<string> = new Set([
  ...['decimal', 'fraction', 'datetime', 'date', 'time', 'timedelta', 'bytes', 'bytearray', 'complex', 'range'],
  ...['keys', 'values', 'items', 'generator', 'iterator'],
])
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
      case 'frozenset':
        return { kind: 'set', items: list().map((item) => read(item, depth + 1)) }
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
        return typeof tag === 'string' && richTags.has(tag) ? { kind: 'other', type: tag } : fail()
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
 * any order, undefined as null, a map by its keys' text; numbers and booleans never equal each other or text. An
 * expected integer beyond 2^53 is written `{"$int": "digits"}`, since a JSON number would round.
 */
export function equalsJson(actual: Value, expected: Json, tolerance?: Tolerance): boolean {
  return equal(actual, expected, { tolerance, steps: maxSteps })
}

/** Comparisons after which two values count as unequal: only sets within sets come near it. */
const maxSteps = 3_000_000

interface Comparison {
  readonly tolerance: Tolerance | undefined
  steps: number
}

function equal(actual: Value, expected: Json, by: Comparison): boolean {
  if (--by.steps < 0) return false
  if (actual === null || typeof actual === 'boolean' || typeof actual === 'string') return actual === expected
  if (typeof actual === 'number') return equalsNumber(actual, expected, by.tolerance)
  if (isList(actual)) return equalLists(actual, expected, by)
  switch (actual.kind) {
    case 'integer':
      return equalsInteger(actual.value, expected, by.tolerance)
    case 'undefined':
      return expected === null
    case 'tuple':
      return equalLists(actual.items, expected, by)
    case 'set':
      return Array.isArray(expected) && equalSets(actual.items, expected, by)
    case 'map':
      return equalMaps(actual.entries, expected, by)
    case 'other':
      return false
    default:
      return actual satisfies never
  }
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value)

function equalLists(actual: readonly Value[], expected: Json, by: Comparison): boolean {
  return (
    Array.isArray(expected) &&
    actual.length === expected.length &&
    actual.every((item, i) => equal(item, expected[i], by))
  )
}

function equalsNumber(actual: number, expected: Json, tolerance: Tolerance | undefined): boolean {
  if (typeof expected === 'number') return closeNumbers(actual, expected, tolerance)
  const integer = integerOf(expected)
  if (integer === undefined) return false
  if (tolerance !== undefined) return closeNumbers(actual, Number(integer), tolerance)
  return Number.isInteger(actual) && BigInt(actual) === integer
}

function equalsInteger(actual: bigint, expected: Json, tolerance: Tolerance | undefined): boolean {
  if (typeof expected === 'number') {
    if (tolerance !== undefined) return closeNumbers(Number(actual), expected, tolerance)
    return Number.isInteger(expected) && BigInt(expected) === actual
  }
  const integer = integerOf(expected)
  if (integer === undefined) return false
  return actual === integer || closeNumbers(Number(actual - integer), 0, boundAt(Number(integer), tolerance))
}

/** A tolerance around a number, for the difference from it. */
function boundAt(expected: number, tolerance: Tolerance | undefined): Tolerance | undefined {
  if (tolerance === undefined) return undefined
  const { absolute = 0, relative = 0 } = tolerance
  return { absolute: Math.max(absolute, relative * Math.abs(expected)) }
}

/** Greedy where text does not tell: exact without a tolerance, since equality is then transitive. */
function equalSets(actual: readonly Value[], expected: readonly Json[], by: Comparison): boolean {
  if (actual.length !== expected.length) return false
  const byText = by.tolerance === undefined ? equalByText(actual, expected) : undefined
  if (byText !== undefined) return byText
  const left = [...expected]
  return actual.every((item) => {
    const at = left.findIndex((other) => equal(item, other, by))
    if (at < 0 || by.steps < 0) return false
    left.splice(at, 1)
    return true
  })
}

function equalMaps(entries: readonly (readonly [Value, Value])[], expected: Json, by: Comparison): boolean {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return false
  const wanted = new Map(Object.entries(expected))
  const seen = new Set<string>()
  for (const [key, value] of entries) {
    const name = keyText(key)
    if (name === undefined || seen.has(name)) return false
    seen.add(name)
    const other = wanted.get(name)
    if (other === undefined || !equal(value, other, by)) return false
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
  const text = JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return String(inner)
    return typeof inner === 'string' ? inner.slice(0, length) : inner
  })
  return text.length > length ? `${text.slice(0, length)}...` : text
}
