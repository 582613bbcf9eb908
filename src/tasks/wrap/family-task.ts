// Wrappers that change instances, not texts, need the family behind a task. This finds it, and goes through its
// problems until one suits.
import { GradusError } from '../../base/error.ts'
import { canonicalJson } from '../../base/json.ts'
import type { Rng } from '../../base/rng.ts'
import { stream } from '../../base/rng.ts'
import type { Problem, Task } from '../../contracts/index.ts'
import type { FamilyTask } from '../family/task-of.ts'
import type { Ask } from './wrapped-task.ts'
import { cannotWrap } from './wrapped-task.ts'

const maxCandidates = 256
/** Problems of a level that are looked at to see if the level fits, and how many must. */
const probes = 24
const leastFitting = 6
/** Share of different texts among them; with fewer, some split would have no problem. */
const leastDifferent = 0.8

/** The family task, when it is one and its family has these abilities. @throws `config/cannot-wrap` */
export function familyTaskWith(
  task: Task,
  wrapper: string,
  abilities: readonly ('slots' | 'fill' | 'invert' | 'perturb' | 'unanswerable')[],
): FamilyTask {
  if (!('family' in task)) {
    throw cannotWrap(
      task,
      wrapper,
      task.id.includes('+') ? 'it is wrapped already (put this wrapper first)' : 'it is not made of a family',
    )
  }
  const made = task as FamilyTask
  const missing = abilities.find((ability) => made.family[ability] === undefined)
  if (missing !== undefined) throw cannotWrap(task, wrapper, `its family has no \`${missing}\``)
  return made
}

/**
 * The levels at which a quarter of the first problems become something, and hardly two the same: what a family can do
 * may depend on the level.
 *
 * @throws `config/cannot-wrap` when there is no such level
 */
export function fittingLevels(
  task: Task,
  wrapper: string,
  make: (problem: Problem, rng: Rng) => unknown,
): readonly number[] {
  const levels = task.levels.filter((level) => {
    const found: string[] = []
    for (let i = 0; i < probes; i++) {
      const made = make(task.problem('train', i, { level }), stream('probe', task.id, wrapper, level, i))
      if (made !== undefined) found.push(canonicalJson(made))
    }
    return found.length >= leastFitting && new Set(found).size >= leastDifferent * found.length
  })
  if (levels.length === 0) throw cannotWrap(task, wrapper, 'too few of its problems fit')
  return levels
}

/**
 * What `make` makes of the first problem for which it makes anything. Problems of different indexes share none.
 *
 * @throws `data/no-problem` when 256 in a row suit it not.
 */
export function firstFit<T>(
  task: Task,
  { split, index, knobs }: Ask<unknown>,
  make: (problem: Problem) => T | undefined,
): T {
  for (let i = 0; i < maxCandidates; i++) {
    const made = make(task.problem(split, index * maxCandidates + i, knobs))
    if (made !== undefined) return made
  }
  throw new GradusError('data/no-problem', `None of ${maxCandidates} problems of task "${task.id}" can be wrapped.`, {
    hint: 'Make the knobs wider, or choose another level.',
  })
}
