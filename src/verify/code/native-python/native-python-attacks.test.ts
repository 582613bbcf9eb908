// Programs that mean harm in the jail around the system's Python. Where bubblewrap is not there or not allowed to work,
// what is tested is that nothing runs at all.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attackTests, cheats, exhaustions, honestProgram } from '../__fixtures__/python-attacks.ts'
import { codeVerdict } from '../code-verdict.ts'
import { treeUsage } from '../process/process-usage.ts'
import type { Work } from '../sandbox.ts'
import { verifyCode } from '../verify-code.ts'
import { findJailPrograms } from './bubblewrap.ts'
import { nativePythonSandbox } from './native-python-sandbox.ts'

const programs = findJailPrograms()
// Installed is not enough: a container may forbid the namespaces that it needs.
const hasJail =
  'python' in programs &&
  spawnSync(programs.bubblewrap, ['--ro-bind', '/', '/', '--unshare-all', programs.python, '-c', '']).status === 0

const sandbox = nativePythonSandbox()
const limits = { wallMs: 5000, cpuMs: 1000, memoryBytes: 64 * 2 ** 20, outputBytes: 100_000 }
// Asserts are judged by Pyodide alone.
const tests = attackTests.filter(({ kind }) => kind !== 'assert')
const script: Work = { kind: 'script', stdin: '' }
const options = { sandbox, form: 'program', limits } as const

let visits = 0
const server = createServer((_, response) => {
  visits++
  response.end('42')
})
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
afterAll(async () => {
  server.close()
  await sandbox.close()
})

async function attack(code: string): Promise<readonly string[]> {
  const report = await verifyCode(code, tests, options)
  expect(report.passed).toBe(0)
  const after = await verifyCode(honestProgram, tests, options)
  expect(after.reason).toBe('')
  expect(after.passed).toBe(tests.length)
  return report.cases.map(({ status }) => status)
}

const withoutJail = (): void => {
  it('runs nothing', async () => {
    const result = await sandbox.run({ code: 'print(1)', limits })
    expect(result).toMatchObject({ stdout: '', isOurs: true })
    expect(result.status).not.toBe('ok')
  })
}

const inJail = (): void => {
  it.each(exhaustions)('does not get far with %s', async (_, code) => {
    for (const status of await attack(code)) expect(['timeout', 'memory', 'crash']).toContain(status)
  })

  it.each(cheats)('gains nothing by %s', async (_, code) => {
    await attack(code)
  })

  it.each([
    ['a file of the host', 'print(open("/etc/passwd").read())'],
    ['a home', 'import os\nprint(os.listdir("/root"), os.listdir("/home"))'],
    ['a new file', 'open("/tmp/x", "w").write("x")'],
    ['a new file in its folder', 'open("/sandbox/x", "w").write("x")'],
    [
      'a mount',
      'import ctypes\nif ctypes.CDLL(None).mount(b"x", b"/usr", b"tmpfs", 0, None): raise OSError("refused")',
    ],
  ])('does not get at %s', async (_, code) => {
    expect(await attack(code)).toEqual(['crash', 'crash'])
  })

  it('does not get at the network', async () => {
    const { port } = server.address() as AddressInfo
    const code = `import socket\ns = socket.create_connection(("127.0.0.1", ${port}), 1)\ns.send(b"GET / HTTP/1.0\\r\\n\\r\\n")\nprint(s.recv(999))`
    expect(await sandbox.run({ code, limits })).toMatchObject({ status: 'crash', stdout: '' })
    expect(visits).toBe(0)
  })

  it('sees no other process and no environment', async () => {
    const code = `import os
print(sorted(os.environ))
print(len([name for name in os.listdir("/proc") if name.isdigit()]))`
    const { stdout, status } = await sandbox.run({ code, limits })
    expect(status).toBe('ok')
    const [environment, processes] = stdout.split('\n')
    expect(environment).not.toMatch(/PATH|USER|TOKEN|KEY/)
    expect(Number(processes)).toBeLessThan(5)
  })

  it('cannot have processes', async () => {
    const code = `import os, subprocess, multiprocessing
starts = [os.fork, os.forkpty, lambda: subprocess.run(["/usr/bin/true"]), lambda: os.execv("/usr/bin/true", ["true"]),
  lambda: os.posix_spawn("/usr/bin/true", ["true"], {}), lambda: multiprocessing.get_context("fork").Process(target=print).start()]
for start in starts:
    try: print(start())
    except PermissionError: print("no")`
    const { stdout } = await sandbox.run({ code, limits })
    expect(stdout).toBe('no\n'.repeat(6))
  })

  it('cannot have memory that no limit counts', async () => {
    const code = `import ctypes, os
c = ctypes.CDLL(None)
def file(path):
    with open(path, "wb") as f: return f.write(b"x" * 1_000_000)
for get in (lambda: file("/dev/shm/x"), lambda: file("/dev/x"), lambda: os.memfd_create("x"), lambda: c.shmget(0, 1 << 20, 0o1600)):
    try: print(get())
    except OSError: print(-1)
print(open("/dev/null", "w").write("x"))`
    const { stdout } = await sandbox.run({ code, limits })
    expect(stdout).toBe('-1\n-1\n-1\n-1\n1\n')
  })

  it('leaves nothing for the next test of a program', async () => {
    const code = `import os, threading, time
def work():
    while True: pass
threading.Thread(target=work, daemon=True).start()
print(os.listdir("/dev/shm"), len([name for name in os.listdir("/proc") if name.isdigit()]))`
    const results = await sandbox.runAll(code, [script, script], { limits })
    expect(results.map(({ stdout }) => stdout)).toEqual(['[] 3\n', '[] 3\n'])
  })

  it.each([
    ['sleeping', 'import time\ntime.sleep(60)'],
    [
      'sleeping in many threads',
      'import threading, time\nfor t in [threading.Thread(target=time.sleep, args=(60,)) for i in range(8)]: t.start()\nt.join()',
    ],
    ['stopping itself', 'import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)'],
    ['stopping who waits for it', 'import os, signal\nos.kill(os.getppid(), signal.SIGSTOP)'],
    ['stopping all', 'import os, signal\nos.kill(-1, signal.SIGSTOP)'],
    [
      'a forged reply',
      'import os\nfor d in range(3, 64):\n  try: os.write(d, b\'{"status":"timeout","limit":"wall"}\')\n  except OSError: pass\nos._exit(0)',
    ],
  ])('does not buy an open verdict by %s', async (_, code) => {
    const short = { ...limits, wallMs: 700, cpuMs: 300 }
    const report = await verifyCode(code, tests.slice(0, 1), { ...options, limits: short })
    expect(codeVerdict(report).kind).toBe('wrong')
  })

  it('leaves no process behind', async () => {
    const others = jailsBelow(process.pid)
    const closing = nativePythonSandbox()
    const running = closing.run({ code: 'while True: pass', limits })
    const ours = (): number => jailsBelow(process.pid).filter((pid) => !others.includes(pid)).length
    await expect.poll(ours, { timeout: 5000 }).toBeGreaterThan(0)
    await closing.close()
    expect(await running).toMatchObject({ status: 'refused', isOurs: true })
    await expect.poll(ours, { timeout: 5000 }).toBe(0)
  })
}

/** Processes below one that run our Python. */
function jailsBelow(pid: number): readonly number[] {
  const { pids } = treeUsage(pid) ?? { pids: [] }
  return pids.filter((one) => {
    try {
      return readFileSync(`/proc/${one}/cmdline`, 'utf8').includes('native-main.py')
    } catch {
      return false
    }
  })
}

describe('the jailed Python', { tags: ['slow'] }, hasJail ? inJail : withoutJail)
