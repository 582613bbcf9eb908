// Numbers in words of the page: three digits, tokens as 12.3k, durations as 3m 12s.

/** 0.412 */
export const share = (value: number): string => value.toFixed(2)

/** 812, 12.3k, 4.1M */
export function count(value: number): string {
  if (value < 1000) return String(Math.round(value))
  return value < 1e6 ? `${(value / 1e3).toFixed(1)}k` : `${(value / 1e6).toFixed(1)}M`
}

/** 8s, 3m 12s */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m ${whole % 60}s`
}
