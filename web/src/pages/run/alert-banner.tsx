// Signs that a run went wrong: what was seen, at which step, what to do, and the way to the chart and the rollouts of it.
import { Link } from 'wouter-preact'
import type { RunAnswer } from '../../../../src/serve/dashboard/api.ts'
import { pageOf } from '../../lib/links.ts'

/** How many are shown before one has to ask for more. */
const SHOWN = 3

type Alert = RunAnswer['alertRows'][number]

/** The alerts of a run; nothing where there are none. */
export function AlertBanner({
  run,
  alerts,
  rolloutSteps,
}: {
  run: string
  alerts: readonly Alert[]
  rolloutSteps: readonly number[]
}) {
  if (alerts.length === 0) return null
  const item = (alert: Alert) => (
    <li key={`${alert.name}${alert.step}`}>
      <p>
        <span class="alert-mark" aria-hidden="true">
          ▲
        </span>
        <strong>{alert.name}</strong> <span class="muted">step {alert.step}</span> {alert.message}
      </p>
      <p class="muted">
        {alert.hint} <a href={`#chart-${alert.metric}`}>See the chart</a>
        {rolloutSteps.includes(alert.step) && (
          <>
            {' · '}
            <Link href={pageOf('/rollouts', { run, step: alert.step })}>Rollouts of step {alert.step}</Link>
          </>
        )}
      </p>
    </li>
  )
  return (
    <section class="alerts" aria-label="Alerts">
      <ul>{alerts.slice(0, SHOWN).map(item)}</ul>
      {alerts.length > SHOWN && (
        <details>
          <summary>{alerts.length - SHOWN} more</summary>
          <ul>{alerts.slice(SHOWN).map(item)}</ul>
        </details>
      )}
    </section>
  )
}
