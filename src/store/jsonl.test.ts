// Lines that are there are read; lines that are not yet there are waited for.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { realFs, type WriteFs } from '../base/atomic-file.ts'
import { JsonlWriter, readJsonl } from './jsonl.ts'

let dir: string
let path: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gradus-jsonl-'))
  path = join(dir, 'rows.jsonl')
})
afterEach(() => rmSync(dir, { recursive: true }))

const rows = [{ a: 1 }, { text: 'größer → ∞' }, { b: [1, 2] }]

function write(...values: readonly unknown[]): void {
  const writer = new JsonlWriter(path)
  writer.append(...values)
  writer.close()
}

describe('readJsonl', () => {
  it('reads what was written, and nothing from a file that is not there', () => {
    expect(readJsonl(path)).toEqual({ rows: [], nextByte: 0, restarted: false })
    write(...rows)
    expect(readJsonl(path).rows).toEqual(rows)
  })

  it('gives exactly the whole lines, wherever the file is torn', () => {
    write(...rows)
    const whole = readFileSync(path)
    for (let size = 0; size <= whole.length; size++) {
      writeFileSync(path, whole.subarray(0, size))
      const lines = whole.subarray(0, size).filter((byte) => byte === 10).length
      expect(readJsonl(path).rows, `torn at ${size}`).toEqual(rows.slice(0, lines))
    }
  })

  it('goes on from any earlier chunk without losing or repeating a row', () => {
    write(...rows)
    const whole = readFileSync(path)
    for (let size = 0; size <= whole.length; size++) {
      writeFileSync(path, whole.subarray(0, size))
      const first = readJsonl(path)
      writeFileSync(path, whole)
      const second = readJsonl(path, { fromByte: first.nextByte })
      expect([...first.rows, ...second.rows], `polled at ${size}`).toEqual(rows)
      expect(second.restarted).toBe(false)
    }
  })

  it('starts over when the file was cut below the place it had reached', () => {
    write(...rows)
    const { nextByte } = readJsonl(path)
    truncateSync(path, 8)
    expect(readJsonl(path, { fromByte: nextByte })).toEqual({ rows: [rows[0]], nextByte: 8, restarted: true })
  })

  it('names the line of a malformed row, also when it started later', () => {
    write({ a: 1 })
    appendFileSync(path, '{"a":\n{"a":2}\n')
    const expected = expect.objectContaining({ code: 'store/bad-line', message: expect.stringContaining(`${path}:2:`) })
    expect(() => readJsonl(path)).toThrow(expected)
    expect(() => readJsonl(path, { fromByte: 8 })).toThrow(expected)
  })

  it.each(['3', 'null', '[]', ''])('refuses a line that is no object: %j', (line) => {
    writeFileSync(path, `${line}\n`)
    expect(() => readJsonl(path)).toThrow(expect.objectContaining({ code: 'store/bad-line' }))
  })
})

describe('JsonlWriter', () => {
  it('appends to what is there', () => {
    write(rows[0])
    write(rows[1])
    expect(readJsonl(path).rows).toEqual(rows.slice(0, 2))
  })

  it('leaves no torn line when the disk fills up in the middle of one, and can go on', () => {
    let space = 12
    const small: WriteFs = {
      ...realFs,
      writeSync(fd, data, offset, length) {
        if (space === 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
        const taken = Math.min(space, length)
        space -= taken
        return realFs.writeSync(fd, data, offset, taken)
      },
    }
    const writer = new JsonlWriter(path, small)
    writer.append({ a: 1 })
    expect(() => writer.append({ b: 2 })).toThrow(expect.objectContaining({ code: 'store/disk-full' }))
    expect(readFileSync(path, 'utf8')).toBe('{"a":1}\n')
    space = 100
    writer.append({ c: 3 })
    writer.close()
    expect(readJsonl(path).rows).toEqual([{ a: 1 }, { c: 3 }])
  })
})
