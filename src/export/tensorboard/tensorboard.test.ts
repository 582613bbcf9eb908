// An event file byte by byte, and read back by a reader that knows neither our code nor a schema.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { all, inner, textOf } from '../__fixtures__/read-protobuf.ts'
import { writeSmallRun } from '../__fixtures__/small-run.ts'
import { maskedCrc32c } from '../bytes/crc32c.ts'
import { exportRun } from '../export-run.ts'
import { scalar, summaryEvent, versionEvent } from './events.ts'
import { block, spread } from './sample-text.ts'
import { tfRecord } from './tfrecord.ts'

let dir: string
let records: Uint8Array[]
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gradus-tensorboard-'))
  const { folder, files } = await exportRun(writeSmallRun(join(dir, 'run')), {
    to: 'tensorboard',
    out: join(dir, 'out'),
  })
  expect(files[0].name).toBe('events.out.tfevents.1767225600.gradus')
  records = readRecords(readFileSync(join(folder, files[0].name)))
})
afterAll(() => rmSync(dir, { recursive: true }))

function readRecords(file: Buffer): Uint8Array[] {
  const found: Uint8Array[] = []
  for (let at = 0; at < file.length; ) {
    const size = Number(file.readBigUInt64LE(at))
    expect(file.readUInt32LE(at + 8)).toBe(maskedCrc32c(file.subarray(at, at + 8)))
    const data = file.subarray(at + 12, at + 12 + size)
    expect(file.readUInt32LE(at + 12 + size)).toBe(maskedCrc32c(data))
    found.push(data)
    at += size + 16
  }
  return found
}

const values = () =>
  records.flatMap((event) =>
    all(event, 5).flatMap((summary) =>
      (all(summary as Uint8Array, 1) as Uint8Array[]).map((value) => ({
        at: all(event, 1)[0],
        step: Number(all(event, 2)[0] ?? 0),
        tag: textOf(inner(value, 1)),
        number: all(value, 2)[0],
        value,
      })),
    ),
  )

describe('the bytes', () => {
  it('are a framed message of the version', () => {
    // 08: length; 09: wall time 0 as double; 1a: file version.
    const event = Buffer.concat([Buffer.from('090000000000000000', 'hex'), Buffer.from('\x1a\x0dbrain.Event:2')])
    expect(Buffer.from(versionEvent(0)).toString('hex')).toBe(event.toString('hex'))
    // The first twelve bytes of every event file that TensorFlow writes.
    expect(Buffer.from(tfRecord(event)).toString('hex', 0, 12)).toBe('1800000000000000a37f4b22')
  })

  it('are a time, a step and a summary with a tag and a float', () => {
    const event = Buffer.from(summaryEvent(1500, 3, [scalar('a', 0.5)])).toString('hex')
    expect(event).toBe('09000000000000f83f' + '1003' + '2a0a' + '0a08' + '0a0161' + '150000003f')
  })
})

describe('a run', () => {
  it('has every metric as a float at its step and time, and NaN for null', () => {
    const scalars = values().filter(({ number }) => number !== undefined)
    expect(scalars.map(({ at, step, tag, number }) => [at, step, tag, number])).toEqual([
      [1767225600, 0, 'time_s', 0],
      [1767225600, 0, 'tokens', 0],
      [1767225600, 0, 'eval/sums/pass@1', 0.25],
      [1767225601.5, 1, 'time_s', 1.5],
      [1767225601.5, 1, 'tokens', 40],
      [1767225601.5, 1, 'reward/mean', Math.fround(0.1)],
      [1767225601.5, 1, 'loss/total', Number.NaN],
      [1767225601.5, 1, 'tokens/seen', 40],
    ])
  })

  it('has its configuration as hyper-parameters, and says how it ended', () => {
    const start = values().find(({ tag }) => tag === '_hparams_/session_start_info')
    expect(textOf(inner(start!.value, 9, 1, 1))).toBe('hparams')
    const session = inner(start!.value, 9, 1, 2, 3)
    const entries = (all(session, 1) as Uint8Array[]).map(
      (entry) => [textOf(inner(entry, 1)), inner(entry, 2)] as const,
    )
    expect(entries.map(([name]) => name)).toEqual(['recipe', 'task', 'k', 'lr', 'shape.kind'])
    expect(all(entries[3][1], 2)).toEqual([0.1])
    const end = values().find(({ tag }) => tag === '_hparams_/session_end_info')
    expect(all(inner(end!.value, 9, 1, 2, 4), 1)).toEqual([1n])
  })

  it('shows samples as indented text, where markdown means nothing', () => {
    const texts = values().filter(({ tag }) => ['rollouts', 'eval/sums/samples'].includes(tag))
    expect(texts.map(({ tag, step }) => [tag, step])).toEqual([
      ['rollouts', 1],
      ['eval/sums/samples', 0],
    ])
    expect(textOf(inner(texts[0].value, 9, 1, 1))).toBe('text')
    expect(textOf(inner(texts[0].value, 8, 8))).toContain('\n    # not a heading \ufffd')
  })
})

describe('what is shown', () => {
  it('is cut, and every line of it is indented', () => {
    expect(block('a\r\nb\u2028c\rd')).toBe('    a\n    b\n    c\n    d')
    expect(block('x'.repeat(5), 3)).toBe('    xxx ... (5 characters)')
    expect(block(undefined)).toBe('    ')
  })

  it('is spread over a run, with its first and last', () => {
    expect(spread([1, 2, 3, 4, 5, 6, 7, 8, 9], 3)).toEqual([1, 5, 9])
    expect(spread([1, 2], 3)).toEqual([1, 2])
  })
})
