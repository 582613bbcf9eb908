// Metrics that cannot be compared: why, and what to do. An error that all metrics share is told once.
import type { ServerError } from '../../lib/server.ts'
import type { Compared } from './use-comparisons.ts'

interface MetricErrorsProps {
  readonly all: readonly Compared[]
  readonly isUnpaired: boolean
  readonly again: () => void
  readonly onUnpaired: () => void
}

/** Errors above what could be compared. */
export function MetricErrors({ all, isUnpaired, again, onUnpaired }: MetricErrorsProps) {
  const byMessage = new Map<string, { readonly error: ServerError; readonly metrics: string[] }>()
  for (const { metric, error } of all) {
    if (error === undefined) continue
    const same = byMessage.get(error.message)
    if (same === undefined) byMessage.set(error.message, { error, metrics: [metric] })
    else same.metrics.push(metric)
  }
  return (
    <>
      {[...byMessage.values()].map(({ error, metrics }) => (
        <div key={error.message} class="compare-error" role="alert">
          <p class="compare-error-title">
            {metrics.length === all.length ? 'These runs cannot be compared' : `No ${metrics.join(', ')}`}
          </p>
          <p>{error.message}</p>
          {error.hint && <p class="muted">{error.hint}</p>}
          <p class="compare-error-actions">
            {!isUnpaired && error.code.includes('protocols-differ') && (
              <button type="button" class="primary" onClick={onUnpaired}>
                Compare unpaired
              </button>
            )}
            {(error.status === 0 || error.status >= 500) && (
              <button type="button" onClick={again}>
                Try again
              </button>
            )}
          </p>
        </div>
      ))}
    </>
  )
}
