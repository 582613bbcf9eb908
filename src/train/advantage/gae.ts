// Generalised advantage estimation (1506.02438, eq. 16) from the value head of the model in training:
//   δ_t = r_t + γ V_{t+1} - V_t,  A_t = Σ_k (γλ)^k δ_{t+k},  return_t = A_t + V_t;  V after the last token is 0.
import { GradusError } from '../../base/error.ts'
import { said } from '../../base/said.ts'
import type { Credit, Loss, Rollout, SequenceReport } from '../../contracts/index.ts'
import { mul, sum } from '../../tensor/index.ts'
import { sequences } from '../assemble/sequences.ts'
import { isTrainedOn } from '../group/trained-on.ts'
import { rewardsByToken } from './returns.ts'

/** Discount γ and trace λ. */
export interface GaeOptions {
  readonly gamma: number
  readonly lambda: number
}

/** A loss that only asks for values. */
const valueProbe: Loss = {
  id: 'value-probe',
  fields: [],
  wants: ['values'],
  coefficients: [],
  terms: ({ want }) => ({ total: mul(sum(want('values')), 0), report: {} }),
}

/** Fills `advantages` and the fields `oldValues` and `returns`; needs a trainer with a value head. */
export const gae = (options: GaeOptions): Credit =>
  said<Credit>(
    `A_t = Σ_k (${options.gamma}·${options.lambda})^k δ_{t+k},  δ_t = r_t + ${options.gamma} V_{t+1} - V_t;  return_t = A_t + V_t`,
    async (groups, context) => {
      const { sequences: reports = [] } = await context.models.trainer.forward(sequences(groups, context), valueProbe)
      let next = 0
      const credited = groups.map((group) => ({
        ...group,
        rollouts: group.rollouts.map((rollout) =>
          isTrainedOn(rollout) ? estimate(rollout, valuesOf(reports[next++]), options) : rollout,
        ),
      }))
      const all = credited.flatMap(({ rollouts }) => rollouts.filter(isTrainedOn))
      context.report('value/explained_variance', explainedVariance(all))
      return credited
    },
  )

function valuesOf({ values }: SequenceReport): Float32Array {
  if (values !== undefined) return values
  throw new GradusError('train/no-value-head', 'advantages are wanted from a critic, and the trainer gave no values', {
    hint: "Set valueHead in the stage's update.",
  })
}

function estimate(rollout: Rollout, values: Float32Array, { gamma, lambda }: GaeOptions): Rollout {
  const rewards = rewardsByToken(rollout)
  const count = rewards.length
  const advantages = new Float32Array(count)
  let carried = 0
  for (let t = count - 1; t >= 0; t--) {
    const following = t + 1 < count ? values[t + 1] : 0
    carried = rewards[t] + gamma * following - values[t] + gamma * lambda * carried
    advantages[t] = carried
  }
  const shape = [count] as const
  const fields = {
    ...rollout.fields,
    oldValues: { data: values, shape },
    returns: { data: advantages.map((a, t) => a + values[t]), shape },
  }
  return { ...rollout, advantages, fields }
}

/** 1 - Var(return - V) / Var(return) over all tokens; 0 where returns do not vary. */
function explainedVariance(rollouts: readonly Rollout[]): number {
  const returns = rollouts.flatMap(({ fields }) => [...fields.returns.data])
  const errors = rollouts.flatMap(({ fields }) =>
    [...fields.returns.data].map((value, t) => value - fields.oldValues.data[t]),
  )
  const spread = variance(returns)
  return spread === 0 ? 0 : 1 - variance(errors) / spread
}

function variance(xs: readonly number[]): number {
  const mean = xs.reduce((a, b) => a + b, 0) / Math.max(xs.length, 1)
  return xs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(xs.length, 1)
}
