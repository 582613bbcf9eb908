// Several runs that differ in their seed alone, as one curve: their mean at each point, with the 95 % t-interval of the mean
// for three and more, and what lies between them for two. Pure.

/** A curve of one run: [N] each, x increasing. */
export interface SeedCurve {
  readonly x: readonly number[]
  readonly y: readonly (number | null)[]
}

/** What the band is, to be said in the legend. */
export type BandKind = 't-interval' | 'min..max' | 'none'

/** The curve of several seeds. */
export interface SeedBand {
  readonly x: readonly number[]
  readonly mean: readonly number[]
  readonly low: readonly (number | null)[]
  readonly high: readonly (number | null)[]
  readonly band: BandKind
  /** At the point with the fewest seeds, and at that with the most. */
  readonly seeds: readonly [least: number, most: number]
}

/**
 * The mean over seeds at the points of the seed with most of them; others are read between their points by a straight
 * line, and count only where they have been. Points that fewer than half of the seeds reached are left out: the end of a
 * few must not look like a jump of all.
 */
export function bandOverSeeds(curves: readonly SeedCurve[]): SeedBand | undefined {
  const known = curves.map(withoutGaps).filter(({ x }) => x.length > 0)
  if (known.length === 0) return undefined
  const grid = known.reduce((most, curve) => (curve.x.length > most.x.length ? curve : most)).x
  const least = Math.max(Math.min(2, known.length), Math.ceil(known.length / 2))
  const places = known.map(() => 0)
  const points = grid
    .map((at) => ({
      at,
      values: known.flatMap((curve, i) => {
        while (places[i] < curve.x.length - 2 && curve.x[places[i] + 1] < at) places[i]++
        return valueAt(curve, at, places[i]) ?? []
      }),
    }))
    .filter(({ values }) => values.length >= least)
  if (points.length === 0) return undefined
  const counts = points.map(({ values }) => values.length)
  const most = Math.max(...counts)
  const band = most >= 3 ? 't-interval' : most === 2 ? 'min..max' : 'none'
  const edges = points.map(({ values }) => bandOf(values, band))
  return {
    x: points.map(({ at }) => at),
    mean: points.map(({ values }) => meanOf(values)),
    low: edges.map(([low]) => low),
    high: edges.map(([, high]) => high),
    band,
    seeds: [Math.min(...counts), most],
  }
}

/** What the legend says. */
export function describeBand({ band, seeds: [fewest, most] }: SeedBand): string {
  const seeds = `${fewest === most ? most : `${fewest} to ${most}`} other seed${most === 1 ? '' : 's'}`
  if (band === 'none') return seeds
  return `${seeds}, ${band === 't-interval' ? '95 % t-interval' : 'min to max'}`
}

// An interval from two values would be wider than any chart: there is none where too few seeds are left.
function bandOf(values: readonly number[], kind: BandKind): readonly [low: number | null, high: number | null] {
  const n = values.length
  if (kind === 'min..max') return [Math.min(...values), Math.max(...values)]
  if (kind === 'none' || n < 3) return [null, null]
  const mean = meanOf(values)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)
  const half = tQuantile(n - 1) * Math.sqrt(variance / n)
  return [mean - half, mean + half]
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The 0.975 quantile of Student's t; beyond the table by its expansion around the normal one, exact to 1e-4. */
export function tQuantile(degrees: number): number {
  const known = table[degrees - 1]
  if (known !== undefined) return known
  const z = 1.959964
  const z3 = z ** 3
  const z5 = z ** 5
  return z + (z3 + z) / (4 * degrees) + (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees ** 2)
}

/** For 1 to 20 degrees of freedom, as printed in any table of it. */
const table = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604, 2.1448, 2.1314,
  2.1199, 2.1098, 2.1009, 2.093, 2.086,
]

function withoutGaps({ x, y }: SeedCurve): { x: readonly number[]; y: readonly number[] } {
  const kept = x.flatMap((at, i) => {
    const value = y[i]
    return value !== null && Number.isFinite(value) && Number.isFinite(at) ? [[at, value] as const] : []
  })
  return { x: kept.map(([at]) => at), y: kept.map(([, value]) => value) }
}

// The value at `at`, which lies between the points `place` and `place + 1` or is one of them; undefined outside.
function valueAt(
  { x, y }: { x: readonly number[]; y: readonly number[] },
  at: number,
  place: number,
): number | undefined {
  if (at < x[0] || at > x[x.length - 1]) return undefined
  if (x.length === 1 || x[place] === at) return y[place]
  const share = (at - x[place]) / (x[place + 1] - x[place])
  return y[place] + share * (y[place + 1] - y[place])
}
