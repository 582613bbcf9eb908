// POST /v1/completions against the sampler and the scorer themselves.
import { afterAll, describe, expect, it } from 'vitest'
import { collect, tinyTokenizer } from '../../engine/__fixtures__/tiny-model.ts'
import { tinyServer } from '../__fixtures__/tiny-server.ts'

const endless = tinyServer({ endless: true })
const ending = tinyServer()
const servers = [endless, ending]
afterAll(() => Promise.all(servers.map(({ sampler }) => sampler.dispose())))

const path = '/v1/completions'
const context = tinyTokenizer.encode('abc')
const post = async (body: object, server = endless) => {
  const reply = await server.post(path, { prompt: 'abc', seed: 5, ...body })
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body))
  return reply.body
}
const refusal = async (body: object, server = endless) => {
  const { status, body: reply } = await server.post(path, { prompt: 'abc', ...body })
  return { status, ...reply.error }
}

describe('an answer', () => {
  it('is what the sampler draws for the same seed, with its counts', async () => {
    const [[sample]] = await collect(endless.sampler, [{ context, maxTokens: 7, seed: 5 }])
    expect(await post({ max_tokens: 7 })).toEqual({
      id: expect.stringMatching(/^cmpl-[0-9a-f]{24}$/),
      object: 'text_completion',
      created: 1_767_323_045,
      model: 'tiny',
      system_fingerprint: 'fp_test',
      choices: [{ index: 0, text: sample.text, logprobs: null, finish_reason: 'length', stop_reason: null }],
      usage: { prompt_tokens: 3, completion_tokens: 7, total_tokens: 10 },
    })
  })

  it('has 16 tokens unless more are asked for, and fewer where the context ends', async () => {
    expect((await post({})).usage.completion_tokens).toBe(16)
    expect((await post({ prompt: 'a'.repeat(60) })).usage.completion_tokens).toBe(4)
  })

  it('ends with the model’s end of sequence', async () => {
    const { choices } = await post({ n: 8, max_tokens: 40, return_token_ids: true }, ending)
    const ended = choices.filter((choice: { finish_reason: string }) => choice.finish_reason === 'stop')
    expect(ended.length).toBeGreaterThan(0)
    for (const { token_ids, stop_reason } of ended) expect([token_ids.at(-1), stop_reason]).toEqual([1, null])
  })

  it('passes all options on', async () => {
    const given = { temperature: 0.7, top_p: 0.8, top_k: 5, min_p: 0.05, logit_bias: { 3: -100, 4: 2 } }
    const options = { temperature: 0.7, topP: 0.8, topK: 5, minP: 0.05 }
    const logitBias = new Map([
      [3, -100],
      [4, 2],
    ])
    const request = { context, maxTokens: 16, seed: 5, n: 3, ...options, logitBias }
    const [samples] = await collect(endless.sampler, [request])
    const { choices } = await post({ ...given, n: 3 })
    expect(choices.map(({ text }: { text: string }) => text)).toEqual(samples.map(({ text }) => text))
  })

  it('draws anew when no seed is given', async () => {
    const texts = [await post({ seed: undefined }), await post({ seed: null })].map(({ choices }) => choices[0].text)
    expect(texts[0]).not.toBe(texts[1])
  })

  it('counts null as left out, and ignores fields that do not matter', async () => {
    const nulls = { max_tokens: null, n: null, stop: null, temperature: null, logprobs: null, echo: null, suffix: null }
    const harmless = { user: 'x', metadata: { a: 1 }, store: true, priority: 3, best_of: 1, presence_penalty: 0 }
    expect((await post({ ...nulls, ...harmless })).choices).toEqual((await post({})).choices)
  })
})

describe('prompts', () => {
  it('may be several, as texts or tokens, each answered as if it were alone', async () => {
    const alone = await Promise.all(['abc', 'dd'].map((prompt) => post({ prompt, n: 2 })))
    const expected = alone.flatMap(({ choices }) => choices.map(({ text }: { text: string }) => text))
    const tokens = ['abc', 'dd'].map((text) => [...tinyTokenizer.encode(text)])
    for (const prompt of [['abc', 'dd'], tokens]) {
      const { choices, usage } = await post({ prompt, n: 2 })
      expect(choices.map(({ text }: { text: string }) => text)).toEqual(expected)
      expect(choices.map(({ index }: { index: number }) => index)).toEqual([0, 1, 2, 3])
      expect(usage).toEqual({ prompt_tokens: 5, completion_tokens: 64, total_tokens: 69 })
    }
    expect((await post({ prompt: tokens[0], n: 2 })).choices).toEqual(alone[0].choices)
  })

  it('come back as tokens where asked for', async () => {
    const { choices } = await post({ return_token_ids: true, max_tokens: 3 })
    expect(choices[0].prompt_token_ids).toEqual([...context])
    expect(tinyTokenizer.decode(choices[0].token_ids)).toBe(choices[0].text)
  })

  it.each([
    [undefined],
    [''],
    [[]],
    [[[]]],
    [[[3], []]],
    [['a', 3]],
    [[3.5]],
    [[-1]],
    [[16]],
    [[[3], [99]]],
    [3],
    [{ a: 1 }],
  ])('such as %j are refused', async (prompt) => {
    expect(await refusal({ prompt })).toMatchObject({ status: 400, param: 'prompt', code: 'invalid_value' })
  })

  it('that the tokenizer cannot write are refused', async () => {
    expect(await refusal({ prompt: 'abc!' })).toMatchObject({ status: 400, code: 'render/unknown-character' })
  })

  it('that do not fit are refused, alone or with their completion', async () => {
    for (const body of [
      { prompt: 'a'.repeat(64) },
      { prompt: 'a'.repeat(65), max_tokens: 0 },
      { prompt: 'a'.repeat(100_000) },
      { prompt: Array(1000).fill(3) },
      { max_tokens: 62 },
    ]) {
      expect(await refusal(body)).toMatchObject({ status: 400, code: 'context_length_exceeded' })
    }
    expect((await post({ max_tokens: 61 })).usage.total_tokens).toBe(64)
  })
})

describe('stopping', () => {
  it('at a string leaves it out, also in a stream, and says which it was', async () => {
    const { choices } = await post({ max_tokens: 40 })
    const stop = choices[0].text.slice(6, 8)
    const before = choices[0].text.slice(0, choices[0].text.indexOf(stop))
    const expected = { text: before, finish_reason: 'stop', stop_reason: stop }
    expect((await post({ max_tokens: 40, stop: ['zz', stop] })).choices[0]).toMatchObject(expected)
    const events = await endless.events(path, { prompt: 'abc', seed: 5, max_tokens: 40, stop })
    expect(events.map(({ choices: [choice] }) => choice.text).join('')).toBe(before)
    expect(events.at(-1).choices[0]).toMatchObject({ finish_reason: 'stop', stop_reason: stop })
  })

  it('at a token keeps it', async () => {
    const { choices } = await post({ max_tokens: 40 })
    const [token] = tinyTokenizer.encode(choices[0].text[5])
    const end = choices[0].text.indexOf(choices[0].text[5]) + 1
    expect((await post({ max_tokens: 40, stop_token_ids: [token] })).choices[0]).toMatchObject({
      text: choices[0].text.slice(0, end),
      finish_reason: 'stop',
      stop_reason: token,
    })
  })
})

describe('a stream', () => {
  it('adds up to the whole answer, choice by choice, with the usage at the end', async () => {
    const body = {
      prompt: ['abc', 'dd'],
      n: 2,
      seed: 3,
      max_tokens: 12,
      logprobs: 1,
      echo: true,
      return_token_ids: true,
    }
    const whole = await post(body)
    const events = await endless.events(path, { ...body, stream_options: { include_usage: true } })
    const last = events.pop()
    expect(last).toMatchObject({ choices: [], usage: whole.usage })
    for (const choice of whole.choices) {
      const parts = events.filter(({ choices }) => choices[0].index === choice.index).map(({ choices }) => choices[0])
      const all = (pick: (part: typeof choice) => unknown[]): unknown[] => parts.flatMap(pick)
      expect(parts.map(({ text }) => text).join('')).toBe(choice.text)
      expect(all(({ token_ids }) => token_ids)).toEqual(choice.token_ids)
      expect(parts[0].prompt_token_ids).toEqual(choice.prompt_token_ids)
      for (const field of ['tokens', 'token_logprobs', 'top_logprobs', 'text_offset']) {
        expect(all(({ logprobs }) => logprobs[field])).toEqual(choice.logprobs[field])
      }
      expect(parts.map(({ finish_reason }) => finish_reason)).toEqual([...Array(parts.length - 1).fill(null), 'length'])
    }
    expect(new Set(events.map(({ id }) => id)).size).toBe(1)
    for (const { usage, object } of events) expect([usage, object]).toEqual([null, 'text_completion'])
  })

  it('says nothing of the usage unless asked', async () => {
    const events = await endless.events(path, { prompt: 'abc', max_tokens: 2 })
    for (const event of events) expect(event).not.toHaveProperty('usage')
  })

  it('brings tokens as they are drawn', async () => {
    const reply = await endless.send(path, { prompt: 'abc', max_tokens: 50, seed: 1, stream: true })
    const reader = reply.body!.getReader()
    // How many of them come apart depends on how fast the machine draws; the first never waits for the last.
    const first = new TextDecoder().decode((await reader.read()).value)
    expect(first).toContain('data: ')
    expect(first).not.toContain('"finish_reason":"length"')
    let rest = ''
    for (let read = await reader.read(); !read.done; read = await reader.read())
      rest += new TextDecoder().decode(read.value)
    expect(rest).toContain('"finish_reason":"length"')
  })

  it('that is left ends its samples', async () => {
    const server = tinyServer({ endless: true, routes: { capacity: { rows: 2, waiting: 0 } } })
    const leave = new AbortController()
    const reply = await server.send(path, { prompt: 'abc', max_tokens: 61, n: 2, stream: true }, {
      signal: leave.signal,
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    } as RequestInit)
    const reader = reply.body!.getReader()
    await reader.read()
    expect((await server.post(path, { prompt: 'abc' })).status).toBe(429)
    await reader.cancel()
    expect((await server.post(path, { prompt: 'abc', max_tokens: 1 })).status).toBe(200)
    expect(server.traffic.running).toBe(0)
    await server.sampler.dispose()
  })
})
