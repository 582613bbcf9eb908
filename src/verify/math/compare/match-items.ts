// Matching of items without order: a bipartite matching on equal pairs for lists (every item used once), mutual
// inclusion for sets (repeats do not count).
import type { Comparison } from '../answer.ts'
import { different, equal, undecided } from './verdict.ts'

/** Equal keys mean equal items; undefined when an item has none. */
export type Key = string | undefined

type Compare = (i: number, j: number) => Comparison

/** Whether the items of two lists can be paired so that every pair is equal. Items with equal keys are paired first. */
export function matchLists(keysA: readonly Key[], keysB: readonly Key[], compare: Compare): Comparison {
  if (keysA.length !== keysB.length) return different(`${keysB.length} items, not ${keysA.length}`)
  const byKey = new Map<string, number[]>()
  keysB.forEach((key, j) => {
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), j])
  })
  const taken = new Set<number>()
  const restA: number[] = []
  keysA.forEach((key, i) => {
    const j = key === undefined ? undefined : byKey.get(key)?.pop()
    if (j === undefined) restA.push(i)
    else taken.add(j)
  })
  const restB = [...keysB.keys()].filter((j) => !taken.has(j))
  const verdicts = restA.map((i) => restB.map((j) => compare(i, j).verdict))
  if (hasPerfectMatching(verdicts, (verdict) => verdict === 'equal')) return equal('the same items')
  if (hasPerfectMatching(verdicts, (verdict) => verdict !== 'different'))
    return undecided('an item could not be compared')
  return different('the items differ')
}

/** Whether every item of each set is in the other. */
export function matchSets(keysA: readonly Key[], keysB: readonly Key[], compare: Compare): Comparison {
  const forth = includes(keysA, keysB, compare)
  if (forth.verdict === 'different') return forth
  const back = includes(keysB, keysA, (j, i) => compare(i, j))
  return forth.verdict === 'undecided' ? forth : back
}

/** Whether every one of the first is among the second. */
function includes(some: readonly Key[], others: readonly Key[], compare: Compare): Comparison {
  const known = new Set(others)
  let open: Comparison | undefined
  for (const [i, key] of some.entries()) {
    if (key !== undefined && known.has(key)) continue
    const verdicts = new Set<Verdict>()
    for (let j = 0; j < others.length && !verdicts.has('equal'); j++) verdicts.add(compare(i, j).verdict)
    if (verdicts.has('equal')) continue
    if (!verdicts.has('undecided')) return different('an element is in one set only')
    open = undecided('an element could not be compared')
  }
  return open ?? equal('the same elements')
}

type Verdict = Comparison['verdict']

/** Augmenting paths (Kuhn). */
function hasPerfectMatching(verdicts: readonly (readonly Verdict[])[], fits: (verdict: Verdict) => boolean): boolean {
  const owner = new Map<number, number>()
  const place = (i: number, tried: Set<number>): boolean => {
    for (let j = 0; j < verdicts[i].length; j++) {
      if (tried.has(j) || !fits(verdicts[i][j])) continue
      tried.add(j)
      const other = owner.get(j)
      if (other === undefined || place(other, tried)) {
        owner.set(j, i)
        return true
      }
    }
    return false
  }
  return verdicts.every((_, i) => place(i, new Set()))
}
