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

  it.each<[string, Json, boolean]>([
    ['5', { $int: '5' }, true],
    ['5', { $int: '6' }, false],
    ['5.5', { $int: '5' }, false],
    ['1e20', { $int: '100000000000000000000' }, true],
    ['5', { $int: 'five' }, false],
    ['{"$":"map","v":[["$int","5"]]}', { $int: '5' }, true],
  ])('lets any integer be expected by its digits: %s and %j: %s', (wire, expected, verdict) => {
    expect(equal(wire, expected)).toBe(verdict)
  })

  it('compares long integers within a tolerance without rounding them first', () => {
    const wire = '{"$":"int","v":"100000000000000000001"}'
    expect(equal(wire, { $int: '100000000000000000000' }, { absolute: 1 })).toBe(true)
    expect(equal(wire, { $int: '99999999999999999999' }, { absolute: 1 })).toBe(false)
  })

  it.each<[string, Json, boolean]>([
    ['{"$":"set","v":[{"$":"frozenset","v":[1,2]},{"$":"frozenset","v":[3]}]}', [[3], [2, 1]], true],
    ['{"$":"set","v":[{"$":"frozenset","v":[1,2]},{"$":"frozenset","v":[3]}]}', [[3], [2, 2]], false],
    [
      '{"$":"set","v":[{"$":"tuple","v":[1,2]},{"$":"tuple","v":[1.0,"1"]}]}',
      [
        [1, '1'],
        [1, 2],
      ],
      true,
    ],
    ['{"$":"set","v":[{"$":"tuple","v":[1,2]}]}', [[2, 1]], false],
    ['{"$":"set","v":[{"$":"tuple","v":[1,{"$":"frozenset","v":[2,3]}]},4]}', [4, [1, [3, 2]]], true],
    ['{"$":"set","v":[{"$":"int","v":"100000000000000000000"},1]}', [1, 1e20], true],
    ['{"$":"set","v":[{"$":"float","v":"nan"}]}', [null], false],
    ['{"$":"set","v":["1",1,true,null]}', [null, true, 1, '1'], true],
    ['{"$":"set","v":["1",1]}', [1, 1], false],
  ])('compares sets in any order: %s and %j: %s', (wire, expected, verdict) => {
    expect(equal(wire, expected)).toBe(verdict)
  })

  it('agrees with matching one by one on any two sets', () => {
    const scalar = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('0', '1', null, true))
    const items = fc.array(fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { maxLength: 5 })
    fc.assert(
      fc.property(items, items, (a, b) => {
        const left = [...b]
        const isSame =
          a.length === b.length &&
          a.every((item) => {
            const at = left.findIndex((other) => equal(wireOf(item), other))
            if (at >= 0) left.splice(at, 1)
            return at >= 0
          })
        expect(equal(`{"$":"set","v":[${a.map(wireOf).join()}]}`, b)).toBe(isSame)
      }),
    )
  })

  it('takes little time over large sets and over sets made to be slow', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => i)
    expect(equal(`{"$":"set","v":[${[...many].reverse().join()}]}`, many)).toBe(true)
    // Sets in sets in sets have no text: each step is counted, and too many make the values unequal.
    const row = (i: number): number[] => [...many.slice(0, 299), 1e6 + i]
    const rows = many.slice(0, 300).map(row)
    const set = (inner: readonly string[]): string => `{"$":"set","v":[${inner.join()}]}`
    const wire = set([set([...rows].reverse().map((one) => set([...one].reverse().map(String))))])
    expect(equal(wire, [rows], { absolute: 0 })).toBe(false)
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

  it('reads what only asserts compare as a value that equals nothing', () => {
    for (const wire of ['{"$":"decimal","v":"1.5"}', '{"$":"generator","v":[true,1]}', '{"$":"bytes","v":"6162"}']) {
      expect(readValue(wire)).toMatchObject({ kind: 'other' })
    }
  })

  it('does not read what is nested or sized beyond its limits', () => {
    expect(readValue(`${'['.repeat(99)}${']'.repeat(99)}`)).toBeDefined()
    expect(readValue(`${'['.repeat(200)}${']'.repeat(200)}`)).toBeUndefined()
    expect(readValue(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBeUndefined()
    expect(readValue(`[${'1,'.repeat(600_000)}1]`)).toBeUndefined()
  })
})

it('takes no infinity for an integer that is too large for a number', () => {
  const huge = { $int: '9'.repeat(400) }
  expect(equalsJson(Number.POSITIVE_INFINITY, huge)).toBe(false)
  expect(equalsJson(1.5, { $int: '1' })).toBe(false)
  expect(equalsJson(5, { $int: '5' })).toBe(true)
})
