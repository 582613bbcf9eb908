// From a report to a verdict and a score. What our side failed at is `failed`; a program that used up its processor
// time is wrong; a program that only ran out of real time may have met a busy machine, so it is undecided (a timeout
// of the verifier is not a wrong answer) unless the caller decides otherwise.
import type { Verdict } from '../../contracts/problem.ts'
import type { CodeReport } from './verify-code.ts'

/** Settings of {@link codeVerdict}. */
export interface CodeVerdictOptions {
  /** `all` (default): 1 when every test passes, else 0; `fraction`: the share of tests that passed. */
  readonly score?: 'all' | 'fraction'
  /** What a report whose only failures are timeouts becomes. Default `by-limit`, as above. */
  readonly timeout?: 'by-limit' | 'wrong' | 'undecided'
}

/** The verdict that a report comes to. */
export function codeVerdict(report: CodeReport, options: CodeVerdictOptions = {}): Verdict {
  const { score = 'all', timeout = 'by-limit' } = options
  const { passed, total, status, reason } = report
  if (status === 'ok') return { kind: 'right', score: 1, reason: `${total} of ${total} tests passed` }
  const said = `${passed} of ${total} tests passed; ${reason}`
  const failures = report.cases.filter((one) => one.status !== 'ok')
  // A failure of the program's own settles an all-or-nothing verdict, whatever became of the other tests.
  const isSettled = score === 'all' && failures.some((one) => !one.isOurs && one.status !== 'timeout')
  if (report.isOurs && !isSettled) return { kind: 'failed', score: 0, reason: said }
  const parts = { passed: total === 0 ? 0 : passed / total }
  const areTimeouts = failures.length > 0 && failures.every((one) => one.status === 'timeout')
  const isStarved = failures.some((one) => one.limit !== 'cpu')
  if (areTimeouts && (timeout === 'undecided' || (timeout === 'by-limit' && isStarved))) {
    return { kind: 'undecided', score: 0, reason: said, parts }
  }
  return { kind: 'wrong', score: score === 'fraction' ? parts.passed : 0, reason: said, parts }
}
