// `GET /api/changes`: what has changed, as server-sent events, for as long as a page is open.
import type { HttpBindings } from '@hono/node-server'
import { z } from 'zod'
import { ApiError } from '../../http/api-error.ts'
import { eventOf, eventStream } from '../../http/event-stream.ts'
import { checkQuery, runName } from '../query.ts'
import type { DashboardApp, DashboardWorld } from '../world.ts'
import type { ChangeWatch } from './change-watch.ts'

/** Pages that listen at once. */
const MOST_LISTENERS = 200
/** The list changes whenever one of its runs does. Drawing it costs about as much as a look: it is not drawn more often. */
const LIST_GAP_MS = 2000
/** A reader that takes nothing for so long has gone. */
const STALL_MS = 30_000

const query = z.object({ run: runName.optional() })

/** Adds the route. */
export function changeRoutes(app: DashboardApp, world: Pick<DashboardWorld, 'dirOf'>, changes: ChangeWatch): void {
  app.get('/api/changes', (c) => {
    const { run } = checkQuery(c, query)
    if (run !== undefined) world.dirOf(run)
    if (changes.listeners >= MOST_LISTENERS) {
      throw new ApiError('Too many pages listen for changes. Close some.', { status: 429, code: 'too-many-listeners' })
    }
    const ticket = c.get('ticket')
    async function* events(): AsyncGenerator<string> {
      for await (const event of changes.events(run, ticket.signal)) yield eventOf(event)
    }
    const bindings: Partial<HttpBindings> | undefined = c.env
    return eventStream(events(), ticket, {
      gapMs: () => (run === undefined ? Math.max(LIST_GAP_MS, changes.pauseMs) : 0),
      whole: changes.closed,
      stallMs: STALL_MS,
      onStall: () => void bindings?.outgoing?.destroy(),
    })
  })
}
