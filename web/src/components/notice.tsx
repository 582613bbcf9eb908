// What a page says when it has nothing to show: it waits, there is nothing, or something went wrong and what to do.
import type { ComponentChildren } from 'preact'
import type { ServerError } from '../lib/server.ts'

/** A word to the reader in the middle of the page. */
export function Notice({
  title,
  children,
  kind,
  isPage = false,
}: {
  title: string
  children?: ComponentChildren
  kind?: 'error'
  /** It is all that the page has: its title is that of the page. */
  isPage?: boolean
}) {
  return (
    <div class={`notice ${kind ?? ''}`} role={kind === 'error' ? 'alert' : undefined}>
      {isPage ? <h1 class="notice-title">{title}</h1> : <p class="notice-title">{title}</p>}
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
export function Failure({ error, retry, isPage }: { error: ServerError; retry?: () => void; isPage?: boolean }) {
  return (
    <Notice title={error.message} kind="error" isPage={isPage}>
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
