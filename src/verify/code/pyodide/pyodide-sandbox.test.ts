// The Python sandbox with programs that mean well, asserts and sessions. Slow: every program gets a new interpreter.
// Long because they share one sandbox: starting another costs seconds.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { CodeTest } from '../code-test.ts'
import { type VerifyCodeOptions, verifyCode } from '../verify-code.ts'
import { pyodideSandbox } from './pyodide-sandbox.ts'

const slow = { tags: ['slow'] }
const sandbox = pyodideSandbox()
afterAll(() => sandbox.close())

const check = (code: string, tests: readonly CodeTest[], options: Partial<VerifyCodeOptions> = {}) =>
  verifyCode(code, tests, { sandbox, form: 'program', ...options })
const asserts = (...sources: readonly string[]): readonly CodeTest[] =>
  sources.map((source) => ({ kind: 'assert', source }))
const statuses = async (code: string, tests: readonly CodeTest[], options: Partial<VerifyCodeOptions> = {}) =>
  (await check(code, tests, options)).cases.map(({ status }) => status)

describe('scripts', slow, () => {
  it.each([
    ['input()', 'n = int(input())\nprint(sum(map(int, input().split())) * n)'],
    ['sys.stdin', 'import sys\nn, xs = sys.stdin.read().split("\\n")[:2]\nprint(sum(map(int, xs.split())) * int(n))'],
    ['sys.stdin.buffer', 'import sys\nd = sys.stdin.buffer.read().split()\nprint(sum(map(int, d[1:])) * int(d[0]))'],
    ['open(0)', 'd = open(0).read().split()\nprint(sum(map(int, d[1:])) * int(d[0]))'],
    [
      'a main guard and exit()',
      'if __name__ == "__main__":\n  n = int(input())\n  print(sum(map(int, input().split())) * n)\n  exit()',
    ],
    [
      'output at exit',
      'import atexit, io, sys\nold, sys.stdout = sys.stdout, io.StringIO()\natexit.register(lambda: old.write(sys.stdout.getvalue()))\nn = int(input())\nprint(sum(map(int, input().split())) * n)',
    ],
    [
      'os.read and os.write',
      'import os\nd = os.read(0, 99).split()\nos.write(1, str(sum(map(int, d[1:])) * int(d[0])).encode())',
    ],
  ])('read and write by %s, test after test in one interpreter', async (_, code) => {
    const tests: readonly CodeTest[] = [
      { kind: 'stdio', stdin: '2\n1 2 3\n', stdout: '12\n' },
      { kind: 'stdio', stdin: '3\n1 1\n', stdout: '6\n' },
      { kind: 'stdio', stdin: '3\n1 1\n', stdout: '7\n' },
    ]
    expect((await check(code, tests)).cases.map(({ reason }) => reason)).toEqual([
      '',
      '',
      'line 1 of the output differs',
    ])
  })

  it('get a fresh namespace and the same random numbers each time', async () => {
    const code = 'import random\nprint("x" in globals(), random.random(), hash("a"))\nx = 1'
    const run = { kind: 'script', stdin: '' } as const
    const [a, b] = await sandbox.runAll(code, [run, run])
    expect(a.stdout).toMatch(/^False 0\.844/)
    expect(b.stdout).toBe(a.stdout)
  })

  it('run threads, pools, event loops and what asks for resources', async () => {
    const code = `
import asyncio, os, resource, sys, threading, time
from concurrent.futures import ThreadPoolExecutor
data = os.read(0, os.fstat(0).st_size).split()
resource.setrlimit(resource.RLIMIT_STACK, (2**29, -1))
threading.stack_size(2**27)
sys.setrecursionlimit(10**6)
found = []
def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
thread = threading.Thread(target=lambda: found.append(deep(20_000)))
thread.start()
thread.join()
with ThreadPoolExecutor(4) as pool:
    found += pool.map(int, data)
    found.append(pool.submit(sum, [1, 2]).result())
async def later(n):
    await asyncio.sleep(60)
    return n
async def main():
    return await asyncio.gather(*[later(n) for n in range(3)], asyncio.to_thread(abs, -5))
started = time.monotonic()
print(found, asyncio.run(main()), asyncio.new_event_loop().run_until_complete(later(7)), time.monotonic() - started < 30)
`
    const run = { kind: 'script', stdin: '20 22\n' } as const
    for (const { stdout, stderr } of await sandbox.runAll(code, [run, run])) {
      expect(stderr).toBe('')
      expect(stdout).toBe('[20000, 20, 22, 3] [0, 1, 2, 5] 7 True\n')
    }
  })

  it('recurse deeply', async () => {
    const code =
      'import sys\nsys.setrecursionlimit(10**6)\ndef f(n): return 0 if n == 0 else 1 + f(n - 1)\nprint(f(100000))'
    expect(await sandbox.run({ code })).toMatchObject({ status: 'ok', stdout: '100000\n' })
  })

  it('show where they failed, without the harness', async () => {
    const result = await sandbox.run({ code: 'def f():\n  return 1 / 0\nf()' })
    expect(result).toMatchObject({ status: 'crash', reason: 'ZeroDivisionError: division by zero' })
    expect(result.stderr).toMatch(/^Traceback.*line 3, in <module>.*line 2, in f/s)
    expect(result.stderr).not.toContain('harness')
  })
})

describe('calls', slow, () => {
  it('reach functions, methods and coroutines, and hand back plain data', async () => {
    const code = `
class Solution:
    def both(self, a, b): return (a, [b])
async def later(n): return {n: {1, 2}}
def big(): return 2 ** 70
def real(): return [0.1 + 0.2, True, None]
`
    const call = (name: string, ...args: number[]) => ({ kind: 'call', name, args }) as const
    const results = await sandbox.runAll(code, [
      call('Solution.both', 1, 2),
      call('later', 3),
      call('big'),
      call('real'),
      call('none'),
    ])
    expect(results.map(({ value, reason }) => value ?? reason)).toEqual([
      { kind: 'tuple', items: [1, [2]] },
      { kind: 'map', entries: [[3, { kind: 'set', items: [1, 2] }]] },
      { kind: 'integer', value: 2n ** 70n },
      [0.30000000000000004, true, null],
      'NameError: the program does not define none',
    ])
  })
})

describe('a program that is called', slow, () => {
  const tests: readonly CodeTest[] = [
    { kind: 'call', name: 'add', args: [20, 22], expected: 42 },
    ...asserts('assert add(20, 22) == 42'),
  ]
  it.each([
    ['reads input in its main block', 'if __name__ == "__main__":\n    print(add(*map(int, input().split())))'],
    ['reads input at its top', 'print(add(*map(int, input().split())))'],
    ['tests itself', 'import unittest\nif __name__ == "__main__":\n    unittest.main()'],
    ['leaves', 'import sys\nsys.exit(add(1, 2))'],
    ['has a data class', 'import dataclasses\n@dataclasses.dataclass\nclass A:\n    x: "int" = 1\nassert A() == A(1)'],
  ])('may be one that %s', async (_, rest) => {
    const report = await check(`def add(a, b): return a + b\n${rest}`, tests)
    expect(report.cases.map(({ reason }) => reason)).toEqual(['', ''])
  })

  it('may wait in a coroutine, and have a setup before its own imports from the future', async () => {
    const code =
      '"Adds."\nfrom __future__ import annotations\nimport asyncio\nasync def add(a, b):\n    await asyncio.sleep(0.1)\n    return a + b'
    expect(await statuses(code, tests, { setup: 'import math' })).toEqual(['ok', 'ok'])
  })

  it('is wrong when what is asked for comes after the end', async () => {
    expect(await statuses('import sys\nsys.exit(0)\ndef add(a, b): return 42', tests)).toEqual(['crash', 'wrong'])
  })
})

describe('asserts', slow, () => {
  const code = `
import math
class Point:
    def __init__(self, x): self.x = x
limit = 5
def f(n): return n + 1
def pair(n): return (n, [n])
def half(n): return n / 2
`
  it('hold or not, each by itself', async () => {
    const tests = asserts(
      'assert f(1) == 2, "message"',
      'assert f(1) == 3',
      'assert f("x") == 1',
      'assert pair(1) == (1, [1])',
      'assert pair(1) == [1, [1]]',
      'assert abs(half(3) - 1.5) < 1e-9',
      'assert math.isclose(half(3), 1.5)',
      'assert isinstance(half(2), float) and not f(-1)',
      'assert Point(3).x == limit - 2',
      'assert list(map(f, [1, 2])) == [2, 3]',
      'assert sorted([f(2), f(1)]) == [2, 3]',
      'assert sorted(pair(2)[1], key=lambda n: -n) == [2]',
      'assert len(missing) == 1',
    )
    const got = await check(code, tests)
    expect(got.cases.map(({ status }) => (status === 'ok' ? 1 : 0))).toEqual([1, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 0])
    expect(got.cases[1].reason).toBe('the assertion is false')
    expect(got.cases[2].reason).toContain('TypeError')
  })

  it('are refused, without blame, when the program would judge itself', async () => {
    const inside = await check(code, asserts('assert all(f(i) == i + 1 for i in range(3))'))
    expect(inside).toMatchObject({ status: 'refused', isOurs: true })
    expect(inside.reason).toContain('comprehension')
    expect(await check(code, asserts('assert 1 == 1'))).toMatchObject({ isOurs: true })
    expect(await check(code, asserts('import os'))).toMatchObject({ isOurs: true })
  })

  it('are lost by a program whose values cannot be computed with', async () => {
    const tests = asserts('assert f(1) == 2', 'assert 10 ** f(2) == 1000')
    const report = await check('def f(n): return 10**12 if n == 2 else 2', tests)
    expect(report.cases.map(({ status }) => status)).toEqual(['ok', 'timeout'])
    expect(report).not.toHaveProperty('isOurs')
  })

  it('can need a setup, and may ask for a function with the name of a builtin', async () => {
    const setup = 'import math as m'
    expect(await statuses(code, asserts('assert m.floor(half(3)) == 1'), { setup })).toEqual(['ok'])
    expect(await statuses('def sum(xs): return 4', asserts('assert sum([1, 3]) == 4'))).toEqual(['ok'])
    expect(await statuses('def sum(xs): return 5', asserts('assert sum([1, 3]) == 4'))).toEqual(['wrong'])
  })
})

describe('limits', slow, () => {
  it('keep a program that asks for too much memory and let another have it', async () => {
    const code = 'x = bytearray(100_000_000)\nprint(len(x))'
    expect(await sandbox.run({ code, limits: { memoryBytes: 64 * 2 ** 20 } })).toMatchObject({ status: 'memory' })
    expect(await sandbox.run({ code, limits: { memoryBytes: 256 * 2 ** 20 } })).toMatchObject({ status: 'ok' })
  })

  it('end one test and go on with the next', async () => {
    const code = 'n = int(input())\nwhile n == 1: pass\nprint(n)'
    const tests = ['0', '1', '2'].map((n) => ({ kind: 'stdio', stdin: n, stdout: n }) as const)
    expect(await statuses(code, tests, { limits: { cpuMs: 300 } })).toEqual(['ok', 'timeout', 'ok'])
  })
})

describe('a session', slow, () => {
  it('keeps its state, forks by replay, and is over after a kill', async () => {
    const session = await sandbox.openSession({ limits: { cpuMs: 300 } })
    expect(await session.run('import random\nx = random.random()\nprint("hi")')).toMatchObject({
      stdout: 'hi\n',
      value: '',
    })
    expect(await session.run('y = [1]\ny')).toMatchObject({ status: 'ok', value: '[1]' })
    expect(await session.run('z')).toMatchObject({ status: 'crash', error: expect.stringContaining('NameError') })
    const fork = await session.fork()
    expect((await fork.run('x')).value).toBe((await session.run('x')).value)
    await fork.run('y.append(2)')
    expect(await session.run('y')).toMatchObject({ value: '[1]' })
    expect(await fork.run('y')).toMatchObject({ value: '[1, 2]' })
    expect(await session.run('while True: pass')).toMatchObject({ status: 'timeout' })
    expect(await session.run('1')).toMatchObject({ status: 'refused', error: 'the session has ended' })
    await expect(session.fork()).rejects.toMatchObject({ code: 'sandbox/session-over' })
    await fork.close()
  })
})

it('leaves no folder behind when it is closed', slow, async () => {
  // A folder of its own: other tests have sandboxes too.
  const own = mkdtempSync(join(tmpdir(), 'own-tmp-'))
  vi.stubEnv('TMPDIR', own)
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(own, { recursive: true })
  })
  const folders = () => readdirSync(own).filter((name) => name.startsWith('gradus-pyodide-')).length
  const other = pyodideSandbox({ spares: 0 })
  expect(await other.run({ code: 'print(1)' })).toMatchObject({ stdout: '1\n' })
  expect(folders()).toBe(1)
  await other.close()
  expect(folders()).toBe(0)
  expect(await other.run({ code: 'print(1)' })).toMatchObject({ status: 'refused', isOurs: true })
})
