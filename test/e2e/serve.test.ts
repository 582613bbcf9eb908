// gradus serve as its users meet it: through OpenAI's own client, over a real port.
import { connect } from 'node:net'
import { join } from 'node:path'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stream } from '../../src/base/rng.ts'
import { saveModel } from '../../src/engine/checkpoint.ts'
import { embeddedModel } from '../../src/engine/embedded-model.ts'
import { plainLlama } from '../../src/model/config.ts'
import { decoderParams } from '../../src/model/param-spec.ts'
import { initialise, WeightArena } from '../../src/model/weight-arena.ts'
import { CHATML_TEMPLATE, charTokenizer } from '../../src/text/index.ts'
import { type Started, start, temporaryFolder } from './gradus.ts'

const folder = temporaryFolder()
const model = join(folder, 'small')

/** A server that said where it is. */
interface Serving extends Started {
  readonly url: string
  client(apiKey?: string): OpenAI
}

const running: Serving[] = []

async function serve(...args: readonly string[]): Promise<Serving> {
  const started = start(['serve', model, '--json', '--port', '0', ...args])
  const first = new Promise<string>((resolve) => started.child.stdout?.once('data', resolve))
  const line = await Promise.race([first, started.ended.then(({ err }) => Promise.reject(new Error(err)))])
  const { url } = JSON.parse(line)
  const client = (apiKey = 'none'): OpenAI => new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 })
  const serving = { ...started, url, client }
  running.push(serving)
  return serving
}

beforeAll(async () => {
  const alphabet = `\n${Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('')}`
  const tokenizer = charTokenizer(alphabet, { chatTemplate: CHATML_TEMPLATE })
  const sizes = { hiddenSize: 32, layers: 2, heads: 2, kvHeads: 2, headDim: 16, feedForward: 48, maxPositions: 2048 }
  const config = { ...plainLlama, ...sizes, vocabSize: tokenizer.size, eosId: 1, padId: 0, initStd: 0.2 }
  const arena = new WeightArena(decoderParams(config))
  initialise(arena, config, stream(1, 'serve-e2e'))
  await saveModel(model, embeddedModel(config, arena, tokenizer))
})
afterAll(async () => {
  for (const { child, ended } of running) {
    child.kill('SIGKILL')
    await ended
  }
})

/** Forbids the special tokens, so that a completion has as many letters as it may have tokens. */
const endless = { logit_bias: { 0: -100, 1: -100, 2: -100 } }
const base = { model: 'small', prompt: 'one, two', max_tokens: 12, seed: 5, ...endless } as const
const messages = [{ role: 'user', content: 'Hello?' }] as const

describe('the OpenAI client', () => {
  let client: OpenAI
  let serving: Serving
  beforeAll(async () => {
    serving = await serve('--max-rows', '32', '--max-queue', '512')
    client = serving.client()
  })

  it('lists the model', async () => {
    const { data } = await client.models.list()
    expect(data.map(({ id }) => id)).toEqual(['small'])
    expect(await client.models.retrieve('small')).toEqual(data[0])
  })

  it('gets completions, the same for the same seed, others for another', async () => {
    const create = async (seed: number, n = 3) =>
      (await client.completions.create({ ...base, seed, n })).choices.map(({ text }) => text)
    const texts = await create(5)
    expect(texts.map((text) => text.length)).toEqual([12, 12, 12])
    expect(new Set(texts).size).toBe(3)
    expect(await create(5)).toEqual(texts)
    expect(await create(5, 1)).toEqual(texts.slice(0, 1))
    expect(await create(6)).not.toEqual(texts)
  })

  it('gets the same in a crowd', async () => {
    const alone = await client.completions.create(base)
    const crowd = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        client.completions.create(i === 50 ? base : { ...base, prompt: `${i}`, seed: i }),
      ),
    )
    expect(crowd[50].choices).toEqual(alone.choices)
    for (const { usage } of crowd) expect(usage?.completion_tokens).toBe(12)
  })

  it('streams completions that add up', async () => {
    const whole = await client.completions.create({ ...base, n: 2 })
    const texts = ['', '']
    let usage: OpenAI.CompletionUsage | null | undefined
    const events = await client.completions.create({
      ...base,
      n: 2,
      stream: true,
      stream_options: { include_usage: true },
    })
    for await (const { choices, usage: last } of events) {
      for (const { index, text } of choices) texts[index] += text
      usage = last
    }
    expect(texts).toEqual(whole.choices.map(({ text }) => text))
    expect(usage).toEqual(whole.usage)
  })

  it('chats, whole and streamed', async () => {
    const ask = { model: 'small', messages: [...messages], max_tokens: 20, seed: 2, ...endless }
    const whole = await client.chat.completions.create({ ...ask, logprobs: true, top_logprobs: 2 })
    expect(whole.choices[0].message).toMatchObject({ role: 'assistant', content: expect.any(String) })
    expect(whole.choices[0].logprobs?.content).toHaveLength(20)
    let text = ''
    for await (const { choices } of await client.chat.completions.create({ ...ask, stream: true })) {
      text += choices[0].delta.content ?? ''
    }
    expect(text).toBe(whole.choices[0].message.content)
    // The client's own accumulator reads the stream as well.
    const final = await client.chat.completions.stream(ask).finalChatCompletion()
    expect(final.choices[0].message.content).toBe(text)
  })

  it('gets errors of the right classes', async () => {
    await expect(client.completions.create({ ...base, model: 'gpt-4o' })).rejects.toThrow(OpenAI.NotFoundError)
    await expect(client.completions.create({ ...base, temperature: -1 })).rejects.toThrow(OpenAI.BadRequestError)
    await expect(client.completions.create({ ...base, max_tokens: 5000 })).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
      type: 'invalid_request_error',
    })
    await expect(
      client.chat.completions.create({
        model: 'small',
        messages: [...messages],
        response_format: { type: 'json_object' },
      }),
    ).rejects.toMatchObject({ status: 400, param: 'response_format' })
  })

  it('scores what lm-evaluation-harness asks for', async () => {
    const tokenized = await (await post(`${serving.url}/tokenize`, { prompt: '2+2=4' })).json()
    const { tokens: ids } = tokenized as { tokens: number[] }
    expect(ids).toHaveLength(5)
    const reply = await client.completions.create({
      ...{ model: 'small', prompt: [ids, ids.slice(0, 3)], echo: true, max_tokens: 1, logprobs: 1 },
      ...{ temperature: 0, seed: 1234 },
    })
    for (const [i, length] of [5, 3].entries()) {
      const { tokens, token_logprobs, top_logprobs } = reply.choices[i].logprobs as {
        tokens: string[]
        token_logprobs: (number | null)[]
        top_logprobs: (Record<string, number> | null)[]
      }
      expect(tokens.slice(0, length).join('')).toBe('2+2=4'.slice(0, length))
      expect(token_logprobs).toHaveLength(length + 1)
      expect([token_logprobs[0], top_logprobs[0]]).toEqual([null, null])
      for (const logprob of token_logprobs.slice(1)) expect(logprob).toBeLessThan(0)
    }
  })

  it('meets a server that outlives broken connections', async () => {
    const { hostname, port } = new URL(serving.url)
    for (const text of [
      'GET',
      'POST /v1/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"pro',
      '\x16\x03\x01\xff',
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => socket.end(text, () => socket.destroy()))
        socket.on('close', () => resolve())
        socket.on('error', () => {})
      })
    }
    expect((await client.models.list()).data).toHaveLength(1)
  })
})

function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

describe('a small server', () => {
  it('refuses what it has no room for, and has room again when a client leaves', async () => {
    const client = (await serve('--max-rows', '1', '--max-queue', '0')).client()
    const controller = new AbortController()
    const events = await client.completions.create(
      { ...base, max_tokens: 2000, stream: true },
      { signal: controller.signal },
    )
    const [first] = await take(events, 1)
    expect(first.choices[0].text.length).toBeGreaterThan(0)
    await expect(client.completions.create(base)).rejects.toThrow(OpenAI.RateLimitError)
    await expect(client.completions.create({ ...base, n: 2 })).rejects.toThrow(OpenAI.BadRequestError)
    controller.abort()
    // The client waits as long as the server says between its tries.
    const patient = client.withOptions({ maxRetries: 5 })
    expect((await patient.completions.create(base)).choices[0].text).toHaveLength(12)
  })

  it('asks for its key', async () => {
    process.env.GRADUS_E2E_KEY = 'secret'
    const serving = await serve('--api-key-env', 'GRADUS_E2E_KEY').finally(() => delete process.env.GRADUS_E2E_KEY)
    await expect(serving.client('wrong').models.list()).rejects.toThrow(OpenAI.AuthenticationError)
    expect((await serving.client('secret').models.list()).data).toHaveLength(1)
    serving.child.kill('SIGINT')
    const { code, err } = await serving.ended
    expect([code, err.includes('secret')]).toEqual([0, false])
  })
})

describe('SIGTERM', () => {
  it('lets running streams end, refuses new requests, and exits with 0', async () => {
    const serving = await serve()
    const client = serving.client()
    const events = await client.completions.create({ ...base, n: 4, max_tokens: 2000, stream: true })
    const lengths = [0, 0, 0, 0]
    const ends: string[] = []
    let isStopping = false
    for await (const { choices } of events) {
      for (const { index, text, finish_reason } of choices) {
        lengths[index] += text.length
        if (finish_reason) ends.push(finish_reason)
      }
      if (isStopping) continue
      isStopping = true
      serving.child.kill('SIGTERM')
      // Until the signal has arrived, requests are still taken.
      while ((await fetch(`${serving.url}/healthz`)).status === 200);
      await expect(client.completions.create(base)).rejects.toMatchObject({ status: 503, code: 'server_stopping' })
    }
    expect(lengths).toEqual([2000, 2000, 2000, 2000])
    expect(ends).toEqual(['length', 'length', 'length', 'length'])
    const { code, out, err } = await serving.ended
    expect(code, err).toBe(0)
    expect(JSON.parse(out)).toEqual({ url: serving.url, model: 'small' })
    expect(err).toContain('stopping: 1 requests are running')
  })

  it('cuts off what takes too long', async () => {
    const serving = await serve('--drain', '0')
    const events = await serving.client().completions.create({ ...base, n: 4, max_tokens: 2000, stream: true })
    await take(events, 1)
    serving.child.kill('SIGTERM')
    const { code, err } = await serving.ended
    expect(code, err).toBe(0)
    expect(err).toContain('1 requests did not end within 0 s and were cut off')
  })
})

/** The first so many events; the stream stays open. */
async function take<T>(events: AsyncIterable<T>, count: number): Promise<T[]> {
  const iterator = events[Symbol.asyncIterator]()
  const taken: T[] = []
  while (taken.length < count) {
    const { done, value } = await iterator.next()
    if (done) break
    taken.push(value)
  }
  return taken
}
