// Judges a program by tests. The sandbox says what the program printed or gave back; this file alone knows what was
// expected. It never rejects: what goes wrong on our side is in the report and marked as ours.
import { messageOf } from '../../base/error.ts'
import type { CodeTest } from './code-test.ts'
import { outputDifference } from './compare-output.ts'
import { lastFencedBlock } from './fenced-block.ts'
import { type AssertParts, type AssertVerdict, hasJudge, judgeProgram } from './judge-asserts.ts'
import { plainText } from './process/plain-text.ts'
import {
  defaultLimits,
  type Limits,
  maximumLimits,
  type RunResult,
  type RunStatus,
  type Sandbox,
  type Work,
} from './sandbox.ts'
import { equalsJson, showValue, type Tolerance } from './value.ts'

/** Settings of {@link verifyCode}. */
export interface VerifyCodeOptions {
  readonly sandbox: Sandbox
  /** `completion` (default): the last closed fenced block of the language; `program`: the text itself. */
  readonly form?: 'completion' | 'program'
  /** Limits of each test. */
  readonly limits?: Partial<Limits>
  /** For tests that name none. */
  readonly tolerance?: Tolerance
  /**
   * Python that asserts need, such as imports; it runs where they are judged and before them in the program, which can
   * read it: keep reference solutions out of it.
   */
  readonly setup?: string
  /** Leave the rest out after the first failure (default false); `passed` is then a lower bound. */
  readonly stopAtFailure?: boolean
  readonly signal?: AbortSignal
}

/** How one test went, or all of them together. */
export type CodeStatus = RunStatus | 'wrong'

/** One test. */
export interface CaseReport {
  readonly status: CodeStatus
  /** Empty when it passed. Never says what was expected. */
  readonly reason: string
  readonly limit?: 'cpu' | 'wall'
  /** True when the failure is not the program's. */
  readonly isOurs?: boolean
  readonly ms: number
}

/** All tests. */
export interface CodeReport {
  readonly passed: number
  readonly total: number
  /** `ok` when every test passed, else the status of the first that did not. */
  readonly status: CodeStatus
  readonly reason: string
  readonly isOurs?: boolean
  /** In the order of the tests; shorter than `total` when tests were left out. */
  readonly cases: readonly CaseReport[]
}

/**
 * Runs a program against tests.
 *
 * @example
 * const tests = [{ kind: 'stdio', stdin: '2 3\n', stdout: '5\n' }] as const
 * const report = await verifyCode(completion, tests, { sandbox }) // { passed: 1, total: 1, status: 'ok', ... }
 */
export async function verifyCode(
  text: string,
  tests: readonly CodeTest[],
  options: VerifyCodeOptions,
): Promise<CodeReport> {
  const nothing = { passed: 0, total: tests.length, cases: [] }
  if (tests.length === 0) return { ...nothing, status: 'refused', reason: 'there are no tests', isOurs: true }
  const { sandbox, form = 'completion' } = options
  const code = form === 'program' ? text : lastFencedBlock(text, sandbox.language)
  if (code === undefined) {
    return { ...nothing, status: 'wrong', reason: `no closed fenced block with ${sandbox.language} in the answer` }
  }
  try {
    return summarise(await runTests(code, tests, options), tests.length)
  } catch (error) {
    return { ...nothing, status: 'refused', reason: messageOf(error), isOurs: true }
  }
}

/** What is done for a test, and how its result is judged. */
interface Plan {
  readonly work: Work
  readonly judge: (result: RunResult) => CaseReport
}

async function runTests(
  code: string,
  tests: readonly CodeTest[],
  options: VerifyCodeOptions,
): Promise<readonly CaseReport[]> {
  const { sandbox, stopAtFailure = false, signal } = options
  const parts = await splitAsserts(tests, options)
  const plans = tests.map((test, i) => planTest(test, parts.get(i), options))
  const cases: CaseReport[] = plans.map((plan) => ('judge' in plan ? unjudged : plan))
  const runnable = plans.flatMap((plan, at) => ('judge' in plan ? [{ ...plan, at }] : []))
  const work = runnable.map((plan) => plan.work)
  let done = cases.length
  await sandbox.runAll(code, work, {
    limits: { ...options.limits, outputBytes: outputBytesFor(tests, options) },
    signal,
    goOn: (result, index) => {
      const { judge, at } = runnable[index]
      const report = result.status === 'ok' ? judge(result) : ofRun(result)
      cases[at] = report
      if (!stopAtFailure || report.status === 'ok') return true
      done = at + 1
      return false
    },
  })
  await judgePending(cases, parts, options)
  const shown = cases.map((report) => ({ ...report, reason: plainText(report.reason, maxReason) }))
  const firstFailure = shown.findIndex((report) => report.status !== 'ok')
  return stopAtFailure && firstFailure >= 0 ? shown.slice(0, Math.min(done, firstFailure + 1)) : shown
}

/** Longest reason, in characters: it may show what the program gave. */
const maxReason = 1000

const unjudged: CaseReport = { status: 'refused', reason: 'not run', isOurs: true, ms: 0 }

function planTest(test: CodeTest, parts: AssertParts | undefined, options: VerifyCodeOptions): Plan | CaseReport {
  switch (test.kind) {
    case 'stdio':
      if (Buffer.byteLength(test.stdout) > outputBytesFor([test], options)) {
        return ours('the expected output is longer than a program may write: raise limits.outputBytes')
      }
      return {
        work: { kind: 'script', stdin: test.stdin },
        judge: ({ stdout, ms }) => {
          const difference = outputDifference(stdout, test.stdout, test.tolerance ?? options.tolerance)
          return difference === undefined ? passed(ms) : { status: 'wrong', reason: difference, ms }
        },
      }
    case 'call':
      return {
        work: { kind: 'call', name: test.name, args: test.args },
        judge: ({ value, ms }) => {
          if (value === undefined) return { status: 'crash', reason: 'the function gave no readable value', ms }
          if (equalsJson(value, test.expected, test.tolerance ?? options.tolerance)) return passed(ms)
          return { status: 'wrong', reason: `${test.name} gave ${showValue(value)}`, ms }
        },
      }
    case 'assert':
      if (parts === undefined) return ours('asserts need the Python sandbox that judges them (pyodideSandbox)')
      if ('problem' in parts) return ours(`this assert cannot be judged outside of the program: ${parts.problem}`)
      return {
        work: { kind: 'evaluate', expressions: parts.expressions, ...(options.setup ? { setup: options.setup } : {}) },
        // The verdict follows in judgePending, for all asserts at once.
        judge: ({ wire, ms }) =>
          wire === undefined
            ? { status: 'crash', reason: 'the program gave no readable values', ms }
            : { ...pendingAssert, reason: wire, ms },
      }
    default:
      return test satisfies never
  }
}

const passed = (ms: number): CaseReport => ({ status: 'ok', reason: '', ms })
const ours = (reason: string): CaseReport => ({ status: 'refused', reason, isOurs: true, ms: 0 })

/** Stands for an assert between its run and its verdict; `reason` holds the wire text. */
const pendingAssert = { status: 'ok', isOurs: true } as const
const isPending = (report: CaseReport): boolean => report.status === 'ok' && report.isOurs === true

function ofRun({ status, reason, limit, isOurs, ms }: RunResult): CaseReport {
  return { status, reason, ms, ...(limit === undefined ? {} : { limit }), ...(isOurs ? { isOurs } : {}) }
}

/** What was said; else the default, and more where a test expects more (with room for what goes to stderr). */
function outputBytesFor(tests: readonly CodeTest[], { limits }: VerifyCodeOptions): number {
  if (limits?.outputBytes !== undefined) return limits.outputBytes
  const expected = tests.map((test) => (test.kind === 'stdio' ? Buffer.byteLength(test.stdout) : 0))
  const needed = expected.reduce((most, one) => Math.max(most, one), 0) + spareOutputBytes
  return Math.min(Math.max(defaultLimits.outputBytes, needed), maximumLimits.outputBytes)
}

const spareOutputBytes = 64 * 2 ** 10

async function splitAsserts(
  tests: readonly CodeTest[],
  { sandbox, setup = '' }: VerifyCodeOptions,
): Promise<ReadonlyMap<number, AssertParts>> {
  const asserts = tests.flatMap((test, at) => (test.kind === 'assert' ? [{ at, source: test.source }] : []))
  if (asserts.length === 0 || !hasJudge(sandbox)) return new Map()
  const sources = asserts.map(({ source }) => source)
  const parts = await sandbox.judge.split(sources, setup)
  return new Map(asserts.map(({ at }, i) => [at, parts[i]]))
}

/** Puts verdicts in the place of what pending asserts gave. */
async function judgePending(
  cases: CaseReport[],
  parts: ReadonlyMap<number, AssertParts>,
  { sandbox, setup = '' }: VerifyCodeOptions,
): Promise<void> {
  const waiting = [...parts].flatMap(([at, part]) =>
    isPending(cases[at]) && 'template' in part ? [{ at, template: part.template, wire: cases[at].reason }] : [],
  )
  if (waiting.length === 0 || !hasJudge(sandbox)) return
  const items = waiting.map(({ template, wire }) => ({ template, wire }))
  const verdicts = await judgeProgram(sandbox.judge, items, setup)
  for (const [i, { at }] of waiting.entries()) cases[at] = { ...ofVerdict(verdicts[i]), ms: cases[at].ms }
}

function ofVerdict({ kind, reason }: AssertVerdict): Omit<CaseReport, 'ms'> {
  switch (kind) {
    case 'holds':
      return { status: 'ok', reason: '' }
    case 'fails':
      return { status: 'wrong', reason }
    case 'overrun':
      return { status: 'timeout', limit: 'cpu', reason }
    case 'refused':
    case 'failed':
      return { status: 'refused', reason, isOurs: true }
    default:
      return kind satisfies never
  }
}

function summarise(cases: readonly CaseReport[], total: number): CodeReport {
  const count = cases.filter(({ status }) => status === 'ok').length
  if (count === total) return { passed: count, total, status: 'ok', reason: '', cases }
  const at = cases.findIndex(({ status }) => status !== 'ok')
  const { status, reason } = cases[at]
  const isOurs = cases.some((report) => report.isOurs === true)
  return { passed: count, total, status, reason: `test ${at + 1}: ${reason}`, cases, ...(isOurs ? { isOurs } : {}) }
}
