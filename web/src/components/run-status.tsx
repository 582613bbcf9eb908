// Whether a run runs, is done, failed or was interrupted: a word and a shape.
import type { RunStatus as Status } from '../../../src/contracts/run.ts'
import '../styles/run-header.css'

const shapes: Readonly<Record<Status, string>> = {
  running: 'M3.5 2.5 9.5 6l-6 3.5z',
  done: 'M2.5 6.5 5 9l4.5-6',
  failed: 'M3 3l6 6M9 3l-6 6',
  interrupted: 'M4 3v6M8 3v6',
}

/** A run's status. */
export function RunStatus({ status, isShort = false }: { status: Status; isShort?: boolean }) {
  return (
    <span class={`run-status ${status}`} title={isShort ? status : undefined}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d={shapes[status]} fill="none" stroke="currentColor" stroke-width="1.7" stroke-linejoin="round" />
      </svg>
      <span class={isShort ? 'visually-hidden' : undefined}>{status}</span>
    </span>
  )
}
