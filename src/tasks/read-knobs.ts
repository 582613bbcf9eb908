// Checks a task's knobs against its schema and fills in the defaults. It knows no task.
import type { z } from 'zod'
import { closestName } from '../base/closest-name.ts'
import { GradusError } from '../base/error.ts'
import type { Knobs } from '../contracts/index.ts'

/**
 * The knobs with their defaults.
 *
 * @throws `config/unknown-key` for a knob the task does not have, `config/bad-value` for one out of range.
 */
export function readKnobs<S extends z.ZodObject>(task: string, schema: S, knobs: Knobs = {}): z.infer<S> {
  const known = Object.keys(schema.shape)
  for (const key of Object.keys(knobs)) {
    if (known.includes(key)) continue
    const near = closestName(key, known)
    throw new GradusError('config/unknown-key', `Task "${task}" has no knob "${key}".`, {
      hint: `${near === undefined ? '' : `Did you mean "${near}"? `}Its knobs are: ${known.join(', ')}.`,
    })
  }
  const read = schema.safeParse(knobs)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  const key = String(issue.path[0])
  throw new GradusError(
    'config/bad-value',
    `Knob "${key}" of task "${task}" cannot be ${JSON.stringify(knobs[key])}: ${issue.message}.`,
    { hint: `${key}: ${schema.shape[key]?.description ?? 'see the task'}` },
  )
}
