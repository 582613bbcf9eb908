// A Tinker server in this process as a `fetch` function: any dialect, with faults on request. What it does is in
// fake-routes.ts; here is the wire on which things go wrong.

import * as wire from '../wire/index.ts'
import { type FakeOptions, FakeRoutes } from './fake-routes.ts'
import { connectionError, Faults } from './faults.ts'
import type { ServedModel } from './served-model.ts'

/** A request as the fake saw it. */
export interface Seen {
  readonly route: string
  readonly json?: Record<string, unknown>
  readonly headers: Headers
}

/** The server. */
export class FakeServer {
  readonly url = 'http://fake.test'
  readonly faults = new Faults()
  readonly seen: Seen[] = []
  readonly #routes: FakeRoutes

  constructor(options: FakeOptions) {
    this.#routes = new FakeRoutes(options)
  }

  /** Real optimiser steps of all models. */
  get stepsDone(): number {
    return this.#routes.stepsDone
  }

  /** The model that was made last. */
  get model(): ServedModel {
    return this.#routes.model
  }

  get modelCount(): number {
    return this.#routes.modelCount
  }

  /** The process ends and another starts. */
  restart(): void {
    this.#routes.restart()
  }

  /** Requests of training passes with gradients. */
  get passes(): number {
    return this.seen.filter(({ route }) => route === 'forward_backward').length
  }

  /** Bodies of the requests of a route. */
  bodies(route: string): Record<string, unknown>[] {
    return this.seen.filter((one) => one.route === route).map(({ json }) => json ?? {})
  }

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const route = url.pathname.replace(/^\/api\/v1\//, '')
    const headers = new Headers(init.headers)
    const bytes = new Uint8Array((init.body as Uint8Array<ArrayBuffer> | undefined) ?? [])
    const isProto = headers.get('content-type') === wire.PROTO
    const json = isProto || bytes.length === 0 ? undefined : JSON.parse(new TextDecoder().decode(bytes))
    this.seen.push({ route, json, headers })
    const answer = (): Promise<Response> => this.#routes.answer(route, { json, bytes, isProto, headers })
    const fault = this.faults.take(route)
    if (typeof fault === 'object') {
      if (fault.done) await answer()
      return Response.json(fault.json ?? { detail: `fault ${fault.status}` }, fault)
    }
    switch (fault) {
      case 'none':
        return answer()
      case 'refused':
        throw connectionError('ECONNREFUSED')
      case 'dropped-before':
        throw connectionError('ECONNRESET')
      case 'dropped-after':
        await answer()
        throw connectionError('ECONNRESET')
      case 'cut-short': {
        const response = await answer()
        const body = new Uint8Array(await response.arrayBuffer())
        return new Response(body.slice(0, body.length >> 1), response)
      }
      case 'delivered-twice':
        await answer()
        return answer()
      case 'killed-before':
        this.restart()
        throw connectionError('ECONNRESET')
      case 'killed-after':
        await answer()
        await this.#routes.settled()
        this.restart()
        throw connectionError('ECONNRESET')
      case 'silent':
        return new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason))
        })
      default:
        return fault satisfies never
    }
  }
}
