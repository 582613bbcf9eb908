import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { attemptSignal } from './attempt-signal.ts'
import { onAbort } from './on-abort.ts'
import { Slots } from './slots.ts'

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length

describe('what waits for an abort', () => {
  it('shares one listener, is called once each, and in order', () => {
    const controller = new AbortController()
    const called: number[] = []
    for (let i = 0; i < 30; i++) onAbort(controller.signal, () => called.push(i))
    expect(listeners(controller.signal)).toBe(1)
    controller.abort()
    expect(called).toEqual(Array.from({ length: 30 }, (_, i) => i))
    expect(listeners(controller.signal)).toBe(0)
  })

  it('leaves alone, and takes the listener along when it is the last', () => {
    const controller = new AbortController()
    const called: string[] = []
    const call = (): void => void called.push('same')
    const [leave, other] = [onAbort(controller.signal, call), onAbort(controller.signal, call)]
    leave()
    leave()
    expect(listeners(controller.signal)).toBe(1)
    other()
    expect(listeners(controller.signal)).toBe(0)
    onAbort(controller.signal, () => void called.push('later'))
    controller.abort()
    expect(called).toEqual(['later'])
  })

  it('piles up nowhere: of many requests with one signal, neither those that run nor those that queue', async () => {
    const { signal } = new AbortController()
    const slots = new Slots(1)
    const free = await slots.take(signal)
    const waiting = Array.from({ length: 20 }, () => slots.take(signal))
    const attempts = Array.from({ length: 20 }, () => attemptSignal(Number.POSITIVE_INFINITY, [signal]))
    expect(listeners(signal)).toBe(1)
    free()
    for (const one of waiting) (await one)()
    for (const attempt of attempts) attempt.end()
    expect(listeners(signal)).toBe(0)
  })
})
