// What a run says of skipped tests, and when skipping fails it.
import { describe, expect, it } from 'vitest'
import { describeSkips } from './skip-reporter.ts'

describe('skipped tests', () => {
  it('are named with what they need, and do not fail a run on a laptop', () => {
    const { lines, failed } = describeSkips(
      new Map([
        ['parity', 1],
        ['unit', 2],
      ]),
      false,
    )
    expect(lines).toEqual([
      'skipped: 1 parity test (needs the Python environment: bash scripts/python-env.sh)',
      'skipped: 2 unit tests (see skipIf in these tests)',
    ])
    expect(failed).toBe(false)
  })

  it('fail a run that requires everything', () => {
    const { lines, failed } = describeSkips(new Map([['browser', 3]]), true)
    expect(failed).toBe(true)
    expect(lines.at(-1)).toContain('GRADUS_REQUIRE_ALL=1')
  })

  it('are not mentioned when there are none', () => {
    expect(describeSkips(new Map(), true)).toEqual({ lines: [], failed: false })
  })
})
