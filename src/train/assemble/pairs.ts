// Groups to preference pairs: a right completion chosen over a wrong one of the same problem.
import { said } from '../../base/said.ts'
import type { Aggregator, Assemble, Example, Rollout } from '../../contracts/index.ts'
import { isTrainedOn } from '../group/trained-on.ts'
import { toDatum } from './sequences.ts'

/** Up to `perProblem` pairs of each group, each completion in one pair at most. */
export const pairs = ({ perProblem }: { readonly perProblem: number }): Assemble =>
  said<Assemble>(`pair right with wrong completions of a problem, at most ${perProblem} pairs`, (groups) =>
    groups.flatMap(({ rollouts }, group) => {
      const of = (kind: 'right' | 'wrong'): readonly Rollout[] =>
        rollouts.filter((rollout) => isTrainedOn(rollout) && rollout.verdict?.kind === kind)
      const [chosen, rejected] = [of('right'), of('wrong')]
      const count = Math.min(perProblem, chosen.length, rejected.length)
      return Array.from({ length: count }, (_, i) => ({
        sequences: [toDatum(chosen[i], group), toDatum(rejected[i], group)],
      }))
    }),
  )

/** The mean over examples of a loss that reads the scalar `weight` of each. */
export const exampleMean: Aggregator = said('w = 1 / pairs of the batch', (examples: readonly Example[]) =>
  examples.map((example) => ({ ...example, scalars: { ...example.scalars, weight: 1 / examples.length } })),
)
