// Labels of the ticks of an axis: as many digits as the distance between ticks needs, and no more.
import { formatCount, formatDuration } from './format.ts'

/** What an axis measures. */
export type AxisKind = 'number' | 'seconds'

/** A label for `value` where ticks lie `step` apart: `0.25`, `1.5k`, `2.0e-6`, `3m 20s`. */
export function tickLabel(value: number, step: number, kind: AxisKind = 'number'): string {
  if (kind === 'seconds') return value === 0 ? '0' : formatDuration(value).replace(/ 0[smh]$/, '')
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 10_000) return formatScaled(value, step)
  if (size < 1e-3 && step < 1e-3)
    return value.toExponential(digitsOf(step / 10 ** Math.floor(Math.log10(size)))).replace(/\.?0*e/, 'e')
  return value.toFixed(digitsOf(step))
}

/** Distances between ticks of an axis of seconds: those of a clock. */
export const secondSteps: number[] = [
  0.001, 0.01, 0.1, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400,
  172800, 604800, 2419200,
]

// Digits after the point that tell ticks apart that lie `step` apart; at most 8.
function digitsOf(step: number): number {
  for (let digits = 0; digits < 8; digits++) {
    const scaled = step * 10 ** digits
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled && Math.round(scaled) > 0) return digits
  }
  return 8
}

function formatScaled(value: number, step: number): string {
  const scale = Math.abs(value) >= 1e9 ? 1e9 : Math.abs(value) >= 1e6 ? 1e6 : 1e3
  const suffix = { 1e9: 'B', 1e6: 'M', 1e3: 'k' }[scale]
  if (suffix === undefined) return formatCount(value)
  return `${(value / scale).toFixed(Math.min(digitsOf(step / scale), 3))}${suffix}`
}
