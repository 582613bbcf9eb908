// Symbolic dimensions by hand, and as properties: whatever is worked out by name equals what is worked out in numbers.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bindDim,
  broadcast,
  factorsOf,
  namesIn,
  productDim,
  resolveAxis,
  type Shape,
  sameDim,
  showShape,
  sumDim,
} from './shape.ts'

const sizes = { A: 2, B: 3, C: 5 }
const dims = fc.constantFrom(1, 2, 7, 'A', 'B', 'A*B', '(A+2)', '2*(B+C)')
const numbersOf = (shape: Shape): number[] => shape.map((dim) => bindDim(dim, sizes))

describe('dimensions', () => {
  it('binds names, products, sums and sums inside products', () => {
    expect(numbersOf([4, 'A', 'A*B', '(A+C)', '2*(A+B)', '(A+2)*(B+1)', '((A+B)+C)', '(A*B+1)'])).toEqual([
      4, 2, 6, 7, 10, 16, 10, 7,
    ])
  })

  it('says which name has no size and which names have one', () => {
    expect(() => bindDim('A*Z', sizes)).toThrow(
      expect.objectContaining({
        code: 'tensor/unbound-dimension',
        message: expect.stringContaining('"Z"'),
        hint: expect.stringContaining('A, B, C'),
      }),
    )
  })

  it('takes a size of zero for a size', () => {
    expect(bindDim('A*B', { A: 0, B: 3 })).toBe(0)
  })

  it('does not care for the order of factors', () => {
    expect(sameDim('A*B', 'B*A')).toBe(true)
    expect(sameDim('2*A*B', 'B*2*A')).toBe(true)
    expect(sameDim('A', 'B')).toBe(false)
    expect(sameDim('A', 2)).toBe(false)
    expect(sameDim('2*A', '3*A')).toBe(false)
  })

  it('multiplies and adds by name what numbers would give', () => {
    fc.assert(
      fc.property(fc.array(dims, { maxLength: 4 }), (shape) => {
        const numbers = numbersOf(shape)
        expect(bindDim(productDim(shape), sizes)).toBe(numbers.reduce((a, b) => a * b, 1))
        if (shape.length > 0) expect(bindDim(sumDim(shape), sizes)).toBe(numbers.reduce((a, b) => a + b, 0))
      }),
      { seed: 1 },
    )
  })

  it('keeps products in a form that equal products share', () => {
    fc.assert(
      fc.property(fc.array(dims, { maxLength: 4 }), fc.nat(), (shape, turn) => {
        const at = turn % (shape.length + 1)
        expect(factorsOf([...shape.slice(at), ...shape.slice(0, at)]).key).toBe(factorsOf(shape).key)
        expect(factorsOf([productDim(shape)]).key).toBe(factorsOf(shape).key)
      }),
      { seed: 1 },
    )
  })

  it('writes plain products and sums', () => {
    expect(productDim([2, 'B', 3, 'A'])).toBe('6*A*B')
    expect(productDim([])).toBe(1)
    expect(sumDim([2, 3])).toBe(5)
    expect(sumDim(['A', 2])).toBe('(A+2)')
    expect(sumDim(['A'])).toBe('A')
    expect(showShape(['A', 3, '(A+2)'])).toBe('[A, 3, (A+2)]')
  })

  it('lists the names in a dimension', () => {
    expect(namesIn('2*(A+B)*C')).toEqual(['A', 'B', 'C'])
    expect(namesIn(4)).toEqual([])
  })
})

describe('broadcast', () => {
  it('lines up last axes and stretches ones', () => {
    expect(broadcast('add', [3, 1], ['A', 1, 4])).toEqual(['A', 3, 4])
    expect(broadcast('add', [], [2])).toEqual([2])
    expect(broadcast('add', ['A*B'], ['B*A'])).toEqual(['A*B'])
  })

  it('gives the same shape either way round', () => {
    fc.assert(
      fc.property(
        fc.array(dims, { maxLength: 3 }),
        fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
        (shape, ones) => {
          const other = shape.map((dim, axis) => (ones[axis] ? 1 : dim))
          expect(broadcast('add', shape, other)).toEqual(shape)
          expect(broadcast('add', other, shape)).toEqual(shape)
        },
      ),
      { seed: 1 },
    )
  })
})

describe('resolveAxis', () => {
  it('counts negative axes from the end', () => {
    expect(resolveAxis('sum', [2, 3, 4], -1)).toBe(2)
    expect(resolveAxis('sum', [2, 3, 4], 0)).toBe(0)
  })

  it.each([3, -4, 0.5, Number.NaN])('refuses axis %s of three', (axis) => {
    expect(() => resolveAxis('sum', [2, 3, 4], axis)).toThrow(`sum: [2, 3, 4] has no axis ${axis}`)
  })
})
