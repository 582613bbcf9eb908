// What programs hand back: reading it, and comparing it with expected JSON.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../base/json.ts'
import { equalsJson, readValue } from './value.ts'

const equal = (wire: string, expected: Json, tolerance?: { absolute?: number; relative?: number }): boolean => {
  const value = readValue(wire)
  return value !== undefined && equalsJson(value, expected, tolerance)
}

/** The wire form of JSON as a program's encoder writes it. */
function wireOf(json: Json): string {
  if (Array.isArray(json)) return `[${json.map(wireOf).join(',')}]`
  if (json === null || typeof json !== 'object') return JSON.stringify(json)
  const pairs = Object.entries(json).map(([key, item]) => `[${JSON.stringify(key)},${wireOf(item)}]`)
  return `{"$":"map","v":[${pairs.join(',')}]}`
}

const anyJson = fc.jsonValue({ maxDepth: 4 }).map((json) => JSON.parse(JSON.stringify(json)) as Json)

describe('equalsJson', () => {
  it('holds for any JSON and its own wire form, and not when a leaf is wrapped', () => {
    fc.assert(
      fc.property(anyJson, (json) => {
        expect(equal(wireOf(json), json)).toBe(true)
        expect(equal(wireOf([json]), json)).toBe(false)
        expect(equal(wireOf(json), [json])).toBe(false)
      }),
    )
  })

  it('never equates two different JSON values', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (a, b) => {
        const sorted = (json: Json): string => wireOf(json) // Key order is irrelevant, so equal texts are not needed.
        if (equal(wireOf(a), b)) expect(equal(sorted(b), a)).toBe(true)
        else expect(sorted(a)).not.toBe(sorted(b))
      }),
    )
  })

  it.each<[string, Json, boolean]>([
    ['1', 1, true],
    ['1.0', 1, true],
    ['true', 1, false],
    ['1', true, false],
    ['"1"', 1, false],
    ['null', null, true],
    ['{"$":"undefined"}', null, true],
    ['{"$":"float","v":"nan"}', 0, false],
    ['{"$":"float","v":"inf"}', 1e308, false],
    ['{"$":"int","v":"100000000000000000000"}', 1e20, true],
    ['{"$":"int","v":"100000000000000000001"}', 1e20, false],
    ['{"$":"int","v":"100000000000000000001"}', { $int: '100000000000000000001' }, true],
    ['{"$":"tuple","v":[1,2]}', [1, 2], true],
    ['[1,2]', [2, 1], false],
    ['{"$":"set","v":[2,1]}', [1, 2], true],
    ['{"$":"set","v":[2,2]}', [1, 2], false],
    ['{"$":"map","v":[[1,"a"]]}', { '1': 'a' }, true],
    ['{"$":"map","v":[[1,"a"],["1","b"]]}', { '1': 'a' }, false],
    ['{"$":"map","v":[["a",1]]}', { a: 1, b: 2 }, false],
    ['{"$":"map","v":[["__proto__",1]]}', {}, false],
    ['{"$":"other","v":"E"}', 'E', false],
  ])('says of %s and %j: %s', (wire, expected, verdict) => {
    expect(equal(wire, expected)).toBe(verdict)
  })

  it('compares numbers at any depth within a tolerance', () => {
    expect(equal('[{"$":"map","v":[["x",0.30000000000000004]]}]', [{ x: 0.3 }])).toBe(false)
    expect(equal('[{"$":"map","v":[["x",0.30000000000000004]]}]', [{ x: 0.3 }], { absolute: 1e-9 })).toBe(true)
    expect(equal('101', 100, { relative: 0.01 })).toBe(true)
    expect(equal('102', 100, { relative: 0.01 })).toBe(false)
  })
})

describe('readValue', () => {
  it.each(['', '{', '{"$":"int","v":"x"}', '{"$":"nothing"}', '{"a":1}', '{"$":"map","v":[[1]]}', '{"$":"set","v":1}'])(
    'does not read %j',
    (wire) => {
      expect(readValue(wire)).toBeUndefined()
    },
  )

  it('does not read what is nested or sized beyond its limits', () => {
    expect(readValue(`${'['.repeat(99)}${']'.repeat(99)}`)).toBeDefined()
    expect(readValue(`${'['.repeat(200)}${']'.repeat(200)}`)).toBeUndefined()
    expect(readValue(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBeUndefined()
    expect(readValue(`[${'1,'.repeat(600_000)}1]`)).toBeUndefined()
  })
})
