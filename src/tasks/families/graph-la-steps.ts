// Steps of graph-la: what can be worked out next from the relations and the prices known so far, in words such as
// `2*7-c=3,c=11`. It knows relations in the order told and the names of their variables, not how they were drawn.
import type { Relation } from './graph-la-rank.ts'

/** The relations as they are told. */
export interface Told {
  readonly relations: readonly Relation[]
  readonly names: string
}

/** The price of a variable, `left` being all of its step but the value; `from` are the numbers of the relations used. */
export interface Inference {
  readonly variable: number
  readonly left: string
  readonly value: number
  readonly from: readonly number[]
}

type Prices = ReadonlyMap<number, number>

/** `2a-c=3`, with values in place of names that are known. */
export function relationText({ terms, total }: Relation, names: string, known: Prices = new Map()): string {
  return `${termsText(terms, names, known)}=${total}`
}

function termsText(terms: Relation['terms'], names: string, known: Prices): string {
  const text = terms.map(([factor, variable], i) => {
    const sign = factor < 0 ? '-' : i === 0 ? '' : '+'
    const value = known.get(variable)
    const size = Math.abs(factor) === 1 ? '' : `${Math.abs(factor)}`
    if (value === undefined) return `${sign}${size}${names[variable]}`
    return `${sign}${size}${size === '' ? '' : '*'}${value < 0 ? `(${value})` : value}`
  })
  return text.join('')
}

/** The prices that the relations give outright, such as `a=5`. */
export function givenPrices({ relations }: Told): Map<number, number> {
  const given = new Map<number, number>()
  for (const { terms, total } of relations) {
    if (terms.length === 1 && terms[0][0] === 1) given.set(terms[0][1], total)
  }
  return given
}

/** Every price that one relation, or a sum and a difference of the same two, gives now; in the order told. */
export function inferences(told: Told, known: Prices): readonly Inference[] {
  const { relations, names } = told
  const found: Inference[] = []
  for (const [i, { terms, total }] of relations.entries()) {
    const open = terms.filter(([, variable]) => !known.has(variable))
    if (open.length === 1) {
      const [factor, variable] = open[0]
      const rest = terms.reduce((sum, [f, v]) => sum - f * (known.get(v) ?? 0), total)
      // Exact on a right way; after a slip the quotient is rounded. `+ 0` turns -0 into 0.
      const value = Math.round(rest / factor) + 0
      const left = `${relationText(relations[i], names, known)},${names[variable]}`
      found.push({ variable, left, value, from: [i] })
    } else if (open.length === 2 && isSum(terms)) {
      const j = relations.findIndex((other) => isDifference(other.terms, terms))
      if (j < 0) continue
      const [, variable] = terms[0]
      const left = `2${names[variable]}=${total}+${shown(relations[j].total)},${names[variable]}`
      found.push({ variable, left, value: Math.round((total + relations[j].total) / 2) + 0, from: [i, j] })
    }
  }
  return found
}

const shown = (number: number): string => (number < 0 ? `(${number})` : `${number}`)

function isSum(terms: Relation['terms']): boolean {
  return terms.length === 2 && terms.every(([factor]) => factor === 1)
}

function isDifference(terms: Relation['terms'], sum: Relation['terms']): boolean {
  if (terms.length !== 2) return false
  const [[f, v], [g, w]] = terms
  return f === 1 && g === -1 && v === sum[0][1] && w === sum[1][1]
}
