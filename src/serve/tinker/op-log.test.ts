import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Op, OpLog } from './op-log.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'op-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const keep = { answers: 3, bytes: 1000 }
const op = (seq: number, body = 'body'): Op => ({
  seq,
  kind: 'forward_backward',
  hash: `hash-${seq}`,
  form: 'json',
  body: new TextEncoder().encode(body),
})
const done = (seq: number, text = '') => ({
  hash: `hash-${seq}`,
  outcome: { kind: 'json' as const, value: { seq, text } },
})
const reopened = (): OpLog => new OpLog(folder, keep)

describe('OpLog', () => {
  it('gives back what was accepted, with bodies that hold any bytes', () => {
    const body = Uint8Array.of(10, 0, 255, 10, 10)
    reopened().accept({ ...op(2), form: 'proto', body })
    reopened().accept(op(1))
    const [first, second] = reopened().accepted()
    expect([first.seq, second.seq, second.form, second.hash]).toEqual([1, 2, 'proto', 'hash-2'])
    expect([...second.body]).toEqual([...body])
  })

  it('keeps the body of a request whose gradient is not in the weights yet', () => {
    const log = reopened()
    for (const seq of [1, 2, 3]) log.accept(op(seq))
    log.finish(1, done(1), { replay: true })
    log.finish(2, done(2), { replay: false })
    expect(
      reopened()
        .accepted()
        .map(({ seq }) => seq),
    ).toEqual([1, 3])
    log.settle(1)
    expect(
      reopened()
        .accepted()
        .map(({ seq }) => seq),
    ).toEqual([3])
    expect(reopened().last).toBe(2)
  })

  it('keeps the newest answers by count', () => {
    const log = reopened()
    for (const seq of [1, 2, 3, 4, 5]) log.finish(seq, done(seq), { replay: false })
    for (const one of [log, reopened()]) {
      expect([1, 2, 3, 4, 5].map((seq) => one.isDone(seq))).toEqual([false, false, true, true, true])
      expect(one.done(4)).toEqual(done(4))
      expect(() => one.done(2)).toThrow('no longer kept')
      expect(one.last).toBe(5)
    }
    expect(readdirSync(join(folder, 'done'))).toHaveLength(3)
  })

  it('keeps the newest answers by size, the last one always', () => {
    const log = reopened()
    log.finish(1, done(1, 'x'.repeat(500)), { replay: false })
    log.finish(2, done(2, 'x'.repeat(600)), { replay: false })
    expect([log.isDone(1), log.isDone(2)]).toEqual([false, true])
    log.finish(3, done(3, 'x'.repeat(5000)), { replay: false })
    expect([log.isDone(2), log.isDone(3)]).toEqual([false, true])
  })

  it('passes over what an interrupted write or a power cut left', () => {
    reopened().accept(op(1))
    writeFileSync(join(folder, 'accepted', '000000000002.partial'), 'half')
    writeFileSync(join(folder, 'accepted', '000000000003'), '')
    writeFileSync(join(folder, 'done', '000000000001.json'), '')
    expect(
      reopened()
        .accepted()
        .map(({ seq }) => seq),
    ).toEqual([1])
    expect(reopened().last).toBe(0)
  })
})
