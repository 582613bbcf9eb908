// A port for an app, and its end: first the running requests, then the connections.
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { GradusError, messageOf } from '../../base/error.ts'
import type { ServeEnv } from './app.ts'
import { inUrl, isLoopback, loopbackHosts } from './guards.ts'
import type { Traffic } from './traffic.ts'

/** Where to listen. */
export interface ListenOptions {
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
}

/** A listening server. */
export interface Listening {
  /** Such as `http://127.0.0.1:8000`. */
  readonly url: string
  /** Stops: waits for running requests at most `limitMs`; gives the number of those that were cut off. */
  close(limitMs: number): Promise<number>
}

/** Connections that are still being written to after the last answer get so long. */
const FLUSH_MS = 2000
/** Longer than the pauses between a client's requests, so that it seldom meets a connection that is just closing. */
const KEEP_ALIVE_MS = 75_000

/**
 * Listens; `makeApp` gets the Host headers to answer to, which depend on the port.
 *
 * @throws `usage/port-in-use`, `usage/bad-host`
 */
export async function listen(
  { host, port }: ListenOptions,
  traffic: Traffic,
  makeApp: (hosts: ReadonlySet<string> | undefined) => Hono<ServeEnv>,
): Promise<Listening> {
  let app: Hono<ServeEnv> | undefined
  const server = createAdaptorServer({ fetch: (request, env) => app?.fetch(request, env) })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, host, port)))
    server.listen(port, host, () => resolve())
  })
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = KEEP_ALIVE_MS
  const { port: bound } = server.address() as AddressInfo
  app = makeApp(isLoopback(host) ? loopbackHosts(host, bound) : undefined)
  return {
    url: `http://${inUrl(reachable(host))}:${bound}`,
    async close(limitMs) {
      const cut = await traffic.drain(limitMs)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          if ('closeAllConnections' in server) server.closeAllConnections()
        }, FLUSH_MS)
        server.close(() => {
          clearTimeout(timer)
          resolve()
        })
      })
      return cut
    },
  }
}

/** An address of this machine for one that stands for all of them. */
const reachable = (host: string): string => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host)

function listenError(error: unknown, host: string, port: number): GradusError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new GradusError('usage/port-in-use', `port ${port} of ${host} is in use`, {
      hint: 'Give another with --port, or 0 for any that is free.',
    })
  }
  if (code === 'EACCES') {
    return new GradusError('usage/port-in-use', `port ${port} may not be opened by this user`, {
      hint: 'Give one above 1023 with --port.',
    })
  }
  return new GradusError('usage/bad-host', `cannot listen on ${host}: ${messageOf(error)}`, {
    hint: 'Give an address of this machine with --host, such as 127.0.0.1.',
  })
}
