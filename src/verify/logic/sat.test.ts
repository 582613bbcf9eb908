import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSat } from './sat.ts'

const formula = {
  variables: 3,
  clauses: [
    [1, -2],
    [2, 3],
    [-1, -3],
  ],
}

describe('checkSat', () => {
  it('takes every satisfying string and no other', () => {
    const all = Array.from({ length: 8 }, (_, i) => i.toString(2).padStart(3, '0'))
    expect(all.filter((bits) => checkSat(formula, bits).kind === 'right')).toEqual(['001', '110'])
  })

  it('names the first false clause and the share of true ones', () => {
    expect(checkSat(formula, '010')).toEqual({
      kind: 'wrong',
      score: 0,
      reason: 'clause 1 is false',
      parts: { rules: 2 / 3 },
    })
  })

  it.each(['', '00', '0010', '0x1', '00１', ' 001'])('refuses %j, which is not three bits', (bits) => {
    expect(checkSat(formula, bits)).toMatchObject({ kind: 'wrong', score: 0, parts: { rules: 0 } })
  })

  it('does not let an empty clause be true', () => {
    expect(checkSat({ variables: 1, clauses: [[]] }, '1').kind).toBe('wrong')
  })

  it('says of a malformed formula that it failed', () => {
    for (const clauses of [[[0]], [[4]], [[Number.NaN]], [[1.5]]]) {
      expect(checkSat({ variables: 3, clauses }, '000').kind).toBe('failed')
    }
    expect(checkSat({ variables: 0, clauses: [] }, '').kind).toBe('failed')
    expect(checkSat({ variables: 1e9, clauses: [] }, '').kind).toBe('failed')
  })

  it('agrees with evaluation by truth table', () => {
    const literal = fc.integer({ min: 1, max: 4 }).chain((v) => fc.constantFrom(v, -v))
    const clauses = fc.array(fc.array(literal, { minLength: 1, maxLength: 3 }), { maxLength: 6 })
    fc.assert(
      fc.property(clauses, fc.nat(15), (list, mask) => {
        const values = [0, 1, 2, 3].map((i) => ((mask >> i) & 1) === 1)
        const isTrue = list.every((c) => c.some((l) => (l > 0 ? values[l - 1] : !values[-l - 1])))
        const bits = values.map((v) => (v ? '1' : '0')).join('')
        expect(checkSat({ variables: 4, clauses: list }, bits).kind).toBe(isTrue ? 'right' : 'wrong')
      }),
    )
  })
})
