// Differences are leaves with paths.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { configDifferences, describeDifferences } from './config-difference.ts'

it('finds changed, missing and new leaves by path, lists as one value', () => {
  expect(configDifferences({ a: { b: 1, c: [1] }, d: 2 }, { a: { b: 1, c: [1, 2] }, e: { f: {} } })).toEqual([
    { path: 'a.c', before: [1], after: [1, 2] },
    { path: 'd', before: 2, after: undefined },
    { path: 'e.f', before: undefined, after: {} },
  ])
})

it('finds none between a value and its copy, in any order of keys, undefined left out', () => {
  expect(configDifferences({ a: 1, b: { c: 2, d: undefined } }, { b: { c: 2 }, a: 1 })).toEqual([])
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (config) => {
      expect(configDifferences(config, JSON.parse(JSON.stringify(config)))).toEqual([])
    }),
  )
})

it('is described with the values, the first few only', () => {
  const differences = configDifferences({ a: 1, b: 'x', c: 1 }, { a: 2, b: 'y' })
  expect(describeDifferences(differences, 2)).toBe('a: 1 -> 2; b: "x" -> "y"; and 1 more')
  expect(describeDifferences(differences)).toContain('c: 1 -> (none)')
})
