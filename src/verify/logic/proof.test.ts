import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProof } from './proof.ts'

const rules = [
  { id: 'swap', from: 'ba', to: 'ab' },
  { id: 'grow', from: 'c', to: 'ccc' },
  { id: 'make', from: '', to: 'c' },
]

describe('checkProof', () => {
  it('replays each rewriting where it says', () => {
    const steps = [
      { rule: 'swap', at: 1 },
      { rule: 'swap', at: 0 },
      { rule: 'make', at: 3 },
    ]
    expect(checkProof(rules, 'bba', 'abbc', steps)).toBe(true)
    expect(checkProof(rules, 'bba', 'abb', steps)).toBe('it ends at "abbc", not at "abb"')
    expect(checkProof(rules, 'x', 'x', [])).toBe(true)
  })

  it('refuses a rule that is not there or does not fit', () => {
    expect(checkProof(rules, 'ba', 'ab', [{ rule: 'swop', at: 0 }])).toBe('step 1: there is no rule "swop"')
    expect(checkProof(rules, 'ba', 'ab', [{ rule: 'swap', at: 1 }])).toBe('step 1: rule "swap" needs "ba" at 1 of "ba"')
    for (const at of [-1, 0.5, Number.NaN, 3, Number.POSITIVE_INFINITY]) {
      expect(checkProof(rules, 'ba', 'bac', [{ rule: 'make', at }])).toContain('no position')
    }
  })

  it('does not let a text grow without bound', () => {
    expect(checkProof(rules, 'c', 'c', Array(9_000).fill({ rule: 'grow', at: 0 }))).toContain('grows beyond')
    expect(checkProof(rules, 'c', 'c', Array(10_001).fill({ rule: 'make', at: 0 }))).toContain('more than 10000 steps')
  })

  it('sorts by swaps as bubble sort does', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (word) => {
        const steps: { rule: string; at: number }[] = []
        const letters = [...word]
        for (let i = letters.join('').indexOf('ba'); i >= 0; i = letters.join('').indexOf('ba')) {
          steps.push({ rule: 'swap', at: i })
          letters.splice(i, 2, 'a', 'b')
        }
        expect(checkProof(rules, word, [...word].sort().join(''), steps)).toBe(true)
        if (steps.length > 0) expect(checkProof(rules, word, letters.join(''), steps.slice(1))).not.toBe(true)
      }),
    )
  })
})
