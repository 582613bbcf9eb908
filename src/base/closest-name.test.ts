import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closestName, editDistance } from './closest-name.ts'

describe('editDistance', () => {
  it('counts inserts, deletes, replacements and neighbour swaps', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(editDistance('abc', 'acb')).toBe(1)
    expect(editDistance('', 'abc')).toBe(3)
    expect(editDistance('abc', '')).toBe(3)
    expect(editDistance('same', 'same')).toBe(0)
  })

  it('is symmetric and zero only for equal texts', () => {
    const word = fc.string({ maxLength: 8 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b) === 0).toBe(a === b)
      }),
    )
  })
})

describe('closestName', () => {
  const names = ['chain-arithmetic', 'countdown', 'learningRate']

  it('finds a name with a typing mistake, whatever its case', () => {
    expect(closestName('coutdown', names)).toBe('countdown')
    expect(closestName('lerningrate', names)).toBe('learningRate')
  })

  it('finds a name by its beginning', () => {
    expect(closestName('chain', names)).toBe('chain-arithmetic')
  })

  it('says nothing when no name is near', () => {
    expect(closestName('sudoku', names)).toBeUndefined()
    expect(closestName('', names)).toBeUndefined()
    expect(closestName('x'.repeat(5000), names)).toBeUndefined()
  })

  it('prefers the nearest name, not the first near one', () => {
    expect(closestName('betas', ['bets', 'betas2', 'betas'])).toBe('betas')
  })
})
