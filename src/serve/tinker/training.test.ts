// Passes and steps from outside: in both forms, in order, once, and refused.
import { afterAll, describe, expect, it } from 'vitest'
import { decodePassOutput, encodePass, PROTO, passToJson } from '../../engine/remote/tinker/wire/index.ts'
import { batch, datum, TinyServer } from './__fixtures__/tiny-server.ts'

const shared = new TinyServer()
afterAll(() => shared.close())
let modelSeq = 100
const freshModel = async (extra: Record<string, unknown> = {}): Promise<string> =>
  shared.model(await shared.session(), { model_seq_id: modelSeq++, ...extra })

describe('passes and steps', () => {
  it('answer one log-probability a target, with the sum of the loss', async () => {
    const model = await freshModel()
    const out = await shared.pass(model, 1)
    expect(out.loss_fn_outputs.map((o: { logprobs: { shape: number[] } }) => o.logprobs.shape)).toEqual([[4], [2], [5]])
    const all = out.loss_fn_outputs.flatMap((o: { logprobs: { data: number[] } }) => o.logprobs.data)
    expect(out.metrics['loss:sum']).toBeCloseTo(-all.reduce((a: number, b: number) => a + b, 0), 4)
  })

  it('say the same in protocol buffers, for a request in either form', async () => {
    const [a, b] = [await freshModel(), await freshModel()]
    const request = { seqId: 1, data: batch, lossFn: 'cross_entropy' }
    const json = await shared.do('/forward_backward', passToJson({ modelId: a, ...request }))
    const ticket = await shared.post('/forward_backward', encodePass({ modelId: b, ...request }))
    expect(ticket.json).toEqual({ request_id: `${b}:1`, model_id: b })
    const reply = await shared.poll(ticket.json.request_id, { accept: `${PROTO}, application/json` })
    expect(reply.headers.get('content-type')).toBe(PROTO)
    const { outputs, metrics } = decodePassOutput(reply.bytes)
    expect(metrics['loss:sum']).toBeCloseTo(json.metrics['loss:sum'], 10)
    outputs.forEach(({ logprobs }, i) => {
      const expected = Float32Array.from(json.loss_fn_outputs[i].logprobs.data)
      expect([...logprobs.data]).toEqual([...expected])
    })
    // Asked for as JSON it is the very same.
    expect((await shared.poll(ticket.json.request_id)).json).toEqual(json)
  })

  it('in protocol buffers may be without gradients', async () => {
    const model = await freshModel()
    const body = encodePass({ modelId: model, seqId: 1, data: batch, lossFn: 'cross_entropy', forwardOnly: true })
    const { json } = await shared.post('/forward_backward', body)
    await shared.poll(json.request_id)
    expect((await shared.step(model, 2)).metrics['optim/grad_norm']).toBe(0)
  })

  it('run in the order of their numbers', async () => {
    const [mixed, ordered] = [await freshModel(), await freshModel()]
    const pieces = batch.map((one) => [one])
    const bodies = pieces.map((data, i) => passToJson({ modelId: mixed, seqId: i + 1, data, lossFn: 'cross_entropy' }))
    const step = { model_id: mixed, seq_id: 4, adam_params: { learning_rate: 0.05 } }
    const last = await shared.post('/optim_step', step)
    for (const body of [bodies[1], bodies[2], bodies[0]]) await shared.post('/forward_backward', body)
    await shared.poll(last.json.request_id)
    for (const [i, data] of pieces.entries()) await shared.pass(ordered, i + 1, data)
    await shared.step(ordered, 4)
    expect(await shared.logprobs(mixed, 5)).toEqual(await shared.logprobs(ordered, 5))
  })

  it('are done once when they are sent twice, and refuse another request under the same number', async () => {
    const [twice, once] = [await freshModel(), await freshModel()]
    const first = await shared.pass(twice, 1)
    expect(await shared.pass(twice, 1)).toEqual(first)
    const other = passToJson({ modelId: twice, seqId: 1, data: batch.slice(1), lossFn: 'cross_entropy' })
    expect((await shared.post('/forward_backward', other)).status).toBe(409)
    await shared.step(twice, 2)
    await shared.pass(once, 1)
    await shared.step(once, 2)
    expect(await shared.logprobs(twice, 3)).toEqual(await shared.logprobs(once, 3))
  })

  it('that make no sense fail as the user made them, use their number up, and change nothing', async () => {
    const [model, clean] = [await freshModel(), await freshModel()]
    const outcome = await shared.pass(model, 1, [datum([3, 4, 99])])
    expect(outcome).toEqual({
      category: 'user',
      error: expect.stringContaining('data[0].loss_fn_inputs.target_tokens[1]'),
    })
    const shapeless = { model_id: model, seq_id: 2, forward_backward_input: { data: 'none', loss_fn: 'ppo' } }
    expect(await shared.do('/forward_backward', shapeless)).toMatchObject({ category: 'user' })
    const image = { model_input: { chunks: [{ type: 'image', data: '', format: 'png' }] }, loss_fn_inputs: {} }
    const seeing = { model_id: model, seq_id: 3, forward_backward_input: { data: [image], loss_fn: 'cross_entropy' } }
    expect((await shared.do('/forward_backward', seeing)).error).toContain('only text')
    const wild = { model_id: model, seq_id: 4, adam_params: { learning_rate: 1, eps: 0 } }
    expect((await shared.do('/optim_step', wild)).error).toContain('eps above 0')
    expect((await shared.pass(model, 5, batch, 'gspo')).error).toContain('loss_fn "gspo" is unknown')
    await shared.pass(model, 6)
    expect((await shared.step(model, 7, 1e300)).error).toContain('takes weights out of range')
    await shared.step(model, 8)
    await shared.pass(clean, 1)
    await shared.step(clean, 2)
    expect(await shared.logprobs(model, 9)).toEqual(await shared.logprobs(clean, 3))
  })

  it('wait only so many in a queue', async () => {
    const small = new TinyServer({ limits: { queue: 2, gapMs: 60_000 } })
    const model = await small.model(await small.session())
    const step = (seq: number) => small.post('/optim_step', { model_id: model, seq_id: seq, adam_params: {} })
    const statuses = [(await step(2)).status, (await step(3)).status, (await step(4)).status]
    expect(statuses).toEqual([200, 200, 429])
    await small.close()
  })

  it('are polled with 408 until they are done', async () => {
    const slow = new TinyServer({ limits: { pollMs: 5, gapMs: 60_000 } })
    const model = await slow.model(await slow.session())
    const { json } = await slow.post('/optim_step', { model_id: model, seq_id: 2, adam_params: {} })
    const reply = await slow.post('/retrieve_future', { request_id: json.request_id, allow_metadata_only: true })
    expect([reply.status, reply.json]).toEqual([
      408,
      { type: 'try_again', request_id: json.request_id, queue_state: 'active' },
    ])
    await slow.close()
  })
})
