import { describe, expect, it } from 'vitest'
import { checkPlan } from './plan.ts'

// Jugs of 3 and 5 litres; 4 litres are wanted.
const jugs = {
  start: [0, 0] as readonly [number, number],
  isGoal: ([, b]: readonly [number, number]) => b === 4,
  apply([a, b]: readonly [number, number], action: string): readonly [number, number] | string {
    const flow = Math.min(b, 3 - a)
    if (action === 'fill') return b === 5 ? 'it is full' : [a, 5]
    if (action === 'pour') return flow === 0 ? 'nothing would flow' : [a + flow, b - flow]
    return action === 'spill' ? [0, b] : 'no such action'
  },
}

describe('checkPlan', () => {
  it('carries the plan out', () => {
    expect(checkPlan(jugs, ['fill', 'pour', 'spill', 'pour', 'fill', 'pour'])).toBe(true)
  })

  it('names the first action that is not possible', () => {
    expect(checkPlan(jugs, ['fill', 'fill', 'fly'])).toBe('action 2, "fill": it is full')
    expect(checkPlan(jugs, ['toString'])).toBe('action 1, "toString": no such action')
  })

  it('refuses a plan that stops early, goes past the goal or is too long', () => {
    expect(checkPlan(jugs, [])).toBe('after 0 actions the goal is not reached')
    expect(checkPlan(jugs, ['fill', 'pour', 'spill', 'pour', 'fill', 'pour', 'fill'])).toContain('not reached')
    expect(checkPlan(jugs, ['fill', 'pour', 'spill', 'pour', 'fill', 'pour'], { maxActions: 5 })).toBe(
      'it has 6 actions; at most 5 are allowed',
    )
    expect(checkPlan(jugs, Array(10_001).fill('spill'), { maxActions: 1e9 })).toContain('at most 10000')
  })
})
