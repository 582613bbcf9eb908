// Python programs that mean harm. None may pass a test it does not deserve, and after each a correct program passes.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attackTests, cheats, exhaustions, forgedReply, honestProgram } from '../__fixtures__/python-attacks.ts'
import type { CodeTest } from '../code-test.ts'
import { codeVerdict } from '../code-verdict.ts'
import { verifyCode } from '../verify-code.ts'
import { pyodideSandbox } from './pyodide-sandbox.ts'

const slow = { tags: ['slow'] }
const sandbox = pyodideSandbox()
const limits = { wallMs: 5000, cpuMs: 500, memoryBytes: 64 * 2 ** 20, outputBytes: 100_000 }
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
const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

async function attack(code: string, cpuMs = limits.cpuMs): Promise<readonly string[]> {
  const report = await verifyCode(code, attackTests, { ...options, limits: { ...limits, cpuMs } })
  expect(report.passed).toBe(0)
  const after = await verifyCode(honestProgram, attackTests, options)
  expect(after.reason).toBe('')
  expect(after.passed).toBe(3)
  return report.cases.map(({ status }) => status)
}

describe('using things up', slow, () => {
  it.each(exhaustions)('does not get far with %s', async (_, code, status) => {
    expect(await attack(code)).toEqual([status, status, status])
  })
})

describe('reaching out', slow, () => {
  it.each([
    ['a file', 'print(open("/etc/passwd").read())'],
    ['the folder of the host', 'import os\nprint(os.listdir("/usr"), os.listdir("/home/user"))'],
    ['js', 'import js\njs.process.exit(0)'],
    [
      'js again',
      'import sys\nfor n in [n for n, m in sys.modules.items() if m is None]: del sys.modules[n]\nimport js',
    ],
    ['pyodide_js', 'import sys\nsys.modules.pop("pyodide_js")\nimport pyodide_js'],
    [
      'run_js',
      'import sys\n[sys.modules.pop(n) for n in list(sys.modules) if "pyodide" in n]\nfrom pyodide.code import run_js\nrun_js("process")',
    ],
    [
      'ctypes',
      'import sys\nsys.modules.pop("ctypes", 0); sys.modules.pop("_ctypes", 0)\nimport ctypes\nctypes.CDLL(None).system(b"id")',
    ],
    ['a package', 'import micropip'],
  ])('does not get at the host by %s', async (_, code) => {
    // Loading modules anew takes half a second on a busy machine.
    expect(await attack(code, 4000)).toEqual(['crash', 'crash', 'crash'])
  })

  it('does not get at the network', async () => {
    for (const code of [
      `import urllib.request\nprint(urllib.request.urlopen("${url()}").read().decode())`,
      `import socket\ns = socket.create_connection(("127.0.0.1", ${new URL(url()).port}), 1)\ns.send(b"GET / HTTP/1.0\\r\\n\\r\\n")\nprint(s.recv(999))`,
      `import http.client\nc = http.client.HTTPConnection("127.0.0.1", ${new URL(url()).port})\nc.request("GET", "/")\nprint(c.getresponse().read())`,
    ]) {
      const { status, stdout } = await sandbox.run({ code, limits: { ...limits, cpuMs: 3000 } })
      expect({ status, stdout }).toEqual({ status: 'crash', stdout: '' })
    }
    expect(visits).toBe(0)
  })

  it('sees no environment and no path of the host', async () => {
    const code = `import os, sys, sysconfig
print(sorted(os.environ), os.getcwd(), sys.argv, sys.executable, [p for p in sys.path if p], __file__)
print(sorted(os.listdir("/")))`
    const { stdout } = await sandbox.run({ code })
    expect(stdout.split('\n')[0]).toMatch(/^\['HOME', 'LANG', 'PYTHONHASHSEED'\] \/\S* \['program.py'\] /)
    expect(stdout).not.toContain(process.cwd())
    expect(stdout).not.toContain('node_modules')
    expect(stdout.split('\n')[1]).toBe("['dev', 'home', 'lib', 'proc', 'tmp']")
  })

  // What is left when the bridge to JavaScript is found again: objects, but no code, no process, no network, no files.
  it('finds a closed realm behind the bridge', async () => {
    const code = `
import sys
for name in [n for n, m in sys.modules.items() if m is None]: del sys.modules[name]
import _pyodide_core as core
array = core.to_js([1])
function = array.constructor.constructor
def attempt(name, work):
    try: print(name, work())
    except BaseException as error: print(name, "no:", type(error).__name__, str(error)[:60])
attempt("code", lambda: function("return 1")())
attempt("async", lambda: function("return import('node:fs')")())
core_object = array.constructor.prototype.constructor
things = ["process", "fetch", "require", "WebSocket", "XMLHttpRequest", "Buffer", "Worker"]
def realm():
    # A sloppy function called without a receiver gives the global object.
    return array.valueOf.call(None)
attempt("global", lambda: [n for n in things if hasattr(realm(), n)])
attempt("this", lambda: [n for n in things if hasattr(array.concat.bind(None)(), n)])
`
    const { stdout, status } = await sandbox.run({ code })
    expect(status).toBe('ok')
    expect(stdout).toMatch(/^code no: JsException EvalError: Code generation from strings disallowed/)
    expect(stdout).toMatch(/^async no: JsException EvalError/m)
    expect(stdout).not.toMatch(/'(process|fetch|require|WebSocket|XMLHttpRequest|Buffer|Worker)'/)
  })
})

describe('cheating', slow, () => {
  it('does not leave a verdict open by a forged reply', async () => {
    const forged = forgedReply({ status: 'timeout', limit: 'wall', isOurs: true, reason: 'x' })
    const report = await verifyCode(forged, attackTests, options)
    expect(codeVerdict(report)).toMatchObject({ kind: 'wrong', score: 0 })
  })

  it.each(cheats)('gains nothing by %s', async (_, code) => {
    await attack(code)
  })

  it('finds neither a token nor what is expected in its memory', async () => {
    const code = `
import gc
def search():
    # Made while running, in a local variable: the search must not find itself.
    needle = "".join([chr(52), chr(50)] * 4)
    found = 0
    for holder in gc.get_objects():
        if isinstance(holder, (dict, list, tuple)):
            for inner in gc.get_referents(holder):
                if isinstance(inner, (str, bytes)) and needle in (inner if isinstance(inner, str) else inner.decode("latin1")):
                    found += 1
    return found
print(search())
add = search
`
    const secret: readonly CodeTest[] = [
      { kind: 'stdio', stdin: '', stdout: '42424242 and more' },
      { kind: 'call', name: 'add', args: [], expected: '42424242' },
      { kind: 'assert', source: 'assert add() == "42424242"' },
    ]
    const report = await verifyCode(code, secret, { ...options, limits: { ...limits, cpuMs: 4000 } })
    expect(report.passed).toBe(0)
    expect(report.cases[1].reason).toBe('add gave 0')
  })
})
