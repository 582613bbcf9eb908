// An answer of the server as state of a page: asked for when the address changes, asked for again when something has grown,
// and kept on the screen meanwhile. A run that grows at every moment is asked for once a second at most, and a question
// under way is never cut off by the next, so that a slow server still gets to answer.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { onChange } from './changes.ts'
import { Pacer } from './pacer.ts'
import { ask, ServerError } from './server.ts'

/** An answer under way. */
export interface Asked<Answer> {
  /** The last answer to this address. */
  readonly data?: Answer
  readonly error?: ServerError
  /** Asks at once. */
  readonly again: () => void
}

/** Least time between two questions for the same thing. */
const REST_MS = 1000

/** Asks for `path`, and again whenever the server says that `watch` has changed: a run's name, or '' for the list. */
export function useServer<Answer>(path: string | undefined, watch?: string): Asked<Answer> {
  const [state, setState] = useState<{ path?: string; data?: Answer; error?: ServerError }>({})
  const pacer = useRef<Pacer>()
  const again = useCallback(() => pacer.current?.callNow(), [])
  const grown = useCallback(() => pacer.current?.call(), [])
  useEffect(() => {
    if (path === undefined) return
    const stop = new AbortController()
    const made = new Pacer(async () => {
      try {
        const data = await ask<Answer>(path, { signal: stop.signal })
        if (!stop.signal.aborted) setState({ path, data })
      } catch (error) {
        if (stop.signal.aborted) return
        if (!(error instanceof ServerError)) throw error
        setState((old) => ({ path, error, data: old.path === path ? old.data : undefined }))
      }
    }, REST_MS)
    pacer.current = made
    made.call()
    return () => {
      stop.abort()
      made.stop()
      pacer.current = undefined
    }
  }, [path])
  // After the first question: watching begins once there is something to ask again.
  useEffect(
    () => (path === undefined || watch === undefined ? undefined : onChange(watch, grown)),
    [path === undefined, watch, grown],
  )
  return state.path === path ? { data: state.data, error: state.error, again } : { again }
}
