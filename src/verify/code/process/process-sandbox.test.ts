// What a sandbox makes of its processes' words and ends: closing, forks of sessions, reasons, and who may speak of time.
// Its processes are scripted children, in which "programs" are lines of our own.
import { afterEach, describe, expect, it } from 'vitest'
import type { Work } from '../sandbox.ts'
import { scriptedChild } from './__fixtures__/scripted-child.ts'
import { ProcessSandbox } from './process-sandbox.ts'
import type { SandboxProcess } from './sandbox-process.ts'

const started: SandboxProcess[] = []
const sandboxes: ProcessSandbox[] = []

/** Children that answer as `reply` (an expression over `request`) says; a session keeps `x`. */
function sandboxOf(reply: string, options: { isReusable?: boolean; size?: number; startMs?: number } = {}) {
  const made = new ProcessSandbox({
    id: 'scripted',
    language: 'javascript',
    start: async () => {
      if (options.startMs !== undefined) await new Promise((resolve) => setTimeout(resolve, options.startMs))
      const one = await scriptedChild(`
        const ok = { status: 'ok', reason: '', stdout: '', stderr: '', ms: 1 }
        const reply = request.op === 'program' ? ok : ${reply}
        send(JSON.stringify({ token: request.token, ...reply }))`)
      started.push(one)
      return one
    },
    isReusable: options.isReusable ?? false,
    size: options.size ?? 1,
    spares: 0,
    graceMs: 0,
    slackBytes: 2 ** 30,
  })
  sandboxes.push(made)
  return made
}

const script: Work = { kind: 'script', stdin: '' }
const closed = { status: 'refused', reason: 'the sandbox is closed', isOurs: true }

afterEach(async () => {
  for (const one of sandboxes.splice(0)) await one.close()
  started.length = 0
})

describe('closing a sandbox', () => {
  it('ends processes at work at once, and calls that not the fault of their programs', async () => {
    const sandbox = sandboxOf('(() => { for (;;); })()')
    const running = sandbox.runAll('', [script, script])
    await expect.poll(() => started[0]?.isAlive).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await sandbox.close()
    expect(started[0].isAlive).toBe(false)
    expect(await running).toMatchObject([closed, closed])
  })

  it('turns away who waits for a place, and starts nothing more', async () => {
    const sandbox = sandboxOf('(() => { for (;;); })()')
    const first = sandbox.run({ code: '' })
    const second = sandbox.run({ code: '' })
    await expect.poll(() => started[0]?.isAlive).toBe(true)
    await sandbox.close()
    expect(await first).toMatchObject(closed)
    expect(await second).toMatchObject(closed)
    expect(await sandbox.run({ code: '' })).toMatchObject(closed)
    expect(started).toHaveLength(1)
  })

  it('waits for what is just starting and ends it', async () => {
    const sandbox = sandboxOf('ok', { startMs: 100 })
    const running = sandbox.run({ code: '' })
    const session = sandbox.openSession()
    const refused = expect(session).rejects.toMatchObject({ code: 'sandbox/closed' })
    await new Promise((resolve) => setTimeout(resolve, 20))
    await sandbox.close()
    expect(await running).toMatchObject(closed)
    await refused
    expect(started.map(({ isAlive }) => isAlive)).toEqual([false, false])
  })
})

describe('a fork of a session', () => {
  it('has the state at the call, also when the session runs on while the fork replays', async () => {
    const sandbox = sandboxOf(
      '(globalThis.x = /^\\d+$/.test(request.code) ? request.code : globalThis.x, { ...ok, shown: globalThis.x })',
      { size: 2 },
    )
    const session = await sandbox.openSession()
    const before = session.run('1')
    const fork = session.fork()
    await before
    const after = Promise.all([session.run('2'), session.run('3')])
    const copy = await fork
    await after
    expect((await copy.run('x')).value).toBe('1')
    expect((await session.run('x')).value).toBe('3')
  })
})

describe('what a process says', () => {
  it('is cut and cannot steer a terminal', async () => {
    const sandbox = sandboxOf(`{ ...ok, status: 'crash', reason: '\\x1b[2J' + 'y'.repeat(1e6), stderr: '\\x1b[31mz' }`)
    const { reason, stderr } = await sandbox.run({ code: '' })
    expect(reason).toMatch(/^\\x1b\[2Jy+\.\.\.$/)
    expect(reason.length).toBeLessThan(1100)
    expect(stderr).toBe('\x1b[31mz')
    const session = await sandbox.openSession()
    const { error } = await session.run('')
    expect(error).toMatch(/^\\x1b\[31mz\\x1b\[2Jy+\.\.\.$/)
  })

  it('of time counts only where no program can speak in its place', async () => {
    const timeout = `{ ...ok, status: 'timeout', limit: 'wall', reason: 'x', ms: -1e9, cpuMs: 1e9, waitedMs: 1e9 }`
    const doubtful = await sandboxOf(timeout).run({ code: '' })
    expect(doubtful).toMatchObject({ status: 'crash' })
    expect(doubtful).not.toHaveProperty('limit')
    expect(doubtful.ms).toBeGreaterThan(0)
    const trusted = await sandboxOf(timeout, { isReusable: true }).run({ code: '' })
    expect(trusted).toMatchObject({ status: 'timeout' })
    // The host's measurements: nobody waited.
    expect(trusted.waitedMs ?? 0).toBeLessThan(1e6)
    expect(trusted.ms).toBeGreaterThan(0)
  })

  it.skipIf(process.platform !== 'linux')('by silence is the fault of its program when it slept', async () => {
    const sandbox = sandboxOf('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)')
    const result = await sandbox.run({ code: '', limits: { wallMs: 300 } })
    expect(result).toMatchObject({ status: 'timeout', limit: 'cpu' })
    expect(result.cpuMs).toBeLessThan(100)
  })
})
