// Which problem a request means: the whole problem (as an object, or as the JSON text of a data set's column), or the id
// of one that the server knows. Anyone may send problems: a verifier judges what it is given.
import { z } from 'zod'
import type { Knobs, Problem, Split, Task } from '../../contracts/index.ts'
import { ApiError } from '../http/api-error.ts'

const messageSchema = z.object({ role: z.enum(['system', 'user', 'assistant', 'tool']), content: z.string() })

const problemSchema = z.object({
  id: z.string().max(1000),
  task: z.string().max(200),
  split: z.enum(['train', 'validation', 'test']).default('train'),
  prompt: z.union([z.string(), z.array(messageSchema)]),
  answer: z.string().nullish(),
  level: z.number().nullish(),
  meta: z.record(z.string(), z.json()).default({}),
})

/** The problem that a value of a request stands for. */
export type FindProblem = (value: unknown, place: string) => Problem

/** Looks problems of `task` up among `known`, and among those that the task makes with these knobs. */
export function problemFinder(task: Task, known: readonly Problem[], knobs: Knobs = {}): FindProblem {
  const byId = new Map(known.map((problem) => [problem.id, problem]))
  return (value, place) => {
    if (typeof value !== 'string') return checked(value, task, place)
    if (value.startsWith('{')) return checked(parsed(value, place), task, place)
    const found = byId.get(value) ?? made(task, value, knobs)
    if (found !== undefined) return found
    throw refuse(
      place,
      `there is no problem ${JSON.stringify(value.slice(0, 100))} here; send the problem itself, or start the server with the same --data and --set`,
    )
  }
}

/** The problem that the task makes at the place which its id names, if it is that one. */
function made(task: Task, id: string, knobs: Knobs): Problem | undefined {
  const match = /^[^@]{1,200}\/(train|validation|test)\/(\d{1,9})@[0-9a-f]{1,8}$/.exec(id)
  if (match === null || task.levels.length === 0) return undefined
  const problem = task.problem(match[1] as Split, Number(match[2]), knobs)
  return problem.id === id ? problem : undefined
}

function checked(value: unknown, task: Task, place: string): Problem {
  const result = problemSchema.safeParse(value)
  if (!result.success) {
    const [{ path, message }] = result.error.issues
    throw refuse(place, `${['the problem', ...path].join('.').slice(0, 100)}: ${message}`)
  }
  const { answer, level, ...problem } = result.data
  if (problem.task !== task.id) {
    throw refuse(place, `a problem of ${JSON.stringify(problem.task)}; this server verifies ${task.id}`)
  }
  return { ...problem, ...(answer != null && { answer }), ...(level != null && { level }) }
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refuse(place, 'the text is neither an id nor the JSON of a problem')
  }
}

const refuse = (param: string, message: string): ApiError =>
  new ApiError(`${param}: ${message}`, { param, code: 'unknown_problem' })
