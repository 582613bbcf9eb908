// Dynamic sampling (DAPO, 2503.14476, section 3.2): groups that are all right or all wrong teach nothing relative to the
// group, so they are left out, and further problems are drawn until the batch is full.
import { said } from '../../base/said.ts'
import type { Credit, Group, StepContext } from '../../contracts/index.ts'
import { dropUniform, isUniform } from './keep.ts'

/** How far to go on drawing. */
export interface DynamicSamplingOptions {
  /** Draws of further problems at most; what is missing after them stays missing. */
  readonly rounds: number
  /** Scores the groups that are drawn: the credits that give rewards. */
  readonly rewards: readonly Credit[]
}

/** Scores the groups and draws more until as many as at first are neither all right nor all wrong. */
export const dynamicSampling = ({ rounds, rewards }: DynamicSamplingOptions): Credit =>
  said<Credit>(
    [
      ...rewards.map(({ says }) => says),
      `leave out groups that are all right or all wrong; draw more problems, up to ${rounds} times, until the batch is full`,
    ].join('\n'),
    async (groups, context) => {
      const wanted = groups.length
      const all: Group[] = [...(await scored(groups, rewards, context))]
      const missing = (): number => wanted - all.filter((group) => !isUniform(group, 'verdict')).length
      for (let round = 0; round < rounds && missing() > 0; round++)
        all.push(...(await scored(await context.more(missing()), rewards, context)))
      context.report('group/drawn_per_kept', all.length / Math.max(wanted - missing(), 1))
      return dropUniform('verdict')(all, context)
    },
  )

async function scored(
  groups: readonly Group[],
  rewards: readonly Credit[],
  context: StepContext,
): Promise<readonly Group[]> {
  let result = groups
  for (const credit of rewards) result = await credit(result, context)
  return result
}
