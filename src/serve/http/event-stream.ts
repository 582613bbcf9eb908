// Server-sent events from a generator that is asked for more only when the client has taken what it was given. So a slow
// reader holds back nothing but its own stream, and events that would have waited come out as one: the generator gives
// what is new at that moment. Two limits: how often events are sent, and how long a reader may take nothing at all.
import { toApiError } from './api-error.ts'
import type { Ticket } from './traffic.ts'

/** Limits of an event stream. */
export interface EventStreamOptions {
  /** Least time until the next write, in which events collect. */
  readonly gapMs: () => number
  /** Nothing more will collect: the next write waits no longer. */
  readonly whole?: Promise<void>
  /** A reader that takes nothing for so long has gone. */
  readonly stallMs: number
  /** Closes the connection of a reader that has gone. */
  readonly onStall?: () => void
  /** Everything was taken, or no one takes it any more. */
  readonly onEnd?: () => void
}

/** What keeps proxies from holding events back. */
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
}

/** One event. */
export const eventOf = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`

/** The event after which nothing comes. */
export const DONE_EVENT = 'data: [DONE]\n\n'

/** A response that streams `events`; the request is held until all are taken or its client has left. */
export function eventStream(events: AsyncGenerator<string>, ticket: Ticket, options: EventStreamOptions): Response {
  const { gapMs, whole, stallMs, onStall, onEnd } = options
  const encoder = new TextEncoder()
  const release = ticket.hold()
  let stall: NodeJS.Timeout | undefined
  const gap = new Gap()
  let hasEnded = false
  void whole?.then(() => gap.close())
  const end = (): void => {
    clearTimeout(stall)
    gap.close()
    if (hasEnded) return
    hasEnded = true
    onEnd?.()
    release()
  }
  const giveUp = (): void => {
    ticket.abort()
    end()
    // Runs what the generator still has to do when it waits to be asked for more.
    void events.return(undefined)
  }
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(stall)
        await gap.over
        const { done, value } = await next(events)
        if (hasEnded) return
        if (value !== undefined) controller.enqueue(encoder.encode(value))
        if (done) {
          end()
          controller.close()
          return
        }
        gap.open(gapMs())
        stall = setTimeout(() => {
          giveUp()
          onStall?.()
        }, stallMs)
      },
      cancel: giveUp,
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: HEADERS })
}

/** The time between two writes. */
class Gap {
  /** Settles at its end. */
  over: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #end: (() => void) | undefined
  #isClosed = false

  open(ms: number): void {
    if (this.#isClosed || ms <= 0) return
    this.over = new Promise((resolve) => {
      this.#end = resolve
      this.#timer = setTimeout(resolve, ms)
    })
  }

  /** Ends it, and opens none again. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#end?.()
  }
}

/** What comes next; a failure becomes the last event, since the status of the answer was sent long ago. */
async function next(events: AsyncGenerator<string>): Promise<{ done?: boolean; value?: string }> {
  try {
    const { done, value } = await events.next()
    return done ? { done } : { value }
  } catch (error) {
    return { done: true, value: `${eventOf(toApiError(error).body)}${DONE_EVENT}` }
  }
}
