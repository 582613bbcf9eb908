// Reads a row of a countdown data set: {id, nums, target, level?}. Other fields are ignored; the wording of the row's
// prompt too, since a problem is asked in this task's compact form.
import { z } from 'zod'
import { GradusError } from '../base/error.ts'

/** What a row says. */
export interface CountdownRow {
  readonly id: string
  readonly nums: readonly number[]
  readonly target: number
  readonly level?: number
}

const number = z.int().min(1).max(9999)

const rowSchema = z.object({
  id: z.string().min(1),
  nums: z.array(number).min(2).max(6),
  target: z.int().min(1).max(999_999),
  level: z.int().min(1).optional(),
})

const wanted: Readonly<Record<string, string>> = {
  id: 'a text that is not empty',
  nums: 'a list of 2 to 6 whole numbers from 1 to 9999',
  target: 'a whole number from 1 to 999999',
  level: 'a whole number of 1 or more, or left out',
}

/**
 * The checked row.
 *
 * @throws `data/bad-row` naming the field.
 */
export function readCountdownRow(row: Readonly<Record<string, unknown>>): CountdownRow {
  const read = rowSchema.safeParse(row)
  if (read.success) return read.data
  const path = read.error.issues[0].path
  const field = String(path[0])
  const where = path.length > 1 ? `${field}[${path.slice(1).join('][')}]` : field
  const found = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)?.[key], row)
  const has = found === undefined ? 'is missing' : `is ${shorten(JSON.stringify(found) ?? typeof found)}`
  throw new GradusError('data/bad-row', `Field "${where}" ${has}; "${field}" must be ${wanted[field]}.`, {
    hint: 'A countdown row looks like {"id":"a1","nums":[44,19,35],"target":98,"level":3}.',
  })
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}
