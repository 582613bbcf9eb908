// Groups to examples of one sequence each, the common case: every rollout that counts is trained on by itself.
import { said } from '../../base/said.ts'
import type { Assemble, Datum, Field, Group, Rollout } from '../../contracts/index.ts'
import { isTrainedOn } from '../group/trained-on.ts'

/** One example for each rollout that is trained on. Sequences of a group share its number, and so their prompt's computation. */
export const sequences: Assemble = said('train on each completion by itself', (groups: readonly Group[]) =>
  groups.flatMap(({ rollouts }, group) =>
    rollouts.filter(isTrainedOn).map((rollout) => ({ sequences: [toDatum(rollout, group)] })),
  ),
)

/** A rollout as a sequence with the fields `mask`, `behaviourLogprobs` and, when it has them, `advantages`. */
export function toDatum(rollout: Rollout, group?: number): Datum {
  const { promptIds, sample, mask, advantages } = rollout
  const count = sample.ids.length
  const ids = new Int32Array(promptIds.length + count)
  ids.set(promptIds)
  ids.set(sample.ids, promptIds.length)
  const field = (data: Float32Array): Field => ({ data, shape: [count] })
  return {
    ids,
    promptLength: promptIds.length,
    group,
    fields: {
      mask: field(mask ? Float32Array.from(mask) : new Float32Array(count).fill(1)),
      behaviourLogprobs: field(sample.logprobs),
      ...(advantages && { advantages: field(advantages) }),
      ...rollout.fields,
    },
  }
}
