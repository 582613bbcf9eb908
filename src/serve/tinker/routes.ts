// The Tinker protocol over HTTP, under /api/v1. Each route reads bytes, asks the server, and answers; errors are `{detail}`.
// What may be sent twice (nothing here changes that is not numbered, but sessions) is told by its idempotency key.
import { createHash, timingSafeEqual } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { heartbeatBody, modelBody, PROTO, retrieveFutureBody } from '../../engine/remote/tinker/wire/index.ts'
import type { RouteGroup, ServeEnv } from '../http/app.ts'
import { addArchiveRoute, addCheckpointRoutes } from './checkpoint-routes.ts'
import { IdempotentAnswers } from './idempotent-answers.ts'
import type { Op, OpKind } from './op-log.ts'
import { bodyOf, readBody } from './read-body.ts'
import { Refusal } from './refusal.ts'
import { errorResponse, outcomeResponse } from './responses.ts'
import { type TinkerOptions, TinkerServer } from './server.ts'

/** The routes, and the end of what runs behind them. */
export interface TinkerRoutes extends RouteGroup {
  /** Waits for the work under way; what is queued is done after the next start. */
  close(): Promise<void>
}

/**
 * The Tinker protocol over one base model.
 *
 * @throws `store/locked` when another process has the state folder, `config/other-base` when it is of another base
 */
export async function tinkerRoutes(options: TinkerOptions): Promise<TinkerRoutes> {
  const server = new TinkerServer(options)
  return {
    id: 'tinker',
    checksKeyUnder: '/api/v1/',
    mount: (app) => {
      app.route('/api/v1', tinkerApp(server, options.apiKey))
    },
    close: () => server.close(),
  }
}

/** The routes without their prefix. */
export function tinkerApp(server: TinkerServer, apiKey?: string): Hono<ServeEnv> {
  const app = new Hono<ServeEnv>()
  app.onError((error) => errorResponse(error))
  app.notFound((c) => errorResponse(new Refusal(404, `there is no ${c.req.method} ${c.req.path.slice(0, 200)} here`)))
  // Before the key is asked for: health says nothing, and links to archives carry their own signature.
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  addArchiveRoute(app, server)
  if (apiKey !== undefined)
    app.use(async (c, next) => {
      checkKey(c.req.header('x-api-key') ?? bearer(c.req.header('authorization')), apiKey)
      await next()
    })
  addServiceRoutes(app, server)
  addTrainingRoutes(app, server)
  addSamplingRoutes(app, server)
  addCheckpointRoutes(app, server)
  return app
}

type App = Hono<ServeEnv>
type Ctx = Context<ServeEnv>

const bytesOf = (c: Ctx, server: TinkerServer): Promise<Uint8Array> => readBody(c.req.raw, server.limits.bodyBytes)

function addServiceRoutes(app: App, server: TinkerServer): void {
  const sent = new IdempotentAnswers()
  app.post('/client/config', (c) => c.json(CLIENT_CONFIG))
  app.post('/client/dynamic_config', (c) => c.json({ refresh_interval_sec: 300 }))
  app.post('/telemetry', (c) => c.json({ status: 'accepted' }))
  app.get('/get_server_capabilities', (c) =>
    c.json({
      supported_models: [{ model_name: server.name, max_context_length: server.base.contextLimit }],
      server: 'gradus',
    }),
  )
  app.post('/create_session', async (c) => {
    const body = await bytesOf(c, server)
    return c.json(await sent.once(c.req.header('x-idempotency-key'), async () => server.createSession(body)))
  })
  app.post('/session_heartbeat', async (c) => {
    server.sessions.touch((await bodyOf(c.req.raw, server.limits.bodyBytes, heartbeatBody)).session_id)
    return c.json({ type: 'session_heartbeat' })
  })
  app.get('/sessions', (c) => c.json({ sessions: server.sessions.list().map(({ session_id }) => session_id) }))
  app.get('/sessions/:id', (c) => {
    const { session_id } = server.sessions.touch(c.req.param('id'))
    return c.json({
      training_run_ids: server.models.ofSession(session_id).map(({ info }) => info.model_id),
      sampler_ids: server.samplers.ofSession(session_id).map(({ sampler_id }) => sampler_id),
    })
  })
  app.post('/retrieve_future', async (c) => {
    const { request_id } = await bodyOf(c.req.raw, server.limits.bodyBytes, retrieveFutureBody)
    const outcome = await server.poll(request_id, c.get('ticket')?.signal ?? c.req.raw.signal)
    if (!outcome) return c.json({ type: 'try_again', request_id, queue_state: 'active' }, 408)
    return outcomeResponse(outcome, (c.req.header('accept') ?? '').includes(PROTO))
  })
}

function addTrainingRoutes(app: App, server: TinkerServer): void {
  app.post('/create_model', async (c) => c.json(server.createModel(await bytesOf(c, server))))
  app.post('/unload_model', async (c) =>
    c.json(server.models.unload((await bodyOf(c.req.raw, server.limits.bodyBytes, modelBody)).model_id)),
  )
  app.post('/get_info', async (c) => {
    const { model_id, rank } = server.models.get(
      (await bodyOf(c.req.raw, server.limits.bodyBytes, modelBody)).model_id,
    ).info
    const tokenizer = server.tokenizerId === undefined ? {} : { tokenizer_id: server.tokenizerId }
    return c.json({
      type: 'get_info',
      model_id,
      model_data: { arch: server.base.config.modelType, model_name: server.name, ...tokenizer },
      is_lora: true,
      lora_rank: rank,
      model_name: server.name,
    })
  })
  const queued = (path: string, kind: OpKind): void => {
    app.post(path, async (c) => c.json(server.submit(kind, formOf(c, kind), await bytesOf(c, server))))
  }
  queued('/forward', 'forward')
  queued('/forward_backward', 'forward_backward')
  queued('/optim_step', 'optim_step')
  queued('/save_weights', 'save_weights')
  queued('/save_weights_for_sampler', 'save_weights_for_sampler')
  app.post('/load_weights', async (c) => c.json(server.loadWeights(await bytesOf(c, server))))
}

function addSamplingRoutes(app: App, server: TinkerServer): void {
  app.post('/create_sampling_session', async (c) =>
    c.json(await server.createSamplingSession(await bytesOf(c, server))),
  )
  app.post('/asample', async (c) => c.json(server.sample(await bytesOf(c, server))))
  app.get('/samplers/:id', (c) => {
    const { sampler_id, base_model, model_path } = server.samplers.get(c.req.param('id'))
    return c.json({ sampler_id, base_model, model_path: model_path ?? null })
  })
}

/** What this server wants of the official client; what is missing has the client's own default. */
const CLIENT_CONFIG = {
  pjwt_auth_enabled: false,
  credential_default_source: 'api_key',
  proto_write_fwdbwd: false,
  proto_compress_fwdbwd: false,
  fwd_via_fwdbwd: false,
  parallel_fwdbwd_chunks: true,
  create_model_via_load_weights: false,
}

function formOf(c: Ctx, kind: OpKind): Op['form'] {
  const [type] = (c.req.header('content-type') ?? '').split(';', 1)
  switch (type.trim().toLowerCase()) {
    case 'application/json':
      return 'json'
    case PROTO:
      if (kind === 'forward_backward') return 'proto'
      break
  }
  throw new Refusal(415, `a body of type "${type.slice(0, 80)}"; send application/json`)
}

const bearer = (header: string | undefined): string => /^bearer (.{0,4096})$/i.exec(header ?? '')?.[1] ?? ''

/** Compared in a time that says nothing about the key. @throws a refusal of status 401 */
function checkKey(given: string, expected: string): void {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  if (!timingSafeEqual(digest(given), digest(expected))) throw new Refusal(401, 'the API key is missing or wrong')
}
