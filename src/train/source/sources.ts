// Where a stage's problems come from. Each is a function of the step alone, so a resumed run sees the same problems.
import { GradusError } from '../../base/error.ts'
import type { Knobs, Problem, Source, Task } from '../../contracts/index.ts'
import { accuracyVariance } from '../reward/accuracy-history.ts'

/** Fresh problems of a task, never the same twice; or, with `pool`, drawn in a new order each epoch from that many. */
export function taskSource(task: Task, knobs: Knobs = {}, { pool }: { pool?: number } = {}): Source {
  if (pool !== undefined) {
    const made: Problem[] = []
    return listSource(pool, (index) => (made[index] ??= task.problem('train', index, knobs)))
  }
  return {
    says: 'fresh problems',
    async next(count, { step, draw, rng }) {
      // Further draws of a step come from far away: their number is not known in advance.
      const first = draw === 0 ? step * count : FAR + rng('further-problems', step, draw).int(FAR)
      return Array.from({ length: count }, (_, i) => task.problem('train', first + i, knobs))
    },
  }
}

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
