// Paths, archives, signed links and remembered answers.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { IdempotentAnswers } from './idempotent-answers.ts'
import { SignedLinks } from './signed-link.ts'
import { tarBytes, tarOf } from './tar.ts'
import { checkName, folderOf, modelOf, parsePath, pathText } from './tinker-path.ts'

describe('parsePath', () => {
  it('reads both kinds, and the short form as a sampler', () => {
    expect(parsePath('tinker://m-1/weights/a.b')).toEqual({ model: 'm-1', kind: 'weights', name: 'a.b' })
    expect(parsePath('tinker://m/x')).toEqual({ model: 'm', kind: 'sampler_weights', name: 'x' })
    expect(pathText(parsePath('tinker://m/sampler_weights/x'))).toBe('tinker://m/sampler_weights/x')
  })

  it.each([
    'm/weights/a',
    'tinker://m',
    'tinker://m/weights',
    'tinker://m/other/a',
    'tinker://m/weights/a/b',
    'tinker://../weights/a',
    'tinker://m/weights/..',
    'tinker://m/weights/.hidden',
    'tinker://m/weights/a b',
    'tinker:///weights/a',
    '',
  ])('refuses %j', (text) => {
    // Two parts are the short form of a sampler's path, in which "weights" is a name like others.
    if (text === 'tinker://m/weights') expect(parsePath(text).kind).toBe('sampler_weights')
    else expect(() => parsePath(text)).toThrow('is no path')
  })

  it('takes the colons of a model, which are not in its folder', () => {
    expect(parsePath('tinker://s:train:0/weights/a').model).toBe('s:train:0')
    expect(folderOf('s:train:0')).toBe('s~train~0')
    expect(modelOf('s~train~0')).toBe('s:train:0')
    expect(modelOf('.s~train~0.partial')).toBeUndefined()
    expect(() => parsePath('tinker://m/weights/a:b')).toThrow('is no path')
  })

  it('takes names of up to 200 characters', () => {
    expect(checkName('a'.repeat(200))).toHaveLength(200)
    expect(() => checkName('a'.repeat(201))).toThrow('no name')
    expect(() => checkName('')).toThrow('no name')
  })
})

describe('tarOf', () => {
  it('writes headers with size and checksum, contents padded to 512, and two empty blocks', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tar-'))
    writeFileSync(join(folder, 'b.txt'), 'x'.repeat(512))
    writeFileSync(join(folder, 'a.txt'), 'hello')
    const chunks: Uint8Array[] = []
    for await (const chunk of tarOf(folder)) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    expect(bytes.length).toBe(6 * 512)
    expect(tarBytes(folder)).toBe(bytes.length)
    rmSync(folder, { recursive: true })
    const text = (at: number, length: number): string => bytes.toString('latin1', at, at + length)
    expect(text(0, 6)).toBe('a.txt\0')
    expect(text(124, 12)).toBe('00000000005\0')
    expect(text(257, 8)).toBe('ustar\x0000')
    expect(text(512, 6)).toBe('hello\0')
    expect(text(1024, 5)).toBe('b.txt')
    const sum = bytes.subarray(0, 512).reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0)
    expect(Number.parseInt(text(148, 6), 8)).toBe(sum)
    expect(bytes.subarray(4 * 512).every((byte) => byte === 0)).toBe(true)
  })
})

describe('SignedLinks', () => {
  const links = new SignedLinks(new Uint8Array(32).fill(7))
  const query = Object.fromEntries(new URLSearchParams(links.sign('m/weights/a', 1000)))
  const isValid = (path: string, { expires, signature }: Record<string, string>, now = 999): boolean =>
    links.isValid(path, expires, signature, now)

  it('are valid until their time, for their path, from their server', () => {
    expect(isValid('m/weights/a', query)).toBe(true)
    expect(isValid('m/weights/a', query, 1000)).toBe(false)
    expect(isValid('m/weights/b', query)).toBe(false)
    expect(isValid('m/weights/a', { ...query, expires: '2000' })).toBe(false)
    expect(new SignedLinks(new Uint8Array(32)).isValid('m/weights/a', '1000', query.signature, 999)).toBe(false)
  })

  it.each(['', '0', 'zz', 'a'.repeat(64), 'ü'.repeat(64)])('take %j for no signature', (signature) => {
    expect(isValid('m/weights/a', { ...query, signature })).toBe(false)
  })
})

describe('IdempotentAnswers', () => {
  it('does the work of a key once, also while it is under way, and again after a failure', async () => {
    const answers = new IdempotentAnswers()
    let calls = 0
    const work = async (): Promise<number> => {
      calls++
      if (calls === 1) throw new Error('lost')
      return calls
    }
    await expect(answers.once('k', work)).rejects.toThrow('lost')
    expect(await Promise.all([answers.once('k', work), answers.once('k', work)])).toEqual([2, 2])
    expect(await answers.once('other', work)).toBe(3)
    expect(await answers.once(undefined, work)).toBe(4)
  })
})
