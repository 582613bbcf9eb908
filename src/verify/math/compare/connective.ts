// What joins the items of a list. It matters between relations and propositions only: "1 and 2", "1 or 2" and "1, 2" are
// the same values. A comma between relations is an "and"; between p and q it says neither.
import type { Answer } from '../answer.ts'
import { contentsOf } from './expression-shape.ts'

type Connective = 'and' | 'or' | undefined

/** Whether two containers join their items alike, as far as that says anything. */
export function areJoinedAlike(a: Answer, b: Answer): boolean {
  return connectiveOf(a) === connectiveOf(b)
}

/** Undefined where it makes no difference. */
export function connectiveOf(answer: Answer): Connective {
  if (answer.kind !== 'list' || answer.items.length < 2) return undefined
  if (answer.items.some(isRelation)) return isOneUnknown(answer.items) ? undefined : (answer.connective ?? 'and')
  return answer.items.every(isProposition) ? answer.connective : undefined
}

function isRelation({ kind }: Answer): boolean {
  return kind === 'relation' || kind === 'chain' || kind === 'list'
}

/** A letter that may be true or false; joined by ∧ or ∨ it is none else. */
function isProposition(answer: Answer): boolean {
  return answer.kind === 'choice' || (answer.kind === 'expression' && answer.expression.kind === 'symbol')
}

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
