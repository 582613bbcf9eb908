// The words that answer "why did this score 0?".
import { describe, expect, it } from 'vitest'
import type { RolloutGroup } from '../../../../src/serve/dashboard/api.ts'
import { type ShownRollout, tellingParts, whyNothing, whyOf } from './why.ts'

const rollout = (changes: Partial<ShownRollout> = {}): ShownRollout => ({
  index: 0,
  completion: '1+1=3',
  status: 'scored',
  verdict: 'wrong',
  reason: 'step 1: 1+1 is 2, not 3',
  reward: 0,
  parts: { correct: 0 },
  advantage: -0.5,
  stop: 'eos',
  tokens: 6,
  isKept: true,
  hasTokens: false,
  ...changes,
})

const group = (rollouts: readonly ShownRollout[], rewardStd: number | null): RolloutGroup => ({
  problem: 'p',
  prompt: '1+1=',
  rewardMean: 0,
  rewardStd,
  rollouts,
})

describe('why a rollout got its score', () => {
  it("is the verifier's reason and nothing else where that says it all", () => {
    expect(whyOf(rollout())).toEqual({ kind: 'wrong', reason: 'step 1: 1+1 is 2, not 3', notes: [] })
  })

  it('is never empty', () => {
    expect(whyOf(rollout({ reason: '  ' })).reason).toBe('The verifier gave no reason')
    expect(whyOf(rollout({ reason: undefined, verdict: undefined, status: 'unscored' }))).toMatchObject({
      kind: 'unscored',
      reason: 'It was never verified',
    })
  })

  it('names the token limit where that cut the completion off', () => {
    expect(whyOf(rollout({ stop: 'max', tokens: 64 })).notes).toEqual(['Cut off by the token limit after 64 tokens'])
  })

  it('says that what is undecided or failed does not count as wrong', () => {
    for (const status of ['undecided', 'failed'] as const) {
      const why = whyOf(rollout({ status, verdict: status, reward: undefined, advantage: undefined }))
      expect(why.kind).toBe(status)
      expect(why.notes).toEqual(['Left out of the reward and the loss, not counted as wrong'])
    }
  })

  it('says so when verdict and reward disagree', () => {
    expect(whyOf(rollout({ verdict: 'right', reward: 0 })).notes).toEqual([
      'Right, and other parts took the reward away',
    ])
    expect(whyOf(rollout({ reward: 0.2 })).notes).toEqual(['Wrong, and other parts gave a reward'])
  })

  it('says that a scored rollout without advantage is not trained on', () => {
    expect(whyOf(rollout({ advantage: undefined })).notes).toEqual(['It has no advantage: it is not trained on'])
  })
})

describe('why a group teaches nothing', () => {
  it('is that all rewards are equal', () => {
    const flat = rollout({ advantage: 0 })
    expect(whyNothing(group([flat, flat], 0))).toContain('All rewards are equal')
  })

  it('is nothing where rewards differ, or where equal rewards still have advantages', () => {
    expect(whyNothing(group([rollout(), rollout({ reward: 1 })], 0.5))).toBeUndefined()
    expect(whyNothing(group([rollout(), rollout()], 0))).toBeUndefined()
  })

  it('is that none was scored', () => {
    expect(whyNothing(group([rollout({ status: 'failed' })], null))).toBe('No rollout of this group was scored')
  })
})

describe('parts of a reward', () => {
  it('come greatest first, whatever their sign', () => {
    expect(tellingParts(rollout({ reward: 0.2, parts: { format: 0.1, length: -0.9, correct: 1 } }))).toEqual([
      ['correct', 1],
      ['length', -0.9],
      ['format', 0.1],
    ])
  })

  it('are left out where the only one is the reward itself', () => {
    expect(tellingParts(rollout({ reward: 1, parts: { correct: 1 } }))).toEqual([])
    expect(tellingParts(rollout({ reward: 0, parts: { correct: 1 } }))).toEqual([['correct', 1]])
  })
})
