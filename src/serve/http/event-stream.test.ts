import { describe, expect, it, vi } from 'vitest'
import { ApiError } from './api-error.ts'
import { DONE_EVENT, eventOf, eventStream } from './event-stream.ts'
import { Traffic } from './traffic.ts'

const quick = { gapMs: () => 0, stallMs: 10_000 }

function running() {
  const traffic = new Traffic()
  const { ticket, release } = traffic.begin(new AbortController().signal)
  return { traffic, ticket, release }
}

const decoder = new TextDecoder()

describe('eventStream', () => {
  it('sends what is given, and is running until the last was taken', async () => {
    const { traffic, ticket, release } = running()
    async function* events() {
      yield eventOf({ a: 1 })
      yield DONE_EVENT
    }
    const reply = eventStream(events(), ticket, quick)
    release()
    expect(reply.headers.get('content-type')).toContain('text/event-stream')
    expect(traffic.running).toBe(1)
    expect(await reply.text()).toBe('data: {"a":1}\n\ndata: [DONE]\n\n')
    expect(traffic.running).toBe(0)
    expect(ticket.signal.aborted).toBe(false)
  })

  it('asks for no more than the reader takes', async () => {
    let asked = 0
    async function* events() {
      for (;;) yield `${++asked}`
    }
    const { ticket } = running()
    const reader = eventStream(events(), ticket, quick).body!.getReader()
    for (const expected of ['1', '2', '3']) expect(decoder.decode((await reader.read()).value)).toBe(expected)
    await new Promise((resolve) => setImmediate(resolve))
    expect(asked).toBe(3)
    await reader.cancel()
  })

  it('aborts the request when the reader leaves, even one that has taken nothing', async () => {
    for (const reads of [0, 1]) {
      const { traffic, ticket, release } = running()
      release()
      let ends = 0
      async function* events() {
        yield 'a'
        yield 'b'
      }
      const reader = eventStream(events(), ticket, { ...quick, onEnd: () => ends++ }).body!.getReader()
      for (let i = 0; i < reads; i++) await reader.read()
      await reader.cancel()
      expect([ticket.signal.aborted, traffic.running, ends]).toEqual([true, 0, 1])
    }
  })

  it('ends with an event that tells a failure, and nothing of what is not foreseen', async () => {
    async function* events(error: Error) {
      yield 'a'
      throw error
    }
    const told = eventStream(events(new ApiError('No.', { code: 'no' })), running().ticket, quick)
    expect(await told.text()).toContain('data: {"error":{"message":"No.","type":"invalid_request_error"')
    const untold = await eventStream(events(new Error('secret')), running().ticket, quick).text()
    expect(untold).toContain('"code":"internal"')
    expect(untold).not.toContain('secret')
  })

  it('lets events collect between two writes', async () => {
    vi.useFakeTimers()
    try {
      const waiting: string[] = []
      async function* events() {
        for (let i = 0; i < 2; i++) yield waiting.splice(0).join('')
      }
      const reader = eventStream(events(), running().ticket, { ...quick, gapMs: () => 30 }).body!.getReader()
      waiting.push('a')
      expect(decoder.decode((await reader.read()).value)).toBe('a')
      const second = reader.read()
      for (const letter of 'bcd') {
        await vi.advanceTimersByTimeAsync(9)
        waiting.push(letter)
      }
      await vi.advanceTimersByTimeAsync(3)
      expect(decoder.decode((await second).value)).toBe('bcd')
    } finally {
      vi.useRealTimers()
    }
  })

  it('holds nothing back once all is there', async () => {
    let settle = (): void => {}
    const whole = new Promise<void>((resolve) => {
      settle = resolve
    })
    async function* events() {
      yield 'a'
      yield 'b'
      yield 'c'
    }
    const day = 86_400_000
    const reply = eventStream(events(), running().ticket, { gapMs: () => day, stallMs: day, whole })
    const reader = reply.body!.getReader()
    expect(decoder.decode((await reader.read()).value)).toBe('a')
    const second = reader.read()
    settle()
    expect(decoder.decode((await second).value)).toBe('b')
    expect(decoder.decode((await reader.read()).value)).toBe('c')
    expect((await reader.read()).done).toBe(true)
  })

  it('gives up a reader that takes nothing for too long', async () => {
    const { traffic, ticket, release } = running()
    release()
    async function* events() {
      for (;;) yield 'a'
    }
    const stalled = new Promise<void>((onStall) => {
      void eventStream(events(), ticket, { ...quick, stallMs: 5, onStall })
        .body!.getReader()
        .read()
    })
    await stalled
    expect([ticket.signal.aborted, traffic.running]).toEqual([true, 0])
  })
})
