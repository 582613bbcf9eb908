// List functions of list-fn: atoms, and pairs of atoms one after the other. It does not know prompts.
import type { Rng } from '../../base/rng.ts'

export type List = readonly number[]
/** What a function gives; undefined where it is not defined. */
export type Output = List | number | undefined

/** An atom or a pair of atoms, `rev.add3` being rev first. */
export interface ListFunction {
  readonly name: string
  apply(list: List): Output
}

const ascending = (list: List): List => [...list].sort((a, b) => a - b)
const total = (list: List): number => list.reduce((sum, item) => sum + item, 0)
const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** From a list to a list, without a number in the name. */
const plainLists: readonly ListFunction[] = [
  { name: 'rev', apply: (list) => [...list].reverse() },
  { name: 'up', apply: ascending },
  { name: 'down', apply: (list) => [...ascending(list)].reverse() },
  { name: 'tail', apply: (list) => list.slice(1) },
  { name: 'init', apply: (list) => list.slice(0, -1) },
  { name: 'rot', apply: (list) => [...list.slice(1), ...list.slice(0, 1)] },
  { name: 'even', apply: (list) => list.filter((item) => item % 2 === 0) },
  { name: 'odd', apply: (list) => list.filter((item) => item % 2 !== 0) },
  { name: 'uniq', apply: (list) => [...new Set(list)] },
  { name: 'sums', apply: (list) => list.map((_, i) => total(list.slice(0, i + 1))) },
]

/** From a list to a list, with a number in the name. */
const numberedLists: readonly ListFunction[] = [
  ...numbers(1, 9).map((n) => ({ name: `add${n}`, apply: (list: List) => list.map((item) => item + n) })),
  ...numbers(2, 5).map((n) => ({ name: `mul${n}`, apply: (list: List) => list.map((item) => item * n) })),
  ...numbers(2, 3).map((n) => ({ name: `take${n}`, apply: (list: List) => list.slice(0, n) })),
  ...numbers(2, 3).map((n) => ({ name: `drop${n}`, apply: (list: List) => list.slice(n) })),
  ...numbers(1, 8).map((n) => ({ name: `over${n}`, apply: (list: List) => list.filter((item) => item > n) })),
]

/** From a list to a number; all but sum and len are undefined for an empty list. */
const toNumber: readonly ListFunction[] = [
  { name: 'sum', apply: total },
  { name: 'len', apply: (list) => list.length },
  { name: 'max', apply: (list) => (list.length === 0 ? undefined : Math.max(...list)) },
  { name: 'min', apply: (list) => (list.length === 0 ? undefined : Math.min(...list)) },
  { name: 'first', apply: (list) => list[0] },
  { name: 'last', apply: (list) => list.at(-1) },
]

const toList = [...plainLists, ...numberedLists]
const atoms = [...toList, ...toNumber]

function after(first: ListFunction, second: ListFunction): ListFunction {
  return {
    name: `${first.name}.${second.name}`,
    apply(list) {
      const between = first.apply(list)
      return typeof between === 'object' ? second.apply(between) : undefined
    },
  }
}

/** Whether two outputs are the same and defined. */
export function isSame(a: Output, b: Output): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a !== undefined && a === b
  return a.length === b.length && a.every((item, i) => item === b[i])
}

/** Every function, atoms first, that gives this output for this list. */
export function functionsFor(list: List, output: Output): readonly ListFunction[] {
  const found = atoms.filter(({ apply }) => isSame(apply(list), output))
  for (const first of toList) {
    const between = first.apply(list)
    if (typeof between !== 'object') continue
    for (const second of atoms) if (isSame(second.apply(between), output)) found.push(after(first, second))
  }
  return found
}

/** The function with this name, if there is one. */
export function functionNamed(name: string): ListFunction | undefined {
  const [first, second, ...more] = name.split('.', 3).map((part) => atoms.find((atom) => atom.name === part))
  if (first === undefined || more.length > 0) return undefined
  if (!name.includes('.')) return first
  return second === undefined || !toList.includes(first) ? undefined : after(first, second)
}

/** A function of this complexity: 1 a plain atom, 2 one with a number, 3 two plain ones, 4 one of each, 5 two with numbers. */
export function drawFunction(complexity: number, rng: Rng): ListFunction {
  if (complexity === 1) return rng.pick([...plainLists, ...toNumber])
  if (complexity === 2) return rng.pick(numberedLists)
  if (complexity === 3) return after(rng.pick(plainLists), rng.pick([...plainLists, ...toNumber]))
  if (complexity === 5) return after(rng.pick(numberedLists), rng.pick(numberedLists))
  return rng.int(2) === 0
    ? after(rng.pick(plainLists), rng.pick(numberedLists))
    : after(rng.pick(numberedLists), rng.pick([...plainLists, ...toNumber]))
}
