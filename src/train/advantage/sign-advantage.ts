// Advantages by the verdict alone, with no baseline (RLVR-Decomposed, 2506.01347, section 3): right completions are
// reinforced with weight λ, wrong ones are pushed down with weight 1. A weight of zero takes them out of the batch.
import { said } from '../../base/said.ts'
import type { Credit } from '../../contracts/index.ts'
import { keepOnly } from '../group/keep.ts'
import { perRollout } from '../group/trained-on.ts'
import { constantTokens } from './group-advantage.ts'

/** How much each side counts; 0 or more. */
export interface SignWeights {
  readonly right: number
  readonly wrong: number
}

/** +`right` for right completions and -`wrong` for wrong ones, on every token. */
export const signAdvantage = ({ right, wrong }: SignWeights): Credit =>
  said<Credit>(signText(right, wrong), (groups, context) => {
    const kept =
      right === 0 ? keepOnly('wrong')(groups, context) : wrong === 0 ? keepOnly('right')(groups, context) : groups
    const credit = perRollout((rollout) => ({
      ...rollout,
      advantages: constantTokens(rollout, rollout.verdict?.kind === 'right' ? right : -wrong),
    }))
    return credit(kept as typeof groups, context)
  })

function signText(right: number, wrong: number): string {
  const side = (kind: string, value: number): string => (value === 0 ? `${kind} leave` : `A_i = ${value} if ${kind}`)
  return `${side('right', right)}, ${side('wrong', -wrong)}`
}
