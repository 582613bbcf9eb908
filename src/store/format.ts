// Numbers for people: three significant digits, intervals, counts, sizes and durations.
// It draws no tables and knows no colours.

/** A number with its interval, where it has one. */
export interface Estimate {
  readonly value: number
  readonly low?: number
  readonly high?: number
}

/** Three significant digits: `0.412`, `12.3`, `1.23k`, `3.00e-5`; `n/a` for what is not a number. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'n/a'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (value === 0) return '0.00'
  const size = Math.abs(Number(value.toPrecision(3)))
  if (size < 1e-4) return value.toExponential(2)
  const scale = scales.find((s) => size >= s.at)
  if (scale !== undefined) return `${fixed(value / scale.at)}${scale.suffix}`
  return fixed(value)
}

/** `0.412 [0.381, 0.443]`. */
export function formatEstimate({ value, low, high }: Estimate): string {
  if (low === undefined || high === undefined) return formatNumber(value)
  return `${formatNumber(value)} [${formatNumber(low)}, ${formatNumber(high)}]`
}

/** A count: `512`, `12.3k`, `4.1M`. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return formatNumber(count)
  if (Math.abs(count) < 999.5) return String(Math.round(count))
  // 0.99995: what would round up to 1000 of a scale belongs to the next.
  const scale = scales.find((s) => Math.abs(count) >= s.at * 0.9995) ?? scales[scales.length - 1]
  const scaled = count / scale.at
  const text = scaled.toFixed(Math.abs(scaled) < 99.95 ? 1 : 0)
  return `${text.replace(/\.0$/, '')}${scale.suffix}`
}

/** A size in bytes, in steps of a thousand: `66 B`, `404 kB`, `1.23 MB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return formatNumber(bytes)
  const size = Math.abs(Number(bytes.toPrecision(3)))
  const scale = byteScales.find((s) => size >= s.at)
  return scale === undefined ? `${Math.round(bytes)} B` : `${fixed(bytes / scale.at)} ${scale.unit}`
}

/** A duration in seconds: `450ms`, `8.3s`, `42s`, `3m 12s`, `1h 5m`, `2d 3h`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return formatNumber(seconds)
  if (seconds < 0) return `-${formatDuration(-seconds)}`
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)}ms`
  if (seconds < 9.95) return `${seconds.toFixed(1)}s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole}s`
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${whole % 60}s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}h ${minutes % 60}m`
  const hours = Math.round(seconds / 3600)
  return `${Math.floor(hours / 24)}d ${hours % 24}h`
}

const scales = [
  { at: 1e12, suffix: 'T' },
  { at: 1e9, suffix: 'B' },
  { at: 1e6, suffix: 'M' },
  { at: 1e3, suffix: 'k' },
]

const byteScales = [
  { at: 1e12, unit: 'TB' },
  { at: 1e9, unit: 'GB' },
  { at: 1e6, unit: 'MB' },
  { at: 1e3, unit: 'kB' },
]

// toPrecision falls into exponents for numbers of four digits and more, which the caller has scaled away.
function fixed(value: number): string {
  return value.toPrecision(3)
}
