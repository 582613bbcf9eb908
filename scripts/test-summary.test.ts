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
  const one = (given: Report | undefined) => new Map([['all', given]])

  it('counts a test once, however many reports hold it', () => {
    const reports = new Map([
      ['all', report({ x: 'passed', y: 'passed' })],
      ['node-24', report({ x: 'passed' })],
    ])
    expect(summarise(reports, [])).toEqual({ passed: 2, failures: [] })
  })

  it('calls a test failed when it failed in any report', () => {
    const reports = new Map([
      ['all', report({ x: 'passed', y: 'passed' })],
      ['node-24', report({ x: 'failed' }, 'failed')],
    ])
    expect(summarise(reports, ['node-24'])).toEqual({ passed: 1, failures: ['a.test.ts > x'] })
  })

  it('counts skipped tests as neither', () => {
    expect(summarise(one(report({ x: 'skipped', y: 'pending' })), [])).toEqual({ passed: 0, failures: [] })
  })

  it('counts a file that did not load by the first line of its error', () => {
    expect(summarise(one(report({}, 'failed')), ['all']).failures).toEqual(['a.test.ts: SyntaxError: bad'])
  })

  it('counts a run without report', () => {
    expect(summarise(one(undefined), ['all']).failures).toEqual(['all: no report was written'])
  })

  it('counts a failed step that no report explains', () => {
    const reports = one(report({ x: 'passed' }))
    expect(summarise(reports, ['types', 'all'])).toEqual({ passed: 1, failures: ['step types', 'step all'] })
  })
})
