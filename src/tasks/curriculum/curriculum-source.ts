// A level curriculum as a source of problems for a stage of training: asks the task for problems of the level in turn
// and observes the pass rates of their groups. Its state lives in the run's history, so a resumed run goes on alike.
import type { Json } from '../../base/json.ts'
import type { Curriculum, Group, StepContext } from '../../contracts/index.ts'
import type { LevelCurriculum } from './level-curriculum.ts'

/** The source; `key` names its state in the history. */
export function curriculumSource<S extends Json>(levels: LevelCurriculum<S>, key = 'curriculum'): Curriculum {
  const stateOf = ({ history }: StepContext): S => (history.get(key) as S | undefined) ?? levels.start
  return {
    says: 'problems of the level that the curriculum chooses',
    async next(count, context) {
      const { task, step, draw } = context
      const state = stateOf(context)
      const rng = context.rng('curriculum', step, draw)
      // Indexes at random: the same one at another level is another problem, and 2^31 of them do not repeat soon.
      return Array.from({ length: count }, () => {
        const level = levels.level(state, rng)
        return task.problem('train', rng.int(2 ** 31), { level })
      })
    },
    observe(groups, context) {
      let state = stateOf(context)
      for (const { level, passRate } of passRates(groups)) state = levels.observe(state, { level, passRate })
      context.history.set(key, state)
    },
  }
}

/** The share of scored rollouts that are right, for each level among the groups, in order of level. */
function passRates(groups: readonly Group[]): readonly { level: number; passRate: number }[] {
  const byLevel = new Map<number, boolean[]>()
  for (const { problem, rollouts } of groups) {
    if (problem.level === undefined) continue
    const seen = rollouts.filter(({ status }) => status === 'scored').map(({ verdict }) => verdict?.kind === 'right')
    byLevel.set(problem.level, [...(byLevel.get(problem.level) ?? []), ...seen])
  }
  return [...byLevel]
    .filter(([, seen]) => seen.length > 0)
    .sort(([a], [b]) => a - b)
    .map(([level, seen]) => ({ level, passRate: seen.filter(Boolean).length / seen.length }))
}
