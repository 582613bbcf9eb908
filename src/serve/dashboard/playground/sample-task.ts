// What a run's config.json says of its problems: task, knobs, levels, file. Read leniently: a run of another program, or of
// a later version, can still be sampled from with a typed prompt.
import { z } from 'zod'
import type { Knobs, Task } from '../../../contracts/index.ts'
import { readConfig } from '../../../store/index.ts'
import { findTask } from '../../../tasks/index.ts'

/** A run's task and how it is asked there. */
export interface RunTask {
  readonly task: Task
  readonly knobs: Knobs
  /** Levels of the problems in turn; undefined for that of the knobs. */
  readonly levels?: readonly number[]
  /** File of the problems, where the task does not make them. */
  readonly data?: {
    readonly path: string
    readonly levels?: readonly number[]
    readonly columns?: Readonly<Record<string, string>>
  }
}

const configSchema = z.object({
  levels: z.array(z.number()).min(1).nullish().catch(undefined),
  data: z
    .object({
      path: z.string(),
      levels: z.array(z.number()).optional(),
      columns: z.record(z.string(), z.string()).optional(),
    })
    .nullish()
    .catch(undefined),
  config: z
    .object({ knobs: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).catch({}) })
    .catch({ knobs: {} }),
})

/** The task of a run directory by its id. @throws `usage/unknown-task`, `store/bad-run` */
export function runTask(dir: string, id: string): RunTask {
  const task = findTask(id)
  const read = configSchema.safeParse(readConfig(dir))
  if (!read.success) return { task, knobs: {} }
  const { levels, data, config } = read.data
  return { task, knobs: config.knobs, ...(levels && { levels }), ...(data && { data }) }
}
