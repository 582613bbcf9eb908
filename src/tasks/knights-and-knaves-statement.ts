// What people on the island say: statements about who is a knight (always tells the truth) and who is a knave (always
// lies), and their value when everyone's kind is known. Texts are in knights-and-knaves-text.ts.

/** A claim about people, who are numbered from 0. `and` and `or` have two parts or more, `if` and `iff` exactly two. */
export type Statement =
  | { readonly kind: 'is'; readonly person: number; readonly knight: boolean }
  | { readonly kind: 'not'; readonly of: Statement }
  | { readonly kind: Operator; readonly parts: readonly Statement[] }

/** `if` is false only when its first part is true and its second false. */
export type Operator = 'and' | 'or' | 'if' | 'iff'

/** What each person is: true for a knight. */
export type Kinds = readonly boolean[]

/** The value of an operator on the values of its parts. */
export function applyOperator(operator: Operator, values: readonly boolean[]): boolean {
  switch (operator) {
    case 'and':
      return values.every((value) => value)
    case 'or':
      return values.some((value) => value)
    case 'if':
      return !values[0] || values[1]
    case 'iff':
      return values[0] === values[1]
    default:
      return operator satisfies never
  }
}

/** Whether the statement is true when the people are of these kinds. */
export function isTrue(statement: Statement, kinds: Kinds): boolean {
  switch (statement.kind) {
    case 'is':
      return kinds[statement.person] === statement.knight
    case 'not':
      return !isTrue(statement.of, kinds)
    default:
      return applyOperator(
        statement.kind,
        statement.parts.map((part) => isTrue(part, kinds)),
      )
  }
}

/** The claims about single people that the statement is made of, from left to right. */
export function atomsOf(statement: Statement): readonly (Statement & { readonly kind: 'is' })[] {
  if (statement.kind === 'is') return [statement]
  return statement.kind === 'not' ? atomsOf(statement.of) : statement.parts.flatMap(atomsOf)
}
