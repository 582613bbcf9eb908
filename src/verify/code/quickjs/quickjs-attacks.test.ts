// Programs that mean harm. None may pass a test it does not deserve, and after each a correct program still passes.
import { existsSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { verifyCode } from '../verify-code.ts'
import { quickJsSandbox } from './quickjs-sandbox.ts'

const sandbox = quickJsSandbox()
afterAll(() => sandbox.close())

const limits = { wallMs: 1000, cpuMs: 100, memoryBytes: 32 * 2 ** 20, outputBytes: 100_000 }
const options = { sandbox, form: 'program', limits } as const
const sum = { kind: 'stdio', stdin: '20 22\n', stdout: '42\n' } as const
const add = { kind: 'call', name: 'add', args: [20, 22], expected: 42 } as const

const honest = `
  const add = (a, b) => a + b
  const [a, b] = require('fs').readFileSync(0, 'utf8').split(' ').map(Number)
  console.log(add(a, b))`

/** The statuses of both tests for an attacking program; an honest one must pass right after. */
async function attack(code: string): Promise<readonly string[]> {
  const report = await verifyCode(code, [sum, add], options)
  expect(report.passed).toBe(0)
  const after = await verifyCode(honest, [sum, add], options)
  expect(after.reason).toBe('')
  expect(after.passed).toBe(2)
  return report.cases.map(({ status }) => status)
}

describe('using things up', () => {
  it.each([
    ['an infinite loop', 'for (;;);', 'timeout'],
    ['a loop in a promise', '(async () => { for (;;) await null })()', 'timeout'],
    ['a timer that never ends', 'setInterval(() => {}, 0)', 'timeout'],
    ['a loop that catches everything', 'for (;;) { try { for (;;); } catch {} finally { continue } }', 'timeout'],
    ['a regular expression that backtracks', '/(a+)+$/.test("a".repeat(50) + "b")', 'timeout'],
    ['a huge power', '2n ** (2n ** 30n)', 'crash'],
    ['an allocation bomb', 'const a = []; for (;;) a.push(new Uint8Array(1e6))', 'memory'],
    ['a doubled array', 'let a = [1]; for (;;) a = a.concat(a)', 'memory'],
    ['a doubled string', 'let s = "x"; for (;;) s += s', 'crash'],
    ['nested arrays', 'let a = []; for (let i = 0; i < 3e4; i++) a = [a]; String(a)', 'crash'],
    ['deep recursion', 'const f = () => f() + 1; f()', 'crash'],
    ['deeply nested source', '['.repeat(100_000), 'crash'],
    ['an output flood', 'for (;;) console.log("x".repeat(1000))', 'crash'],
    ['a flood of one line', 'process.stdout.write("x".repeat(1e6))', 'crash'],
    ['a flood of errors', 'for (;;) console.error("x".repeat(1000))', 'crash'],
    ['a tick that makes the next', 'const f = () => process.nextTick(f); f()', 'timeout'],
    [
      'text of an object that prints itself',
      'const o = { toString() { process.stdout.write(o); return "" } }; process.stdout.write(o)',
      'crash',
    ],
    ['a module that waits for ever', 'import fs from "fs"; for (;;) await null', 'timeout'],
    ['a deep value to clone', 'let a = []; for (let i = 0; i < 1e5; i++) a = [a]; structuredClone(a)', 'crash'],
    ['a huge message of an error', 'throw new Error("x".repeat(5e6))', 'crash'],
  ])('does not get far with %s', async (_, code, status) => {
    expect(await attack(code)).toEqual([status, status])
  })

  it('counts the memory of buffers, and shows deep values within the time', async () => {
    const roomy = { ...limits, cpuMs: 5000, wallMs: 10_000 }
    const buffers = 'const kept = [], s = "x".repeat(2e6); for (;;) kept.push(Buffer.from(s))'
    expect(await sandbox.run({ code: buffers, limits: roomy })).toMatchObject({ status: 'memory' })
    const deep = `let a = []; for (let i = 0; i < 1e5; i++) a = [a]
      console.log(require('util').inspect(a, { depth: Infinity }))`
    expect((await sandbox.run({ code: deep, limits })).status).not.toBe('ok')
  })

  it('ends a value that never stops being read', async () => {
    const endless = `const add = () => { const o = {}; Object.defineProperty(o, 'x', { enumerable: true, get: add }); return o }`
    const proxy = 'const add = () => new Proxy([], { get: (t, k) => (k === "length" ? 2 ** 40 : 1) })'
    for (const code of [endless, proxy]) expect((await attack(code))[1]).not.toBe('ok')
  })
})

describe('reaching out', () => {
  it.each([
    ['process', 'process.binding("fs"); print(42)'],
    ['the environment', 'print(process.env.PATH.length)'],
    ['a file', "print(require('fs').readFileSync('/etc/passwd', 'utf8'))"],
    ['a module', "require('child_process').execSync('id')"],
    ['an import', "import cp from 'node:child_process'\nprint(cp.execSync('id'))"],
    ['a path that is imported', "import x from '../quickjs-child.mjs'\nprint(x)"],
    ['a dynamic import', "import('node:child_process').then((m) => print(m.execSync('id')))"],
    ['a constructor', "this.constructor.constructor('return process')().mainModule.require('fs')"],
    ['the constructor of a shim', "print(console.log.constructor('return process.version')().length)"],
    ['eval', 'eval("process.kill(process.ppid)")'],
    ['the caller', 'function f() { return f.caller.arguments } f()'],
    ['a stack of the host', 'Error.prepareStackTrace = (e, s) => s; print(new Error().stack[0].getThis().process)'],
    ['fetch', 'fetch("http://127.0.0.1/")'],
    ['a socket', 'new WebSocket("ws://127.0.0.1/")'],
    ['a worker', 'new Worker("data:,")'],
    ['WebAssembly', 'new WebAssembly.Memory({ initial: 1 })'],
    ['a shared buffer', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0)'],
    ['a module by a computed name', "require({ toString: () => 'child_process' }).execSync('id')"],
    [
      'a name inherited by the list of modules',
      "print(require('__proto__'), require('constructor')('return process')())",
    ],
    ['a name that is code of a module', 'await import("fs\'; print(42); \'")'],
    ['what a module is asked for', "import { constructor as c } from 'fs'\nc.constructor('return process')().exit()"],
    ['the meta of a module', "export {}\nprint(Object.getPrototypeOf(import.meta).constructor('return process')())"],
    ['QuickJS modules', "import * as std from 'qjs:std'\nstd.exit(0)"],
  ])('does not get at the host by %s', async (_, code) => {
    await attack(code)
  })

  it('writes no file', async () => {
    await attack("require('fs').writeFileSync('/tmp/gradus-escaped', 'x')")
    expect(existsSync('/tmp/gradus-escaped')).toBe(false)
  })

  it('sees a process object that is its own', async () => {
    const { stdout } = await sandbox.run({
      code: 'print(JSON.stringify([process.env, process.argv]), process.pid, typeof process.binding)',
    })
    expect(stdout).toBe('[{},["node","/main.js"]] 1 undefined\n')
  })

  it('finds no function behind the modules of Node that makes code of the host', async () => {
    const names = ['fs', 'util', 'events', 'assert', 'path', 'url', 'buffer', 'readline', 'os', 'timers', 'process']
    const code = `const found = []
      const look = (value, path, depth) => {
        if (value === null || (typeof value !== 'object' && typeof value !== 'function') || depth > 4) return
        if (typeof value === 'function') {
          try { if (String(value.constructor('return typeof fetch')()) === 'function') found.push(path) } catch {}
        }
        for (const key of Reflect.ownKeys(value)) {
          if (key === 'caller' || key === 'arguments') continue
          try { look(value[key], path + '.' + String(key), depth + 1) } catch {}
        }
      }
      for (const name of ${JSON.stringify(names)}) look(require(name), name, 0)
      console.log(found.join())`
    expect(await sandbox.run({ code })).toMatchObject({ status: 'ok', stdout: '\n' })
  })
})

describe('cheating', () => {
  it.each([
    ['saying that it passed', 'console.log("passed"); console.log("ok 1"); console.log("{\\"status\\":\\"ok\\"}")'],
    ['leaving early', 'console.log("all tests passed"); process.exit(0)'],
    ['throwing success', 'throw { status: "ok", passed: 2, name: "", message: "" }'],
    ['a forged reply', `console.log('{"token":"' + "0".repeat(32) + '","status":"ok","stdout":"42"}')`],
    ['a new JSON', 'JSON.stringify = () => "42"; JSON.parse = () => [20, 22]; const add = () => 41'],
    ['new array methods', 'Array.isArray = () => true; Array.prototype.map = () => [42]; const add = () => [41]'],
    [
      'a polluted prototype',
      `Object.prototype.status = 'ok'; Object.prototype.value = '42'; Array.prototype.toJSON = () => 42`,
    ],
    [
      'a value that equals everything',
      'const add = () => ({ valueOf: () => 42, toString: () => "42", toJSON: () => 42 })',
    ],
    ['wire text as a value', `const add = () => '{"$":"int","v":"42"}'`],
    ['a thenable', 'const add = () => ({ then: (f) => f(42) })'],
    ['a promise of its own', 'Promise.prototype.then = (f) => f(42); const add = () => Promise.resolve(41)'],
    ['new doors', 'console.log = print = () => 42; const add = () => undefined'],
    ['exports that answer for others', 'module.exports = new Proxy({}, { get: () => () => 41, has: () => true })'],
    ['the hook of its own scope', 'globalThis.__reach = (f) => f(() => 42); import fs from "fs"; const add = () => 41'],
    ['leaving before and after', 'const add = () => { process.exit(0); return 42 }; process.exit(0)'],
    ['a handler of the end', "process.on('exit', () => { console.log('passed') }); const add = () => 41"],
    ['a then that never ends the await', 'const add = () => 41; await { then() {} }'],
    ['closing the function that it is in', '}).call(), (function () { const add = () => 41; return 42'],
    ['an argument that it changes', 'const add = (...args) => { args[0] = 42; args.length = 1; return args }'],
  ])('gains nothing by %s', async (_, code) => {
    await attack(code)
  })

  it('does not find what is expected anywhere in its global scope', async () => {
    const search = `const seen = new Set(), found = []
      const walk = (v, path, depth) => {
        if (v === 4242 || v === '4242' || (typeof v === 'string' && v.includes('4242'))) found.push(path)
        if (v === null || (typeof v !== 'object' && typeof v !== 'function') || seen.has(v) || depth > 6) return
        seen.add(v)
        for (const k of Reflect.ownKeys(v)) { try { walk(v[k], path + '.' + String(k), depth + 1) } catch {} }
        walk(Object.getPrototypeOf(v), path + '.proto', depth + 1)
      }
      walk(globalThis, 'global', 0)
      console.log(found.length)
      const add = () => found.length`
    const roomy = { ...options, limits: { ...limits, cpuMs: 1000 } }
    const tests = [
      { kind: 'stdio', stdin: '', stdout: '4242' },
      { kind: 'call', name: 'add', args: [], expected: 4242 },
    ] as const
    const report = await verifyCode(search, tests, roomy)
    expect(report.cases.map(({ reason }) => reason)).toEqual(['line 1 of the output differs', 'add gave 0'])
  })

  it('meets no trace of the program before it', async () => {
    await sandbox.run({ code: 'globalThis.left = 1; Object.prototype.left = 1; Math.max = () => 7' })
    const { stdout } = await sandbox.run({ code: 'print(typeof left, ({}).left, Math.max(1, 2))' })
    expect(stdout).toBe('undefined undefined 2\n')
  })
})
