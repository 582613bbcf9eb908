// The scale of a forest plot: every interval has room, so has the line that they are read against, and the ticks are round
// numbers. Drawing is the business of forest-plot.tsx.

/** What is drawn on the scale. */
export interface Span {
  readonly low: number
  readonly high: number
}

/** A linear scale. */
export interface ForestScale extends Span {
  /** Round numbers within it, rising. */
  readonly ticks: readonly number[]
  /** Digits behind the point that tell the ticks apart. */
  readonly digits: number
  /** 0 at `low`, 1 at `high`; what lies outside is put on the edge. */
  place(value: number): number
}

/** Narrowest scale: below it, rounding would be drawn as if it were a finding. */
const NARROWEST = 0.002

/** Options of {@link forestScale}. */
export interface ScaleOptions {
  /** Values that must be on it, such as 0. */
  readonly lines?: readonly number[]
  /** Nothing lies below 0, and it begins there. */
  readonly isFromZero?: boolean
}

/** A scale for intervals. Without any, from 0 to 1. */
export function forestScale(
  spans: readonly Span[],
  { lines = [], isFromZero = false }: ScaleOptions = {},
): ForestScale {
  const values = [...spans.flatMap(({ low, high }) => [low, high]), ...lines].filter(Number.isFinite)
  let [low, high] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)]
  const middle = (low + high) / 2
  if (high - low < NARROWEST) [low, high] = [middle - NARROWEST / 2, middle + NARROWEST / 2]
  const room = (high - low) * 0.04
  ;[low, high] = [isFromZero ? 0 : low - room, high + room]
  const step = roundStep((high - low) / 5)
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  // Multiples of a whole number: adding up steps would drift to 0.30000000000000004. Plus 0, for -0 is written "-0".
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toFixed(digits)) + 0)
  return { low, high, ticks, digits, place: (value) => Math.max(0, Math.min(1, (value - low) / (high - low))) }
}

/** The least of 1, 2 and 5 times a power of ten that is not smaller. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least) + 1e-9)
  return power * ([1, 2, 5].find((one) => one * power >= least * (1 - 1e-9)) ?? 10)
}
