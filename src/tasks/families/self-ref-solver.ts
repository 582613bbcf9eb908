// Statements about each other: all consistent assignments by trial, and what follows from assuming a count.

/** One or two claims a statement, such as `T3`, `=2`, `E&F1`; statements are numbered from 1. */
export type SelfRefInstance = { readonly statements: readonly string[] }

type Value = boolean | undefined

/** Every assignment in which each statement is as true as what it says. */
export function consistentAssignments({ statements }: SelfRefInstance): (readonly boolean[])[] {
  const found: (readonly boolean[])[] = []
  for (let mask = 0; mask < 2 ** statements.length; mask++) {
    const values = statements.map((_, at) => ((mask >> at) & 1) === 1)
    const count = values.filter((value) => value).length
    if (statements.every((statement, at) => valueOfStatement(statement, values, count) === values[at]))
      found.push(values)
  }
  return found
}

/** What follows when this many statements are true: the step, whether all fits, and whether no guess was needed. */
export function countCase(
  { statements }: SelfRefInstance,
  count: number,
): { readonly text: string; readonly fits: boolean; readonly settled: boolean } {
  const values: Value[] = statements.map(() => undefined)
  let isContradiction = false
  const settle = (at: number, value: boolean): boolean => {
    if (values[at] === value) return false
    if (values[at] === undefined) values[at] = value
    else isContradiction = true
    return true
  }
  for (let changed = true; changed && !isContradiction; ) {
    changed = false
    for (const [at, statement] of statements.entries()) {
      const value = valueOfStatement(statement, values, count)
      if (value !== undefined && settle(at, value)) changed = true
      for (const [other, its] of claimed(statement, values[at])) if (settle(other, its)) changed = true
      if (isContradiction) break
    }
    const trues = values.filter((value) => value === true).length
    const open = values.filter((value) => value === undefined).length
    if (trues > count || trues + open < count) isContradiction = true
  }
  const isOpen = values.includes(undefined)
  const fits = !isContradiction && !isOpen
  const letters = values.map((value) => (value === undefined ? '?' : value ? 'T' : 'F')).join('')
  return {
    text: `${count}:${letters}${isContradiction ? 'x' : fits ? '!' : ''}`,
    fits,
    settled: isContradiction || !isOpen,
  }
}

/** What a statement of known value says of another: `T3` that is true makes statement 3 true, and so on. */
function claimed(statement: string, value: Value): readonly (readonly [number, boolean])[] {
  if (value === undefined) return []
  const parts = statement.split(/[&|]/)
  if (parts.length > 1 && value !== statement.includes('&')) return []
  return parts.flatMap((part) => {
    if (part[0] !== 'T' && part[0] !== 'F') return []
    return [[Number(part.slice(1)) - 1, value === (part[0] === 'T')] as const]
  })
}

function valueOfStatement(statement: string, values: readonly Value[], count: number): Value {
  const parts = statement.split(/[&|]/).map((part) => valueOfClaim(part, values, count))
  if (parts.length === 1) return parts[0]
  const decides = !statement.includes('&')
  if (parts.includes(decides)) return decides
  return parts.includes(undefined) ? undefined : !decides
}

function valueOfClaim(claim: string, values: readonly Value[], count: number): Value {
  const number = Number(claim.slice(1))
  switch (claim[0]) {
    case 'T':
      return values[number - 1]
    case 'F':
      return values[number - 1] === undefined ? undefined : !values[number - 1]
    case '=':
      return count === number
    case '<':
      return count < number
    case '>':
      return count > number
    case 'E':
      return count % 2 === 0
    default:
      return count % 2 === 1
  }
}
