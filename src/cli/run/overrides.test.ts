// `--set` becomes nested settings, and settings are laid over one another.
import { describe, expect, it } from 'vitest'
import { overlay, parseAssignments, parseKnobs } from './overrides.ts'

describe('parseAssignments', () => {
  it('nests by dots and reads values as JSON, or as text where they are none', () => {
    expect(parseAssignments(['a.b=1', 'a.c=true', 'd=x=y', 'e=[1,2]', 'f="2"', 'g=', 'a.b=1e-3'])).toEqual({
      a: { b: 1e-3, c: true },
      d: 'x=y',
      e: [1, 2],
      f: '2',
      g: '',
    })
  })

  it.each(['steps', '=1', 'a..b=1', '.a=1', '__proto__.x=1'])('refuses %j', (text) => {
    expect(() => parseAssignments([text])).toThrow(expect.objectContaining({ code: 'usage/bad-set' }))
  })
})

describe('parseKnobs', () => {
  it('takes knobs with and without their prefix, the last one of a knob counting', () => {
    expect(parseKnobs(['knobs.level=2', 'modulus=7'])).toEqual({ level: 2, modulus: 7 })
    expect(parseKnobs(['knobs.level=2', 'level=3', ' knobs.modulus=7'])).toEqual({ level: 3, modulus: 7 })
  })
})

describe('overlay', () => {
  it('goes into objects, replaces lists, and leaves its arguments alone', () => {
    const under = { a: { x: 1, y: 2 }, list: [1, 2] }
    expect(overlay(under, { a: { y: 3 }, list: [3] })).toEqual({ a: { x: 1, y: 3 }, list: [3] })
    expect(under).toEqual({ a: { x: 1, y: 2 }, list: [1, 2] })
  })

  it('replaces an object whose kind changes, and keeps the rest of one whose kind does not', () => {
    const under = { shape: { kind: 'cosine', warmup: 5, minRatio: 0.1 } }
    expect(overlay(under, { shape: { kind: 'constant' } })).toEqual({ shape: { kind: 'constant' } })
    expect(overlay(under, { shape: { kind: 'cosine', warmup: 7 } }).shape).toMatchObject({ warmup: 7, minRatio: 0.1 })
    expect(overlay(under, { shape: { warmup: 7 } }).shape).toMatchObject({ kind: 'cosine', warmup: 7 })
  })
})
