// The list of tasks. Adding one is an import and a line; nothing else in the system names a task.
import { closestName } from '../base/closest-name.ts'
import { GradusError } from '../base/error.ts'
import type { Task } from '../contracts/index.ts'
import { chainArithmetic } from './chain-arithmetic.ts'
import { countdown } from './countdown.ts'
import { knightsAndKnaves } from './knights-and-knaves.ts'

/** Every task. */
export const tasks: readonly Task[] = [chainArithmetic, countdown, knightsAndKnaves]

/**
 * The task with this id.
 *
 * @throws `usage/unknown-task`, with the nearest id.
 */
export function findTask(id: string): Task {
  const found = tasks.find((task) => task.id === id)
  if (found !== undefined) return found
  const ids = tasks.map((task) => task.id)
  const near = closestName(id, ids)
  throw new GradusError('usage/unknown-task', `There is no task "${id}".`, {
    hint: `${near === undefined ? '' : `Did you mean "${near}"? `}The tasks are: ${ids.join(', ')}.`,
  })
}
