// Samples from outside, and the sessions that they belong to.
import { afterAll, describe, expect, it } from 'vitest'
import { decodeSampleAnswer, PROTO } from '../../engine/remote/tinker/wire/index.ts'
import { BASE, datum, TinyServer } from './__fixtures__/tiny-server.ts'

const shared = new TinyServer()
afterAll(() => shared.close())
let modelSeq = 100
const freshModel = async (extra: Record<string, unknown> = {}): Promise<string> =>
  shared.model(await shared.session(), { model_seq_id: modelSeq++, ...extra })
const prompt = (...tokens: number[]) => ({ chunks: [{ type: 'encoded_text', tokens }] })

describe('samples', () => {
  const ask = (source: Record<string, unknown>, extra: Record<string, unknown> = {}) =>
    shared.do('/asample', { prompt: prompt(3, 4), sampling_params: { max_tokens: 6, seed: 1 }, ...source, ...extra })

  it('come from the base, from a path, and from a session, each with its weights', async () => {
    const model = await freshModel()
    await shared.pass(model, 1)
    await shared.step(model, 2, 0.5)
    const { path } = await shared.do('/save_weights_for_sampler', { model_id: model, seq_id: 3, path: 'p' })
    const session = await shared.session()
    const made = await shared.post('/create_sampling_session', {
      session_id: session,
      sampling_session_seq_id: 0,
      model_path: path,
    })
    const id = made.json.sampling_session_id
    const scored = { prompt_logprobs: true }
    const [base, direct, named] = [
      await ask({ base_model: BASE }, scored),
      await ask({ model_path: path }, scored),
      await ask({ sampling_session_id: id, seq_id: 0 }, scored),
    ]
    expect(named.prompt_logprobs).toEqual(direct.prompt_logprobs)
    expect(base.prompt_logprobs[1]).not.toBeCloseTo(direct.prompt_logprobs[1], 2)
    expect((await shared.ask(`/samplers/${id}`)).json).toEqual({ sampler_id: id, base_model: BASE, model_path: path })
    const again = await shared.post('/create_sampling_session', {
      session_id: session,
      sampling_session_seq_id: 0,
      model_path: path,
    })
    expect(again.json.sampling_session_id).toBe(id)
    const other = await shared.post('/create_sampling_session', {
      session_id: session,
      sampling_session_seq_id: 0,
      base_model: BASE,
    })
    expect(other.status).toBe(409)
  })

  it('have the log-probabilities that a pass over them gives', async () => {
    const { sequences, prompt_logprobs, topk_prompt_logprobs } = await ask(
      { base_model: BASE },
      { num_samples: 2, prompt_logprobs: true, topk_prompt_logprobs: 2 },
    )
    const model = await freshModel()
    for (const [i, { tokens, logprobs }] of sequences.entries()) {
      const out = await shared.pass(model, i + 1, [datum([3, 4, ...tokens])])
      const trained = out.loss_fn_outputs[0].logprobs.data
      expect(prompt_logprobs[0]).toBeNull()
      ;[prompt_logprobs[1], ...logprobs].forEach((p: number, t: number) => {
        expect(p).toBeCloseTo(trained[t], 4)
      })
    }
    expect(topk_prompt_logprobs[0]).toBeNull()
    expect(topk_prompt_logprobs[1]).toHaveLength(2)
    expect(topk_prompt_logprobs[1][0][1]).toBeGreaterThanOrEqual(topk_prompt_logprobs[1][1][1])
  })

  it('say the same in protocol buffers, and give an id for each sequence', async () => {
    const body = { base_model: BASE, num_samples: 3, prompt: prompt(5), sampling_params: { max_tokens: 4, seed: 9 } }
    const ticket = (await shared.post('/asample', body)).json
    expect(new Set(ticket.sample_sequence_ids).size).toBe(3)
    const json = (await shared.poll(ticket.request_id)).json
    const { sequences } = decodeSampleAnswer((await shared.poll(ticket.request_id, { accept: PROTO })).bytes)
    expect(sequences.map(({ tokens, stop }) => [[...tokens], stop])).toEqual(
      json.sequences.map((s: { tokens: number[]; stop_reason: string }) => [s.tokens, s.stop_reason]),
    )
  })

  it('end at stop tokens and texts, and past the end of the sequence where no stop is wanted at all', async () => {
    const all = Array.from({ length: 13 }, (_, i) => i + 3)
    const params = (stop: unknown, max_tokens = 30) => ({
      sampling_params: { max_tokens, seed: 4, stop },
      num_samples: 8,
    })
    const stopped = await ask({ base_model: BASE }, params(all))
    for (const { tokens, stop_reason } of stopped.sequences) {
      expect(stop_reason).toBe('stop')
      expect(tokens.slice(0, -1).every((id: number) => id < 3 && id !== 1)).toBe(true)
    }
    const byText = await ask({ base_model: BASE }, params('a'))
    expect(byText.sequences.some(({ tokens }: { tokens: number[] }) => tokens.at(-1) === 3)).toBe(true)
    const endless = await ask({ base_model: BASE }, params([]))
    expect(
      endless.sequences.every(
        (s: { tokens: number[]; stop_reason: string }) => s.tokens.length === 30 && s.stop_reason === 'length',
      ),
    ).toBe(true)
    expect(endless.sequences.some((s: { tokens: number[] }) => s.tokens.slice(0, -1).includes(1))).toBe(true)
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['no prompt', { prompt: prompt() }, 'no tokens'],
    ['a prompt that fills the context', { prompt: prompt(...Array.from({ length: 64 }, () => 3)) }, '64 tokens'],
    ['a token out of the vocabulary', { prompt: prompt(3, 77) }, 'prompt[1] is token 77'],
    ['too many samples', { num_samples: 2000 }, 'num_samples is 2000'],
    ['no tokens to draw', { sampling_params: { max_tokens: 0 } }, 'max_tokens is 0'],
    ['a temperature below zero', { sampling_params: { temperature: -1 } }, 'temperature is -1'],
    ['top-p of zero', { sampling_params: { top_p: 0 } }, 'top_p is 0'],
    ['top log-probabilities of samples', { topk_sample_logprobs: 3 }, 'not supported'],
    ['no source', { base_model: undefined }, 'give a sampling_session_id'],
  ])('are refused with %s', async (_, extra, detail) => {
    const reply = await shared.post('/asample', { base_model: BASE, prompt: prompt(3), sampling_params: {}, ...extra })
    expect([reply.status, reply.json.detail]).toEqual([400, expect.stringContaining(detail)])
  })

  it('are put off with 429 when too many are under way', async () => {
    const small = new TinyServer({ limits: { samplesUnderWay: 4 } })
    const body = { base_model: BASE, num_samples: 3, prompt: prompt(3), sampling_params: { max_tokens: 30, stop: [] } }
    const [first, second] = await Promise.all([small.post('/asample', body), small.post('/asample', body)])
    expect([first.status, second.status].sort()).toEqual([200, 429])
    await small.poll((first.status === 200 ? first : second).json.request_id)
    expect((await small.post('/asample', body)).status).toBe(200)
    await small.close()
  })

  it('of more adapters than fit into memory wait for their turn', async () => {
    const small = new TinyServer({ limits: { loadedSnapshots: 1 } })
    const session = await small.session()
    const paths: string[] = []
    for (const seed of [1, 2, 3]) {
      const model = await small.model(session, { model_seq_id: seed, lora_config: { rank: 2, seed } })
      await small.pass(model, 1)
      await small.step(model, 2, 0.2 * seed)
      paths.push((await small.do('/save_weights_for_sampler', { model_id: model, seq_id: 3, path: 'p' })).path)
    }
    const draw = (path: string) =>
      small.do('/asample', {
        model_path: path,
        prompt: prompt(3, 4),
        prompt_logprobs: true,
        sampling_params: { max_tokens: 20, seed: 1 },
      })
    const together = await Promise.all([...paths, ...paths].map(draw))
    for (const [i, answer] of together.entries())
      expect(answer.prompt_logprobs).toEqual(together[i % 3].prompt_logprobs)
    expect(new Set(together.map(({ prompt_logprobs }) => prompt_logprobs[1])).size).toBe(3)
    await small.close()
  })
})

describe('sessions', () => {
  it('that fall silent give back memory and ephemeral weights, and go on when they come back', async () => {
    const one = new TinyServer({ limits: { sessionMs: 1000 } })
    const session = await one.session()
    const model = await one.model(session)
    await one.pass(model, 1)
    const { sampling_session_id: id } = await one.do('/save_weights_for_sampler', { model_id: model, seq_id: 2 })
    const sample = { sampling_session_id: id, seq_id: 0, prompt: prompt(3), sampling_params: { max_tokens: 2 } }
    await one.do('/asample', sample)
    one.clock += 900
    await one.post('/session_heartbeat', { session_id: session })
    one.clock += 900
    one.server.endSilentSessions()
    expect(one.server.models.get(model).isLoaded).toBe(true)
    one.clock += 900
    one.server.endSilentSessions()
    expect(one.server.models.get(model).isLoaded).toBe(false)
    expect((await one.post('/asample', { ...sample, seq_id: 1 })).status).toBe(404)
    // The gradient of before is still there.
    expect((await one.step(model, 3)).metrics['optim/grad_norm']).toBeGreaterThan(0)
    await one.close()
  })

  it('keep only the newest ephemeral weights', async () => {
    const one = new TinyServer({ limits: { ephemeralSnapshots: 2 } })
    const session = await one.session()
    const model = await one.model(session)
    const ids: string[] = []
    for (const seq of [1, 2, 3])
      ids.push(
        (await one.do('/save_weights_for_sampler', { model_id: model, seq_id: seq, sampling_session_seq_id: seq }))
          .sampling_session_id,
      )
    const statuses = await Promise.all(ids.map(async (id) => (await one.ask(`/samplers/${id}`)).status))
    expect(statuses).toEqual([404, 200, 200])
    await one.close()
  })
})
