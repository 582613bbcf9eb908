import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersEquivalent, clusterAnswers } from './equivalence.ts'

describe('clusters of answers', () => {
  it('groups completions by what they answer, groups and members in order', () => {
    const texts = ['\\boxed{1/2}', 'The answer is 2.', '0.5', '<think>5', '\\boxed{2.0}', '\\frac12', '<think>5']
    expect(clusterAnswers(texts)).toEqual({
      clusters: [[0, 2, 5], [1, 4], [3], [6]],
      clusterOf: [0, 1, 0, 2, 1, 0, 3],
    })
  })

  it('compares texts in normal form for the presets that do', () => {
    expect(clusterAnswers(['0.5', '\\frac12', '1/2', '0.50'], 'hendrycks-math').clusterOf).toEqual([0, 0, 0, 1])
  })

  it('is empty for no texts', () => {
    expect(clusterAnswers([])).toEqual({ clusters: [], clusterOf: [] })
  })
})

describe('equivalence', () => {
  const answers = [
    '1/2',
    '0.5',
    '50\\%',
    '2',
    '\\sqrt{4}',
    '1, 2',
    '2, 1',
    '(1,2)',
    '(2,1)',
    '\\{2,1\\}',
    'x+1',
    '1+x',
    'x=2',
    'x<2',
    '(-\\infty,2)',
    'A',
    '(A)',
    'yes',
    'no',
    '3 cm',
    '3',
    '30 mm',
    '',
    '{{{',
    '0.3333',
    '\\frac13',
    '\\pi',
    '3.14',
  ]

  it('does not depend on the order of the two', () => {
    for (const a of answers)
      for (const b of answers) expect(answersEquivalent(a, b), `${a} ~ ${b}`).toBe(answersEquivalent(b, a))
  })

  it('is a partition whatever the order of the texts', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...answers.keys()], { minLength: 2, maxLength: 12 }), (places) => {
        const groups = (order: readonly number[]): string =>
          JSON.stringify(
            clusterAnswers(order.map((place) => answers[place]))
              .clusters.map((cluster) => cluster.map((i) => order[i]).sort((a, b) => a - b))
              .sort((a, b) => a[0] - b[0]),
          )
        expect(groups(places)).toBe(groups([...places].reverse()))
      }),
      { numRuns: 30 },
    )
  })
})
