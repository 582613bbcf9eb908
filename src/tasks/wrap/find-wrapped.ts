// The list of wrappers, and tasks by ids such as `gsm-dag+distract+dialect`: the task, then each wrapper in turn.
import { closestName } from '../../base/closest-name.ts'
import { GradusError, isGradusError } from '../../base/error.ts'
import type { Task } from '../../contracts/index.ts'
import { compose } from './compose.ts'
import { corruptTrace } from './corrupt-trace.ts'
import { dialect } from './dialect.ts'
import { distract } from './distract.ts'
import { invert } from './invert.ts'
import { noise } from './noise.ts'
import { perturb } from './perturb.ts'
import { rename } from './rename.ts'
import { unanswerable } from './unanswerable.ts'

/** What makes a task of a task. */
export interface Wrapper {
  readonly name: string
  readonly summary: string
  /** What a task must have to be wrapped. */
  readonly needs: string
  wrap(task: Task): Task
}

const wrapper = (name: string, summary: string, needs: string, wrap: (task: Task) => Task): Wrapper => ({
  name,
  summary,
  needs,
  wrap: (task) => wrap(task),
})

/** Every wrapper. */
export const wrappers: readonly Wrapper[] = [
  wrapper(
    'compose',
    'A chain of problems; each needs the answer before.',
    'a family with slots and whole-number answers',
    compose,
  ),
  wrapper('distract', 'The problem stands among others that do not matter.', 'any task', distract),
  wrapper('invert', 'The answer is given, and what was given is asked for.', 'a family with `invert`', invert),
  wrapper('rename', 'The same problem under other names.', 'a family whose instances hold names', rename),
  wrapper('dialect', 'Every character stands for another.', 'any task', dialect),
  wrapper(
    'unanswerable',
    'Half of the problems lack a premise; their answer is `unknown`.',
    'a family with `unanswerable`',
    unanswerable,
  ),
  wrapper('perturb', 'The twin of each problem, changed in one place.', 'a family with `perturb`', perturb),
  wrapper('noise', 'The prompt is written untidily.', 'any task', noise),
  wrapper(
    'corrupt-trace',
    'Worked traces with damaged steps.',
    'any task with a verifier that answers at once',
    corruptTrace,
  ),
]

/**
 * The task in the wrapper of this name. `others` are tasks to name in the error when this one does not fit.
 *
 * @throws `usage/unknown-wrapper`; `config/cannot-wrap`
 */
export function wrapTask(task: Task, name: string, others: readonly Task[] = []): Task {
  const found = wrappers.find((entry) => entry.name === name)
  if (found === undefined) {
    const names = wrappers.map((entry) => entry.name)
    const near = closestName(name, names)
    throw new GradusError('usage/unknown-wrapper', `There is no wrapper "${name}".`, {
      hint: `${near === undefined ? '' : `Did you mean "${near}"? `}The wrappers are: ${names.join(', ')}.`,
    })
  }
  const [, ...worn] = task.id.split('+')
  if (worn.includes(name)) {
    throw new GradusError('config/cannot-wrap', `Task "${task.id}" is wrapped by "${name}" already.`, {
      hint: 'Each wrapper goes on once.',
    })
  }
  try {
    return found.wrap(task)
  } catch (error) {
    if (!isGradusError(error) || error.code !== 'config/cannot-wrap') throw error
    const fit = others.filter((other) => canWrap(other, found)).map((other) => other.id)
    throw new GradusError('config/cannot-wrap', error.message, {
      hint: `"${name}" needs ${found.needs}.${fit.length > 0 ? ` It fits: ${fit.join(', ')}.` : ''}`,
      cause: error,
    })
  }
}

/** Whether the wrapper fits the task. */
export function canWrap(task: Task, { wrap }: Wrapper): boolean {
  try {
    wrap(task)
    return true
  } catch {
    return false
  }
}

/**
 * The task of an id with wrappers, `chain-sum+compose`; `find` gives the task before the first `+`.
 *
 * @throws what `find` throws; `usage/unknown-wrapper`; `config/cannot-wrap`
 */
export function findWrapped(id: string, find: (id: string) => Task, others: readonly Task[] = []): Task {
  const [first, ...names] = id.split('+')
  return names.reduce((task, name) => wrapTask(task, name, others), find(first))
}
