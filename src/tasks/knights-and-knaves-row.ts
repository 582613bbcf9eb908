// Reads a row of a knights-and-knaves data set: {id, truth, statements, level?}. The statements are nested tuples in
// Python notation. Other fields are ignored; names and wording too, since a puzzle is asked in this task's compact form.
import { z } from 'zod'
import { GradusError } from '../base/error.ts'
import type { Puzzle } from './knights-and-knaves-puzzle.ts'
import { solutionsOf } from './knights-and-knaves-puzzle.ts'
import type { Operator, Statement } from './knights-and-knaves-statement.ts'
import { maxPeople } from './knights-and-knaves-text.ts'
import type { TupleItem } from './knights-and-knaves-tuples.ts'
import { readTuple } from './knights-and-knaves-tuples.ts'
import { quote } from './verdict.ts'

/** What a row says. */
export interface KnightsAndKnavesRow {
  readonly id: string
  readonly puzzle: Puzzle
}

const rowSchema = z.object({
  id: z.string().min(1),
  truth: z.array(z.boolean()).min(2).max(maxPeople),
  statements: z.string(),
  level: z.int().optional(),
})

const wanted: Readonly<Record<string, string>> = {
  id: 'a text that is not empty',
  truth: `a list of 2 to ${maxPeople} values true (knight) or false (knave)`,
  statements: 'a text of nested tuples',
  level: 'the number of people, or left out',
}

const operators: Readonly<Record<string, Operator>> = { and: 'and', or: 'or', '->': 'if', '<=>': 'iff' }

/**
 * The checked row: its `truth` is the only solution of its `statements`.
 *
 * @throws `data/bad-row` naming the field.
 */
export function readKnightsAndKnavesRow(row: Readonly<Record<string, unknown>>): KnightsAndKnavesRow {
  const read = rowSchema.safeParse(row)
  if (!read.success) {
    const path = read.error.issues[0].path
    const field = String(path[0])
    const where = path.length > 1 ? `${field}[${path.slice(1).join('][')}]` : field
    const found = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)?.[key], row)
    const has = found === undefined ? 'is missing' : `is ${shorten(JSON.stringify(found) ?? typeof found)}`
    throw badRow(`Field "${where}" ${has}; "${field}" must be ${wanted[field]}.`)
  }
  const { id, truth, level = truth.length } = read.data
  if (level !== truth.length) throw badRow(`Field "level" is ${level}, but "truth" has ${truth.length} people.`)
  const tuple = readTuple(read.data.statements)
  if ('problem' in tuple) throw badRow(`Field "statements" is not nested tuples: ${tuple.problem}.`)
  if (tuple.tuple.length !== truth.length) {
    throw badRow(`Field "statements" has ${tuple.tuple.length} statements for ${truth.length} people in "truth".`)
  }
  const statements = tuple.tuple.map((item, i) => toStatement(item, truth.length, `statements[${i}]`))
  const solutions = solutionsOf(statements)
  if (solutions.length !== 1) {
    throw badRow(`Field "statements" goes with ${solutions.length} assignments; it must be exactly one.`)
  }
  const [solution] = solutions
  if (solution.some((knight, i) => knight !== truth[i])) {
    const only = JSON.stringify(solution)
    throw badRow(`Field "truth" is ${JSON.stringify(truth)}, but the only assignment that fits is ${only}.`)
  }
  return { id, puzzle: { statements, solution } }
}

/** `where` names the place in the row for errors. */
function toStatement(item: TupleItem, people: number, where: string): Statement {
  const refuse = (what: string): GradusError => badRow(`Field "${where}" ${what}.`)
  if (typeof item !== 'object') throw refuse(`is ${shorten(JSON.stringify(item))}, not a tuple`)
  const [name, ...rest] = item
  const expect = (holds: boolean, parts: string): void => {
    if (!holds) throw refuse(`has ${rest.length} parts after ${quote(String(name))}; it takes ${parts}`)
  }
  const part = (i: number): Statement => toStatement(rest[i], people, `${where}[${i + 1}]`)
  if (name === 'telling-truth' || name === 'lying') {
    expect(rest.length === 1, 'one')
    const person = rest[0]
    if (typeof person !== 'number' || person >= people) {
      throw refuse(`is about person ${shorten(JSON.stringify(person))}; people are 0 to ${people - 1}`)
    }
    return { kind: 'is', person, knight: name === 'telling-truth' }
  }
  if (name === 'not') {
    expect(rest.length === 1, 'one')
    return { kind: 'not', of: part(0) }
  }
  const kind = typeof name === 'string' && Object.hasOwn(operators, name) ? operators[name] : undefined
  if (kind === undefined) throw refuse(`begins with ${shorten(JSON.stringify(name ?? null))}, which is no statement`)
  if (kind === 'if' || kind === 'iff') expect(rest.length === 2, 'two')
  else expect(rest.length >= 2, 'two or more')
  return { kind, parts: rest.map((_, i) => part(i)) }
}

function badRow(message: string): GradusError {
  return new GradusError('data/bad-row', message, {
    hint: `A row looks like {"id":"a1","truth":[true,false],"statements":"(('lying', 1), ('and', ('lying', 0), ('lying', 1)))"}.`,
  })
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}
