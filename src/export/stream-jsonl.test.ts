// Rows block by block are the rows of the whole file, wherever blocks and lines end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { streamJsonl } from './stream-jsonl.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'gradus-stream-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

const path = () => join(dir, 'rows.jsonl')
const rows = [{ a: 1 }, { text: 'größer → ∞ 🙂' }, { b: [1, 2], long: 'x'.repeat(50) }]
const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('')

describe('streamJsonl', () => {
  it('gives the same rows for every size of a block', () => {
    writeFileSync(path(), text)
    for (let size = 1; size <= 120; size++) expect([...streamJsonl(path(), size)], `blocks of ${size}`).toEqual(rows)
  })

  it('leaves out a last line that has no end yet, and reads nothing from a file that is not there', () => {
    writeFileSync(path(), `${text}{"c":3}`)
    expect([...streamJsonl(path(), 16)]).toEqual(rows)
    expect([...streamJsonl(join(dir, 'none.jsonl'))]).toEqual([])
  })

  it.each(['{"a":', 'null', '[]', ''])('names the line that is no object: %j', (line) => {
    writeFileSync(path(), `${text}${line}\n`)
    const expected = expect.objectContaining({
      code: 'store/bad-line',
      message: expect.stringContaining(`${path()}:4:`),
    })
    expect(() => [...streamJsonl(path(), 16)]).toThrow(expected)
  })

  it('stops at a line that never ends', () => {
    writeFileSync(path(), Buffer.alloc(66 << 20, 0x20))
    expect(() => [...streamJsonl(path())]).toThrow(expect.objectContaining({ code: 'store/bad-line' }))
  })
})
