// Names stay readable, never leave their folder, and never meet each other.
import { posix } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entryNames } from './entry-names.ts'

const named = (...names: string[]) => Object.fromEntries(entryNames(names))

describe('entryNames', () => {
  it('keeps our names but for the at sign, and a name that is a folder of another one', () => {
    expect(named('tokens', 'tokens/seen', 'reward/mean', 'eval/gcd-lcm/pass@8_low')).toEqual({
      tokens: 'tokens.value',
      'tokens/seen': 'tokens/seen',
      'reward/mean': 'reward/mean',
      'eval/gcd-lcm/pass@8_low': 'eval/gcd-lcm/pass_at_8_low',
    })
  })

  it('never lets a name leave its folder', () => {
    const names = ['../../etc/passwd', '/etc/passwd', 'a//b', '..', '.', '', 'C:\\x', 'a/./b', 'a\0b', 'ü']
    for (const entry of entryNames(names).values()) {
      expect(entry).toMatch(/^[A-Za-z0-9_./-]+$/)
      expect(posix.normalize(entry)).toBe(entry)
      expect(entry).not.toMatch(/^\/|^\.\.?(\/|$)/)
    }
  })

  it('keeps two names apart, also where files differ in case only, and no name is a folder of another', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'A', '/', '@', '_', '.', 'é', 'at', 'value'), maxLength: 8 })
    fc.assert(
      fc.property(fc.uniqueArray(name), (names) => {
        const entries = [...entryNames(names).values()].map((entry) => entry.toLowerCase())
        expect(entries).toHaveLength(names.length)
        expect(new Set(entries).size).toBe(names.length)
        for (const a of entries) for (const b of entries) expect(b.startsWith(`${a}/`)).toBe(false)
      }),
    )
  })

  it('cuts long names and keeps them apart', () => {
    const entries = [...entryNames([`${'x'.repeat(400)}1`, `${'x'.repeat(400)}2`]).values()]
    expect(entries.every((entry) => entry.length <= 240)).toBe(true)
    expect(new Set(entries).size).toBe(2)
  })
})
