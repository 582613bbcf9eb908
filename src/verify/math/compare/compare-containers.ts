// Answers of several parts: tuples and matrices in order, lists and sets without, long ones paired by keys first.
import type { Answer, Comparison } from '../answer.ts'
import { spend } from '../number/work.ts'
import { keyOf } from './canonical-key.ts'
import { joinedOtherwise } from './connective.ts'
import { type Key, matchLists, matchSets } from './match-items.ts'
import { notAlike } from './not-alike.ts'
import { all, type CompareParts, different, type Session } from './verdict.ts'

type Container = Extract<Answer, { kind: 'tuple' | 'list' | 'set' }>
type Matrix = Extract<Answer, { kind: 'matrix' }>

function isContainer(answer: Answer): answer is Container {
  return answer.kind === 'tuple' || answer.kind === 'list' || answer.kind === 'set'
}

/** Compares a container with anything; `compare` compares items. */
export function compareContainers(a: Container, b: Answer, session: Session, compare: CompareParts): Comparison {
  const { options } = session
  if (a.kind === 'tuple' && b.kind === 'matrix') return compareMatrices(b, a, compare)
  if (!isContainer(b)) {
    // {3} and 3: one element.
    const [only] = a.items
    const isOne = a.kind !== 'tuple' && a.items.length === 1
    if (isOne && (b.kind === 'expression' || !options.bracketsMatter)) return compare(only, b)
    return notAlike(a, b)
  }
  const joined = joinedOtherwise(a, b)
  if (joined !== undefined) return different(joined)
  const compareItems = (i: number, j: number): Comparison => compare(a.items[i], b.items[j])
  const match = (by: typeof matchSets): Comparison =>
    by(keysOf(a.items, session), keysOf(b.items, session), compareItems)
  const kinds = [a.kind, b.kind]
  if (kinds.includes('tuple')) {
    if (a.kind !== b.kind && options.bracketsMatter) return different('the brackets differ')
    return kinds.includes('set') ? match(matchSets) : compareInOrder(a.items, b.items, compare)
  }
  if (kinds.includes('set')) return match(matchSets)
  return options.unorderedLists ? match(matchLists) : compareInOrder(a.items, b.items, compare)
}

/** Keys pair most items of long containers without comparing each with each; short ones do without. */
export function keysOf(items: readonly Answer[], session: Session): readonly Key[] {
  if (items.length < 5) return items.map(() => undefined)
  return items.map((item) => {
    spend(session.work, 4)
    return keyOf(item, session)
  })
}

/** Part by part. */
export function compareInOrder(a: readonly Answer[], b: readonly Answer[], compare: CompareParts): Comparison {
  if (a.length !== b.length) return different(`${b.length} items, not ${a.length}`)
  return all(
    a.map((item, i) => () => compare(item, b[i])),
    'all parts are equal',
  )
}

/** Entry by entry; one row or one column also stands for a tuple. */
export function compareMatrices(a: Matrix, b: Answer, compare: CompareParts): Comparison {
  if (b.kind === 'tuple') {
    const isLine = a.rows.length === 1 || a.rows.every((row) => row.length === 1)
    return isLine ? compareInOrder(a.rows.flat(), b.items, compare) : notAlike(a, b)
  }
  if (b.kind !== 'matrix') return notAlike(a, b)
  if (a.rows.length !== b.rows.length || a.rows.some((row, i) => row.length !== b.rows[i].length)) {
    return different('the matrices differ in size')
  }
  return compareInOrder(a.rows.flat(), b.rows.flat(), compare)
}
