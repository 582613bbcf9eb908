// Numbers for people, the same as in reports and on the command line; and dates, which only pages show.
export { formatCount, formatDuration, formatEstimate, formatNumber } from '../../../src/store/format.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long ago: `just now`, `5 min ago`, `3 h ago`, `12 d ago`; `in the future` for clocks that differ. */
export function formatAgo(iso: string, nowMs: number): string {
  const seconds = (nowMs - Date.parse(iso)) / 1000
  if (!Number.isFinite(seconds)) return 'n/a'
  if (seconds < -MINUTE) return 'in the future'
  if (seconds < MINUTE) return 'just now'
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ago`
  if (seconds < 2 * DAY) return `${Math.floor(seconds / HOUR)} h ago`
  return `${Math.floor(seconds / DAY)} d ago`
}

/** The moment in the reader's time zone: `2026-11-21 13:07:07`. */
export function formatMoment(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  const two = (n: number): string => String(n).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}
