// POST /v1/chat/completions and the tokenizer's routes. The template writes messages one after another, and `m`.
import { afterAll, describe, expect, it } from 'vitest'
import { collect, tinyTokenizer } from '../../engine/__fixtures__/tiny-model.ts'
import { tinyServer } from '../__fixtures__/tiny-server.ts'

const server = tinyServer({ endless: true })
const bare = tinyServer({ template: '' })
afterAll(() => Promise.all([server, bare].map(({ sampler }) => sampler.dispose())))

const path = '/v1/chat/completions'
const messages = [
  { role: 'system', content: 'ab' },
  { role: 'user', content: 'cd' },
]
const context = tinyTokenizer.encode('abcdm')
const post = async (body: object) => {
  const reply = await server.post(path, { messages, seed: 5, ...body })
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body))
  return reply.body
}
const refusal = async (body: object) => {
  const { status, body: reply } = await server.post(path, { messages, ...body })
  return { status, ...reply.error }
}

describe('an answer', () => {
  it('continues the messages as the template writes them', async () => {
    const [[sample]] = await collect(server.sampler, [{ context, maxTokens: 7, seed: 5 }])
    expect(await post({ max_tokens: 7 })).toEqual({
      id: expect.stringMatching(/^chatcmpl-[0-9a-f]{24}$/),
      object: 'chat.completion',
      created: 1_767_323_045,
      model: 'tiny',
      system_fingerprint: 'fp_test',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: sample.text, refusal: null },
          logprobs: null,
          finish_reason: 'length',
          stop_reason: null,
        },
      ],
      usage: { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 },
    })
  })

  it('may be as long as the context, less where either limit says so', async () => {
    expect((await post({})).usage.completion_tokens).toBe(59)
    expect((await post({ max_tokens: null })).usage.completion_tokens).toBe(59)
    expect((await post({ max_tokens: 9, max_completion_tokens: 4 })).usage.completion_tokens).toBe(4)
    expect(await refusal({ max_tokens: 60 })).toMatchObject({ status: 400, code: 'context_length_exceeded' })
  })

  it('has log-probabilities with bytes and likely tokens', async () => {
    const [[sample]] = await collect(server.sampler, [{ context, maxTokens: 5, seed: 5, want: ['top-3'] }])
    const { logprobs } = (await post({ max_tokens: 5, logprobs: true, top_logprobs: 3 })).choices[0]
    const entry = (id: number, logprob: number) => {
      const token = tinyTokenizer.token(id)
      return { token, logprob, bytes: [...new TextEncoder().encode(token)] }
    }
    expect(logprobs.content).toEqual(
      Array.from(sample.ids, (id, t) => ({
        ...entry(id, sample.logprobs[t]),
        top_logprobs: Array.from(sample.top![t].ids, (other, i) => entry(other, sample.top![t].logprobs[i])),
      })),
    )
    expect((await post({ max_tokens: 1, logprobs: true })).choices[0].logprobs.content[0].top_logprobs).toEqual([])
  })

  it('says the tokens and the prompt’s log-probabilities beside the choices', async () => {
    const answer = await post({ max_tokens: 2, return_token_ids: true, prompt_logprobs: 0 })
    expect(answer.prompt_token_ids).toEqual([...context])
    expect(answer.choices[0].token_ids).toHaveLength(2)
    expect(answer.prompt_logprobs.map((one: object | null) => one && Object.keys(one))).toEqual([
      null,
      ...[...context.slice(1)].map((id) => [String(id)]),
    ])
  })
})

describe('a stream', () => {
  it('begins each choice with its role and adds up to the whole answer', async () => {
    const body = { n: 3, max_tokens: 9, logprobs: true, top_logprobs: 1 }
    const whole = await post(body)
    const events = await server.events(path, { messages, seed: 5, ...body, stream_options: { include_usage: true } })
    expect(events.pop()).toMatchObject({ object: 'chat.completion.chunk', choices: [], usage: whole.usage })
    for (const { index, message, logprobs, finish_reason } of whole.choices) {
      const parts = events.filter(({ choices }) => choices[0].index === index).map(({ choices }) => choices[0])
      expect(parts[0].delta).toEqual({ role: 'assistant', content: '' })
      expect(parts.map(({ delta }) => delta.content ?? '').join('')).toBe(message.content)
      expect(parts.flatMap((part) => part.logprobs?.content ?? [])).toEqual(logprobs.content)
      expect(parts.at(-1).finish_reason).toBe(finish_reason)
    }
  })

  it('says what is about the prompt once', async () => {
    const events = await server.events(path, { messages, max_tokens: 4, n: 2, return_token_ids: true })
    expect(events.filter((event) => 'prompt_token_ids' in event)).toEqual([events[0]])
    expect(events[0].prompt_token_ids).toEqual([...context])
  })
})

describe('messages', () => {
  const written = async (more: object) => {
    const { body } = await server.post('/tokenize', { messages, ...more })
    return tinyTokenizer.decode(body.tokens)
  }

  it('may have parts, which stand on lines of their own; developer is system', async () => {
    const parts = [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ]
    // The tiny alphabet has no line break.
    expect(await refusal({ messages: [{ role: 'user', content: parts }] })).toMatchObject({
      code: 'render/unknown-character',
    })
    expect(await written({ messages: [{ role: 'developer', content: [parts[1]] }] })).toBe('bm')
  })

  it('are given to the template with its own variables, and without the opening of a turn where asked', async () => {
    expect(await written({ add_generation_prompt: false })).toBe('abcd')
    expect(await written({ chat_template_kwargs: { mark: 'k' } })).toBe('abkcdkm')
    for (const name of ['messages', 'add_generation_prompt', 'bos_token', '__proto__']) {
      const kwargs = JSON.parse(`{"${name}": "x"}`)
      const { status } = await server.post('/tokenize', { messages, chat_template_kwargs: kwargs })
      expect([name, status]).toEqual([name, name === '__proto__' ? 200 : 400])
    }
  })

  it.each<[unknown, string]>([
    [undefined, 'messages'],
    [[], 'messages'],
    ['hi', 'messages'],
    [['hi'], 'messages[0]'],
    [[{ content: 'a' }], 'messages[0].role'],
    [[{ role: 'wizard', content: 'a' }], 'messages[0].role'],
    [[{ role: 'user' }], 'messages[0].content'],
    [[{ role: 'user', content: null }], 'messages[0].content'],
    [[{ role: 'user', content: 3 }], 'messages[0].content'],
    [[{ role: 'user', content: [] }], 'messages[0].content'],
    [[{ role: 'user', content: ['a'] }], 'messages[0].content[0]'],
    [[{ role: 'user', content: [{ type: 'text' }] }], 'messages[0].content[0].text'],
  ])('such as %j are refused by their place', async (wrong, param) => {
    expect(await refusal({ messages: wrong })).toMatchObject({ status: 400, code: 'invalid_value', param })
  })

  it('that the template refuses are an error of the request', async () => {
    const strict = tinyServer({ template: `{{ raise_exception('roles must alternate') }}` })
    const { status, body } = await strict.post(path, { messages })
    expect([status, body.error.code]).toEqual([400, 'render/template-failed'])
    expect(body.error.message).toContain('roles must alternate')
    await strict.sampler.dispose()
  })

  it('cannot be answered by a model without a template', async () => {
    const { status, body } = await bare.post(path, { messages })
    expect([status, body.error.code]).toEqual([400, 'no_chat_template'])
    expect(body.error.message).toContain('/v1/completions')
  })
})

describe('what is not supported', () => {
  const tool = { type: 'function', function: { name: 'f' } }
  it.each<[object, string]>([
    [{ tools: [tool] }, 'tools'],
    [{ tool_choice: 'required' }, 'tool_choice'],
    [{ functions: [{ name: 'f' }] }, 'functions'],
    [{ response_format: { type: 'json_object' } }, 'response_format'],
    [{ response_format: 'json' }, 'response_format'],
    [{ modalities: ['text', 'audio'] }, 'modalities'],
    [{ audio: { voice: 'x' } }, 'audio'],
    [{ prediction: { type: 'content', content: 'a' } }, 'prediction'],
    [{ chat_template: '{% for i in range(1e9) %}{% endfor %}' }, 'chat_template'],
    [{ echo: true }, 'echo'],
    [{ top_logprobs: 2 }, 'top_logprobs'],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] },
      'messages[0].content[0].type',
    ],
    [{ messages: [{ role: 'tool', content: 'a', tool_call_id: 'x' }] }, 'messages[0].role'],
    [{ messages: [{ role: 'assistant', content: null, tool_calls: [tool] }] }, 'messages[0].role'],
  ])('is refused by name: %j', async (body, param) => {
    expect(await refusal(body)).toMatchObject({ status: 400, code: 'unsupported_parameter', param })
  })

  it('is fine when it asks for nothing', async () => {
    const nothing = {
      tools: [],
      tool_choice: 'none',
      response_format: { type: 'text' },
      modalities: ['text'],
      audio: null,
    }
    expect((await post({ ...nothing, max_tokens: 4 })).choices).toEqual((await post({ max_tokens: 4 })).choices)
  })
})

describe('/tokenize and /detokenize', () => {
  it('turn a text to tokens and back', async () => {
    const { body } = await server.post('/tokenize', { prompt: 'cab', return_token_strs: true })
    expect(body).toEqual({ count: 3, max_model_len: 64, tokens: [5, 3, 4], token_strs: ['c', 'a', 'b'] })
    expect((await server.post('/detokenize', { tokens: body.tokens })).body).toEqual({ prompt: 'cab' })
  })

  it('refuse what is neither', async () => {
    for (const [to, body] of [
      ['/tokenize', {}],
      ['/tokenize', { prompt: 3 }],
      ['/detokenize', { tokens: [99] }],
      ['/detokenize', { tokens: 'a' }],
      ['/detokenize', { model: 'other', tokens: [3] }],
    ] as const) {
      expect((await server.post(to, body)).status).toBeGreaterThanOrEqual(400)
      expect((await server.post(to, body)).status).toBeLessThan(500)
    }
  })
})
