import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TupleItem } from './knights-and-knaves-tuples.ts'
import { readTuple } from './knights-and-knaves-tuples.ts'

/** As Python writes it. */
function show(item: TupleItem): string {
  if (typeof item === 'number') return String(item)
  if (typeof item === 'string') return `'${item}'`
  return item.length === 1 ? `(${show(item[0])},)` : `(${item.map(show).join(', ')})`
}

describe('readTuple', () => {
  it.each<[string, readonly TupleItem[]]>([
    ['()', []],
    ["('lying', 1)", ['lying', 1]],
    ['("->",(0,12),)', ['->', [0, 12]]],
    ["  ( ( 'not' , ( 'lying' , 0 ) ) , 7 ) ", [['not', ['lying', 0]], 7]],
  ])('reads %j', (text, tuple) => {
    expect(readTuple(text)).toEqual({ tuple })
  })

  it.each([
    ['', /ends too early at character 1/],
    ['(', /ends too early at character 2/],
    ["('a'", /ends too early/],
    ["('a' 'b')", /"," is missing/],
    ["('a', 'b' 'c')", /unexpected "'" at character 11/],
    ["('a')", /"," is missing/],
    ['(,)', /unexpected ","/],
    ['(1,,2)', /unexpected ","/],
    ['(-1, 2)', /unexpected "-"/],
    ['(01, 2)', /unexpected "1"|"," is missing/],
    ['(12345, 1)', /"," is missing/],
    ['(1.5, 2)', /"," is missing/],
    ["('a, 2)", /unexpected "'"/],
    ["('a\\'b', 2)", /unexpected "'"/],
    ['[1, 2]', /unexpected "\["/],
    ['(None, 1)', /unexpected "N"/],
    ['(1, 2) 3', /unexpected "3" at character 8/],
    ['(__import__("os"), 1)', /unexpected "_"/],
  ])('refuses %j and says where', (text, problem) => {
    expect(readTuple(text)).toEqual({ problem: expect.stringMatching(problem) })
  })

  it('refuses texts too long or too deep', () => {
    expect(readTuple('('.repeat(2000))).toEqual({ problem: 'more than 12 tuples deep at character 13' })
    expect(readTuple(' '.repeat(2001))).toEqual({ problem: 'longer than 2000 characters' })
  })

  it('reads back what Python would write', () => {
    const items = fc.letrec<{ item: TupleItem; tuple: readonly TupleItem[] }>((tie) => ({
      item: fc.oneof({ maxDepth: 5 }, fc.nat(9999), fc.constantFrom('a', '<=>', ''), tie('tuple')),
      tuple: fc.array(tie('item'), { maxLength: 3 }),
    })).tuple
    fc.assert(
      fc.property(items, (tuple) => {
        expect(readTuple(show(tuple))).toEqual({ tuple })
      }),
    )
  })

  it('never throws, whatever the text', () => {
    const nearly = fc.string({ unit: fc.constantFrom(...`()',"0a `, '\ud800'), maxLength: 40 })
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string()), (text) => {
        const read = readTuple(text)
        if ('tuple' in read) expect(readTuple(show(read.tuple))).toEqual(read)
        else expect(read.problem).not.toBe('')
      }),
      { numRuns: 1000 },
    )
  })
})
