// console.log inside the sandbox against Node's own util.inspect, which is here the reference: the file that shows
// values knows nothing of QuickJS, so it runs in this process.
import { readFileSync } from 'node:fs'
import { format, inspect } from 'node:util'
import { runInThisContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

interface InspectPart {
  readonly inspect: typeof inspect
  readonly format: typeof format
}
const source = readFileSync(new URL('./guest/inspect.js', import.meta.url), 'utf8')
const ours = (runInThisContext(source) as (guest: object) => InspectPart)({})

class Point {
  x = 1
}
class Deep extends Point {
  list = [1]
}
class Named extends Array {}
const circular: Record<string, unknown> = { a: 1 }
circular.self = circular
circular.list = [circular, { again: circular }]
const withProperty = Object.assign(function named() {}, { extra: { a: 1 } })
const accessors = {
  get a() {
    return 1
  },
  set b(_: number) {},
  get c() {
    return 1
  },
  set c(_: number) {},
}
const count = (length: number, make: (at: number) => unknown) => Array.from({ length }, (_, at) => make(at))
const nested = { a: { b: { c: new Point(), d: new Map([[1, 2]]), e: new Set([1]), f: [1], g: {}, h: withProperty } } }

describe('a value is shown as in Node', () => {
  it.each([
    ['columns of numbers', count(10, (at) => at)],
    ['more than a hundred items', count(150, (at) => at * at)],
    ['columns of text', count(27, (at) => `item ${at}`)],
    ['a matrix', count(8, (i) => count(8, (j) => i * j))],
    ['objects in a list', count(8, (at) => ({ at, name: `n${at}` }))],
    [
      'a record',
      { name: 'A', tags: ['a', 'b'], address: { street: 'Main Street 123', geo: { lat: 1.5, lng: 2 }, zip: '12345' } },
    ],
    ['levels below the third', nested],
    ['classes', [new Point(), new Deep(), Point, Deep, class {}, Named.of(1, 2, 3)]],
    ['functions', [() => 1, withProperty, async () => {}, function* g() {}]],
    ['holes', Object.assign([1, 2], { 5: 3, key: 4 })],
    ['a circle', circular],
    [
      'maps and sets',
      [
        new Map([['a', { b: 1 }]]),
        new Set(['a', [1]]),
        new Map(),
        new Set(),
        new (class M extends Map<number, number> {})([[1, 2]]),
      ],
    ],
    ['quotes', ["it's", 'a"b\'c', '`"\'', 'x\ny\t\\', '\u001b\ud800']],
    ['accessors', accessors],
    ['keys', { 'a-b': 1, $c: 2, 3: 4 }],
    ['no prototype', Object.assign(Object.create(null), { a: 1 })],
    [
      'dates, patterns, boxes',
      [new Date(0), new Date(Number.NaN), /x/g, Object(1), Object('s'), Object(2n), Symbol('s'), -0, 3n],
    ],
    ['buffers', [new Uint8Array(3), new Float64Array([1.5])]],
    ['long text', { text: `${'word '.repeat(20)}\n${'more '.repeat(20)}` }],
    ['wide characters', ['日本', '中', 'a', 'b', 'c', 'd', 'e', '🎲']],
    ['a custom way', { a: { [inspect.custom]: (depth: number) => `depth ${depth}` } }],
  ])('%s', (_, value) => {
    expect(ours.inspect(value)).toBe(inspect(value))
  })

  // Node has written these otherwise since version 24.
  it.each([
    ['keys that are symbols', { [Symbol('s')]: 5 }, '{ [Symbol(s)]: 5 }'],
    ['bare buffers', new ArrayBuffer(2), 'ArrayBuffer { [Uint8Contents]: <00 00>, byteLength: 2 }'],
  ])('as in Node 20: %s', (_, value, shown) => {
    expect(ours.inspect(value)).toBe(shown)
  })

  it('whatever plain data it is', () => {
    const anything = fc.oneof(
      fc.object({
        maxDepth: 4,
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withSparseArray: true,
        withNullPrototype: true,
      }),
      fc.array(fc.integer(), { maxLength: 130 }),
      fc.array(fc.string(), { maxLength: 40 }),
      fc.array(fc.array(fc.nat(100), { maxLength: 12 }), { maxLength: 9 }),
    )
    fc.assert(
      fc.property(anything, (value) => {
        expect(ours.inspect(value)).toBe(inspect(value))
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    [['%s %s', 'a', { b: { c: 1 } }, 'rest', [1]]],
    [['%s|%s|%s|%s', -0, 10n, null, Symbol('x')]],
    [['%s %s', new Point(), { toString: () => 'own' }]],
    [['%d %d %d %i %f', '42', 10n, {}, 3.7, '2.5x']],
    [['%j %O %c%%', { a: [1] }, { b: 1 }, 'css']],
    [['100%', 5]],
    [['%s']],
    [['%% %d%%', 50]],
    [[1, '%s', 2]],
    [['text', 'more', { a: 'x' }]],
  ])('in a format: %#', (values) => {
    expect(ours.format(...values)).toBe(format(...values))
  })
})
