import { describe, expect, it } from 'vitest'
import { Slots } from './slots.ts'

describe('slots', () => {
  it('are given in the order in which they were asked for, never more than there are', async () => {
    const slots = new Slots(2)
    const given: number[] = []
    const free: (() => void)[] = []
    const all = Array.from({ length: 5 }, async (_, i) => {
      free.push(await slots.take())
      given.push(i)
    })
    await Promise.all(all.slice(0, 2))
    expect([given, slots.taken, slots.queued]).toEqual([[0, 1], 2, 3])
    for (let i = 2; i < 5; i++) {
      free[i - 2]()
      await all[i]
      expect(slots.taken).toBe(2)
    }
    expect(given).toEqual([0, 1, 2, 3, 4])
  })

  it('are given back once, however often that is said', async () => {
    const slots = new Slots(1)
    const free = await slots.take()
    free()
    free()
    expect(slots.taken).toBe(0)
    await slots.take()
    expect(slots.taken).toBe(1)
  })

  it('leave the queue on an abort, with its reason', async () => {
    const slots = new Slots(1)
    const free = await slots.take()
    const controller = new AbortController()
    const waiting = slots.take(controller.signal)
    const next = slots.take()
    controller.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    await expect(slots.take(controller.signal)).rejects.toThrow('enough')
    free()
    await next
    expect([slots.taken, slots.queued]).toEqual([1, 0])
  })
})
