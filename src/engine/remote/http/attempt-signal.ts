// The signal of one attempt: it aborts with the caller's, with the client's, or when time is up. Not AbortSignal.any,
// which in Node 20 keeps short-lived signals alive as long as a long-lived source.
import { onAbort } from './on-abort.ts'

/** A signal, its clock, and the end of both. */
export interface AttemptSignal {
  readonly signal: AbortSignal
  /** True when it was the time that ended it. */
  readonly isLate: boolean
  /** Stops the clock; aborts still come through. */
  pause(): void
  /** Starts the clock again, from zero. */
  restart(): void
  /** Stops the clock and listens no more. */
  end(): void
}

export function attemptSignal(timeoutMs: number, sources: readonly (AbortSignal | undefined)[]): AttemptSignal {
  const controller = new AbortController()
  const live = sources.filter((source) => source !== undefined)
  let isLate = false
  let timer: NodeJS.Timeout | undefined
  const abort = (): void => controller.abort(live.find((source) => source.aborted)?.reason)
  const start = (): void => {
    // More milliseconds than a timer can count, such as Infinity, mean no limit.
    if (timeoutMs >= 2 ** 31) return
    timer = setTimeout(() => {
      isLate = true
      controller.abort()
    }, timeoutMs)
  }
  const leave = live.map((source) => onAbort(source, abort))
  if (live.some((source) => source.aborted)) abort()
  start()
  return {
    signal: controller.signal,
    get isLate() {
      return isLate
    },
    pause() {
      clearTimeout(timer)
    },
    restart() {
      clearTimeout(timer)
      start()
    },
    end() {
      clearTimeout(timer)
      for (const end of leave) end()
    },
  }
}
