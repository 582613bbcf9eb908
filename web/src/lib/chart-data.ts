// What a chart draws, as plain numbers: smoothing, the common x axis of several curves, where points stand alone, labels
// of ticks, and a summary in words. Knows nothing of canvases.

/** A curve with its band. Non-finite values are gaps. */
export interface ChartSeries {
  readonly name: string
  /** [N], increasing */
  readonly x: readonly number[]
  /** [N] */
  readonly y: readonly (number | null)[]
  /** [N], edges of the band */
  readonly low?: readonly (number | null)[]
  readonly high?: readonly (number | null)[]
  /** Which colour of the palette, 0 to 5; by its place when left out. */
  readonly color?: number
  readonly dash?: boolean
}

/** Values on a common axis: null is a gap, undefined is an x that only other curves have. */
export type AlignedValues = (number | null | undefined)[]

/** Part of an axis. */
export type ChartRange = readonly [number, number]

/**
 * Exponential moving average: `weight` of the past, 0 keeps the values. The start is not drawn towards zero: the average is
 * divided by the weight that it has gathered. Gaps stay gaps and count for nothing.
 */
export function smooth(values: readonly (number | null)[], weight: number): (number | null)[] {
  if (!(weight > 0)) return values.map(finiteOrNull)
  let sum = 0
  let gathered = 0
  return values.map((value) => {
    const known = finiteOrNull(value)
    if (known === null) return null
    sum = weight * sum + (1 - weight) * known
    gathered = weight * gathered + (1 - weight)
    return sum / gathered
  })
}

/** All x of all curves, increasing, each once. */
export function commonAxis(axes: readonly (readonly number[])[]): number[] {
  const all = new Set<number>()
  for (const axis of axes) for (const x of axis) if (Number.isFinite(x)) all.add(x)
  return [...Float64Array.from(all).sort()]
}

/**
 * The values of a curve on a common axis that holds its own. Of several values at one x the last one counts. `isLog`: what
 * is not above zero is a gap too.
 */
export function onAxis(
  axis: readonly number[],
  x: readonly number[],
  values: readonly (number | null)[],
  isLog = false,
): AlignedValues {
  const aligned: AlignedValues = new Array(axis.length).fill(undefined)
  const places = new Map(axis.map((at, place) => [at, place]))
  x.forEach((at, i) => {
    const place = places.get(at)
    if (place === undefined) return
    const known = finiteOrNull(values[i])
    const value = isLog && known !== null && known <= 0 ? null : known
    if (value !== null || aligned[place] === undefined) aligned[place] = value
  })
  return aligned
}

/**
 * The place closest to `idx` where a curve has a point or a gap of its own; null before its first point and after its last:
 * what has ended has no value any more.
 */
export function ownPlace(values: AlignedValues, idx: number): number | null {
  let before = idx
  while (before >= 0 && values[before] === undefined) before--
  let after = idx
  while (after < values.length && values[after] === undefined) after++
  if (before < 0 || after >= values.length) return null
  return idx - before <= after - idx ? before : after
}

/** Places of values without a neighbour to draw a line to: they must be drawn as points. */
export function lonelyPoints(values: AlignedValues): number[] {
  const lonely: number[] = []
  // The last value or gap seen, and whether the value before it was one: what only other curves have is passed over.
  let before: number | null = null
  let candidate = -1
  values.forEach((value, i) => {
    if (value === undefined) return
    if (candidate >= 0 && value === null) lonely.push(candidate)
    candidate = value !== null && before === null ? i : -1
    before = value
  })
  if (candidate >= 0) lonely.push(candidate)
  return lonely
}

/** The limits of an axis for values from `min` to `max`: a little room, never across zero, never empty. */
export function roomFor(min: number, max: number): [number, number] {
  if (min === max) {
    const room = min === 0 ? 1 : Math.abs(min) * 0.1
    return [min === 0 ? 0 : min - room, max + room]
  }
  const room = (max - min) * 0.06
  return [min >= 0 && min - room < 0 ? 0 : min - room, max <= 0 && max + room > 0 ? 0 : max + room]
}

/** The same for a logarithmic axis: outwards to one digit, where ticks are. Both must be above zero. */
export function logRoomFor(min: number, max: number): [number, number] {
  const low = roundedDigit(min, Math.floor)
  const high = roundedDigit(max, Math.ceil)
  return low < high ? [low, high] : [low / 2, high * 2]
}

/** The first, last, least and greatest value of a curve; undefined where it has none. */
export function extremes(y: readonly (number | null)[]): SeriesSummary | undefined {
  const known = y.map(finiteOrNull).filter((value) => value !== null)
  if (known.length === 0) return undefined
  let min = known[0]
  let max = known[0]
  for (const value of known) {
    if (value < min) min = value
    if (value > max) max = value
  }
  return { first: known[0], last: known[known.length - 1], min, max, points: known.length }
}

/** A curve in five numbers. */
export interface SeriesSummary {
  readonly first: number
  readonly last: number
  readonly min: number
  readonly max: number
  readonly points: number
}

function roundedDigit(value: number, round: (value: number) => number): number {
  const size = 10 ** Math.floor(Math.log10(value))
  // What is a round number but for the last bits stays it.
  return Number((round(Number((value / size).toPrecision(12))) * size).toPrecision(1))
}

const finiteOrNull = (value: number | null | undefined): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null
