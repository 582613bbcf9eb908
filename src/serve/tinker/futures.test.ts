import { describe, expect, it } from 'vitest'
import { Futures, type Outcome } from './futures.ts'

const json = (n: number): Outcome => ({ kind: 'json', value: { n } })
const kept = { hash: 'h', keep: () => true }

describe('Futures', () => {
  it('give the outcome to everyone who waits, before and after it is there', async () => {
    const futures = new Futures(10)
    let settle = (_: Outcome): void => undefined
    futures.add('a', new Promise<Outcome>((resolve) => (settle = resolve)), kept)
    const waiting = [futures.wait('a', 10_000), futures.wait('a', 10_000)]
    expect(await futures.wait('a', 1)).toBeUndefined()
    settle(json(1))
    expect(await Promise.all([...waiting, futures.wait('a', 1)])).toEqual([json(1), json(1), json(1)])
    expect(futures.hashOf('a')).toBe('h')
  })

  it('let go of waiters when they leave or the server closes', async () => {
    const futures = new Futures(10)
    futures.add('a', new Promise(() => undefined), kept)
    const leaving = new AbortController()
    const waiting = [futures.wait('a', 10_000, leaving.signal), futures.wait('a', 10_000)]
    leaving.abort()
    futures.close()
    expect(await Promise.all([...waiting, futures.wait('a', 10_000)])).toEqual([undefined, undefined, undefined])
  })

  it('forget the oldest answers beyond their number, never what is not done, and at once what is found elsewhere', async () => {
    const futures = new Futures(2)
    futures.add('pending', new Promise(() => undefined), kept)
    for (const n of [1, 2, 3]) futures.add(`done-${n}`, Promise.resolve(json(n)), kept)
    futures.add('elsewhere', Promise.resolve(json(0)), { hash: 'h', keep: () => false })
    await new Promise((resolve) => setImmediate(resolve))
    const known = ['pending', 'done-1', 'done-2', 'done-3', 'elsewhere'].map((id) => futures.hashOf(id) !== undefined)
    expect(known).toEqual([true, false, true, true, false])
    expect(await futures.wait('done-1', 1)).toBeUndefined()
  })
})
