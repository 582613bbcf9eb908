// The dashboard as one group of routes: guards, data, and the built pages. What a page may ask is in api.ts.
import { Hono } from 'hono'
import type { Clock } from '../../contracts/run.ts'
import { ApiError, traceOf } from '../http/api-error.ts'
import type { RouteGroup, ServeEnv } from '../http/app.ts'
import type { AboutAnswer } from './api.ts'
import { changeRoutes } from './changes/change-routes.ts'
import { compareRoutes } from './compare-routes.ts'
import { errorAnswer, jsonAnswer, toAnswer } from './json-answer.ts'
import { labRoutes } from './lab/lab-routes.ts'
import { OpenWorld } from './open-world.ts'
import { everyAnswer } from './pages/page-headers.ts'
import { hasDemo, staticAnswer } from './pages/static-pages.ts'
import { playgroundRoutes } from './playground/playground-routes.ts'
import { checkHostName, checkSameOrigin } from './request-guard.ts'
import { tokenRoutes } from './rollouts/token-routes.ts'
import { runRoutes } from './runs/run-routes.ts'
import { searchRoutes } from './search/search-routes.ts'
import type { DashboardApp, DashboardWorld } from './world.ts'

/** What the dashboard shows and where its pages are. */
export interface DashboardOptions {
  /** A folder of runs, one run, or a folder of labs. */
  readonly folder: string
  readonly version: string
  readonly clock: Clock
  /** Host names of this server beside its addresses and `localhost`. */
  readonly names?: readonly string[]
  /** The folder of the built pages, looked for at every request. */
  readonly webFolder: () => string | undefined
  /** Told of failures of the server, without what was sent. */
  readonly log: (line: string) => void
}

/** Routes of other parts of the dashboard. */
const parts: readonly ((app: DashboardApp, world: DashboardWorld) => void)[] = [
  compareRoutes,
  labRoutes,
  tokenRoutes,
  playgroundRoutes,
  searchRoutes,
]

/** The group. @throws `usage/no-folder` */
export function dashboardRoutes({ folder, version, clock, names = [], webFolder, log }: DashboardOptions): RouteGroup {
  const world = new OpenWorld(folder, clock)
  const app: DashboardApp = new Hono<ServeEnv>()
  app.onError((error, c) => {
    const { status, code } = toAnswer(error)
    if (status >= 500) log(`${c.req.method} ${c.req.path} failed: ${error instanceof ApiError ? code : traceOf(error)}`)
    return errorAnswer(error)
  })
  app.use(async (c, next) => {
    checkHostName(c.req.raw.headers, names)
    checkSameOrigin(c.req.method, c.req.raw.headers)
    await next()
    for (const [name, value] of Object.entries(everyAnswer)) c.header(name, value)
  })
  app.get('/api/about', (c) =>
    jsonAnswer(c, { version, hasEngine: true, hasDemo: hasDemo(webFolder()) } satisfies AboutAnswer),
  )
  runRoutes(app, world, folder)
  changeRoutes(app, world, world.changes)
  for (const add of parts) add(app, world)
  app.all('/api/*', (c) => {
    throw new ApiError(`There is no ${c.req.method} of this path here.`, { status: 404, code: 'unknown-url' })
  })
  app.get('*', (c) => staticAnswer(c, webFolder()))
  return {
    id: 'dashboard',
    mount: (whole) => void whole.route('/', app),
    close: async () => world.changes.close(),
  }
}
