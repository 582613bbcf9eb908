import { afterEach, describe, expect, it } from 'vitest'
import type { MathPair } from './messages.ts'
import { type VerifyPool, type VerifyPoolOptions, verifyPool } from './verify-pool.ts'

const obedient = new URL('./__fixtures__/obedient-worker.ts', import.meta.url)
const broken = new URL('./__fixtures__/broken-worker.ts', import.meta.url)

const pools: VerifyPool[] = []
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())))
function pool(settings: VerifyPoolOptions): VerifyPool {
  const made = verifyPool(settings)
  pools.push(made)
  return made
}

const pairs = (...predictions: string[]): MathPair[] => predictions.map((prediction) => ({ gold: 'a', prediction }))

describe('a pool of verifiers', () => {
  it('gives verdicts in the order of the pairs, whatever the number of threads', async () => {
    const many = Array.from({ length: 600 }, (_, i) => (i % 3 === 0 ? 'a' : `b${i}`))
    for (const size of [1, 2]) {
      const verdicts = await pool({ entry: obedient, size }).verify(pairs(...many))
      expect(verdicts.map(({ reason }) => reason)).toEqual(many.map((text) => `saw ${text}`))
      expect(verdicts.map(({ equal }) => equal)).toEqual(many.map((text) => text === 'a'))
    }
  })

  it('kills a stuck worker: its pair is undecided, all others have their verdict', async () => {
    const texts = ['a', 'slow', 'slow', 'slow', 'stuck', 'b', 'stuck', 'a']
    const verdicts = await pool({ entry: obedient, timeoutMs: 200 }).verify(pairs(...texts))
    expect(verdicts.map(({ equal }) => equal)).toEqual([true, false, false, false, null, false, null, true])
    expect(verdicts[4].reason).toBe('timeout after 200 ms')
  })

  it('times each pair and not the list', async () => {
    const verdicts = await pool({ entry: obedient, timeoutMs: 150 }).verify(pairs(...Array(12).fill('slow')))
    expect(verdicts.every(({ equal }) => equal === false)).toBe(true)
  })

  it('replaces a worker that ends by itself', async () => {
    const verdicts = await pool({ entry: obedient }).verify(pairs('a', 'crash', 'a'))
    expect(verdicts.map(({ equal }) => equal)).toEqual([true, null, true])
    expect(verdicts[1].reason).toContain('ended by itself')
  })

  it('fails when its workers cannot be loaded', async () => {
    await expect(pool({ entry: broken }).verify(pairs('a'))).rejects.toThrow('no such table')
  })

  it('serves several calls at once', async () => {
    const shared = pool({ entry: obedient, size: 2 })
    const [first, second] = await Promise.all([shared.verify(pairs('a', 'slow')), shared.verify(pairs('b'))])
    expect([first.length, second[0].reason]).toEqual([2, 'saw b'])
    expect(await shared.verify([])).toEqual([])
  })

  it('rejects an aborted call and goes on with the next', async () => {
    const one = pool({ entry: obedient, timeoutMs: 100 })
    const controller = new AbortController()
    const call = one.verify(pairs('stuck', 'a'), { signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(call).rejects.toThrow('enough')
    await expect(one.verify(pairs('a'), { signal: controller.signal })).rejects.toThrow('enough')
    expect((await one.verify(pairs('a')))[0].equal).toBe(true)
  })

  it('rejects what is under way when it is closed, and everything after', async () => {
    const one = verifyPool({ entry: obedient })
    const call = one.verify(pairs('stuck'))
    const refused = expect(call).rejects.toThrow('was closed')
    await one.close()
    await refused
    await expect(one.verify(pairs('a'))).rejects.toThrow('is closed')
  })
})
