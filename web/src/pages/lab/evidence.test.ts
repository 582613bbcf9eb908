import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEvidence } from './evidence.ts'

describe('readEvidence', () => {
  test('reads a difference between a recipe and the model that it started from', () => {
    expect(readEvidence('pass@1 (own) minus pass@1 of the start (own): 0.499 [0.483, 0.515]')).toEqual({
      parts: [
        {
          words: 'pass@1 of this recipe, minus pass@1 of the starting model',
          value: 0.499,
          low: 0.483,
          high: 0.515,
          isDifference: true,
        },
      ],
      rest: [],
    })
  })

  test('reads several parts, margins and values alone', () => {
    const text =
      'value/explained_variance (own): -5.062 [-5.825, -3.679]; pass@1 (own) minus pass@1 (grpo): 0.114 [0.098, 0.133], margin 0.05'
    const { parts, rest } = readEvidence(text)
    expect(parts.map(({ words, isDifference, margin }) => [words, isDifference, margin])).toEqual([
      ['value/explained_variance of this recipe', false, undefined],
      ['pass@1 of this recipe, minus pass@1 of “grpo”', true, 0.05],
    ])
    expect(parts[0].low).toBe(-5.825)
    expect(rest).toEqual([])
  })

  test('hands back what it cannot read', () => {
    for (const text of [
      'missing: psr seed 3 (to do)',
      'x: 1 [2]',
      'x: 1 [2, 3, 4]',
      'x: a [b, c]',
      'x: 1 [2, 3] or so',
      '',
    ]) {
      expect(readEvidence(text)).toEqual({ parts: [], rest: [text] })
    }
  })

  test('takes any text and loses none of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a:[], 1-;'), maxLength: 40 }), (text) => {
        const { parts, rest } = readEvidence(text)
        expect(parts.length + rest.length).toBe(text.split('; ').length)
      }),
    )
  })
})
