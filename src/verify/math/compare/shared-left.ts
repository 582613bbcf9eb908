// What stands once and counts for every item: the left side in `x = 1, 2`, where something else stands behind the values
// (`x = 2k\pi, \pi + 2k\pi, k \in \mathbb{Z}`), and the modulus in `n \equiv 1, 5 \pmod 6`.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'

/** The items with a left side of their own; the same items when nothing is shared. */
export function withLeftSides(items: readonly Answer[]): readonly Answer[] {
  const [first, ...rest] = items
  if (rest.length === 0 || first.kind !== 'relation' || !rest.every(({ kind }) => kind === 'expression')) return items
  if (first.sign === '=') return [first, ...rest.map((right): Answer => ({ ...first, right }))]
  return first.sign === '≡' ? (withModulus(first, items) ?? items) : items
}

type Relation = Extract<Answer, { kind: 'relation' }>

function withModulus(first: Relation, items: readonly Answer[]): readonly Answer[] | undefined {
  const values = items.map((item) => {
    const value = item.kind === 'relation' ? item.right : item
    return value.kind === 'expression' ? value.expression : undefined
  })
  const last = values.at(-1)
  if (last?.kind !== 'call' || last.name !== 'mod') return undefined
  const modulus = last.arguments[1]
  const residues = values.map((value, i) => (i === values.length - 1 ? last.arguments[0] : value))
  if (!residues.every((one): one is Expression => one !== undefined && !isRemainder(one))) return undefined
  return residues.map((residue): Answer => {
    const remainder: Expression = { kind: 'call', name: 'mod', arguments: [residue, modulus] }
    const expression: Expression = { kind: 'unknown-call', name: 'congruent', arguments: [remainder, modulus] }
    return { ...first, right: { kind: 'expression', expression } }
  })
}

function isRemainder(of: Expression): boolean {
  return (of.kind === 'call' && of.name === 'mod') || (of.kind === 'unknown-call' && of.name === 'congruent')
}
