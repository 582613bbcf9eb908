// The log of an offline run, read back by a reader of its own, for records of every size around the end of a block.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { all, inner, textOf } from '../__fixtures__/read-protobuf.ts'
import { writeSmallRun } from '../__fixtures__/small-run.ts'
import { exportRun } from '../export-run.ts'
import { TransactionLog } from './transaction-log.ts'

function readLog(file: Buffer): Uint8Array[] {
  expect(file.subarray(0, 7).toString('hex')).toBe('3a572642e1be00')
  const records: Uint8Array[] = []
  let parts: Uint8Array[] = []
  for (let at = 7; at < file.length; ) {
    const room = 32768 - (at % 32768)
    if (room < 7) {
      expect(file.subarray(at, at + room).every((byte) => byte === 0)).toBe(true)
      at += room
      continue
    }
    const size = file.readUInt16LE(at + 4)
    const kind = file[at + 6]
    expect(size + 7).toBeLessThanOrEqual(room)
    expect(file.readUInt32LE(at)).toBe(crc32(file.subarray(at + 6, at + 7 + size)))
    expect([1, 2].includes(kind)).toBe(parts.length === 0)
    parts.push(file.subarray(at + 7, at + 7 + size))
    if (kind === 1 || kind === 4) {
      records.push(Buffer.concat(parts))
      parts = []
    }
    at += size + 7
  }
  expect(parts).toEqual([])
  return records
}

describe('TransactionLog', () => {
  it('begins a record in the last seven bytes of a block, with nothing in its first chunk', () => {
    const log = new TransactionLog()
    const records = [Buffer.alloc(32768 - 7 - 7 - 7, 1), Buffer.from('ab'), Buffer.alloc(0)]
    const file = Buffer.concat([log.head(), ...records.map((each) => log.record(each))])
    expect([...file.subarray(32765, 32768), ...file.subarray(32772, 32777)]).toEqual([0, 0, 2, 2, 0, 4, 0x61, 0x62])
    expect(readLog(file).map((record) => record.length)).toEqual([32747, 2, 0])
  })

  it('gives back records of every size, also those that end near the end of a block', () => {
    const size = fc.oneof(fc.nat(50), fc.integer({ min: 32740, max: 32775 }), fc.nat(100_000))
    fc.assert(
      fc.property(fc.array(size, { maxLength: 8 }), (sizes) => {
        const log = new TransactionLog()
        const data = sizes.map((length, i) => Buffer.alloc(length, i + 1))
        const file = Buffer.concat([log.head(), ...data.map((each) => log.record(each))])
        expect(readLog(file).map((record) => Buffer.compare(record, data.shift()!))).toEqual(sizes.map(() => 0))
      }),
      { numRuns: 30 },
    )
  })
})

describe('a run', () => {
  let dir: string
  let records: Uint8Array[]
  let place: string
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'gradus-wandb-'))
    const { folder, files } = await exportRun(writeSmallRun(join(dir, 'run')), { to: 'wandb', out: join(dir, 'out') })
    const log = files.find(({ name }) => name.endsWith('.wandb'))!
    place = `${folder.split('/').at(-1)}/${log.name}`
    records = readLog(readFileSync(join(folder, log.name)))
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  const items = (message: Uint8Array) =>
    Object.fromEntries(
      (all(message, 1) as Uint8Array[]).map((item) => [textOf(inner(item, 2)), textOf(inner(item, 16))]),
    )

  it('lies where wandb sync looks for it', () => {
    expect(place).toMatch(/^offline-run-20260101_000000-([0-9a-z]{8})\/run-\1\.wandb$/)
  })

  it('numbers its records and begins with who wrote it', () => {
    expect(records.map((record) => all(record, 1)[0])).toEqual(records.map((_, i) => BigInt(i + 1)))
    expect(textOf(inner(records[0], 21, 1, 1))).toBe('gradus')
  })

  it('has name, project, start and configuration as JSON', () => {
    const run = inner(records[1], 17)
    expect(textOf(inner(run, 3))).toBe('gradus')
    expect(textOf(inner(run, 8))).toBe('small_run')
    expect((all(run, 10) as Uint8Array[]).map(textOf)).toEqual(['grpo', 'sums'])
    expect(all(inner(run, 17), 1)).toEqual([1767225600n])
    const config = (all(inner(run, 4), 1) as Uint8Array[]).map((item) => [
      textOf(inner(item, 1)),
      textOf(inner(item, 16)),
    ])
    expect(config.slice(0, 3)).toEqual([
      ['recipe', '"grpo"'],
      ['lr', '0.1'],
      ['shape', '{"kind":"flat\\nline"}'],
    ])
  })

  it('has a history of JSON numbers and NaN, its last values as summary, and its end', () => {
    expect(items(inner(records[3], 2))).toEqual({
      time_s: '1.5',
      tokens: '40',
      'reward/mean': '0.1',
      'loss/total': 'NaN',
      'tokens/seen': '40',
      _timestamp: '1767225601.5',
      _runtime: '1.5',
      _step: '1',
    })
    expect(all(inner(records[3], 2, 2), 1)).toEqual([1n])
    expect(items(inner(records[4], 3))).toMatchObject({ 'eval/sums/pass@1': '0.25', tokens: '40', _step: '1' })
    expect(all(inner(records[5], 18), 1)).toEqual([0n])
    expect(all(inner(records[5], 18), 2)).toEqual([2n])
    expect(records).toHaveLength(6)
  })
})
