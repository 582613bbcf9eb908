// What `gradus show` does: opens a folder of runs, listens on this machine, says where, and waits for the signal to end.
import { hostname } from 'node:os'
import { isGradusError } from '../../base/error.ts'
import {
  createApp,
  dashboardRoutes,
  isLoopback,
  type Listening,
  listen,
  Traffic,
  webFolder,
} from '../../serve/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { packageVersion } from '../version.ts'
import { buildPages } from './built-pages.ts'
import { processClock } from './host-facts.ts'
import { Interruption } from './interruption.ts'

/** Options of the verb. */
export interface ShowOptions {
  readonly host: string
  /** Default: {@link USUAL_PORT}, or one of those after it. */
  readonly port?: number
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Where people look for the dashboard. */
const USUAL_PORT = 4747
/** Ports that are tried when none was asked for: as many dashboards are open, or something else listens there. */
const TRIED_PORTS = 20
/** Streams of pages end at once; what else runs is short. */
const DRAIN_MS = 1000

/** Runs the verb, until a signal. @throws `usage/no-folder`, `usage/port-in-use`, `usage/bad-host` */
export async function showCommand(folder: string, options: ShowOptions, { io }: Shell): Promise<ExitCode> {
  const { host, port, json, quiet } = options
  await buildPages((line) => (quiet ? undefined : io.err(`${line}\n`)))
  const log = (line: string): void => io.err(`${line}\n`)
  const names = isLoopback(host) ? [] : [host.toLowerCase(), hostname().toLowerCase()]
  const routes = dashboardRoutes({ folder, version: packageVersion(), clock: processClock, names, webFolder, log })
  const traffic = new Traffic()
  let onRequest = (): void => {}
  const stopped = new Promise<void>((resolve) => {
    onRequest = resolve
  })
  const interruption = new Interruption({ onRequest, onForce: () => process.exit(exitCodes.ok) })
  try {
    const open = (at: number): Promise<Listening> =>
      listen({ host, port: at }, traffic, (hosts) => createApp({ groups: [routes], traffic, hosts, log }))
    const listening = port === undefined ? await firstFree(open) : await open(port)
    if (!isLoopback(host)) {
      log(`warning: anyone who reaches ${host} may read these runs and sample from their models`)
    }
    if (webFolder() === undefined && !quiet) {
      log('The pages are not built here: run `npm run build:web`. The data is served already, below /api.')
    }
    const { url } = listening
    io.out(json ? `${JSON.stringify({ url })}\n` : `Gradus at ${url} (Ctrl-C ends)\n`)
    await stopped
    await Promise.all([listening.close(DRAIN_MS), routes.close?.()])
  } finally {
    interruption.dispose()
    await routes.close?.()
  }
  return exitCodes.ok
}

async function firstFree(open: (port: number) => Promise<Listening>): Promise<Listening> {
  for (let port = USUAL_PORT; ; port++) {
    try {
      return await open(port)
    } catch (error) {
      const isTaken = isGradusError(error) && error.code === 'usage/port-in-use'
      if (!isTaken || port === USUAL_PORT + TRIED_PORTS - 1) throw error
    }
  }
}
