// A formula in the letters of SATURN, `!B!DE&!BCE`, as numbers and back. It does not judge or solve.

/** Clauses of literals: 2 is B, -2 is !B. In a clause the letters ascend. */
export type SatInstance = { readonly variables: number; readonly clauses: readonly (readonly number[])[] }

/** `[-2, 5]` is `!BE`. */
export function showClause(clause: readonly number[]): string {
  return clause.map((literal) => `${literal < 0 ? '!' : ''}${letterOf(Math.abs(literal))}`).join('')
}

/** Clauses joined by `&`. */
export function showFormula({ clauses }: SatInstance): string {
  return clauses.map(showClause).join('&')
}

/** 1 is A. */
export function letterOf(variable: number): string {
  return String.fromCharCode(64 + variable)
}

/** The literals of one clause, or undefined when it is none, names a letter twice or a letter beyond `variables`. */
export function readClause(text: string, variables: number): readonly number[] | undefined {
  if (!/^(?:!?[A-Z]){1,26}$/.test(text)) return undefined
  const clause: number[] = []
  for (let i = 0; i < text.length; i++) {
    const isNegated = text[i] === '!'
    if (isNegated) i++
    const variable = text.charCodeAt(i) - 64
    clause.push(isNegated ? -variable : variable)
  }
  const letters = new Set(clause.map(Math.abs))
  return letters.size === clause.length && Math.max(...letters) <= variables ? clause : undefined
}
