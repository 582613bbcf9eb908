import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runOfName, shortNames } from './short-names.ts'

describe('shortNames', () => {
  test('leave out what all begin and end with', () => {
    const names = ['lab/runs/grpo-1/seed-1', 'lab/runs/dapo-2/seed-1']
    expect([...shortNames(names).values()]).toEqual(['grpo-1', 'dapo-2'])
  })

  test('keep the parts that differ when names are of different lengths', () => {
    const names = ['lab/a/seed-1', 'lab/a/b/seed-2', 'lab/c']
    expect([...shortNames(names).values()]).toEqual(['a/seed-1', 'a/b/seed-2', 'c'])
  })

  test('keep the last part of one name, and a name without parts', () => {
    expect(shortNames(['lab/runs/one']).get('lab/runs/one')).toBe('one')
    expect([...shortNames(['.', 'a/b']).values()]).toEqual(['.', 'a/b'])
    expect(shortNames([]).size).toBe(0)
  })

  test('never make two names one, nor a name empty', () => {
    const name = fc
      .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('/'))
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), (names) => {
        const short = [...shortNames(names).values()]
        expect(new Set(short).size).toBe(names.length)
        expect(short.every((one) => one.length > 0)).toBe(true)
      }),
    )
  })
})

test('runOfName leaves the step of an evaluation out', () => {
  expect(['lab/a@12', 'lab/a', 'lab@1/a'].map(runOfName)).toEqual(['lab/a', 'lab/a', 'lab@1/a'])
})
