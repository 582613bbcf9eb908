// The list of tasks. Adding one is an import and a line; nothing else in the system names a task.
import { closestName } from '../base/closest-name.ts'
import { GradusError } from '../base/error.ts'
import type { Task } from '../contracts/index.ts'
import { chainArithmetic } from './chain-arithmetic.ts'
import { countdown } from './countdown.ts'
import { familiesA } from './families/list-a.ts'
import { familiesB } from './families/list-b.ts'
import { familiesC } from './families/list-c.ts'
import { familiesD } from './families/list-d.ts'
import { knightsAndKnaves } from './knights-and-knaves.ts'
import { questionTasks } from './questions/catalog.ts'
import { findWrapped } from './wrap/index.ts'

/** Every task that makes problems. */
export const tasks: readonly Task[] = [
  chainArithmetic,
  countdown,
  knightsAndKnaves,
  ...familiesA,
  ...familiesB,
  ...familiesC,
  ...familiesD,
]

/**
 * The task with this id; `gsm-dag+distract` is a task in a wrapper.
 *
 * @throws `usage/unknown-task`, `usage/unknown-wrapper`, with the nearest name; `config/cannot-wrap`
 */
export function findTask(id: string): Task {
  return id.includes('+') ? findWrapped(id, findPlain, tasks) : findPlain(id)
}

function findPlain(id: string): Task {
  const all = [...tasks, ...questionTasks]
  const found = all.find((task) => task.id === id)
  if (found !== undefined) return found
  const ids = all.map((task) => task.id)
  const near = closestName(id, ids)
  throw new GradusError('usage/unknown-task', `There is no task "${id}".`, {
    hint: `${near === undefined ? '' : `Did you mean "${near}"? `}The tasks are: ${ids.join(', ')}.`,
  })
}
