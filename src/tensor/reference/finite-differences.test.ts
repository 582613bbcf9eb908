// Central differences against derivatives known in closed form.
import { describe, expect, it } from 'vitest'
import { exp, mul, square } from '../ops/elementwise.ts'
import { sum } from '../ops/reduce.ts'
import { input } from '../tensor.ts'
import { finiteDifferences } from './finite-differences.ts'

describe('finiteDifferences', () => {
  const [x, y] = [input('x', ['N']), input('y', [])]

  it('differentiates by every number of every input named', () => {
    // d/dx (y e^x) = y e^x, d/dy = the sum of e^x
    const given = { sizes: { N: 2 }, feeds: { x: [0, 1], y: [3] } }
    const [dx, dy] = finiteDifferences(sum(mul(y, exp(x))), [x, y], given)
    expect(dx[0]).toBeCloseTo(3, 8)
    expect(dx[1]).toBeCloseTo(3 * Math.E, 8)
    expect(dy[0]).toBeCloseTo(1 + Math.E, 8)
  })

  it('reads no more of a feed than the sizes say', () => {
    const [dx] = finiteDifferences(sum(square(x)), [x], { sizes: { N: 1 }, feeds: { x: [3, 99] } })
    expect(dx).toHaveLength(1)
    expect(dx[0]).toBeCloseTo(6, 8)
  })

  it('leaves the feeds as they are', () => {
    const feeds = { x: Float32Array.of(0.1, 0.2), y: [1] }
    finiteDifferences(sum(square(x)), [x], { sizes: { N: 2 }, feeds })
    expect([...feeds.x]).toEqual([...Float32Array.of(0.1, 0.2)])
  })

  it('refuses what is not a scalar', () => {
    expect(() => finiteDifferences(x, [x], {})).toThrow(expect.objectContaining({ code: 'tensor/not-scalar' }))
  })
})
