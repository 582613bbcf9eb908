// The guest's path, url, assert, buffer, structuredClone and locale functions against those of Node, which are here the
// reference. These files know nothing of QuickJS, so they run in this process.
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { inspect, isDeepStrictEqual } from 'node:util'
import { runInThisContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const guest = {
  bytesOf: (text: string) => new TextEncoder().encode(text).buffer,
  define: (owner: object, name: string, value: unknown) => Object.defineProperty(owner, name, { value }),
}
function part<T>(name: string): T {
  const source = readFileSync(new URL(`./guest/${name}.js`, import.meta.url), 'utf8')
  return (runInThisContext(source) as (given: object) => T)(guest)
}
const runs = { numRuns: 100 }

describe('path', () => {
  const ours = part<typeof posix>('path')
  const steps = fc.array(fc.constantFrom('a', 'b.c', '.', '..', '', '.d', 'e.f.g'), { maxLength: 6 })
  const paths = fc.tuple(fc.constantFrom('', '/'), steps).map(([root, names]) => root + names.join('/'))
  it('takes paths apart and together as Node does', () => {
    const same = (a: string, b: string) => {
      for (const name of ['normalize', 'dirname', 'basename', 'extname'] as const)
        expect([name, ours[name](a)]).toEqual([name, posix[name](a)])
      expect(ours.join(a, b)).toBe(posix.join(a, b))
      expect(ours.resolve('/', a, b)).toBe(posix.resolve('/', a, b))
      expect(ours.relative(`/${a}`, `/${b}`)).toBe(posix.relative(`/${a}`, `/${b}`))
    }
    fc.assert(fc.property(paths, paths, same), runs)
  })
})

describe('assert', () => {
  const { isDeepEqual } = part<{ isDeepEqual: (a: unknown, b: unknown, isStrict: boolean) => boolean }>('assert')
  it('finds the same values equal as Node does', () => {
    const small = fc.object({
      maxDepth: 2,
      maxKeys: 2,
      key: fc.constantFrom('a', 'b'),
      withMap: true,
      withSet: true,
      withDate: true,
      values: [fc.nat(1), fc.constantFrom('a', null, Number.NaN, -0)],
    })
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(isDeepEqual(a, b, true)).toBe(isDeepStrictEqual(a, b))
        expect(isDeepEqual(a, structuredClone(a), true)).toBe(isDeepStrictEqual(a, structuredClone(a)))
      }),
      runs,
    )
  })
})

describe('structuredClone', () => {
  const clone = part<typeof structuredClone>('clone')
  it('copies plain data of every kind', () => {
    const data = fc.object({
      withMap: true,
      withSet: true,
      withDate: true,
      withBigInt: true,
      withTypedArray: true,
      withSparseArray: true,
      withBoxedValues: true,
    })
    fc.assert(
      fc.property(data, (value) => {
        expect(inspect(clone(value), { depth: 9 })).toBe(inspect(structuredClone(value), { depth: 9 }))
      }),
      runs,
    )
  })
})

describe('buffer', () => {
  const ours = part<{ Buffer: typeof Buffer; atob: typeof atob; btoa: typeof btoa }>('buffer')
  it('turns bytes into text and text into bytes as Node does', () => {
    const encodings = ['utf8', 'latin1', 'ascii', 'hex', 'base64', 'base64url', 'utf16le'] as const
    const same = (bytes: Uint8Array, text: string) => {
      for (const encoding of encodings) {
        expect([encoding, ours.Buffer.from(bytes).toString(encoding)]).toEqual([
          encoding,
          Buffer.from(bytes).toString(encoding),
        ])
        if (encoding !== 'hex')
          expect([encoding, [...ours.Buffer.from(text, encoding)]]).toEqual([
            encoding,
            [...Buffer.from(text, encoding)],
          ])
      }
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 20 }), fc.base64String(), same), runs)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(ours.Buffer.from(text).toString('hex')).toBe(Buffer.from(text).toString('hex'))
      }),
      runs,
    )
  })
})

describe('url', () => {
  const ours = part<{ URL: typeof URL; URLSearchParams: typeof URLSearchParams }>('url')
  it.each([
    ['https://a.b'],
    ['HTTP://User:Pw@Host.Com:80/a/./b/../c?x=1&y=%20#top'],
    ['/p?q', 'http://h:81/a/b'],
    ['../x', 'http://h/a/b/c'],
    ['?q=2', 'http://h/a?b#c'],
    ['#f', 'http://h/a?b#c'],
    ['', 'http://h/a?b#c'],
    ['//o/p', 'https://h/'],
    ['mailto:a@b.c'],
    ['file:///a/b c'],
    ['http://h/ü x?y z'],
  ])('%s %s', (input, base?: string) => {
    const [mine, theirs] = [new ours.URL(input, base), new URL(input, base)]
    for (const key of ['href', 'origin', 'host', 'pathname', 'search', 'hash', 'username', 'port'] as const)
      expect([key, mine[key]]).toEqual([key, theirs[key]])
  })
  it.each([['nope'], ['http://'], ['http://a b/'], ['http://h:99999/']])('refuses %s', (input) => {
    expect(() => new ours.URL(input)).toThrow('Invalid URL')
  })
  it('reads and writes queries as Node does', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), fc.string(), (query, text) => {
        expect([...new ours.URLSearchParams(query)]).toEqual([...new URLSearchParams(query)])
        expect(`${new ours.URLSearchParams([['k', text]])}`).toBe(`${new URLSearchParams([['k', text]])}`)
      }),
      runs,
    )
  })
})

describe('locale', () => {
  interface Locale {
    localeCompare(this: string, other: string, locale?: string, options?: Intl.CollatorOptions): number
    numberText(this: number | bigint, locale?: string, options?: Intl.NumberFormatOptions): string
    dateTimeText(this: Date, locale?: string, options?: Intl.DateTimeFormatOptions): string
    dateText(this: Date, locale?: string, options?: Intl.DateTimeFormatOptions): string
    timeText(this: Date, locale?: string, options?: Intl.DateTimeFormatOptions): string
    Intl: typeof Intl
  }
  const ours = part<Locale>('locale')
  it.each([
    [{}],
    [{ numeric: true }],
    [{ sensitivity: 'base' }],
    [{ sensitivity: 'accent' }],
  ] as Intl.CollatorOptions[][])('orders text as Node does with %j', (options) => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'aAbBcéÉeEñnüUz019 -_.') }))
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(ours.localeCompare.call(a, b, 'en-US', options)).toBe(a.localeCompare(b, 'en-US', options))
      }),
      runs,
    )
  })
  it.each([
    [{}],
    [{ minimumFractionDigits: 2, maximumFractionDigits: 2 }],
    [{ minimumFractionDigits: 5 }],
    [{ maximumFractionDigits: 0 }],
    [{ style: 'currency', currency: 'USD' }],
    [{ style: 'percent' }],
    [{ style: 'percent', maximumFractionDigits: 1 }],
    [{ useGrouping: false }],
    [{ minimumIntegerDigits: 2 }],
  ] as Intl.NumberFormatOptions[][])('writes numbers as Node does with %j', (options) => {
    const same = (value: number | bigint) => {
      expect(ours.numberText.call(value, 'en-US', options)).toBe((value as number).toLocaleString('en-US', options))
    }
    const numbers = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.integer({ max: 1e6 }).map((n) => n / 1000),
      fc.bigInt(),
      fc.constantFrom(1.0005, 0.0005, 1e21, 5e-7),
    )
    fc.assert(fc.property(numbers, same), { numRuns: 60 })
  })
  it.each([
    [{}],
    [{ weekday: 'long' }],
    [{ month: 'long', day: 'numeric', year: 'numeric' }],
    [{ month: 'short', day: 'numeric' }],
    [{ month: 'long', year: 'numeric' }],
    [{ weekday: 'short', month: 'short', day: '2-digit', year: 'numeric' }],
    [{ year: 'numeric', month: '2-digit', day: '2-digit' }],
    [{ dateStyle: 'medium' }],
    [{ hour: '2-digit', minute: '2-digit' }],
    [{ hour: 'numeric', minute: '2-digit', hour12: true }],
  ] as Intl.DateTimeFormatOptions[][])('writes dates as Node does with %j', (options) => {
    const plain = (text: string) => text.replaceAll('\u202f', ' ')
    const given = { ...options, timeZone: 'UTC' }
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), (date) => {
        expect(ours.dateTimeText.call(date, 'en-US', given)).toBe(plain(date.toLocaleString('en-US', given)))
        if (options.hour || options.dateStyle) return
        expect(ours.dateText.call(date, 'en-US', given)).toBe(plain(date.toLocaleDateString('en-US', given)))
      }),
      { numRuns: 15 },
    )
  })
})
