import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Lane } from './lane.ts'

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('Lane', () => {
  it('runs tasks by their numbers, one at a time, in whatever order they come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6 }), async (order) => {
        const lane = new Lane(1, 60_000)
        const done: number[] = []
        let running = 0
        for (const seq of order)
          lane.add(seq, async () => {
            expect(++running).toBe(1)
            await soon()
            running--
            done.push(seq)
          })
        while (done.length < 6) await soon()
        expect(done).toEqual([1, 2, 3, 4, 5, 6])
        lane.close()
      }),
      { numRuns: 20 },
    )
  })

  it('waits for a missing number, then passes over it and takes it no more', async () => {
    const lane = new Lane(1, 20)
    const done: number[] = []
    await new Promise<void>((resolve) => {
      lane.add(3, async () => {
        done.push(3)
      })
      expect(lane.takes(2)).toBe(true)
      lane.add(4, async () => resolve())
    })
    expect(done).toEqual([3])
    expect([1, 2, 3, 4, 5].map((seq) => lane.takes(seq))).toEqual([false, false, false, false, true])
    lane.close()
  })

  it('gives a task without a number the one after all that are known', async () => {
    const lane = new Lane(5, 60_000)
    expect(lane.free).toBe(5)
    lane.add(7, soon)
    expect([lane.free, lane.length]).toEqual([8, 1])
    lane.close()
    expect(lane.length).toBe(0)
  })
})
