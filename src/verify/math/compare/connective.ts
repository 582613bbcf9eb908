// What joins the items of a list. It matters between relations, propositions and words only: "1 and 2", "1 or 2" and "1, 2"
// are the same values. A comma between relations or words is an "and"; between p and q it says neither.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { contentsOf } from './expression-shape.ts'
import { treeKey } from './tree-key.ts'

type Connective = 'and' | 'or' | undefined

/** Why two containers do not join their items alike, as far as that says anything. */
export function joinedOtherwise(a: Answer, b: Answer): string | undefined {
  const [own, other] = [a, b].map(connectiveOf)
  if (own === other) return undefined
  const said = [a, b].map((one, i) => {
    const isSaid = one.kind === 'list' && one.connective !== undefined
    return isSaid ? `"${[own, other][i]}"` : 'commas'
  })
  return `the gold answer is joined by ${said[0]}, the prediction by ${said[1]}`
}

/** Undefined where it makes no difference. */
export function connectiveOf(answer: Answer): Connective {
  if (answer.kind !== 'list' || answer.items.length < 2) return undefined
  const { items, connective } = answer
  if (items.some(isRelation)) return isOneUnknown(items) || isOneModulus(items) ? undefined : (connective ?? 'and')
  if (items.some(({ kind }) => kind === 'text') && items.every(mayBeWord)) return connective ?? 'and'
  return items.every(isProposition) ? connective : undefined
}

function isRelation({ kind }: Answer): boolean {
  return kind === 'relation' || kind === 'chain' || kind === 'list'
}

/** A letter that may be true or false; joined by ∧ or ∨ it is none else. */
function isProposition(answer: Answer): boolean {
  return answer.kind === 'choice' || (answer.kind === 'expression' && answer.expression.kind === 'symbol')
}

const mayBeWord = (answer: Answer): boolean => answer.kind === 'text' || isProposition(answer)

/** x² = 1 and x = 3 list the values of one unknown, whatever joins them. */
function isOneUnknown(items: readonly Answer[]): boolean {
  const names = new Set<string>()
  for (const item of items) {
    if (item.kind !== 'relation' || item.sign !== '=') return false
    for (const side of [item.left, item.right]) {
      if (side.kind !== 'expression') return false
      for (const name of contentsOf(side.expression).symbols) names.add(name)
    }
  }
  return names.size === 1
}

/** n ≡ 1 and n ≡ 5 to one modulus list residues; to several moduli they are conditions that hold together. */
function isOneModulus(items: readonly Answer[]): boolean {
  const moduli = new Set<string | undefined>()
  const letters = new Set<string | undefined>()
  for (const item of items) {
    if (item.kind !== 'relation' || item.sign !== '≡') return false
    moduli.add(item.right.kind === 'expression' ? modulusKey(item.right.expression) : undefined)
    letters.add(item.left.kind === 'expression' ? treeKey(item.left.expression) : undefined)
  }
  return moduli.size === 1 && letters.size === 1 && !moduli.has(undefined) && !letters.has(undefined)
}

function modulusKey(of: Expression): string | undefined {
  return of.kind === 'unknown-call' && of.name === 'congruent' ? treeKey(of.arguments[1]) : undefined
}
