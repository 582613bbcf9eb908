// What a page says when it has nothing to show: it waits, there is nothing, or something went wrong and what to do.
import type { ComponentChildren } from 'preact'
import type { ServerError } from '../lib/server.ts'

/** A word to the reader in the middle of the page. */
export function Notice({ title, children, kind }: { title: string; children?: ComponentChildren; kind?: 'error' }) {
  return (
    <div class={`notice ${kind ?? ''}`} role={kind === 'error' ? 'alert' : undefined}>
      <p class="notice-title">{title}</p>
      {children && <div>{children}</div>}
    </div>
  )
}

/** Shown when an answer takes longer than a blink. */
export function Loading({ what = 'Loading' }: { what?: string }) {
  return (
    <p class="loading" role="status">
      {what} …
    </p>
  )
}

/** An error with what to do about it. */
export function Failure({ error, retry }: { error: ServerError; retry?: () => void }) {
  return (
    <Notice title={error.message} kind="error">
      {error.hint && <p>{error.hint}</p>}
      {retry && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </Notice>
  )
}

/** Said above what is still shown when it could not be asked for again. */
export function Stale({ error }: { error: ServerError }) {
  return (
    <p class="stale" role="alert">
      <strong>{error.message}.</strong> What you see is from before. {error.hint}
    </p>
  )
}
