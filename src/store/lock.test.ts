// One writer at a time; the dead do not count.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isLocked, lockName, lockRun } from './lock.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gradus-lock-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

function lockBy(holder: unknown): void {
  writeFileSync(join(dir, lockName), JSON.stringify(holder))
}

describe('lockRun', () => {
  it('keeps a second writer out until it is released', () => {
    const unlock = lockRun(dir)
    expect(isLocked(dir)).toBe(true)
    expect(() => lockRun(dir)).toThrow(
      expect.objectContaining({ code: 'store/locked', message: expect.stringContaining(`process ${process.pid}`) }),
    )
    unlock()
    expect(isLocked(dir)).toBe(false)
    lockRun(dir)()
    expect(readdirSync(dir)).toEqual([])
  })

  it('respects another process that lives', () => {
    lockBy({ pid: process.ppid, host: hostname(), startedMs: 0 })
    expect(() => lockRun(dir)).toThrow(expect.objectContaining({ code: 'store/locked' }))
    expect(existsSync(join(dir, lockName))).toBe(true)
  })

  it('takes over from a process that is gone', () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    lockBy({ pid, host: hostname(), startedMs: 0 })
    expect(isLocked(dir)).toBe(false)
    lockRun(dir)()
  })

  it('takes over from an earlier process with the same pid, as restarted containers have', () => {
    lockBy({ pid: process.pid, host: hostname(), startedMs: performance.timeOrigin - 1000 })
    lockRun(dir)()
  })

  it('takes over a lock that cannot be read', () => {
    writeFileSync(join(dir, lockName), '')
    lockRun(dir)()
  })

  it('never judges a process of another host', () => {
    lockBy({ pid: 1, host: `${hostname()}-other`, startedMs: 0 })
    expect(() => lockRun(dir)).toThrow(
      expect.objectContaining({ code: 'store/locked', hint: expect.stringContaining(lockName) }),
    )
  })
})
