// Asks the server for samples and keeps a state of them up to date while they come. Events that come within a moment are
// one change, so that a page draws at its own pace and not at that of the model.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { SampleEvent, SampleRequestBody } from '../../../../src/serve/dashboard/api.ts'
import { apiPath, errorOf, ServerError } from '../../lib/server.ts'
import { readEvents } from './event-reader.ts'
import { closed, failed, newSampling, type Sampling, withEvents } from './sampling.ts'

/** Longest time that an event waits for others. */
const MOMENT_MS = 40

type Change = (state: Sampling) => Sampling

/** The last request with what came of it, and how to make and stop one. */
export function useSampling(): {
  readonly asked?: SampleRequestBody
  readonly state?: Sampling
  readonly start: (body: SampleRequestBody) => void
  readonly stop: () => void
} {
  const [sampling, setSampling] = useState<{ readonly asked: SampleRequestBody; readonly state: Sampling }>()
  const running = useRef<AbortController>()
  const change = useCallback(
    (next: Change) => setSampling((old) => old && { asked: old.asked, state: next(old.state) }),
    [],
  )
  const start = useCallback(
    (asked: SampleRequestBody) => {
      running.current?.abort()
      const own = new AbortController()
      running.current = own
      setSampling({ asked, state: newSampling(asked.samples) })
      void followSampling(asked, own.signal, (next) => {
        if (!own.signal.aborted) change(next)
      })
    },
    [change],
  )
  const stop = useCallback(() => {
    running.current?.abort()
    change((state) => ({ ...state, phase: 'stopped' }))
  }, [change])
  useEffect(() => () => running.current?.abort(), [])
  return { ...sampling, start, stop }
}

/** Follows one request to its end. Never throws: what goes wrong is a change too. */
export async function followSampling(
  body: SampleRequestBody,
  signal: AbortSignal,
  change: (next: Change) => void,
): Promise<void> {
  let fresh: SampleEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = (): void => {
    clearTimeout(timer)
    timer = undefined
    const events = fresh
    fresh = []
    if (events.length > 0) change((state) => withEvents(state, events))
  }
  try {
    for await (const data of readEvents(await answerTo(body, signal))) {
      if (data === '[DONE]') continue
      fresh.push(JSON.parse(data))
      timer ??= setTimeout(tell, MOMENT_MS)
    }
    tell()
    change(closed)
  } catch (error) {
    tell()
    if (!signal.aborted) change((state) => failed(state, error instanceof ServerError ? error : brokenOff))
  }
}

const brokenOff = {
  message: 'The connection broke off',
  hint: 'Is gradus show still running? Sample again when it is.',
}

async function answerTo(body: SampleRequestBody, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const reply = await fetch(apiPath('sample'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  })
  if (!reply.ok || reply.body === null) throw await errorOf(reply)
  return reply.body
}
