// Problems of one task from the rows of a file or folder, saying exactly which row is wrong. It knows no format
// (rows/read-rows.ts does) and no task's fields (the task's `fromRow` does).
import { basename, relative, sep } from 'node:path'
import { GradusError, isGradusError, messageOf } from '../base/error.ts'
import type { Problem, Split, Task } from '../contracts/index.ts'
import { readRows } from './rows/read-rows.ts'
import type { Row } from './rows/row.ts'
import { badRow } from './rows/row.ts'

/** Which rows to read. */
export interface DatasetOptions {
  /** Only problems of these levels. */
  readonly levels?: readonly number[]
  /** The split that the problems belong to, and whose files of a folder are read; default `train`. */
  readonly split?: Split
  /** At most this many problems, from the top. */
  readonly limit?: number
  /** Names of the task's columns to those of the file. */
  readonly columns?: Readonly<Record<string, string>>
  /** Of a folder with several configurations, this one. */
  readonly config?: string
}

/**
 * The problems in a file or folder, one at a time. A row without `id` is named by file (from the folder on) and line.
 *
 * @throws `data/not-found`, `data/unreadable`, `data/no-split`, `data/empty-file`, `data/bad-row` with file and line,
 * `data/no-rows` when no row has a wanted level, `usage/bad-limit`, `usage/no-rows-for-task`.
 */
export async function* streamProblems(path: string, task: Task, options: DatasetOptions = {}): AsyncGenerator<Problem> {
  const { levels, split = 'train', limit = Number.POSITIVE_INFINITY, columns, config } = options
  if (!(limit >= 1)) {
    throw new GradusError('usage/bad-limit', `The limit of rows is ${limit}.`, { hint: 'Give a limit of 1 or more.' })
  }
  const placeOfId = new Map<string, Row>()
  const levelsPresent = new Set<number>()
  let found = 0
  for await (const row of readRows(path, { split, columns, config })) {
    const problem = problemOf(row, task, split, nameOf(row, path))
    const earlier = placeOfId.get(problem.id)
    if (earlier !== undefined) {
      const where = earlier.path === row.path ? `line ${earlier.line}` : `${earlier.path}:${earlier.line}`
      throw badRow(
        row,
        `the id "${problem.id}" is already that of ${where}`,
        'Give each row an id of its own, or none: then it is named by its file and line.',
      )
    }
    placeOfId.set(problem.id, { path: row.path, line: row.line, values: {} })
    if (problem.level !== undefined) levelsPresent.add(problem.level)
    const isWanted = levels === undefined || (problem.level !== undefined && levels.includes(problem.level))
    if (!isWanted) continue
    yield problem
    if (++found >= limit) return
  }
  if (placeOfId.size === 0) {
    throw new GradusError('data/empty-file', `${path} holds no rows.`, {
      hint: 'Check that the download or the export finished.',
    })
  }
  if (found > 0) return
  const present = [...levelsPresent].sort((a, b) => a - b).join(', ')
  throw new GradusError('data/no-rows', `${path} has no row of level ${(levels ?? []).join(', ')}.`, {
    hint: present === '' ? 'Its rows have no levels: ask for all of them.' : `Its levels are: ${present}.`,
  })
}

/** The same, all of them. @throws what {@link streamProblems} throws */
export async function readDataset(path: string, task: Task, options: DatasetOptions = {}): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  for await (const problem of streamProblems(path, task, options)) problems.push(problem)
  return problems
}

/** `train.jsonl:3`, or `main/train.jsonl:3` of a folder with several. */
function nameOf({ path, line }: Row, from: string): string {
  const inside = relative(from, path).replaceAll(sep, '/')
  return `${inside === '' ? basename(path) : inside}:${line}`
}

function problemOf(row: Row, task: Task, split: Split, name: string): Problem {
  if (task.fromRow === undefined) {
    throw new GradusError('usage/no-rows-for-task', `Task "${task.id}" cannot read rows from a file.`, {
      hint: 'Its problems are generated: leave the file out.',
    })
  }
  try {
    return task.fromRow({ id: name, ...row.values }, split)
  } catch (cause) {
    throw badRow(row, messageOf(cause), isGradusError(cause) ? cause.hint : undefined, cause)
  }
}
