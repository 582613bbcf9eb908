// A task whose problems come from several levels in turn: problem i is of level i modulo their number. All else is the
// task's own.
import { GradusError } from '../base/error.ts'
import type { Knobs, Task } from '../contracts/index.ts'

/** The task with its problems spread evenly over `levels`. @throws `config/bad-level` */
export function atLevels(task: Task, levels: readonly number[]): Task {
  const unknown = levels.find((level) => !task.levels.includes(level))
  if (unknown !== undefined || levels.length === 0) {
    const what = unknown === undefined ? 'No level is given' : `Task "${task.id}" has no level ${unknown}`
    throw new GradusError('config/bad-level', `${what}.`, { hint: `Its levels are: ${task.levels.join(', ')}.` })
  }
  return {
    ...task,
    problem: (split, index, knobs: Knobs = {}) =>
      task.problem(split, index, { ...knobs, level: levels[index % levels.length] }),
  }
}
