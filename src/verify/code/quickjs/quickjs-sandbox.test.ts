// The JavaScript sandbox with programs that mean well: input, output, calls, limits, sessions.
import { afterAll, describe, expect, it } from 'vitest'
import { quickJsSandbox } from './quickjs-sandbox.ts'

const sandbox = quickJsSandbox()
afterAll(() => sandbox.close())

const stdoutOf = async (code: string, stdin = ''): Promise<string> => {
  const { stdout, status, reason } = await sandbox.run({ code, stdin })
  expect({ status, reason }).toEqual({ status: 'ok', reason: '' })
  return stdout
}

describe('reading input', () => {
  it.each([
    ["require('fs').readFileSync(0, 'utf8')", "const s = require('fs').readFileSync(0, 'utf8'); console.log(s.trim())"],
    ['/dev/stdin', "console.log(require('node:fs').readFileSync('/dev/stdin').toString().trim())"],
    ['an import', "import { readFileSync } from 'node:fs'\nconsole.log(readFileSync(0, 'utf8').trim())"],
    ['a default import', "import fs from 'fs'\nconsole.log(fs.readFileSync(0, 'utf8').trim())"],
    ['readline()', "let l, all = []; while ((l = readline()) !== null) all.push(l); print(all.join('\\n'))"],
    [
      'a readline interface',
      `const rl = require('readline').createInterface({ input: process.stdin }); const all = []
       rl.on('line', (l) => all.push(l)); rl.on('close', () => console.log(all.join('\\n')))`,
    ],
    [
      'for await',
      `const rl = require('readline').createInterface({ input: process.stdin })
       ;(async () => { const all = []; for await (const l of rl) all.push(l); console.log(all.join('\\n')) })()`,
    ],
    [
      'events of process.stdin',
      "let s = ''; process.stdin.on('data', (d) => (s += d)); process.stdin.on('end', () => console.log(s.trim()))",
    ],
  ])('works by %s', async (_, code) => {
    expect(await stdoutOf(code, '3 4\nzwölf 🎲\n')).toBe('3 4\nzwölf 🎲\n')
  })
})

describe('writing output', () => {
  it('shows values as Node does', async () => {
    expect(await stdoutOf('console.log(1, "a", [1, "b"], { c: 1.5 }, null, undefined, true, -0, 10n)')).toBe(
      "1 a [ 1, 'b' ] { c: 1.5 } null undefined true -0 10n\n",
    )
    expect(await stdoutOf('console.log(new Set([1]), new Map([[1, "x"]]), [[[[1]]]], [], {}, () => 1)')).toBe(
      "Set(1) { 1 } Map(1) { 1 => 'x' } [ [ [ [Array] ] ] ] [] {} [Function (anonymous)]\n",
    )
    expect(await stdoutOf('console.log("%d of %s %%", "5", { a: 1 }, "rest")')).toBe('5 of { a: 1 } % rest\n')
    expect(await stdoutOf('process.stdout.write("a"); console.error("b"); console.log()')).toBe('a\n')
  })

  it('runs promises and timers to their end, without waiting', async () => {
    const code = `setTimeout(() => console.log(3), 1e9); setTimeout(() => console.log(2), 5)
      Promise.resolve().then(() => console.log(1)); console.log(0)`
    expect(await stdoutOf(code)).toBe('0\n1\n2\n3\n')
  })

  it('stops at process.exit and keeps what was written', async () => {
    expect(await stdoutOf('console.log(1); try { process.exit(0) } catch {} console.log(2); for (;;);')).toBe('1\n')
  })

  it('draws the same random numbers each time', async () => {
    const code = 'console.log(Math.random(), Math.random() < 1)'
    expect(await stdoutOf(code)).toBe(await stdoutOf(code))
  })
})

describe('calls', () => {
  const call = async (code: string, name: string, ...args: number[]) => {
    const [result] = await sandbox.runAll(code, [{ kind: 'call', name, args }])
    return result
  }

  it.each([
    ['a function', 'function f(a, b) { return a + b }', 'f'],
    ['a constant', 'const f = (a, b) => a + b', 'f'],
    ['an exported function', 'export function f(a, b) { return a + b }', 'f'],
    ['an async function', 'async function f(a, b) { await null; return a + b }', 'f'],
    ['a method of a new instance', 'class Solution { add(a, b) { return a + b } }', 'Solution.add'],
    ['a property', 'const o = { add: (a, b) => a + b }', 'o.add'],
  ])('reach %s', async (_, code, name) => {
    expect(await call(code, name, 3, 4)).toMatchObject({ status: 'ok', value: 7 })
  })

  it('start from a fresh state each time', async () => {
    const work = { kind: 'call', name: 'next', args: [] } as const
    const results = await sandbox.runAll('let n = 0; const next = () => ++n', [work, work])
    expect(results.map(({ value }) => value)).toEqual([1, 1])
  })

  it('say what is missing or thrown', async () => {
    expect(await call('const g = 1', 'f')).toMatchObject({
      status: 'crash',
      reason: expect.stringContaining('no such'),
    })
    expect(await call('function f() { throw new Error("no") }', 'f')).toMatchObject({
      status: 'crash',
      reason: expect.stringContaining('Error: no'),
    })
    expect(await call('1', 'f();g')).toMatchObject({ status: 'refused' })
  })

  it('hand back plain data of every kind', async () => {
    const code = `const f = () => ({ a: [1, NaN], s: new Set(['x']), m: new Map([[1, 2n ** 70n]]), u: undefined })`
    expect((await call(code, 'f')).value).toEqual({
      kind: 'map',
      entries: [
        ['a', [1, Number.NaN]],
        ['s', { kind: 'set', items: ['x'] }],
        ['m', { kind: 'map', entries: [[1, { kind: 'integer', value: 2n ** 70n }]] }],
        ['u', { kind: 'undefined' }],
      ],
    })
  })
})

describe('limits', () => {
  it('allow deep recursion', async () => {
    expect(await stdoutOf('const f = (n) => (n === 0 ? 0 : 1 + f(n - 1)); console.log(f(8000))')).toBe('8000\n')
  })

  it('allow what fits into the memory asked for and no more', async () => {
    const code = 'const a = new Uint8Array(100e6).fill(1); console.log(a.length)'
    expect(await sandbox.run({ code, limits: { memoryBytes: 128e6 } })).toMatchObject({ stdout: '100000000\n' })
    expect(await sandbox.run({ code, limits: { memoryBytes: 64e6 } })).toMatchObject({ status: 'memory' })
  })

  it('refuse what is out of their own range', async () => {
    await expect(sandbox.run({ code: '1', limits: { wallMs: 0 } })).rejects.toMatchObject({ code: 'sandbox/bad-limit' })
    await expect(sandbox.run({ code: '1', limits: { memoryBytes: 2 ** 40 } })).rejects.toThrow('memoryBytes')
    expect(await sandbox.run({ code: ' '.repeat(2 ** 20 + 1) })).toMatchObject({ status: 'refused' })
  })

  it('end a run that is aborted, and the next one runs', async () => {
    const abort = new AbortController()
    const run = sandbox.run({ code: 'for (;;);' }, { signal: abort.signal })
    setTimeout(() => abort.abort(), 50)
    expect(await run).toMatchObject({ status: 'refused', isOurs: true })
    expect(await stdoutOf('console.log(1)')).toBe('1\n')
  })
})

describe('a session', () => {
  it('keeps its state, shows values, and survives an error and a time-out', async () => {
    const session = await sandbox.openSession({ limits: { cpuMs: 200 } })
    expect(await session.run('let x = 41; console.log("hi")')).toMatchObject({
      status: 'ok',
      stdout: 'hi\n',
      value: '',
    })
    expect(await session.run('x + 1')).toMatchObject({ status: 'ok', value: '42' })
    expect(await session.run('y')).toMatchObject({ status: 'crash', error: expect.stringContaining('ReferenceError') })
    expect(await session.run('for (;;) x++')).toMatchObject({ status: 'timeout' })
    expect(await session.run('x > 41')).toMatchObject({ status: 'ok', value: 'true' })
    await session.close()
    expect(await session.run('x')).toMatchObject({ status: 'refused', error: 'the session has ended' })
  })

  it('forks by replay: both go on by themselves', async () => {
    const session = await sandbox.openSession()
    await session.run('const a = [Math.random()]')
    const fork = await session.fork()
    await fork.run('a.push(2)')
    expect(await session.run('a.length')).toMatchObject({ value: '1' })
    expect(await fork.run('a.length')).toMatchObject({ value: '2' })
    expect((await fork.run('a[0]')).value).toBe((await session.run('a[0]')).value)
    await Promise.all([session.close(), fork.close()])
  })

  it('refuses to fork what answers otherwise when replayed', async () => {
    const session = await sandbox.openSession()
    await session.run('const t = performance.now()').catch(() => {})
    await session.run('Date.now() + ":" + new Error().stack.length')
    const started = performance.now()
    while (performance.now() - started < 5);
    await expect(session.fork()).rejects.toMatchObject({ code: 'sandbox/fork-diverged' })
    await session.close()
  })

  it('has a limit of runs', async () => {
    const session = await sandbox.openSession({ maxRuns: 1 })
    expect(await session.run('1')).toMatchObject({ status: 'ok' })
    expect(await session.run('1')).toMatchObject({ status: 'refused', error: 'the session is limited to 1 runs' })
    await session.close()
  })
})
