// The modules and globals of Node that programs in the JavaScript sandbox find, each in a line or two as models use them.
// Those with a reference in this process are compared with it in guest-parts.test.ts and guest-inspect.test.ts.
import { afterAll, describe, expect, it } from 'vitest'
import { quickJsSandbox } from './quickjs-sandbox.ts'

const sandbox = quickJsSandbox()
afterAll(() => sandbox.close())

const stdoutOf = async (code: string, stdin = ''): Promise<string> => {
  const { stdout, status, reason } = await sandbox.run({ code, stdin })
  expect({ status, reason }).toEqual({ status: 'ok', reason: '' })
  return stdout
}

describe('what Node has besides', () => {
  it.each([
    [
      'console.table([{ a: 1, b: "x" }, { a: 22 }])',
      "┌─────────┬────┬─────┐\n│ (index) │ a  │ b   │\n├─────────┼────┼─────┤\n│ 0       │ 1  │ 'x' │\n│ 1       │ 22 │     │\n└─────────┴────┴─────┘",
    ],
    [
      "console.log(['b', 'a', 'C', 'ä'].sort((a, b) => a.localeCompare(b)).join(), ['x10', 'x9'].sort(new Intl.Collator('en', { numeric: true }).compare).join())",
      'a,ä,b,C x9,x10',
    ],
    [
      "console.log((1234567.891).toLocaleString(), (12n ** 6n).toLocaleString('en-US'), Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(5))",
      '1,234,567.891 2,985,984 $5.00',
    ],
    [
      "console.log(new Date(0).toLocaleDateString('en-US'), new Date(0).toLocaleString())",
      '1/1/1970 1/1/1970, 12:00:00 AM',
    ],
    [
      "const { EventEmitter } = require('events'); class A extends EventEmitter {}; const a = new A(); a.once('x', (v) => console.log(v)); a.emit('x', 1); a.emit('x', 2)",
      '1',
    ],
    [
      "const E = require('events'), util = require('util'); function A() { E.call(this) } util.inherits(A, E); new A().on('x', console.log).emit('x', 1)",
      '1',
    ],
    [
      "const assert = require('assert'); assert.deepStrictEqual({ a: [1, new Map([[1, 2]])] }, { a: [1, new Map([[1, 2]])] }); assert.throws(() => assert.equal(1, 2), /==/); console.log(1)",
      '1',
    ],
    [
      "import assert from 'node:assert/strict'\ntry { assert.equal(1, '1') } catch (e) { console.log(e.name, e.code) }",
      'AssertionError ERR_ASSERTION',
    ],
    [
      "import { join, extname, basename } from 'path'\nconsole.log(join('/a', '../b', 'c.txt'), extname('x/y.tar.gz'), basename('/a/b.js', '.js'))",
      '/b/c.txt .gz b',
    ],
    [
      "const path = require('path'); console.log(path.resolve('/a/b', '../c'), path.relative('/a/b/c', '/a/d'), path.dirname('/a/b/'), path.normalize('./a//b/../c/'))",
      '/a/c ../../d /a a/c/',
    ],
    [
      "const { performance } = require('perf_hooks'); const t = performance.now(); console.log(typeof t, performance.now() >= t)",
      'number true',
    ],
    [
      'console.log(process.hrtime().length, typeof process.hrtime.bigint(), process.cwd(), process.platform, process.argv.length, process.memoryUsage().heapUsed > 0)',
      '2 bigint / linux 2 true',
    ],
    ["console.log(new TextDecoder().decode(new TextEncoder().encode('zwölf 🎲')))", 'zwölf 🎲'],
    [
      "console.log(Buffer.from('zwölf').toString('base64'), Buffer.from('enc=', 'base64').toString('hex'), atob(btoa('hi')), Buffer.from([255, 97]).toString())",
      'enfDtmxm 7a77 hi \ufffda',
    ],
    [
      "const b = Buffer.alloc(8); b.writeUInt32BE(258, 0); b.writeInt16LE(-2, 4); console.log(b, b.readUInt32BE(0), b.readInt16LE(4), Buffer.byteLength('ö'))",
      '<Buffer 00 00 01 02 fe ff 00 00> 258 -2 2',
    ],
    [
      'const m = structuredClone({ m: new Map([[1, { s: new Set([2]) }]]), d: new Date(0) }); console.log(m.m.get(1).s.has(2), m.d.getTime())',
      'true 0',
    ],
    [
      'const a = { n: [1] }; a.self = a; const b = structuredClone(a); console.log(b.self === b, b.n !== a.n)',
      'true true',
    ],
    ['try { structuredClone(() => 1) } catch (e) { console.log(e.name) }', 'DataCloneError'],
    [
      "const u = new URL('../d?q=1&q=2#h', 'https://me:pw@a.b:8080/x/y/z'); u.searchParams.append('r', 'a b'); console.log(u.href, u.searchParams.getAll('q').join())",
      'https://me:pw@a.b:8080/x/d?q=1&q=2&r=a+b#h 1,2',
    ],
    [
      "try { new URL('nope') } catch (e) { console.log(e.code, new URL('HTTP://A.b:80').href) }",
      'ERR_INVALID_URL http://a.b/',
    ],
    [
      "const { promisify, isDeepStrictEqual, inspect, format } = require('util'); promisify(setTimeout)(5).then(() => console.log(inspect({ a: 1 }), format('%s!', 'x'), isDeepStrictEqual([1], [1])))",
      '{ a: 1 } x! true',
    ],
    ["import { setTimeout as sleep } from 'timers/promises'\nconsole.log(await sleep(1000, 'later'))", 'later'],
    ["console.group('a'); console.log('b\\nc'); console.groupEnd(); console.log('d')", 'a\n  b\n  c\nd'],
    [
      "console.count(); console.count('x'); console.count(); console.assert(true, 'no'); console.dir({ a: 1 })",
      'default: 1\nx: 1\ndefault: 2\n{ a: 1 }',
    ],
  ])('works: %s', async (code, output) => {
    expect(await stdoutOf(code)).toBe(`${output}\n`)
  })

  it('complains on the other stream', async () => {
    const { stdout, stderr } = await sandbox.run({
      code: "console.assert(1 > 2, 'wrong %d', 1); console.trace('t'); process.stderr.write('e')",
    })
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: 'Assertion failed: wrong 1\nTrace: t\ne' })
  })

  it('lets a program declare the names for itself', async () => {
    const names = [
      'process',
      'Buffer',
      'URL',
      'performance',
      'module',
      'exports',
      'console2',
      'Intl',
      'print',
      'readline',
    ]
    for (const how of ['var', 'let', 'const', 'function', 'class']) {
      const declare = (name: string) =>
        how === 'function' ? `function ${name}() {}` : how === 'class' ? `class ${name} {}` : `${how} ${name} = 1`
      expect(await stdoutOf(`${names.map(declare).join('\n')}\nconsole.log(typeof URL)`)).toMatch(/number|function/)
    }
  })
})
