// What all protocols of the server share: errors, health, guards, running requests. A protocol is a `RouteGroup`; this
// file knows none of them.
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { ApiError, stopping, toApiError, traceOf } from './api-error.ts'
import { checkHost, keyCheck } from './guards.ts'
import type { Ticket, Traffic } from './traffic.ts'

/** What handlers find in their context. */
export interface ServeEnv {
  readonly Bindings: Partial<HttpBindings>
  readonly Variables: { readonly ticket: Ticket }
}

/** The context of a handler. */
export type ServeContext = Context<ServeEnv>

/** The routes of one protocol. */
export interface RouteGroup {
  /** Such as `openai`. */
  readonly id: string
  /** Adds its routes, by their full paths. */
  mount(app: Hono<ServeEnv>): void
  /** Paths that begin so are left to the group: it checks the API key itself. */
  readonly checksKeyUnder?: string
  /** Ends what runs behind the routes, after the last request. */
  close?(): Promise<void>
}

/** How an app is put together. */
export interface AppOptions {
  readonly groups: readonly RouteGroup[]
  readonly traffic: Traffic
  /** Host headers that are answered; undefined for any. */
  readonly hosts?: ReadonlySet<string>
  readonly apiKey?: string
  /** The one origin that browsers may show answers to. */
  readonly corsOrigin?: string
  /** Told of failures of the server, by route and place in the code: never of anything that was sent. */
  readonly log: (line: string) => void
}

/** The application, ready for requests. */
export function createApp({ groups, traffic, hosts, apiKey, corsOrigin, log }: AppOptions): Hono<ServeEnv> {
  const app = new Hono<ServeEnv>()
  app.onError((error, c) => {
    const known = toApiError(error)
    if (known.status === 500) log(`${c.req.method} failed: ${error === known ? known.code : traceOf(error)}`)
    return known.response()
  })
  app.notFound((c) => {
    throw new ApiError(`There is no ${c.req.method} of this path here.`, { status: 404, code: 'unknown_url' })
  })
  if (hosts !== undefined) {
    app.use(async (c, next) => {
      checkHost(c.req.header('host'), hosts)
      await next()
    })
  }
  if (corsOrigin !== undefined) app.use(cors({ origin: corsOrigin }))
  if (apiKey !== undefined) {
    const checkKey = keyCheck(apiKey)
    const elsewhere = groups.flatMap(({ checksKeyUnder }) => checksKeyUnder ?? [])
    app.use(async (c, next) => {
      // Health says nothing but that the server is there.
      const isOpen = c.req.path === '/healthz' || elsewhere.some((prefix) => c.req.path.startsWith(prefix))
      if (!isOpen) checkKey(c.req.raw.headers)
      await next()
    })
  }
  app.use(async (c, next) => {
    if (traffic.isDraining) throw stopping()
    const { ticket, release } = traffic.begin(c.req.raw.signal)
    c.set('ticket', ticket)
    try {
      await next()
    } finally {
      release()
    }
  })
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  for (const group of groups) group.mount(app)
  return app
}
