import { describe, expect, it } from 'vitest'
import { BoundedCache } from './bounded-cache.ts'

describe('a bounded cache', () => {
  it('lets go what was used longest ago', () => {
    const cache = new BoundedCache<string>(10)
    cache.set('a', 'A', 4)
    cache.set('b', 'B', 4)
    expect(cache.get('a')).toBe('A')
    cache.set('c', 'C', 4)
    expect([cache.get('a'), cache.get('b'), cache.get('c'), cache.bytes]).toEqual(['A', undefined, 'C', 8])
  })

  it('counts a value that grows once, and keeps none that is too large', () => {
    const cache = new BoundedCache<string>(10)
    cache.set('a', 'A', 3)
    cache.set('b', 'B', 1)
    cache.set('b', 'B', 7)
    expect([cache.get('a'), cache.bytes]).toEqual(['A', 10])
    cache.set('c', 'C', 11)
    expect([cache.get('c'), cache.bytes]).toEqual([undefined, 0])
  })
})
