// Programs as models write them for Node: its modules, its ways of exporting and reading, its text for values.
// A right program must not fail for want of a part of Node.
import { afterAll, describe, expect, it } from 'vitest'
import { quickJsSandbox } from './quickjs-sandbox.ts'

const sandbox = quickJsSandbox()
afterAll(() => sandbox.close())

const stdoutOf = async (code: string, stdin = ''): Promise<string> => {
  const { stdout, status, reason } = await sandbox.run({ code, stdin })
  expect({ status, reason }).toEqual({ status: 'ok', reason: '' })
  return stdout
}
const call = async (code: string, name = 'add', args: number[] = [20, 22]) => {
  const [{ status, value, reason }] = await sandbox.runAll(code, [{ kind: 'call', name, args }])
  return status === 'ok' ? value : reason
}

describe('a called function', () => {
  const add = 'function add(a, b) { return a + b }'
  it.each([
    ['module.exports of an object', `${add}\nmodule.exports = { add }`],
    ['module.exports alone', 'module.exports = { add: (a, b) => a + b }'],
    ['exports', 'exports.add = (a, b) => a + b'],
    ['a function without a name as module.exports', 'module.exports = function (a, b) { return a + b }'],
    ['a main block that would fail', `${add}\nif (require.main === module) throw new Error('main')`],
    ['an import of a built-in', `import fs from 'fs'\n${add}`],
    ['an import of a built-in and a constant', "import { EOL } from 'node:os'\nconst add = (a, b) => a + b"],
    ['export default of a name', `export default ${add}`],
    ['export default of a function without a name', 'export default (a, b) => a + b'],
    ['export default of an object', `${add}\nexport default { add }`],
    ['export under another name', 'const sum = (a, b) => a + b\nexport { sum as add }'],
    ['a comment that reads like an export', `/*\n export the sum\n import it\n*/\n${add}`],
    ['process.exit after it', `${add}\nconsole.log(add(1, 2)); process.exit(0)`],
    ['process.exit after it in a module', `import fs from 'fs'\n${add}\nprocess.exit(0)`],
    ['process.exit in a promise', `${add}\nPromise.resolve().then(() => process.exit(0))`],
    ['a top-level await', `${add}\nconst x = await Promise.resolve(1)`],
    ['a top-level await in a module', `import fs from 'fs'\nconst x = await 1\nexport ${add}`],
    ['a return at the top', `${add}\nif (add(1, 1) === 2) return\nthrow new Error('no')`],
    ['an interpreter line', `#!/usr/bin/env node\n${add}`],
    ['an address check of ES modules', `${add}\nif (import.meta.url === 'file://' + process.argv[1]) throw 1`],
    ['a name that a module of Node has too', "const assert = require('assert'), path = 'x'; var add = (a, b) => a + b"],
  ])('is found with %s', async (_, code) => {
    expect(await call(code)).toBe(42)
  })

  it('may be a static method or one of an exported class', async () => {
    expect(await call('class S { static add(a, b) { return a + b } }', 'S.add')).toBe(42)
    expect(await call('module.exports = class S { add(a, b) { return a + b } }', 'S.add')).toBe(42)
    expect(await call('export default class { add(a, b) { return a + b } }', 'S.add')).toBe(42)
  })

  it('fails with the error of the program, not of the ways that were tried', async () => {
    expect(await call('throw new SyntaxError("mine")')).toContain('SyntaxError: mine')
    expect(await call('const x = ;')).toContain('SyntaxError')
    expect(await call('let n = 0; n++; JSON.parse("{")')).toContain('SyntaxError')
    expect(await call('await Promise.reject(new Error("late"))')).toContain('Error: late')
    expect(await call('import x from "express"')).toContain("Cannot find module 'express'")
    expect(await call('const sub = 1; process.exit(0)')).toContain('no such function')
    expect(await call('process.exit(0); var add = () => 42')).toContain('no such function')
  })
})

describe('a script', () => {
  it.each([
    ['if (require.main === module) main()\nfunction main() { console.log(1) }'],
    ['if (!module.parent) console.log(1)'],
    ["import { fileURLToPath } from 'url'\nif (process.argv[1] === fileURLToPath(import.meta.url)) console.log(1)"],
    ['const x = await new Promise((done) => setTimeout(done, 5, 1)); console.log(x)'],
    ['console.log(1); return; console.log(2)'],
    ["process.on('exit', () => console.log(1))"],
    ["process.on('exit', (code) => console.log(code)); process.exit(1)"],
    ['const t = setInterval(() => {}, 10); t.unref(); setTimeout(() => console.log(1), 25).ref()'],
    ['const t = setInterval(() => { console.log(1); clearInterval(t) }, 10)'],
    ['const from = Date.now(); setTimeout(() => console.log(Date.now() - from >= 100 ? 1 : 0), 100)'],
  ])('runs as in Node: %s', async (code) => {
    expect(await stdoutOf(code)).toBe('1\n')
  })

  it('runs ticks before promises, and both before timers', async () => {
    const code = `setTimeout(() => console.log(4)); Promise.resolve().then(() => console.log(3))
      process.nextTick((x) => console.log(x), 2); console.log(1)`
    expect(await stdoutOf(code)).toBe('1\n2\n3\n4\n')
  })
})

describe('standard input', () => {
  const input = '3 4\nzwölf 🎲\nend\n'
  const stdin = 'process.stdin'
  it.each([
    [
      'chunks of bytes',
      `const c = []; ${stdin}.on('data', (d) => c.push(d)); ${stdin}.on('end', () => out(Buffer.concat(c).toString()))`,
    ],
    [
      'for await',
      `(async () => { const c = []; for await (const d of ${stdin}) c.push(d); out(Buffer.concat(c).toString('utf8')) })()`,
    ],
    ['text', `let s = ''; ${stdin}.setEncoding('utf8').on('data', (d) => (s += d.slice(0))).once('end', () => out(s))`],
    [
      'readable',
      `let s = '', c; ${stdin}.on('readable', () => { while ((c = ${stdin}.read()) !== null) s += c }).on('end', () => out(s))`,
    ],
    ['bytes', "const b = require('fs').readFileSync(0); if (b[0] !== 51) throw b; out(b.toString())"],
    [
      'readSync',
      "const fs = require('fs'), b = Buffer.alloc(7), c = []; for (let n; (n = fs.readSync(0, b, 0, 7, null)) > 0; ) c.push(Buffer.from(b.subarray(0, n))); out(Buffer.concat(c) + '')",
    ],
    ['readFile', "require('fs').readFile(0, 'utf8', (e, s) => out(s))"],
    ['fs/promises', "import { readFile } from 'node:fs/promises'\nout(await readFile('/dev/stdin', 'utf8'))"],
    [
      'a missing file',
      "const fs = require('fs'); out(fs.readFileSync(fs.existsSync('in.txt') ? 'in.txt' : 0, 'utf8'))",
    ],
  ])('is read by %s', async (_, code) => {
    expect(
      await stdoutOf(
        `function out(s) { console.log(s.trim()) }\n${code.startsWith('import') ? '' : code}`.concat(
          code.startsWith('import') ? code : '',
        ),
        input,
      ),
    ).toBe(input)
  })

  const lines = "const rl = require('readline').createInterface({ input: process.stdin })\n"
  it.each([
    [
      "rl.once('line', (a) => { console.log('first', a); rl.on('line', (b) => console.log(b)) })",
      'first 3 4\nzwölf 🎲\nend\n',
    ],
    ["rl.once('line', (a) => console.log(a))", '3 4\n'],
    ["rl.question('a? ', (a) => rl.question('b? ', (b) => { console.log(a, b); rl.close() }))", '3 4 zwölf 🎲\n'],
    [
      "const ask = require('util').promisify(rl.question).bind(rl); (async () => console.log(await ask(''), await ask('')))()",
      '3 4 zwölf 🎲\n',
    ],
    ["const { once } = require('events'); (async () => console.log((await once(rl, 'line'))[0]))()", '3 4\n'],
    [
      "rl.on('line', function f(l) { console.log(l); rl.removeListener('line', f); rl.removeAllListeners('line') })",
      '3 4\n',
    ],
    [
      'const it = rl[Symbol.asyncIterator](); (async () => { const l = await it.next(); await new Promise((r) => setTimeout(r, 9)); console.log(l.value, (await it.next()).value) })()',
      '3 4 zwölf 🎲\n',
    ],
  ])('gives its lines: %s', async (code, output) => {
    expect(await stdoutOf(lines + code, input)).toBe(output)
  })

  it('answers questions of readline/promises, with what is asked on the output', async () => {
    const code = `import * as readline from 'node:readline/promises'
      import { stdin as input, stdout as output } from 'node:process'
      const rl = readline.createInterface({ input, output })
      console.log(await rl.question('name? ')); rl.close()`
    expect(await stdoutOf(code, 'Ada\n')).toBe('name? Ada\n')
  })
})
