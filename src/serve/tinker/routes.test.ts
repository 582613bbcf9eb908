// The protocol from outside: what a client asks at its start, whom it may name, models and checkpoints.
import { afterAll, describe, expect, it } from 'vitest'
import { PROTO } from '../../engine/remote/tinker/wire/index.ts'
import { BASE, TinyServer } from './__fixtures__/tiny-server.ts'

const shared = new TinyServer()
afterAll(() => shared.close())
let modelSeq = 100
const freshModel = async (extra: Record<string, unknown> = {}): Promise<string> =>
  shared.model(await shared.session(), { model_seq_id: modelSeq++, ...extra })
const prompt = (...tokens: number[]) => ({ chunks: [{ type: 'encoded_text', tokens }] })

describe('the service routes', () => {
  it('answer what a client asks at its start', async () => {
    expect((await shared.ask('/healthz')).json).toEqual({ status: 'ok' })
    const config = (await shared.post('/client/config', { sdk_version: '0.24.1' })).json
    expect(config).toMatchObject({ pjwt_auth_enabled: false, proto_compress_fwdbwd: false })
    expect((await shared.ask('/get_server_capabilities')).json.supported_models).toEqual([
      { model_name: BASE, max_context_length: 64 },
    ])
    const session = await shared.session()
    expect((await shared.post('/session_heartbeat', { session_id: session })).json).toEqual({
      type: 'session_heartbeat',
    })
    expect((await shared.post('/telemetry', { events: [] })).json).toEqual({ status: 'accepted' })
  })

  it('make one session of one idempotency key', async () => {
    const ask = (key: string) => shared.post('/create_session', { tags: [] }, { 'x-idempotency-key': key })
    const [first, second, third] = [await ask('a'), await ask('a'), await ask('b')]
    expect(first.json.session_id).toBe(second.json.session_id)
    expect(first.json.session_id).not.toBe(third.json.session_id)
    expect(first.json.info_message).toContain('train_unembed')
  })

  it.each<[string, string, unknown, number, string]>([
    ['a session', '/session_heartbeat', { session_id: 'x' }, 404, 'no session "x"'],
    [
      'a session for a model',
      '/create_model',
      { session_id: 'x', base_model: BASE, lora_config: { rank: 1 } },
      404,
      'no session',
    ],
    ['a model', '/get_info', { model_id: 'x' }, 404, 'no model "x"'],
    ['a model to step', '/optim_step', { model_id: 'x', seq_id: 1, adam_params: {} }, 404, 'no model'],
    ['a promise', '/retrieve_future', { request_id: 'x:1' }, 404, 'no request'],
    [
      'a sampling session',
      '/asample',
      { sampling_session_id: 'x', seq_id: 0, prompt: prompt(3), sampling_params: {} },
      404,
      'no sampling session',
    ],
    ['a checkpoint', '/weights_info', { tinker_path: 'tinker://m/weights/x' }, 404, 'no checkpoint'],
    ['what is no path', '/weights_info', { tinker_path: 'm/x' }, 400, 'is no path'],
    ['a body of another shape', '/get_info', { model: 1 }, 400, 'model_id'],
    ['a base', '/asample', { base_model: 'other', prompt: prompt(3), sampling_params: {} }, 400, '"tiny" is'],
  ])('refuse %s that they do not know', async (_, path, body, status, detail) => {
    const reply = await shared.post(path, body)
    expect([reply.status, Object.keys(reply.json), reply.json.detail]).toEqual([
      status,
      ['detail'],
      expect.stringContaining(detail),
    ])
  })

  it('refuse what is no JSON, no known type, compressed, too large, or nowhere', async () => {
    const send = (path: string, body: string, headers: Record<string, string>) =>
      shared.ask(path, { method: 'POST', body, headers })
    const json = { 'content-type': 'application/json' }
    expect((await send('/create_session', '{', json)).status).toBe(400)
    expect((await send('/forward', '{}', { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await send('/forward', '', { 'content-type': PROTO })).status).toBe(415)
    expect((await send('/forward_backward', '{}', { ...json, 'content-encoding': 'zstd' })).status).toBe(415)
    expect((await shared.ask('/nothing')).json.detail).toContain('GET')
    const small = new TinyServer({ limits: { bodyBytes: 50 } })
    expect((await small.post('/create_session', { tags: ['x'.repeat(60)] })).status).toBe(413)
    await small.close()
  })

  it('want the key where one is set, but not for health', async () => {
    const locked = new TinyServer({ apiKey: 'tml-right' })
    const ask = (headers: Record<string, string>) => locked.ask('/get_server_capabilities', { headers })
    expect((await ask({})).status).toBe(401)
    expect((await ask({ 'x-api-key': 'tml-wrong' })).status).toBe(401)
    expect((await ask({ 'x-api-key': 'tml-right' })).status).toBe(200)
    expect((await ask({ authorization: 'Bearer tml-right' })).status).toBe(200)
    expect((await locked.ask('/healthz')).status).toBe(200)
    expect((await locked.ask('/training_runs/archives/checkpoints/archives/x/archive')).status).toBe(401)
    await locked.close()
  })
})

describe('models', () => {
  it('are made once for one number of a session, and described', async () => {
    const session = await shared.session()
    const model = await shared.model(session)
    expect(await shared.model(session)).toBe(model)
    const other = { session_id: session, model_seq_id: 0, base_model: BASE, lora_config: { rank: 3 } }
    expect((await shared.post('/create_model', other)).status).toBe(409)
    expect((await shared.post('/get_info', { model_id: model })).json).toMatchObject({
      model_id: model,
      model_data: { model_name: BASE, arch: 'llama' },
      is_lora: true,
      lora_rank: 2,
    })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['another base', { base_model: 'other' }, '"tiny" is'],
    ['no adapter', { lora_config: null }, 'lora_config is missing'],
    ['rank zero', { lora_config: { rank: 0 } }, 'rank is 0'],
    ['a rank too large', { lora_config: { rank: 257 } }, 'rank is 257'],
    [
      'an adapter on the output head alone',
      { lora_config: { rank: 1, train_mlp: false, train_attn: false } },
      'train_unembed',
    ],
    ['another optimiser', { optimizer_config: { type: 'dimuon' } }, 'adamw'],
  ])('are refused with %s', async (_, extra, detail) => {
    const wish = {
      session_id: await shared.session(),
      model_seq_id: 0,
      base_model: BASE,
      lora_config: { rank: 2 },
      ...extra,
    }
    const reply = await shared.post('/create_model', wish)
    expect([reply.status, reply.json.detail]).toEqual([400, expect.stringContaining(detail)])
  })

  it('train the maps that were asked for', async () => {
    const model = await freshModel({ lora_config: { rank: 2, train_mlp: false } })
    const { path } = await shared.do('/save_weights', { model_id: model, seq_id: 1, path: 'attention' })
    expect((await shared.post('/weights_info', { tinker_path: path })).json).toEqual({
      base_model: BASE,
      is_lora: true,
      lora_rank: 2,
      train_unembed: false,
      train_mlp: false,
      train_attn: true,
    })
    const other = await freshModel()
    const refused = await shared.do('/load_weights', { model_id: other, seq_id: 1, path, optimizer: true })
    expect(refused).toEqual({ category: 'user', error: expect.stringContaining('adapters of rank 2 on attention') })
  })

  it('are gone once unloaded, but not what they saved', async () => {
    const model = await freshModel()
    const { path } = await shared.do('/save_weights', { model_id: model, seq_id: 1, path: 'kept' })
    expect(await shared.do('/unload_model', { model_id: model })).toEqual({ model_id: model, type: 'unload_model' })
    expect(await shared.do('/unload_model', { model_id: model })).toEqual({ model_id: model, type: 'unload_model' })
    const late = await shared.post('/optim_step', { model_id: model, seq_id: 2, adam_params: {} })
    expect([late.status, late.json.detail]).toEqual([404, expect.stringContaining('was unloaded')])
    expect((await shared.ask(`/training_runs/${model}`)).json.last_checkpoint.tinker_path).toBe(path)
    const made = await shared.do('/load_weights', {
      session_id: await shared.session(),
      model_seq_id: 0,
      path,
      optimizer: true,
    })
    expect(made).toMatchObject({ path, type: 'load_weights', model_id: expect.stringContaining(':train:0') })
    expect(await shared.pass(made.model_id, 1)).toMatchObject({ metrics: { 'loss:sum': expect.any(Number) } })
  })

  it('are unloaded after what they had accepted', async () => {
    const model = await freshModel()
    const step = { model_id: model, seq_id: 1, adam_params: { learning_rate: 0.1 } }
    const { json } = await shared.post('/optim_step', step)
    const gone = shared.do('/unload_model', { model_id: model })
    expect((await shared.poll(json.request_id)).json.metrics['optim/grad_norm']).toBe(0)
    expect(await gone).toEqual({ model_id: model, type: 'unload_model' })
  })

  it('are limited in number', async () => {
    const small = new TinyServer({ limits: { models: 1 } })
    const session = await small.session()
    await small.model(session)
    const second = { session_id: session, model_seq_id: 1, base_model: BASE, lora_config: { rank: 2 } }
    expect((await small.post('/create_model', second)).status).toBe(429)
    await small.close()
  })
})

describe('checkpoints', () => {
  it('are loaded first or not at all', async () => {
    const model = await freshModel()
    const { path } = await shared.do('/save_weights', { model_id: model, seq_id: 1, path: 'first' })
    const reply = await shared.post('/load_weights', { model_id: model, seq_id: 2, path, optimizer: true })
    expect([reply.status, reply.json.detail]).toEqual([400, expect.stringContaining('LoadWeights is not permitted')])
    // The number was used up.
    expect(await shared.step(model, 3)).toMatchObject({ metrics: { 'optim/grad_norm': 0 } })
  })

  it('are listed, archived, given a time, and deleted', async () => {
    const model = await freshModel()
    await shared.pass(model, 1)
    const saved = await shared.do('/save_weights_for_sampler', { model_id: model, seq_id: 2, path: 'one' })
    expect(saved.path).toBe(`tinker://${model}/sampler_weights/one`)
    await shared.do('/save_weights', { model_id: model, seq_id: 3, path: 'two', ttl_seconds: 100 })
    const list = async () => (await shared.ask(`/training_runs/${model}/checkpoints`)).json.checkpoints
    expect((await list()).map((c: { checkpoint_id: string }) => c.checkpoint_id).sort()).toEqual([
      'sampler_weights/one',
      'weights/two',
    ])
    const one = `/training_runs/${model}/checkpoints/sampler_weights/one`
    const moved = await shared.ask(`${one}/archive`)
    expect(moved.status).toBe(302)
    const link = new URL(moved.headers.get('location')!)
    const archive = await shared.ask(link.pathname.replace('/api/v1', '') + link.search)
    expect([archive.status, archive.headers.get('content-type')]).toEqual([200, 'application/x-tar'])
    expect(new TextDecoder().decode(archive.bytes.subarray(0, 19))).toBe('adapter_config.json')
    const forged = await shared.ask(`${link.pathname}?expires=99999999999&signature=${'0'.repeat(64)}`)
    expect(forged.status).toBe(401)
    shared.clock += 101_000
    expect(await list()).toHaveLength(1)
    await shared.ask(`${one}/ttl`, {
      method: 'PUT',
      body: '{"ttl_seconds": 50}',
      headers: { 'content-type': 'application/json' },
    })
    expect((await list())[0].expires_at).not.toBeNull()
    expect((await shared.ask(one, { method: 'DELETE' })).status).toBe(204)
    expect((await shared.ask(one, { method: 'DELETE' })).status).toBe(404)
    expect(await list()).toEqual([])
  })

  it('keep their names unless they may be overwritten', async () => {
    const model = await freshModel()
    const save = (seq: number, extra = {}) =>
      shared.do('/save_weights', { model_id: model, seq_id: seq, path: 'name', ...extra })
    const { path } = await save(1)
    expect(await save(2)).toEqual({ category: 'user', error: expect.stringContaining('exists already') })
    expect((await save(3, { overwrite: true })).path).toBe(path)
    expect(await save(4, { path: '../up' })).toMatchObject({ category: 'user' })
  })
})
