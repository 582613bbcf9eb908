// Whole files or none.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { realFs, type WriteFs, writeError, writeFileAtomic, writeJsonAtomic } from './atomic-file.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gradus-atomic-'))
})
afterEach(() => {
  chmodSync(dir, 0o755)
  rmSync(dir, { recursive: true })
})

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: no luck`), { code })
}

describe('writeFileAtomic', () => {
  it('writes text and bytes and leaves nothing else in the folder', () => {
    writeFileAtomic(join(dir, 'a.txt'), 'schön')
    writeFileAtomic(join(dir, 'b.bin'), Uint8Array.of(0, 255))
    expect(readFileSync(join(dir, 'a.txt'), 'utf8')).toBe('schön')
    expect([...readFileSync(join(dir, 'b.bin'))]).toEqual([0, 255])
    expect(readdirSync(dir).sort()).toEqual(['a.txt', 'b.bin'])
  })

  it('writes everything when the system takes one byte at a time', () => {
    const slow: WriteFs = { ...realFs, writeSync: (fd, data, offset) => realFs.writeSync(fd, data, offset, 1) }
    writeJsonAtomic(join(dir, 'a.json'), { a: [1, 2] }, slow)
    expect(JSON.parse(readFileSync(join(dir, 'a.json'), 'utf8'))).toEqual({ a: [1, 2] })
  })

  it.each(['writeSync', 'fsyncSync', 'renameSync'] as const)(
    'keeps the old file when the disk is full in %s',
    (call) => {
      const path = join(dir, 'a.txt')
      writeFileAtomic(path, 'old')
      const full: WriteFs = {
        ...realFs,
        [call]: () => {
          throw systemError('ENOSPC')
        },
      }
      expect(() => writeFileAtomic(path, 'new', full)).toThrow(
        expect.objectContaining({ code: 'store/disk-full', hint: expect.stringContaining('space') }),
      )
      expect(readFileSync(path, 'utf8')).toBe('old')
      expect(readdirSync(dir)).toEqual(['a.txt'])
    },
  )
})

describe('writeError', () => {
  it('names the path and what to do when writing is forbidden', () => {
    for (const code of ['EACCES', 'EPERM', 'EROFS']) {
      const error = writeError(systemError(code), '/somewhere/x')
      expect(error).toMatchObject({ code: 'store/not-writable', message: expect.stringContaining('/somewhere/x') })
    }
  })

  it('leaves other errors alone', () => {
    const error = systemError('EIO')
    expect(writeError(error, 'x')).toBe(error)
  })
})
