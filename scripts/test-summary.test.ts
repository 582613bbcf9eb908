// Counting over reports, on reports written by hand.
import { describe, expect, it } from 'vitest'
import { type Report, summarise } from './test-summary.ts'

/** A report of one file whose tests ended as given. */
const report = (statuses: Readonly<Record<string, string>>, status = 'passed'): Report => ({
  testResults: [
    {
      name: 'a.test.ts',
      status,
      message: 'SyntaxError: bad\nat line 1',
      assertionResults: Object.entries(statuses).map(([fullName, status]) => ({ fullName, status })),
    },
  ],
})

describe('a summary', () => {
  it('counts a test once, however many reports hold it', () => {
    expect(summarise([report({ x: 'passed', y: 'passed' }), report({ x: 'passed' })], [])).toEqual({
      passed: 2,
      failures: [],
    })
  })

  it('calls a test failed when it failed in any report', () => {
    const reports = [report({ x: 'passed', y: 'passed' }), report({ x: 'failed' }, 'failed')]
    expect(summarise(reports, [])).toEqual({ passed: 1, failures: ['a.test.ts > x'] })
  })

  it('counts skipped tests as neither', () => {
    expect(summarise([report({ x: 'skipped', y: 'pending' })], [])).toEqual({ passed: 0, failures: [] })
  })

  it('counts a file that did not load, a run without report, and a failed step', () => {
    const { failures } = summarise([report({}, 'failed'), undefined], ['types'])
    expect(failures).toEqual(['step types', 'a.test.ts: SyntaxError: bad', 'a test run wrote no report'])
  })
})
