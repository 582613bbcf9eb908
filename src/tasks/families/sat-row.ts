// Reads a row of a SATURN data set: {id, k, clause, answer}; `clause` is `!B!DE & !BCE`, `answer` one satisfying
// string. Other fields are ignored, the wording too: the formula is asked in this family's form, clauses sorted.
import { z } from 'zod'
import { GradusError } from '../../base/error.ts'
import { checkSat } from '../../verify/logic/sat.ts'
import { quote } from '../verdict.ts'
import type { SatInstance } from './sat-formula.ts'
import { readClause, showClause } from './sat-formula.ts'

const maxClauses = 200

const rowSchema = z.object({
  id: z.string().min(1),
  k: z.int().min(1).max(16),
  clause: z.string().min(1).max(8_000),
  answer: z.string(),
})

const wanted: Readonly<Record<string, string>> = {
  id: 'a text that is not empty',
  k: 'a whole number of variables from 1 to 16',
  clause: 'a text of clauses joined by &',
  answer: 'a text of k characters 0 or 1',
}

/**
 * The checked row: its answer satisfies its formula.
 *
 * @throws `data/bad-row` naming the field.
 */
export function readSatRow(row: Readonly<Record<string, unknown>>): {
  readonly id: string
  readonly instance: SatInstance
} {
  const read = rowSchema.safeParse(row)
  if (!read.success) {
    const field = String(read.error.issues[0].path[0])
    const found = row[field] === undefined ? 'is missing' : `is ${quote(JSON.stringify(row[field]), 60)}`
    throw badRow(`Field "${field}" ${found}; it must be ${wanted[field]}.`)
  }
  const { id, k: variables, clause, answer } = read.data
  const texts = clause.split('&').map((text) => text.trim())
  if (texts.length > maxClauses)
    throw badRow(`Field "clause" has ${texts.length} clauses; at most ${maxClauses} are read.`)
  const clauses = texts.map((text) => {
    const literals = readClause(text, variables)
    if (literals !== undefined) return literals.toSorted((a, b) => Math.abs(a) - Math.abs(b))
    throw badRow(`Field "clause" has ${quote(text)}, which is no clause of the first ${variables} letters.`)
  })
  const sorted = [...new Map(clauses.map((literals) => [showClause(literals), literals]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, literals]) => literals)
  const instance = { variables, clauses: sorted }
  const verdict = checkSat(instance, answer)
  if (verdict.kind !== 'right') throw badRow(`Field "answer" is ${quote(answer)}: ${verdict.reason}.`)
  return { id, instance }
}

function badRow(message: string): GradusError {
  return new GradusError('data/bad-row', message, {
    hint: 'A row looks like {"id":"a1","k":3,"clause":"!AB & !B!C & A","answer":"110"}.',
  })
}
