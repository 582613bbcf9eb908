// What a set of linear relations says of one variable: its value, or that it is not determined. Exact: Gauss-Jordan over
// big integers. It does not know how relations are drawn or told.

/** `factor * variable + ... = total`, variables by number. */
export type Relation = {
  readonly terms: readonly (readonly [factor: number, variable: number])[]
  readonly total: number
}

/**
 * The value of the variable in every solution, or undefined when solutions differ in it or it is not an integer. The
 * relations must have a solution.
 */
export function determinedValue(relations: readonly Relation[], variable: number): number | undefined {
  const size = 1 + Math.max(variable, ...relations.flatMap(({ terms }) => terms.map(([, name]) => name)))
  const rows = relations.map(({ terms, total }) => {
    const row = new Array<bigint>(size + 1).fill(0n)
    for (const [factor, name] of terms) row[name] += BigInt(factor)
    row[size] = BigInt(total)
    return row
  })
  let done = 0
  for (let column = 0; column < size && done < rows.length; column++) {
    const at = rows.findIndex((row, i) => i >= done && row[column] !== 0n)
    if (at < 0) continue
    const pivot = rows[at]
    rows[at] = rows[done]
    rows[done] = pivot
    for (const [i, row] of rows.entries()) {
      if (i !== done && row[column] !== 0n) rows[i] = eliminated(row, pivot, column)
    }
    done++
  }
  const own = rows.find((row) => row[variable] !== 0n && row.every((a, j) => a === 0n || j === variable || j === size))
  if (own === undefined || own[size] % own[variable] !== 0n) return undefined
  return Number(own[size] / own[variable])
}

/** The row with its column cleared by the pivot row, divided by what all entries share. */
function eliminated(row: readonly bigint[], pivot: readonly bigint[], column: number): bigint[] {
  const [a, b] = [row[column], pivot[column]]
  const cleared = row.map((entry, j) => entry * b - pivot[j] * a)
  const shared = cleared.reduce(gcd, 0n)
  return shared > 1n ? cleared.map((entry) => entry / shared) : cleared
}

function gcd(a: bigint, b: bigint): bigint {
  let [large, small] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (small > 0n) [large, small] = [small, large % small]
  return large
}
