// The soft overlong punishment at the edges of its ramp.
import { describe, expect, it } from 'vitest'
import type { RolloutChanges } from '../__fixtures__/rollouts.ts'
import { credited, groupOf, scored, undecided } from '../__fixtures__/rollouts.ts'
import { overlongPenalty } from './overlong-penalty.ts'

/** Reward and part of a completion that would have had reward 1; the limit is 20 and the ramp begins after 16. */
async function punished(changes: RolloutChanges) {
  const [{ rollouts }] = await credited([overlongPenalty({ maxTokens: 20, cache: 4 })], [groupOf(scored(1, changes))])
  return { reward: rollouts[0].reward, part: rollouts[0].parts.overlong }
}

describe('overlongPenalty', () => {
  it.each([
    [1, 0],
    [15, 0],
    [16, 0],
    [17, -0.25],
    [18, -0.5],
    [19, -0.75],
    [20, -1],
    [21, -1],
  ])('of %i tokens is %d', async (tokens, penalty) => {
    expect(await punished({ tokens })).toEqual({ reward: 1 + penalty, part: penalty })
  })

  it('is -1 for what the budget ended, however long', async () => {
    expect(await punished({ tokens: 20, stop: 'max' })).toEqual({ reward: 0, part: -1 })
    expect(await punished({ tokens: 3, stop: 'max' })).toEqual({ reward: 0, part: -1 })
  })

  it('keeps the other parts and leaves undecided rollouts alone', async () => {
    const credit = overlongPenalty({ maxTokens: 20, cache: 4 })
    const [{ rollouts }] = await credited([credit], [groupOf(scored(0, { parts: { verdict: 0 } }), undecided())])
    expect(rollouts[0].parts).toEqual({ verdict: 0, overlong: 0 })
    expect(rollouts[1].reward).toBeUndefined()
  })
})
