import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import { findAttempt, findFullAttempt, randomAttempt } from './countdown-solver.ts'
import { verifyCountdown } from './countdown-verify.ts'

describe('findAttempt', () => {
  it('prefers all the numbers and positive whole values', () => {
    // 98 alone would do, but all three numbers can be used.
    expect(findAttempt([98, 3, 3], 98)?.length).toBe(2)
    expect(findAttempt([44, 19, 35], 98)).toEqual(['44+19=63', '63+35=98'])
  })

  it('falls back to zero, to fewer numbers, to a bare number and to fractions', () => {
    expect(findAttempt([5, 5, 7], 7)).toEqual(['5/5=1', '1*7=7'])
    // All four numbers only by multiplying 47 with 0.
    expect(findFullAttempt([5, 5, 47, 98], 98)?.filter((step) => step.endsWith('=0'))).not.toEqual([])
    expect(findAttempt([50, 48, 7], 98)).toEqual(['50+48=98'])
    expect(findAttempt([98, 50], 98)).toEqual([])
    expect(findAttempt([1, 6, 6, 8], 24)).toEqual(['6/8=(3/4)', '1-(3/4)=(1/4)', '6/(1/4)=24'])
    expect(findAttempt([1, 1], 50)).toBeUndefined()
  })

  it('finds a solution exactly when a naive enumeration of expressions does', () => {
    const rng = stream('test', 'solver')
    for (let i = 0; i < 60; i++) {
      const numbers = Array.from({ length: 3 }, () => 1 + rng.int(12))
      const target = 1 + rng.int(40)
      const found = findAttempt(numbers, target)
      expect(found !== undefined, `${numbers} ${target}`).toBe(naiveCanReach(numbers, target))
      if (found === undefined) continue
      const problem = { id: '', task: '', split: 'train', prompt: '', meta: { numbers, target } } as const
      expect(verifyCountdown(problem, found.join(';') || String(target)).kind).toBe('right')
    }
  })

  it('gives up after its limit of moves', () => {
    expect(findAttempt([44, 19, 35], 97, { maxMoves: 5 })).toBeUndefined()
  })
})

describe('randomAttempt', () => {
  it('uses every number and ends at its last result', () => {
    for (let i = 0; i < 50; i++) {
      const { steps, end } = randomAttempt([44, 19, 35, 2], stream('test', i))
      expect(steps).toHaveLength(3)
      const problem = {
        id: '',
        task: '',
        split: 'train',
        prompt: '',
        meta: { numbers: [44, 19, 35, 2], target: end },
      } as const
      expect(verifyCountdown(problem, steps.join(';')).kind).toBe('right')
    }
  })
})

/** Every ordered subset, every operator, both groupings, in floating point. */
function naiveCanReach(numbers: readonly number[], target: number): boolean {
  const apply = (a: number, op: string, b: number): number =>
    op === '+' ? a + b : op === '-' ? a - b : op === '*' ? a * b : a / b
  const ops = [...'+-*/']
  const hit = (value: number): boolean => Math.abs(value - target) < 1e-9
  const indices = [0, 1, 2]
  return indices.some((i) =>
    indices.some((j) => {
      if (hit(numbers[i])) return true
      if (j === i) return false
      const [a, b, c] = [numbers[i], numbers[j], numbers[3 - i - j]]
      return ops.some(
        (f) =>
          hit(apply(a, f, b)) || ops.some((g) => hit(apply(apply(a, f, b), g, c)) || hit(apply(a, f, apply(b, g, c)))),
      )
    }),
  )
}
