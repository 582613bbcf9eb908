// A curve of many rows as few points: neighbouring rows are put together, each point with the mean of its rows and the
// least and greatest of them, so that no spike is lost. Pure; rows keep their order.

/** What is drawn: x [N] and by name y [N], NaN where there is no number. */
export interface Curves {
  readonly x: Float64Array
  readonly columns: ReadonlyMap<string, Float64Array>
}

/** One metric of {@link ThinCurves}, NaN where a point has no number. */
export interface ThinColumn {
  readonly mean: Float64Array
  /** Only where points stand for several rows. */
  readonly low?: Float64Array
  readonly high?: Float64Array
}

/** The curves in at most so many points as were asked for. */
export interface ThinCurves {
  readonly x: Float64Array
  readonly columns: ReadonlyMap<string, ThinColumn>
}

/** Rows whose x lies within from..to, ends included; rows without x never do. */
export function rowsBetween(x: Float64Array, from: number, to: number): Uint32Array {
  const rows = new Uint32Array(x.length)
  let count = 0
  for (let row = 0; row < x.length; row++) if (x[row] >= from && x[row] <= to) rows[count++] = row
  return rows.subarray(0, count)
}

/**
 * At most `points` points of the given rows. Point b stands for the rows from floor(b N / points) on, N / points of
 * them, give or take one.
 */
export function thinCurves({ x, columns }: Curves, rows: Uint32Array, points: number): ThinCurves {
  if (rows.length <= points) {
    const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row])
    return { x: pick(x), columns: new Map([...columns].map(([name, column]) => [name, { mean: pick(column) }])) }
  }
  const starts = Uint32Array.from({ length: points + 1 }, (_, b) => Math.floor((b * rows.length) / points))
  const thin = new Map<string, ThinColumn>()
  for (const [name, column] of columns) thin.set(name, thinColumn(column, rows, starts))
  return { x: thinColumn(x, rows, starts).mean, columns: thin }
}

function thinColumn(column: Float64Array, rows: Uint32Array, starts: Uint32Array): Required<ThinColumn> {
  const points = starts.length - 1
  const mean = new Float64Array(points)
  const low = new Float64Array(points)
  const high = new Float64Array(points)
  for (let b = 0; b < points; b++) {
    let sum = 0
    let count = 0
    let least = Number.POSITIVE_INFINITY
    let greatest = Number.NEGATIVE_INFINITY
    for (let i = starts[b]; i < starts[b + 1]; i++) {
      const value = column[rows[i]]
      if (Number.isNaN(value)) continue
      sum += value
      count++
      if (value < least) least = value
      if (value > greatest) greatest = value
    }
    mean[b] = count === 0 ? Number.NaN : sum / count
    low[b] = count === 0 ? Number.NaN : least
    high[b] = count === 0 ? Number.NaN : greatest
  }
  return { mean, low, high }
}
