// The host's side of the channel, against children that misbehave. They are Node one-liners of our own.
import { afterEach, describe, expect, it } from 'vitest'
import { scriptedChild } from './__fixtures__/scripted-child.ts'
import { SandboxProcess } from './sandbox-process.ts'

const limits = { wallMs: 3000, cpuMs: 3000, memoryBytes: 2 ** 30, replyLength: 1000 }
const started: SandboxProcess[] = []

async function child(onRequest: string): Promise<SandboxProcess> {
  const made = await scriptedChild(onRequest)
  started.push(made)
  return made
}

afterEach(() => {
  for (const one of started.splice(0)) one.kill()
})

describe('SandboxProcess', () => {
  it('answers request after request with replies that carry the token of their run', async () => {
    const one = await child('send(JSON.stringify({ token: request.token, double: 2 * request.n }))')
    expect(await one.request({ n: 4 }, limits)).toMatchObject({ kind: 'reply', body: { double: 8 } })
    expect(await one.request({ n: 5 }, limits)).toMatchObject({ kind: 'reply', body: { double: 10 } })
    expect(one.served).toBe(2)
  })

  it('takes a reply without the token, with the token of an earlier run, or misplaced for a forgery', async () => {
    const forged = { kind: 'dead', death: 'forged' }
    const none = await child(`send('{"status":"ok"}')`)
    expect(await none.request({}, limits)).toMatchObject(forged)
    expect(none.isAlive).toBe(false)
    const old = await child('globalThis.first ??= request.token; send(JSON.stringify({ token: first, status: "ok" }))')
    expect(await old.request({}, limits)).toMatchObject({ kind: 'reply' })
    expect(await old.request({}, limits)).toMatchObject(forged)
    const late = await child('send(JSON.stringify({ status: "ok", token: request.token }))')
    expect(await late.request({}, limits)).toMatchObject(forged)
  })

  it('takes a second reply for a forgery', async () => {
    const one = await child('send(JSON.stringify({ token: request.token, a: 1 }) + "\\n" + "{}")')
    expect(await one.request({}, limits)).toMatchObject({ kind: 'dead', death: 'forged' })
  })

  it('kills a child that computes, sleeps, floods, grows or ends', async () => {
    const busy = await child('for (;;);')
    expect(await busy.request({}, { ...limits, cpuMs: 100 })).toMatchObject({ kind: 'dead', death: 'cpu' })
    const idle = await child('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)')
    expect(await idle.request({}, { ...limits, wallMs: 50 })).toMatchObject({ kind: 'dead', death: 'wall' })
    const loud = await child('for (;;) fs.writeSync(4, "x".repeat(1000))')
    expect(await loud.request({}, limits)).toMatchObject({ kind: 'dead', death: 'flood' })
    const big = await child('const kept = []; for (;;) kept.push(Buffer.alloc(1e7, 1))')
    expect(await big.request({}, { ...limits, memoryBytes: 1e8 })).toMatchObject({ kind: 'dead', death: 'memory' })
    const gone = await child('process.exit(0)')
    expect(await gone.request({}, limits)).toMatchObject({ kind: 'dead', death: 'exit' })
    expect(await gone.request({}, limits)).toMatchObject({ kind: 'dead', death: 'exit' })
  })

  it.skipIf(process.platform !== 'linux')('counts time and memory of everything below the child', async () => {
    const start = (code: string) =>
      `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(code)}], { detached: true })
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)`
    const busy = await child(start('for (;;);'))
    expect(await busy.request({}, { ...limits, cpuMs: 150 })).toMatchObject({ kind: 'dead', death: 'cpu' })
    const big = await child(start('globalThis.a = Buffer.alloc(3e8, 1); setInterval(() => {}, 1000)'))
    expect(await big.request({}, { ...limits, memoryBytes: 2e8 })).toMatchObject({ kind: 'dead', death: 'memory' })
  })

  it.skipIf(process.platform !== 'linux')('says what a child used that ran out of real time', async () => {
    const idle = await child('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)')
    const { used } = await idle.request({}, { ...limits, wallMs: 300 })
    expect(used.ms).toBeGreaterThanOrEqual(299)
    expect(used.cpuMs).toBeLessThan(100)
  })

  it('reads a reply that lay in the pipe while the host itself was busy', async () => {
    const one = await child('send(JSON.stringify({ token: request.token, text: "x".repeat(300000) }))')
    const reply = one.request({}, { ...limits, replyLength: 1e6, wallMs: 200 })
    await new Promise((resolve) => setImmediate(resolve))
    for (const begun = performance.now(); performance.now() - begun < 600; );
    expect(await reply).toMatchObject({ kind: 'reply' })
  })

  it('ends a request at once when its process is killed', async () => {
    const one = await child('for (;;);')
    const reply = one.request({}, limits)
    one.kill()
    expect(await reply).toMatchObject({ kind: 'dead', death: 'exit' })
  })

  it('kills the children of its child', async () => {
    const parent = await child(`
      const start = (options) =>
        require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], options).pid
      const pids = [start({}), process.platform === 'linux' ? start({ detached: true }) : start({})]
      send(JSON.stringify({ token: request.token, pids }))`)
    const reply = await parent.request({}, limits)
    const pids = reply.kind === 'reply' ? (reply.body.pids as number[]) : []
    expect(pids.map(isRunning)).toEqual([true, true])
    parent.kill()
    await expect.poll(() => pids.some(isRunning), { timeout: 3000 }).toBe(false)
  })

  it('stops waiting when it is aborted', async () => {
    const one = await child('for (;;);')
    const abort = new AbortController()
    const reply = one.request({}, { ...limits, signal: abort.signal })
    abort.abort()
    expect(await reply).toMatchObject({ kind: 'dead', death: 'aborted' })
  })

  it('says why a command does not start', async () => {
    const command = { file: process.execPath, args: ['-e', 'throw new Error("no such luck")'] }
    await expect(SandboxProcess.start(command, 10_000)).rejects.toMatchObject({
      code: 'sandbox/no-start',
      message: expect.stringContaining('no such luck'),
    })
  })
})

/** A process that is dead but not yet waited for by its new parent still has an entry. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return processState(pid) !== 'Z'
  } catch {
    return false
  }
}

function processState(pid: number): string {
  const { readFileSync } = process.getBuiltinModule('node:fs')
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2)[0]
  } catch {
    return ''
  }
}
