// Fields of /v1/completions that are refused, and requests that there is no room for.
import { afterAll, describe, expect, it } from 'vitest'
import { tinyServer } from '../__fixtures__/tiny-server.ts'

const endless = tinyServer({ endless: true })
afterAll(() => endless.sampler.dispose())

const path = '/v1/completions'
const refusal = async (body: object) => {
  const { status, body: reply } = await endless.post(path, { prompt: 'abc', ...body })
  return { status, ...reply.error }
}

describe('fields', () => {
  it.each<[object, string]>([
    [{ n: 0 }, 'n'],
    [{ n: 1.5 }, 'n'],
    [{ n: '2' }, 'n'],
    [{ max_tokens: -1 }, 'max_tokens'],
    [{ max_tokens: 'x' }, 'max_tokens'],
    [{ temperature: -0.1 }, 'temperature'],
    [{ temperature: 'hot' }, 'temperature'],
    [{ top_p: 1.1 }, 'top_p'],
    [{ top_k: -2 }, 'top_k'],
    [{ min_p: 2 }, 'min_p'],
    [{ seed: 1.5 }, 'seed'],
    [{ stop: '' }, 'stop'],
    [{ stop: Array(17).fill('a') }, 'stop'],
    [{ stop: [3] }, 'stop'],
    [{ stop: '\ud83d' }, 'stop'],
    [{ stop_token_ids: [99] }, 'stop_token_ids'],
    [{ stop_token_ids: ['a'] }, 'stop_token_ids.0'],
    [{ logit_bias: { a: 1 } }, 'logit_bias.a'],
    [{ logit_bias: { 16: 1 } }, 'logit_bias'],
    [{ logit_bias: { 3: 101 } }, 'logit_bias.3'],
    [{ logprobs: 21 }, 'logprobs'],
    [{ logprobs: true }, 'logprobs'],
    [{ prompt_logprobs: -1 }, 'prompt_logprobs'],
    [{ echo: 'yes' }, 'echo'],
    [{ stream: 1 }, 'stream'],
    [{ stream_options: true }, 'stream_options'],
    [{ model: 3 }, 'model'],
  ])('with wrong values are refused by name: %j', async (body, param) => {
    expect(await refusal(body)).toMatchObject({ status: 400, type: 'invalid_request_error', param })
  })

  it.each<[object, string]>([
    [{ best_of: 2 }, 'best_of'],
    [{ n: 2, best_of: 3 }, 'best_of'],
    [{ suffix: 'x' }, 'suffix'],
    [{ frequency_penalty: 0.5 }, 'frequency_penalty'],
    [{ presence_penalty: 1 }, 'presence_penalty'],
    [{ repetition_penalty: 1.1 }, 'repetition_penalty'],
    [{ min_tokens: 3 }, 'min_tokens'],
    [{ ignore_eos: true }, 'ignore_eos'],
    [{ guided_regex: 'a+' }, 'guided_regex'],
    [{ response_format: { type: 'json_object' } }, 'response_format'],
  ])('that cannot be honoured are refused, not ignored: %j', async (body, param) => {
    expect(await refusal(body)).toMatchObject({ status: 400, code: 'unsupported_parameter', param })
  })

  it('that ask for more samples than fit are refused for good, for more than are free with 429', async () => {
    expect(await refusal({ n: 17 })).toMatchObject({ status: 400, code: 'too_many_samples' })
    const ask = async (body: object) => (await endless.post(path, { prompt: 'abc', ...body })).body.choices
    const first = ask({ n: 16, max_tokens: 30 })
    await new Promise((resolve) => setImmediate(resolve))
    expect(await refusal({ n: 1 })).toMatchObject({ status: 429, type: 'rate_limit_error', code: 'queue_full' })
    expect(await first).toHaveLength(16)
    expect(await ask({ n: 16, max_tokens: 1 })).toHaveLength(16)
  })
})
