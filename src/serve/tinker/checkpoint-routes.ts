// Training runs and checkpoints over HTTP: lists, deletion, times to live, and archives, which a signed link gives to
// programs that have no key.
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { weightsInfoBody } from '../../engine/remote/tinker/wire/index.ts'
import type { ServeEnv } from '../http/app.ts'
import { bodyOf } from './read-body.ts'
import { Refusal, userError } from './refusal.ts'
import type { TinkerServer } from './server.ts'
import { tarBytes, tarOf } from './tar.ts'
import { isKind, parsePath, type TinkerPath } from './tinker-path.ts'
import { checkpointsView, type Page, runsView, runView } from './views.ts'

/** How long a link to an archive works. */
const LINK_MS = 15 * 60_000

export function addCheckpointRoutes(app: Hono<ServeEnv>, server: TinkerServer): void {
  const { checkpoints, models } = server
  app.post('/weights_info', async (c) => {
    const { tinker_path } = await bodyOf(c.req.raw, server.limits.bodyBytes, weightsInfoBody)
    const { base_model, rank, train_mlp, train_attn } = checkpoints.get(parsePath(tinker_path))
    return c.json({ base_model, is_lora: true, lora_rank: rank, train_unembed: false, train_mlp, train_attn })
  })
  app.get('/training_runs', (c) => c.json(runsView(models, checkpoints, pageOf(c))))
  app.get('/training_runs/:run', (c) => {
    const info = models.info(c.req.param('run'))
    const run = models.list().find((listed) => listed.info.model_id === info.model_id)
    return c.json(runView(run ?? { info, lastRequest: info.created }, checkpoints))
  })
  app.get('/checkpoints', (c) => c.json(checkpointsView(checkpoints.list(), checkpoints, pageOf(c))))
  app.get('/training_runs/:run/checkpoints', (c) => {
    const { model_id } = models.info(c.req.param('run'))
    return c.json(checkpointsView(checkpoints.list(model_id), checkpoints, pageOf(c)))
  })
  const one = '/training_runs/:run/checkpoints/:kind/:name'
  app.delete(one, (c) => {
    checkpoints.remove(pathOf(c))
    return c.body(null, 204)
  })
  app.put(`${one}/ttl`, async (c) => {
    const { ttl_seconds } = await bodyOf(
      c.req.raw,
      server.limits.bodyBytes,
      z.object({ ttl_seconds: z.number().positive().nullish() }),
    )
    checkpoints.expire(pathOf(c), ttl_seconds == null ? undefined : server.now() + ttl_seconds * 1000)
    return c.json({})
  })
  app.get(`${one}/archive`, (c) => {
    const path = pathOf(c)
    checkpoints.get(path)
    const expires = server.now() + LINK_MS
    const url = new URL(c.req.url)
    const target = url.pathname.replace(/\/training_runs\/.*$/, `/archives/${path.model}/${path.kind}/${path.name}.tar`)
    const query = server.links.sign(fileOf(path), expires)
    return c.body(null, 302, { location: `${url.origin}${target}?${query}`, expires: new Date(expires).toUTCString() })
  })
}

/** The one route that asks for no key: its links are signed. */
export function addArchiveRoute(app: Hono<ServeEnv>, server: TinkerServer): void {
  const { checkpoints } = server
  app.get('/archives/:run/:kind/:file', (c) => {
    const path = pathOf(c, c.req.param('file').replace(/\.tar$/, ''))
    const { expires = '', signature = '' } = c.req.query()
    if (!server.links.isValid(fileOf(path), expires, signature, server.now()))
      throw new Refusal(401, 'this link is not valid any more; ask for a new one')
    checkpoints.get(path)
    const folder = checkpoints.folder(path)
    return new Response(ReadableStream.from(tarOf(folder)) as ReadableStream<Uint8Array>, {
      headers: { 'content-type': 'application/x-tar', 'content-length': String(tarBytes(folder)) },
    })
  })
}

function pathOf(c: Context<ServeEnv>, name = c.req.param('name') ?? ''): TinkerPath {
  const { run = '', kind = '' } = c.req.param() as { run?: string; kind?: string }
  if (!isKind(kind)) throw userError(`"${kind.slice(0, 80)}" is no kind of checkpoint (weights, sampler_weights)`)
  return parsePath(`tinker://${run}/${kind}/${name}`)
}

const fileOf = ({ model, kind, name }: TinkerPath): string => `${model}/${kind}/${name}`

function pageOf(c: Context<ServeEnv>): Page {
  const number = (name: string, fallback: number): number => {
    const value = Number(c.req.query(name) ?? fallback)
    if (!Number.isSafeInteger(value) || value < 0) throw userError(`${name} is no number`)
    return value
  }
  return { offset: number('offset', 0), limit: Math.min(number('limit', 20), 1000) }
}
