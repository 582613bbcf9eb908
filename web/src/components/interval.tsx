// A value with its 95 % interval: `0.412 [0.381, 0.443]`.
import { formatNumber } from '../lib/format.ts'

/** What can be shown: an `Interval` of the server, or a value alone. */
export interface IntervalLike {
  readonly value: number
  readonly low?: number
  readonly high?: number
  readonly n?: number
}

/** A value and, muted, its interval; a dash where there is none. */
export function Interval({ of }: { of: IntervalLike | null | undefined }) {
  if (of === null || of === undefined || !Number.isFinite(of.value)) return <span class="muted">–</span>
  const { value, low, high, n } = of
  return (
    <span class="interval" title={n === undefined ? undefined : `95 % interval, n = ${n}`}>
      {formatNumber(value)}
      {low !== undefined && high !== undefined && (
        <span class="muted">
          {' '}
          [{formatNumber(low)}, {formatNumber(high)}]
        </span>
      )}
    </span>
  )
}
