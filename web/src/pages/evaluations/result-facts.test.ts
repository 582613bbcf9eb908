// Results of evaluations, whole and torn.

import { describe, expect, it } from 'vitest'
import type { Json } from '../../../../src/base/json.ts'
import { resultFacts } from './result-facts.ts'

describe('facts of a result', () => {
  it('are its numbers, pass@k in the order of k', () => {
    const estimate = { value: 0.5, low: 0.4, high: 0.6 }
    expect(
      resultFacts({
        n: 192,
        k: { '16': estimate, '2': estimate },
        undecided: 1,
        failed: 0,
        truncated: 3,
        temperature: 1,
      }),
    ).toEqual({
      problems: 192,
      passAtK: [
        { k: 2, value: estimate },
        { k: 16, value: estimate },
      ],
      undecided: 1,
      failed: 0,
      truncated: 3,
      temperature: 1,
    })
  })

  it('leave out what is not there or is something else', () => {
    const odds: readonly Json[] = [
      null,
      3,
      'x',
      [],
      { n: 'many', k: [1] },
      { k: { 1: null, x: { value: 1, low: 1, high: 1 } } },
    ]
    for (const odd of odds) {
      expect(resultFacts(odd)).toMatchObject({ problems: undefined, passAtK: [] })
    }
  })
})
