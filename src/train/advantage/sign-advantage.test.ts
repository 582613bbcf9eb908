// PSR, NSR and W-REINFORCE: the sign of each side, and who leaves the batch.
import { describe, expect, it } from 'vitest'
import { credited, groupOf, scored, undecided } from '../__fixtures__/rollouts.ts'
import { sequences } from '../assemble/sequences.ts'
import { isTrainedOn } from '../group/trained-on.ts'
import { type SignWeights, signAdvantage } from './sign-advantage.ts'

const mixed = [groupOf(scored(1, { tokens: 3 }), scored(0), undecided()), groupOf(scored(0))]

async function credits(weights: SignWeights) {
  const groups = await credited([signAdvantage(weights)], mixed)
  const rollouts = groups.flatMap((group) => group.rollouts)
  return {
    advantages: rollouts.map((rollout) => (isTrainedOn(rollout) ? [...(rollout.advantages ?? [])] : undefined)),
    dropped: rollouts.map(({ dropped }) => dropped),
    examples: sequences(groups, {} as never).length,
  }
}

describe('signAdvantage', () => {
  it('of PSR reinforces right completions and leaves wrong ones out of the batch', async () => {
    const { advantages, dropped, examples } = await credits({ right: 1, wrong: 0 })
    expect(advantages).toEqual([[1, 1, 1], undefined, undefined, undefined])
    expect(dropped).toEqual([undefined, 'not right', undefined, 'not right'])
    expect(examples).toBe(1)
  })

  it('of NSR pushes wrong completions down and leaves right ones out', async () => {
    const { advantages, dropped, examples } = await credits({ right: 0, wrong: 1 })
    expect(advantages).toEqual([undefined, [-1, -1], undefined, [-1, -1]])
    expect(dropped).toEqual(['not wrong', undefined, undefined, undefined])
    expect(examples).toBe(2)
  })

  it('of W-REINFORCE keeps both, right ones with weight λ', async () => {
    const { advantages, dropped, examples } = await credits({ right: 0.25, wrong: 1 })
    expect(advantages).toEqual([[0.25, 0.25, 0.25], [-1, -1], undefined, [-1, -1]])
    expect(dropped).toEqual([undefined, undefined, undefined, undefined])
    expect(examples).toBe(3)
  })
})
