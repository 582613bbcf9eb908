import { describe, expect, it } from 'vitest'
import { RunTimer } from './run-timer.ts'

/** A clock that shows these times one after the other. */
const clockOf = (...times: number[]) => ({ nowMs: () => times.shift() ?? Number.NaN, iso: () => '' })

/** Lets a timer see runs, each with a start and an end on the clock. */
function watch(timer: RunTimer, runs: number): void {
  for (let i = 0; i < runs; i++) {
    timer.runStarts()
    timer.runEnds()
  }
}

describe('RunTimer', () => {
  it('counts as a step what lies between the ends of two runs', () => {
    // Runs of 10, 6 and 4; before the second lie 4, before the third 6.
    const timer = new RunTimer(clockOf(0, 10, 14, 20, 26, 30))
    watch(timer, 3)
    expect(timer.outsideShare(1)).toBeCloseTo(6 / 10)
    expect(timer.outsideShare(2)).toBeCloseTo(10 / 20)
  })

  it('looks at no more steps than there were since it was cleared', () => {
    const timer = new RunTimer(clockOf(0, 1, 100, 110, 115, 120))
    watch(timer, 1)
    timer.clear()
    watch(timer, 2)
    expect(timer.outsideShare(99)).toBeCloseTo(5 / 10)
  })
})
