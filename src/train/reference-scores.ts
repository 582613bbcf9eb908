// A credit that scores each trained-on completion with the reference model, for losses that stay near it.

import { GradusError } from '../base/error.ts'
import { said } from '../base/said.ts'
import type { Credit } from '../contracts/index.ts'
import { isTrainedOn } from './group/trained-on.ts'

/** Fills the field `referenceLogprobs`. @throws `train/no-reference` */
export const referenceScores = (): Credit =>
  said<Credit>('score y_i with π_ref', async (groups, { models }) => {
    if (!models.reference)
      throw new GradusError('train/no-reference', 'a loss term needs a reference model, and the stage has none', {
        hint: 'Give the stage needs: { reference: "base" }.',
      })
    const scored = groups.flatMap(({ rollouts }) => rollouts.filter(isTrainedOn))
    const samples = await models.reference.score(
      scored.map(({ promptIds, sample }) => ({ context: promptIds, ids: sample.ids })),
    )
    const found = new Map(scored.map((rollout, i) => [rollout, samples[i].logprobs]))
    return groups.map((group) => ({
      ...group,
      rollouts: group.rollouts.map((rollout) => {
        const data = found.get(rollout)
        if (!data) return rollout
        return { ...rollout, fields: { ...rollout.fields, referenceLogprobs: { data, shape: [data.length] as const } } }
      }),
    }))
  })
