// Whitening over a whole batch (PPO as practised; REINFORCE++, 2501.03262): advantages of all trained-on tokens get mean 0
// and deviation 1. Where all are equal they become exact zeros.
import { said } from '../../base/said.ts'
import type { Credit, Group, Rollout } from '../../contracts/index.ts'
import { isTrainedOn } from '../group/trained-on.ts'

/** (A - mean) / (std + ε) over all trained-on tokens of the batch, with the unbiased deviation. */
export const whitenAdvantages = ({ epsilon = 1e-8 }: { readonly epsilon?: number } = {}): Credit =>
  said<Credit>('A ← (A - mean A) / std A over all tokens of the batch', (groups) => {
    const values = groups.flatMap(({ rollouts }) => rollouts.filter(isTrainedOn).map(trainedAdvantages)).flat()
    const mean = values.reduce((a, b) => a + b, 0) / Math.max(values.length, 1)
    const variance = values.reduce((sum, a) => sum + (a - mean) ** 2, 0) / Math.max(values.length - 1, 1)
    const equal = values.every((value) => value === values[0])
    const scale = 1 / (Math.sqrt(variance) + epsilon)
    const whiten = (rollout: Rollout): Rollout =>
      rollout.advantages && isTrainedOn(rollout)
        ? { ...rollout, advantages: rollout.advantages.map((a) => (equal ? 0 : (a - mean) * scale)) }
        : rollout
    return groups.map((group): Group => ({ ...group, rollouts: group.rollouts.map(whiten) }))
  })

/** Advantages of the tokens that are trained on. */
export function trainedAdvantages({ advantages, mask }: Rollout): number[] {
  return [...(advantages ?? [])].filter((_, t) => mask === undefined || mask[t] === 1)
}
