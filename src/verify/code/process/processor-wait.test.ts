// Waiting that others caused, and what it says of a program that ran out of real time. Times are made up.
import { describe, expect, it } from 'vitest'
import { sampleWaits, waitBetween } from './processor-wait.ts'
import { mayBeStarved } from './run-result.ts'

const sample = (times: Readonly<Record<string, readonly [ranMs: number, waitedMs: number]>>) =>
  new Map(Object.entries(times).map(([task, [ranMs, waitedMs]]) => [task, { ranMs, waitedMs }]))

describe('waitBetween', () => {
  it('is what the task waited that waited longest, since the first sample', () => {
    const before = sample({ a: [100, 50], b: [10, 0] })
    const after = sample({ a: [400, 950], b: [10, 5], c: [0, 200] })
    expect(waitBetween(before, after, 300)).toBe(900)
  })

  it('leaves out what other tasks of the same tree may have caused', () => {
    const before = sample({})
    // Thirty-two tasks that wake together crowd each other out: 31 of them wait while one runs.
    const crowd = sample(Object.fromEntries(Array.from({ length: 32 }, (_, i) => [`t${i}`, [10, 310] as const])))
    expect(waitBetween(before, crowd, 320)).toBe(0)
    expect(waitBetween(before, sample({ a: [100, 700], b: [200, 0] }), 300)).toBe(500)
  })

  it('is unknown where the kernel does not count', () => {
    expect(waitBetween(sample({}), undefined, 10)).toBeUndefined()
    expect(sampleWaits([2 ** 30])).toBeUndefined()
  })
})

describe('mayBeStarved', () => {
  it.each([
    ['waited most of the time', { ms: 10_000, cpuMs: 2000, waitedMs: 7800 }, true],
    ['waited a little and ran else', { ms: 10_000, cpuMs: 8500, waitedMs: 1400 }, true],
    ['slept', { ms: 10_000, cpuMs: 20, waitedMs: 10 }, false],
    ['slept on a busy machine', { ms: 10_000, cpuMs: 1000, waitedMs: 3000 }, false],
    ['ran all the time', { ms: 2000, cpuMs: 1990, waitedMs: 5 }, false],
    ['ran on a system that tells nothing', { ms: 2000 }, true],
    ['slept where waiting is not counted', { ms: 2000, cpuMs: 100 }, false],
    ['ran where waiting is not counted', { ms: 2000, cpuMs: 1200 }, true],
  ])('of a program that %s: %o gives %s', (_, used, expected) => {
    expect(mayBeStarved(used)).toBe(expected)
  })
})
