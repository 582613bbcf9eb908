// Remembers how often each problem was solved, visit by visit: what rankings and curricula are made from.
import { said } from '../../base/said.ts'
import type { Credit, History } from '../../contracts/index.ts'

const PREFIX = 'accuracy/'

/** Adds the share of right rollouts of each group to its problem's history. */
export const recordAccuracy = (): Credit =>
  said<Credit>('remember the share of right completions of each problem', (groups, { history }) => {
    for (const { problem, rollouts } of groups) {
      const decided = rollouts.filter(({ verdict }) => verdict?.kind === 'right' || verdict?.kind === 'wrong')
      if (decided.length === 0) continue
      const accuracy = decided.filter(({ verdict }) => verdict?.kind === 'right').length / decided.length
      history.set(PREFIX + problem.id, [...accuracyOf(history, problem.id), accuracy])
    }
    return groups
  })

/** Accuracies of a problem over its visits, oldest first. */
export const accuracyOf = (history: History, problem: string): readonly number[] =>
  (history.get(PREFIX + problem) as readonly number[] | undefined) ?? []

/** Variance of a problem's accuracy over its visits: the score of One-Shot-RLVR (2504.20571, section 2). */
export function accuracyVariance(history: History, problem: string): number {
  const values = accuracyOf(history, problem)
  const mean = values.reduce((a, b) => a + b, 0) / Math.max(values.length, 1)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(values.length, 1)
}
