// Waits for work or for an abort, whichever comes first: not every sampler heeds a signal.
import { GradusError } from '../../base/error.ts'

/** The work's result; rejects with `sampler/aborted` as soon as the signal fires, and leaves the work behind. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  let stop: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new GradusError('sampler/aborted', 'aborted'))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([aborted, work])
  } finally {
    if (stop) signal.removeEventListener('abort', stop)
  }
}
