// DuckDB gets whole lines: of a torn file, of one that grows, and of one larger than a block.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type LineHazards, wholeLines } from './whole-lines.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gradus-whole-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

let copies = 0
const lines = (text: string, hazards: LineHazards = {}) => {
  writeFileSync(join(dir, 'log'), text)
  const [path, ...more] = wholeLines(join(dir, 'log'), dir, `copy${copies++}`, hazards)
  expect(more).toEqual([])
  return path === undefined
    ? undefined
    : ([path.slice(dir.length + 1).replace(/\d/g, ''), readFileSync(path, 'utf8')] as const)
}

it('reads a whole file where it lies', () => {
  expect(lines('a\nb\n')).toEqual(['log', 'a\nb\n'])
})

it('copies the whole lines of a torn file', () => {
  expect(lines('a\nb\nhal')).toEqual(['copy', 'a\nb\n'])
})

it('copies a file that grows, so that it ends where it was looked at', () => {
  expect(lines('a\n', { isGrowing: true })).toEqual(['copy', 'a\n'])
})

it('finds the last end of a line far from the end of the file', () => {
  const whole = `${'x'.repeat(1_500_000)}\n`
  expect(lines(`${whole}${'y'.repeat(2_500_000)}`)).toEqual(['copy', whole])
})

it('has nothing of a file without a line, and of none', () => {
  expect(lines('half')).toBeUndefined()
  expect(lines('')).toBeUndefined()
  expect(wholeLines(join(dir, 'none'), dir, 'copy')).toEqual([])
})

it('repairs halves of characters, and nothing else, also across blocks', () => {
  const repaired = (text: string) => lines(`${text}\n`, { repair: true })?.[1]
  expect(repaired(String.raw`"\ud800 \uDC00x"`)).toBe('"\\ufffd \\ufffdx"\n')
  for (const same of [String.raw`"\ud83d\ude00"`, String.raw`"\\ud800"`, '"größe 🙂"', String.raw`"\u00e9\n\\"`]) {
    expect(repaired(same)).toBe(`${same}\n`)
  }
  const row = `${JSON.stringify(`${'ü'.repeat(20)}\ud800`)}\n`
  const long = row.repeat(60_000)
  expect(lines(long, { repair: true })?.[1]).toBe(row.replace('\\ud800', '\\ufffd').repeat(60_000))
})
