// Draws the relations of graph-la: a chain from a price that is known to the one that is asked for, relations beside it,
// and for an open problem one link of the chain broken.
import type { Rng } from '../../base/rng.ts'
import type { Relation } from './graph-la-rank.ts'

/** What the draw goes by. */
export interface ChainShape {
  readonly depth: number
  readonly distractors: number
  readonly price: number
  /** Whether the chain may start with a sum and a difference instead of a price. */
  readonly pairs: boolean
}

/** Relations in an order in which they can be used, and the number of the asked variable. */
export interface DrawnChain {
  readonly relations: readonly Relation[]
  readonly variables: number
  readonly asked: number
}

/** A chain; `isOpen` breaks one of its links. All relations hold for one choice of prices. */
export function drawChain(shape: ChainShape, isOpen: boolean, rng: Rng): DrawnChain {
  const prices: number[] = []
  const fresh = (): number => prices.push(1 + rng.int(shape.price)) - 1
  const relation = (...terms: readonly (readonly [number, number])[]): Relation => ({
    terms,
    total: terms.reduce((sum, [factor, variable]) => sum + factor * prices[variable], 0),
  })
  /** A new variable tied to others: its own factor is 1 or -1, so that integers stay integers. */
  const tie = (...known: readonly number[]): Relation => {
    const tied = known.map((variable) => [drawFactor(rng), variable] as const)
    return relation(...positiveFirst(rng.shuffle([...tied, [rng.pick([1, 1, -1]), fresh()] as const])))
  }

  const start = fresh()
  const isPair = shape.pairs && rng.int(2) === 0
  const relations: Relation[] = []
  if (isPair) {
    const other = fresh()
    relations.push(relation([1, start], [1, other]), relation([1, start], [-1, other]))
  } else {
    relations.push(relation([1, start]))
  }
  for (let i = 0; i < shape.depth; i++) {
    const last = prices.length - 1
    relations.push(last > 1 && rng.int(3) === 0 ? tie(last, rng.int(last)) : tie(last))
  }
  const asked = prices.length - 1
  if (isOpen) {
    const broken = rng.int(relations.length)
    if (isPair && broken === 1 && rng.int(2) === 0) {
      const factor = 2 + rng.int(2)
      relations[1] = relation([factor, start], [factor, start + 1])
    } else {
      relations[broken] = relation(...breakLink(relations[broken].terms, fresh()))
    }
  }
  for (let i = 0; i < shape.distractors; i++) {
    // Now and then one that says nothing of any price: two new variables.
    relations.push(tie(rng.int(4) === 0 ? fresh() : rng.int(prices.length)))
  }
  return { relations, variables: prices.length, asked }
}

function drawFactor(rng: Rng): number {
  return rng.pick([1, 1, 2, 3, -1, -2])
}

/** Puts a term with a factor above zero first where there is one, and turns all signs where there is none. */
function positiveFirst(terms: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const at = terms.findIndex(([factor]) => factor > 0)
  if (at < 0) return terms.map(([factor, variable]) => [-factor, variable] as const)
  return [terms[at], ...terms.filter((_, i) => i !== at)]
}

/** The terms with a new variable: beside the only one, or in place of the one with the lowest number. */
function breakLink(
  terms: readonly (readonly [number, number])[],
  fresh: number,
): readonly (readonly [number, number])[] {
  if (terms.length === 1) return [...terms, [1, fresh]]
  const lowest = Math.min(...terms.map(([, variable]) => variable))
  return terms.map(([factor, variable]) => [factor, variable === lowest ? fresh : variable] as const)
}
