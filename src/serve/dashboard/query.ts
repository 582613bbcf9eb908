// The words of a request's query, checked by a schema, and the small schemas that several routes share. What is wrong is
// an answer that names the parameter.
import { z } from 'zod'
import type { ServeContext } from '../http/app.ts'
import { checkObject } from '../http/json-body.ts'

/** Checks the query of a request; parameters that the schema does not know are ignored. @throws ApiError 400 */
export function checkQuery<T>(c: ServeContext, schema: z.ZodType<T>): T {
  return checkObject(schema, c.req.query())
}

/** A whole number within limits. */
export const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^[0-9]{1,15}$/, 'expected a whole number')
    .transform(Number)
    .pipe(z.number().min(least).max(most))

/** A decimal number. */
export const decimal = z
  .string()
  .max(40)
  .refine((text) => text.trim() !== '' && Number.isFinite(Number(text)), 'expected a number')
  .transform(Number)

/** The name of a run; which there are is known to the world. */
export const runName = z.string().min(1).max(1000)

/** Texts parted by commas. */
export const list = (most: number, longest = 200) =>
  z
    .string()
    .max(most * (longest + 1))
    .transform((text) => [...new Set(text.split(',').filter((part) => part !== ''))])
    .pipe(z.array(z.string().max(longest)).min(1).max(most))

/** Part of a longer list. */
export const paging = {
  offset: whole(0, 1e9).default(0),
  limit: whole(1, 200).default(20),
}

/** A text to look for. */
export const search = z.string().max(500).default('')
