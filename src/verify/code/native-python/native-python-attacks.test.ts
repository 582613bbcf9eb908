// Programs that mean harm in the jail around the system's Python. Where bubblewrap is not there or not allowed to work,
// what is tested is that nothing runs at all.
import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attackTests, cheats, exhaustions, honestProgram } from '../__fixtures__/python-attacks.ts'
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

  it('cannot have many processes', async () => {
    const code = `import os, time
count = 0
try:
    while count < 500:
        if os.fork() == 0:
            time.sleep(2)
            os._exit(0)
        count += 1
except OSError: pass
print(count)`
    const { stdout } = await sandbox.run({ code, limits })
    expect(stdout).toMatch(/^\d+\n$/)
    expect(Number(stdout)).toBeLessThan(40)
  })

  it('leaves no process behind', async () => {
    await sandbox.run({ code: 'import os, time\nif os.fork() == 0:\n  os.setsid()\n  time.sleep(1234)', limits })
    const { stdout } = spawnSync('ps', ['ax', '-o', 'args'], { encoding: 'utf8' })
    const ours = stdout.split('\n').filter((line) => line.includes('native-main.py') && !line.includes('vitest'))
    // One jail may wait for the next program.
    expect(ours.length).toBeLessThan(4)
  })
}

describe('the jailed Python', { tags: ['slow'] }, hasJail ? inJail : withoutJail)
