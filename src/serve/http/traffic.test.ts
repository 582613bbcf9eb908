import { describe, expect, it } from 'vitest'
import { Traffic } from './traffic.ts'

const client = () => new AbortController()

describe('Traffic', () => {
  it('counts a request until every hold on it is given back', () => {
    const traffic = new Traffic()
    const { ticket, release } = traffic.begin(client().signal)
    const other = ticket.hold()
    release()
    release()
    expect(traffic.running).toBe(1)
    other()
    expect(traffic.running).toBe(0)
  })

  it('tells a request that its client has left', () => {
    const traffic = new Traffic()
    const from = client()
    const { ticket } = traffic.begin(from.signal)
    expect(ticket.signal.aborted).toBe(false)
    from.abort()
    expect(ticket.signal.aborted).toBe(true)
    expect(traffic.begin(from.signal).ticket.signal.aborted).toBe(true)
  })

  it('drains at once when nothing is running', async () => {
    const traffic = new Traffic()
    expect(await traffic.drain(10_000)).toBe(0)
    expect(traffic.isDraining).toBe(true)
  })

  it('waits for what is running, without disturbing it', async () => {
    const traffic = new Traffic()
    const { ticket, release } = traffic.begin(client().signal)
    const drained = traffic.drain(10_000)
    release()
    expect(await drained).toBe(0)
    expect(ticket.signal.aborted).toBe(false)
  })

  it('aborts what is still running at the limit, and counts it', async () => {
    const traffic = new Traffic()
    const running = [1, 2].map(() => traffic.begin(client().signal).ticket.signal)
    expect(await traffic.drain(1)).toBe(2)
    expect(running.map(({ aborted }) => aborted)).toEqual([true, true])
  })
})
