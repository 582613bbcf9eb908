// Axes: round tick positions that cover the data, and their labels.
import { formatCount } from '../format.ts'

/** A range with the places of its ticks, all inside it. */
export interface Axis {
  readonly min: number
  readonly max: number
  readonly ticks: readonly number[]
  readonly step: number
}

/** An axis for values; `round` stretches it to the ticks outside of the values. About `count` intervals. */
export function axisOf(values: readonly number[], { round, count = 4 }: { round: boolean; count?: number }): Axis {
  const finite = values.filter(Number.isFinite)
  let min = finite.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  let max = finite.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  if (finite.length === 0) [min, max] = [0, 1]
  if (max - min < TINY) {
    const room = Math.abs(min) < TINY ? 1 : Math.abs(min) * 0.1
    ;[min, max] = [min - room, max + room]
  }
  const step = roundStep((max - min) / count)
  if (round) {
    min = Math.floor(min / step + 1e-9) * step
    max = Math.ceil(max / step - 1e-9) * step
  }
  const first = Math.ceil(min / step - 1e-9)
  const last = Math.floor(max / step + 1e-9)
  // `+ 0` turns -0 into 0.
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step + 0)
  return { min, max, ticks, step }
}

/** A tick's label, with as many decimals as the step needs. */
export function tickLabel(value: number, step: number): string {
  if (step >= 1000 || (step >= 100 && Math.abs(value) >= 1e4 && Math.abs(value) < 1e5)) return formatCount(value)
  if (step < 1e-4) return value === 0 ? '0' : value.toExponential(1)
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  return value.toFixed(decimals)
}

/** Where a value lies on the axis: 0 at its start, 1 at its end. */
export function placeOn(axis: Axis, value: number): number {
  return (value - axis.min) / (axis.max - axis.min)
}

// Below this a power of ten and its reciprocal lose their digits.
const TINY = 1e-290

// The smallest of 1, 2, 5 times a power of ten that is not below `raw`.
function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw))
  const factor = [1, 2, 5, 10].find((f) => f * power >= raw * (1 - 1e-9)) ?? 10
  return factor * power
}
