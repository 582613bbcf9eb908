// Tests, statuses and counts, with the JavaScript sandbox and with one that only pretends.
import { afterAll, describe, expect, it } from 'vitest'
import type { CodeTest } from './code-test.ts'
import { quickJsSandbox } from './quickjs/quickjs-sandbox.ts'
import { type RunResult, refuse, type Sandbox, type Work } from './sandbox.ts'
import { verifyCode } from './verify-code.ts'

const sandbox = quickJsSandbox()
afterAll(() => sandbox.close())

const doubles: readonly CodeTest[] = [1, 2, 3, 4].map((n) => ({
  kind: 'call',
  name: 'double',
  args: [n],
  expected: 2 * n,
}))

const fenced = (code: string): string => `Here it is:\n\`\`\`js\n${code}\n\`\`\`\nDone.`

describe('verifyCode', () => {
  it('passes a correct program taken from a completion', async () => {
    const report = await verifyCode(fenced('const double = (n) => 2 * n'), doubles, { sandbox })
    expect(report).toMatchObject({ passed: 4, total: 4, status: 'ok', reason: '' })
    expect(report).not.toHaveProperty('isOurs')
  })

  it('counts what an almost correct program passes', async () => {
    const report = await verifyCode(fenced('const double = (n) => n < 3 ? 2 * n : 2 * n + 1'), doubles, { sandbox })
    expect(report).toMatchObject({ passed: 2, total: 4, status: 'wrong', reason: 'test 3: double gave 7' })
    expect(report.cases.map(({ status }) => status)).toEqual(['ok', 'ok', 'wrong', 'wrong'])
  })

  it('gives reasons that steer no terminal and have an end', async () => {
    const code = fenced('const double = (n) => "\\u001b[2J" + "x".repeat(5000)')
    const { reason } = await verifyCode(code, doubles, { sandbox })
    expect(reason).not.toContain('\u001b')
    expect(reason.length).toBeLessThan(1100)
  })

  it('leaves the rest out after a failure when asked to', async () => {
    const code = fenced('const double = (n) => n === 2 ? 0 : 2 * n')
    const report = await verifyCode(code, doubles, { sandbox, stopAtFailure: true })
    expect(report).toMatchObject({ passed: 1, total: 4, status: 'wrong' })
    expect(report.cases).toHaveLength(2)
  })

  it('goes on after a test that crashes or runs out of time', async () => {
    const code = 'const double = (n) => { if (n === 1) throw new Error("one"); if (n === 2) for (;;); return 2 * n }'
    const report = await verifyCode(code, doubles, { sandbox, form: 'program', limits: { cpuMs: 100 } })
    expect(report.cases.map(({ status }) => status)).toEqual(['crash', 'timeout', 'ok', 'ok'])
    expect(report).toMatchObject({ passed: 2, status: 'crash' })
  })

  it('is wrong without a closed block, and blames itself without tests', async () => {
    expect(await verifyCode('const double = 1', doubles, { sandbox })).toMatchObject({ status: 'wrong', passed: 0 })
    expect(await verifyCode(fenced('1'), [], { sandbox })).toMatchObject({ status: 'refused', isOurs: true })
  })

  it('never says in a reason what was expected', async () => {
    const tests: readonly CodeTest[] = [
      { kind: 'stdio', stdin: '', stdout: '987654321\n' },
      { kind: 'call', name: 'f', args: [], expected: 987654321 },
    ]
    const report = await verifyCode('const f = () => 1; console.log(2)', tests, { sandbox, form: 'program' })
    expect(report.passed).toBe(0)
    expect(JSON.stringify(report)).not.toContain('987654321')
  })

  it('uses the tolerance of a test, else that of the options', async () => {
    const code = 'const f = () => 0.1 + 0.2; console.log(0.1 + 0.2)'
    const call = { kind: 'call', name: 'f', args: [], expected: 0.3 } as const
    const script = { kind: 'stdio', stdin: '', stdout: '0.3' } as const
    const count = async (tests: readonly CodeTest[], tolerance?: { absolute: number }) =>
      (await verifyCode(code, tests, { sandbox, form: 'program', tolerance })).passed
    expect(await count([call, script])).toBe(0)
    expect(await count([call, script], { absolute: 1e-9 })).toBe(2)
    const exact = { absolute: 0 }
    expect(
      await count(
        [
          { ...call, tolerance: exact },
          { ...script, tolerance: exact },
        ],
        { absolute: 1 },
      ),
    ).toBe(0)
  })

  it('lets a program write as much as is expected, and refuses a test that no program may pass', async () => {
    const stdout = `${'x'.repeat(2 ** 21)}\n`
    const tests: readonly CodeTest[] = [{ kind: 'stdio', stdin: '', stdout }]
    const code = 'console.log("x".repeat(2 ** 21))'
    expect(await verifyCode(code, tests, { sandbox, form: 'program' })).toMatchObject({ passed: 1 })
    const limits = { outputBytes: 1000 }
    const report = await verifyCode(code, tests, { sandbox, form: 'program', limits })
    expect(report).toMatchObject({ passed: 0, isOurs: true, reason: expect.stringContaining('outputBytes') })
  })

  it('does not blame the program for asserts that its sandbox cannot judge', async () => {
    const tests: readonly CodeTest[] = [{ kind: 'assert', source: 'assert f() == 1' }]
    const report = await verifyCode('const f = () => 1', tests, { sandbox, form: 'program' })
    expect(report).toMatchObject({ status: 'refused', isOurs: true, passed: 0 })
  })

  it('never rejects: a sandbox that fails or throws is in the report', async () => {
    const pretend = (runAll: Sandbox['runAll']): Sandbox => ({
      id: 'pretend',
      language: 'javascript',
      run: async () => refuse('no'),
      runAll,
      openSession: async () => {
        throw new Error('no')
      },
      close: async () => {},
    })
    const broken = pretend(async () => {
      throw new Error('the moon is wrong')
    })
    expect(await verifyCode('1', doubles, { sandbox: broken, form: 'program' })).toMatchObject({
      status: 'refused',
      reason: 'the moon is wrong',
      isOurs: true,
    })
    const silent = pretend(async () => [])
    expect(await verifyCode('1', doubles, { sandbox: silent, form: 'program' })).toMatchObject({
      passed: 0,
      isOurs: true,
    })
    const ok: RunResult = { status: 'ok', stdout: '', stderr: '', reason: '', ms: 0 }
    const empty = pretend(async (_code: string, work: readonly Work[], options) => {
      work.forEach((_, i) => {
        options?.goOn?.(ok, i)
      })
      return work.map(() => ok)
    })
    expect(await verifyCode('1', doubles, { sandbox: empty, form: 'program' })).toMatchObject({
      passed: 0,
      status: 'crash',
    })
  })
})
