// The verifiable reward: 1 for a right completion, 0 for a wrong one. Undecided and failed ones get none.
import { said } from '../../base/said.ts'
import type { Credit, Rollout } from '../../contracts/index.ts'

/** Scores every decided rollout by its verdict. */
export const verdictReward = (): Credit =>
  said<Credit>('R_i = 1 if y_i is right, 0 if it is wrong', (groups) =>
    groups.map((group) => ({ ...group, rollouts: group.rollouts.map(score) })),
  )

function score(rollout: Rollout): Rollout {
  const { verdict } = rollout
  if (verdict?.kind !== 'right' && verdict?.kind !== 'wrong') return rollout
  const reward = verdict.kind === 'right' ? 1 : 0
  return { ...rollout, status: 'scored', reward, parts: { ...rollout.parts, verdict: reward } }
}
