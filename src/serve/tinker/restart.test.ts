// A server that is killed: its folder is copied at some moment, as a killed process would leave it, and served again.
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { passToJson } from '../../engine/remote/tinker/wire/index.ts'
import { BASE, batch, TinyServer } from './__fixtures__/tiny-server.ts'
import { folderOf } from './tinker-path.ts'

const open: TinyServer[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

function serve(options: ConstructorParameters<typeof TinyServer>[0] = {}): TinyServer {
  const one = new TinyServer(options)
  open.push(one)
  return one
}

const passBody = (model: string, seq: number) =>
  passToJson({ modelId: model, seqId: seq, data: batch, lossFn: 'cross_entropy' })

/** Three steps of two passes each, by sequence number. */
async function doOp(server: TinyServer, model: string, seq: number): Promise<unknown> {
  return seq % 3 === 0 ? server.step(model, seq) : server.pass(model, seq, batch.slice((seq % 3) - 1))
}

const OPS = [1, 2, 3, 4, 5, 6, 7, 8, 9]

describe('a server that was killed', () => {
  it('goes on after any request as if nothing had happened, to the last bit', async () => {
    const whole = serve()
    const model = await whole.model(await whole.session())
    const copies: string[] = []
    const answers: unknown[] = []
    for (const seq of OPS) {
      copies.push(whole.copyFolder())
      answers.push(await doOp(whole, model, seq))
    }
    const expected = await whole.logprobs(model, 10)
    for (const done of [0, 2, 7]) {
      const again = serve({ folder: copies[done] })
      for (const seq of OPS.slice(done)) await doOp(again, model, seq)
      expect(await again.logprobs(model, 10)).toEqual(expected)
      // What was answered before the end is answered the same, not done again.
      for (const seq of OPS.slice(0, done)) expect((await again.poll(`${model}:${seq}`)).json).toEqual(answers[seq - 1])
      expect(await again.logprobs(model, 11)).toEqual(expected)
    }
    for (const copy of copies) rmSync(copy, { recursive: true, force: true })
  })

  it('does what it had accepted, and answers a resend of it from the record', async () => {
    const first = serve()
    const session = await first.session()
    const model = await first.model(session)
    await first.pass(model, 1)
    await first.step(model, 2)
    // Accepted, and waiting for number 3, which comes only after the restart.
    const { json } = await first.post('/optim_step', {
      model_id: model,
      seq_id: 4,
      adam_params: { learning_rate: 0.05 },
    })
    const again = serve({ folder: first.copyFolder(), limits: { gapMs: 60_000 } })
    const { json: third } = await again.post('/forward_backward', passBody(model, 3))
    const outcome = await again.poll(json.request_id)
    expect(outcome.json.metrics['optim/grad_norm']).toBeGreaterThan(0)
    expect((await again.post('/forward_backward', passBody(model, 3))).json).toEqual(third)
    await first.pass(model, 3)
    await first.poll(json.request_id)
    expect(await again.logprobs(model, 5)).toEqual(await first.logprobs(model, 5))
  })

  it('does not step twice when it ended between the state and the answer', async () => {
    const first = serve()
    const model = await first.model(await first.session())
    const body = { model_id: model, seq_id: 2, adam_params: { learning_rate: 0.05 } }
    await first.pass(model, 1)
    const before = first.copyFolder()
    const answer = await first.do('/optim_step', body)
    const expected = await first.logprobs(model, 3)
    const copy = first.copyFolder()
    // As it was before the answer was written.
    for (const part of ['accepted', 'done']) {
      const folder = join(copy, 'models', folderOf(model), part)
      rmSync(folder, { recursive: true })
      cpSync(join(before, 'models', folderOf(model), part), folder, { recursive: true })
    }
    const again = serve({ folder: copy })
    expect(await again.do('/optim_step', body)).toEqual(answer)
    expect(await again.logprobs(model, 3)).toEqual(expected)
    rmSync(before, { recursive: true })
  })

  it('draws the same samples when a request is sent again, with and without a seed', async () => {
    const first = serve()
    const session = await first.session()
    const model = await first.model(session)
    await first.pass(model, 1)
    await first.step(model, 2)
    const saved = await first.do('/save_weights_for_sampler', {
      model_id: model,
      seq_id: 3,
      sampling_session_seq_id: 0,
    })
    const ask = (seq: number, params: Record<string, unknown> = {}) => ({
      sampling_session_id: saved.sampling_session_id,
      seq_id: seq,
      num_samples: 4,
      prompt: { chunks: [{ type: 'encoded_text', tokens: [3, 4] }] },
      sampling_params: { max_tokens: 10, ...params },
    })
    const drawn = [await first.do('/asample', ask(0)), await first.do('/asample', ask(1, { seed: 3 }))]
    const again = serve({ folder: first.copyFolder() })
    const poll = await again.post('/retrieve_future', { request_id: `${saved.sampling_session_id}:0` })
    expect([poll.status, poll.json.detail]).toEqual([410, expect.stringContaining('send the request again')])
    const redrawn = [await again.do('/asample', ask(0)), await again.do('/asample', ask(1, { seed: 3 }))]
    // On weights read from a file, in a batch of another history: to rounding.
    const tokens = (all: { sequences: { tokens: number[] }[] }[]) =>
      all.map(({ sequences }) => sequences.map((s) => s.tokens))
    expect(tokens(redrawn)).toEqual(tokens(drawn))
    expect(tokens([await again.do('/asample', ask(2))])).not.toEqual(tokens(drawn.slice(0, 1)))
  })

  it('knows its sessions, models, checkpoints and numbers', async () => {
    const first = serve()
    const session = await first.session()
    const model = await first.model(session, { user_metadata: { run: 'a' } })
    await first.pass(model, 1)
    await first.step(model, 2)
    const { path } = await first.do('/save_weights', { model_id: model, seq_id: 3, path: 'kept' })
    const again = serve({ folder: first.copyFolder() })
    expect((await again.post('/session_heartbeat', { session_id: session })).status).toBe(200)
    expect(await again.model(session, { user_metadata: { run: 'a' } })).toBe(model)
    const runs = (await again.ask('/training_runs')).json.training_runs
    expect(runs.map((run: { training_run_id: string }) => run.training_run_id)).toEqual([model])
    expect(runs[0]).toMatchObject({ user_metadata: { run: 'a' }, last_checkpoint: { tinker_path: path } })
    const other = await again.model(session, { model_seq_id: 1 })
    await again.do('/load_weights', { model_id: other, seq_id: 1, path, optimizer: true })
    await again.pass(other, 2)
    await again.step(other, 3)
    await again.pass(model, 4)
    await again.step(model, 5)
    expect(await again.logprobs(other, 4)).toEqual(await again.logprobs(model, 6))
    const twice = await again.post('/forward_backward', { ...passBody(model, 2) })
    expect([twice.status, twice.json.detail]).toEqual([409, expect.stringContaining('was another one')])
  })

  it('refuses the folder of another base, and one that is being served', async () => {
    const first = serve()
    expect(() => new TinyServer({ folder: first.folder })).toThrow('is being written by')
    const copy = first.copyFolder()
    expect(() => new TinyServer({ folder: copy, seed: 2 })).toThrow(`state of another base model ("${BASE}")`)
    // A refused start leaves the folder free.
    serve({ folder: copy })
  })

  it('has not done what it could not write down', async () => {
    const one = serve()
    const session = await one.session()
    const [model, clean] = [await one.model(session), await one.model(session, { model_seq_id: 1 })]
    const done = join(one.folder, 'models', folderOf(model), 'done')
    await one.pass(model, 1)
    rmSync(done, { recursive: true })
    expect(await one.pass(model, 2)).toMatchObject({ category: 'server' })
    mkdirSync(done)
    await one.step(model, 3)
    await one.pass(clean, 1)
    await one.step(clean, 2)
    expect(await one.logprobs(model, 4)).toEqual(await one.logprobs(clean, 3))
  })

  it('gives back memory and goes on from disk, in the middle of adding up gradients', async () => {
    const one = serve({ limits: { loadedModels: 1 } })
    const session = await one.session()
    const [a, b, alone] = [
      await one.model(session),
      await one.model(session, { model_seq_id: 1 }),
      await one.model(session, { model_seq_id: 2 }),
    ]
    for (const seq of OPS) {
      await doOp(one, a, seq)
      await doOp(one, b, seq)
      const loaded = one.server.models.ofSession(session).filter(({ isLoaded }) => isLoaded)
      expect(loaded.map(({ info }) => info.model_id)).toEqual([b])
    }
    for (const seq of OPS) await doOp(one, alone, seq)
    const expected = await one.logprobs(alone, 10)
    expect(await one.logprobs(a, 10)).toEqual(expected)
    expect(await one.logprobs(b, 10)).toEqual(expected)
  })
})
