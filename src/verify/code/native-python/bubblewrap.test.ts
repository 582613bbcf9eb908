// The jail's command line, and what happens without one. What the jail holds back: native-python-attacks.test.ts.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { SandboxProcess } from '../process/sandbox-process.ts'
import { bubblewrapCommand, findJailPrograms } from './bubblewrap.ts'
import { nativePythonSandbox } from './native-python-sandbox.ts'

const programs = {
  bubblewrap: '/usr/bin/bwrap',
  prlimit: '/usr/bin/prlimit',
  setpriv: '/usr/bin/setpriv',
  python: '/usr/bin/python3',
}
const python = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' })

describe('the jail', () => {
  it('names what is missing', () => {
    expect(findJailPrograms(() => true)).toEqual(programs)
    expect(findJailPrograms(() => false)).toEqual(['bubblewrap', 'prlimit', 'setpriv', 'python'])
    expect(findJailPrograms((path) => path.includes('python'))).toEqual(['bubblewrap', 'prlimit', 'setpriv'])
  })

  it('shares no namespace, no environment and no writable file', () => {
    const { file, args } = bubblewrapCommand(programs, '/jail', 2 ** 28, false)
    expect(file).toBe('/usr/bin/bwrap')
    for (const flag of ['--unshare-all', '--die-with-parent', '--new-session', '--clearenv', '--remount-ro']) {
      expect(args).toContain(flag)
    }
    for (const flag of ['--bind', '--dev-bind', '--share-net', '/etc', '/home', '/tmp'])
      expect(args).not.toContain(flag)
    expect(args).toContain('--as=536870912')
    expect(args.at(-1)).toBe('/sandbox/native-main.py')
  })

  it('is entered by another user than root, whom no limit on processes holds', () => {
    const { file, args } = bubblewrapCommand(programs, '/jail', 2 ** 28, true)
    expect(file).toBe('/usr/bin/setpriv')
    expect(args.slice(0, 4)).toEqual(['--reuid=65534', '--regid=65534', '--clear-groups', '/usr/bin/bwrap'])
  })

  it('is needed: without it every run is refused with a hint', async () => {
    const sandbox = nativePythonSandbox({ findPrograms: () => ['bubblewrap'] })
    const result = await sandbox.run({ code: 'print(1)' })
    expect(result).toMatchObject({ status: 'refused', stdout: '', isOurs: true })
    expect(result.reason).toMatch(/not installed: .*bubblewrap.*Install bubblewrap/)
    await expect(sandbox.openSession()).rejects.toMatchObject({ code: 'sandbox/no-jail' })
    await sandbox.close()
  })
})

// The jailed process itself, outside of the jail and with programs of our own.
describe.skipIf(python.status !== 0)('native-main.py', () => {
  const main = fileURLToPath(new URL('native-main.py', import.meta.url))
  const limits = { wallMs: 5000, cpuMs: 1000, memoryBytes: 2 ** 28, outputBytes: 1000 }
  const request = { wallMs: 10_000, cpuMs: 10_000, memoryBytes: 2 ** 30, replyLength: 1 << 20 }

  it('speaks the protocol of the sandbox, each piece of work in a fork', async () => {
    const one = await SandboxProcess.start({ file: python.stdout.trim(), args: ['-I', '-B', '-S', main] }, 10_000)
    const ask = async (body: object) => {
      const reply = await one.request({ limits, ...body }, request)
      return reply.kind === 'reply' ? reply.body : reply
    }
    const script = (stdin: string) => ask({ op: 'case', work: { kind: 'script', stdin } })
    await ask({ op: 'program', code: 'n = int(input())\nprint(n * 2)' })
    expect(await script('21\n')).toMatchObject({ status: 'ok', stdout: '42\n' })
    expect(await script('x')).toMatchObject({ status: 'crash', reason: expect.stringContaining('ValueError') })
    await ask({ op: 'program', code: 'while True: pass' })
    expect(await script('')).toMatchObject({ status: 'timeout', limit: 'cpu' })
    await ask({ op: 'program', code: 'import os, sys\nprint("passed")\nsys.stdout.flush()\nos.kill(os.getpid(), 11)' })
    expect(await script('')).toMatchObject({ status: 'crash' })
    await ask({ op: 'program', code: 'while True: print("x" * 500)' })
    expect(await script('')).toMatchObject({ status: 'crash', reason: 'wrote more output than allowed' })
    await ask({ op: 'program', code: 'import os\nos.write(4, b"x")' })
    expect(await script('')).toMatchObject({ status: 'crash', reason: expect.stringContaining('Bad file descriptor') })
    await ask({ op: 'program', code: 'def f(a): return (a, {1})' })
    const call = { kind: 'call', name: 'f', args: [[2.5]] }
    expect(await ask({ op: 'case', work: call })).toMatchObject({
      value: '{"$":"tuple","v":[[2.5],{"$":"set","v":[1]}]}',
    })
    expect(await ask({ op: 'run', code: 'x = 41\nprint("hi")' })).toMatchObject({ status: 'ok', stdout: 'hi\n' })
    expect(await ask({ op: 'run', code: 'x + 1' })).toMatchObject({ status: 'ok', shown: '42' })
    one.kill()
  })
})
