// Where a stage's problems come from. Each is a function of the step alone, so a resumed run sees the same problems.
import { GradusError } from '../../base/error.ts'
import type { Knobs, Problem, Source, Task } from '../../contracts/index.ts'
import { accuracyVariance } from '../reward/accuracy-history.ts'

/** Which generated problems are drawn. */
export interface TaskSourceOptions {
  /** Draws from this many problems, in a new order each epoch, instead of fresh ones in every step. */
  readonly pool?: number
  /** Never draws these, nor what asks the same: what the model will be evaluated on. */
  readonly without?: readonly Problem[]
}

/** Problems that a task generates. */
export function taskSource(task: Task, knobs: Knobs = {}, { pool, without = [] }: TaskSourceOptions = {}): Source {
  const contentOf = (problem: Problem): string => task.content?.(problem) ?? JSON.stringify(problem.prompt)
  const excluded = new Set(without.map(contentOf))
  const made = (index: number): Problem => {
    // Another index for each that is excluded, so that a problem still depends on its own index alone.
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const problem = task.problem('train', index + attempt * FAR * FAR_DRAWS, knobs)
      if (excluded.size === 0 || !excluded.has(contentOf(problem))) return problem
    }
    throw new GradusError('data/no-problems', `nearly every problem that ${task.id} generates is held out`, {
      hint: 'Set harder knobs, of which there are more problems, or give a model with --model instead of a base.',
    })
  }
  if (pool !== undefined) {
    const pooled: Problem[] = []
    return listSource(pool, (index) => (pooled[index] ??= made(index)))
  }
  return {
    says: 'fresh problems',
    async next(count, { step, draw, rng }) {
      // Further draws of a step come from far away: their number is not known in advance.
      const first = draw === 0 ? step * count : FAR + rng('further-problems', step, draw).int(FAR)
      return Array.from({ length: count }, (_, i) => made(first + i))
    },
  }
}

const FAR_DRAWS = 4
/** Then a task has next to nothing else. */
const ATTEMPTS = 1000
const FAR = 2 ** 30

/** Given problems, epoch after epoch, in an order drawn anew for each. */
export function problemSource(problems: readonly Problem[]): Source {
  if (problems.length === 0) throw new GradusError('data/no-problems', 'there are no problems to train on')
  return listSource(problems.length, (index) => problems[index])
}

/** The same problems in every step, repeated to the number asked for (one-shot training). */
export function repeatSource(problems: readonly Problem[]): Source {
  if (problems.length === 0) throw new GradusError('data/no-problems', 'there are no problems to train on')
  return {
    says: problems.length === 1 ? 'one problem, repeated' : `the same ${problems.length} problems, repeated`,
    async next(count) {
      return Array.from({ length: count }, (_, i) => problems[i % problems.length])
    },
  }
}

/** One problem of a list in every step: the one whose accuracy varied most over its visits, or the `place`-th of them. */
export function rankedSource(problems: readonly Problem[], place: number): Source {
  if (problems.length === 0) throw new GradusError('data/no-problems', 'there are no problems to train on')
  return {
    says: `one problem of ${problems.length}, repeated: number ${place} by the variance of its accuracy`,
    async next(count, { history }) {
      const ranked = problems
        .map((problem) => ({ problem, score: accuracyVariance(history, problem.id) }))
        .sort((a, b) => b.score - a.score)
      const { problem } = ranked[Math.min(place, ranked.length) - 1]
      return new Array<Problem>(count).fill(problem)
    },
  }
}

function listSource(size: number, at: (index: number) => Problem): Source {
  const orders = new Map<number, readonly number[]>()
  return {
    says: `${size} problems, in a new order each epoch`,
    async next(count, { step, draw, rng }) {
      if (draw > 0) {
        const further = rng('further-problems', step, draw)
        return Array.from({ length: count }, () => at(further.int(size)))
      }
      const orderOf = (epoch: number): readonly number[] => {
        let order = orders.get(epoch)
        if (!order) {
          order = rng('epoch-order', epoch).shuffle(Array.from({ length: size }, (_, i) => i))
          orders.set(epoch, order)
          orders.delete(epoch - 2)
        }
        return order
      }
      return Array.from({ length: count }, (_, i) => {
        const place = step * count + i
        return at(orderOf(Math.floor(place / size))[place % size])
      })
    },
  }
}
