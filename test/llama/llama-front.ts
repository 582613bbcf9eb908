// An OpenAI-style server over llama.cpp, as a counterpart for clients in tests: /v1/models, /v1/completions (prompts as
// text or ids, n, seed, filters, logit_bias, stop, logprobs, echo, streaming) and /props. It answers in the dialect of
// llama.cpp's own server: log-probabilities as entries with ids. One request at a time, on 127.0.0.1, without a key.
//
//   npx tsx test/llama/llama-front.ts model.gguf [port]
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { LlamaModel } from './llama.ts'
import { type Completion, type CompletionEnd, type CompletionToken, complete } from './llama-completion.ts'

const MAX_BODY_BYTES = 16 << 20

const ids = z.array(z.int().nonnegative())
const bodyShape = z.object({
  model: z.string().optional(),
  prompt: z.union([z.string(), ids, z.array(z.string()), z.array(ids)]),
  max_tokens: z.int().nonnegative().default(16),
  n: z.int().min(1).max(128).default(1),
  temperature: z.number().min(0).default(1),
  top_k: z.int().default(0),
  top_p: z.number().min(0).max(1).default(1),
  min_p: z.number().min(0).max(1).default(0),
  logit_bias: z.record(z.string().regex(/^\d{1,9}$/), z.number()).default({}),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  seed: z.int().default(0),
  logprobs: z.int().min(0).max(100).nullish(),
  echo: z.boolean().default(false),
  stream: z.boolean().default(false),
})
type Body = z.infer<typeof bodyShape>

/** A running server. */
export interface LlamaFront {
  /** With /v1 at its end. */
  readonly url: string
  close(): Promise<void>
}

/** Starts a server for a GGUF file; port 0 is any free one. */
export async function startLlamaFront(
  path: string,
  { port = 0, contextSize = 512 }: { port?: number; contextSize?: number } = {},
): Promise<LlamaFront> {
  const llama = await LlamaModel.load(path, contextSize)
  const model = basename(path)
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work)
    last = result.catch(() => {})
    return result
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) fail(response, 500, String(error))
      else response.destroy()
    })
  })
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const meta = { n_ctx: llama.contextSize, n_vocab: llama.vocabSize }
    if (request.method === 'GET' && pathname === '/v1/models') {
      return send(response, 200, {
        object: 'list',
        data: [{ id: model, object: 'model', owned_by: 'llama.cpp', meta }],
      })
    }
    if (request.method === 'GET' && pathname === '/props') {
      return send(response, 200, { default_generation_settings: { n_ctx: llama.contextSize } })
    }
    if (request.method !== 'POST' || pathname !== '/v1/completions') return fail(response, 404, `no ${pathname}`)
    const parsed = bodyShape.safeParse(await readJson(request))
    if (!parsed.success) return fail(response, 400, z.prettifyError(parsed.error))
    const prompts = promptsOf(llama, parsed.data.prompt)
    const bad = prompts.find((prompt) => prompt.length === 0 || prompt.length >= llama.contextSize)
    if (bad) return fail(response, 400, `a prompt of ${bad.length} tokens, context is ${llama.contextSize}`)
    if (prompts.flat().some((id) => id >= llama.vocabSize)) return fail(response, 400, 'a token outside the vocabulary')
    await inTurn(() => completions(llama, model, parsed.data, prompts, response))
  }
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await last
      await llama.dispose()
    },
  }
}

function promptsOf(llama: LlamaModel, prompt: Body['prompt']): number[][] {
  if (typeof prompt === 'string') return [llama.encode(prompt)]
  if (typeof prompt[0] === 'number') return [prompt as number[]]
  return (prompt as (string | number[])[]).map((each) => (typeof each === 'string' ? llama.encode(each) : each))
}

async function completions(
  llama: LlamaModel,
  model: string,
  body: Body,
  prompts: readonly (readonly number[])[],
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const frame = { id: 'cmpl-0', object: 'text_completion', created: 0, model }
  const choices: unknown[] = []
  let completionTokens = 0
  if (body.stream) response.writeHead(200, { 'content-type': 'text/event-stream' })
  const push = (data: unknown): void => {
    if (!gone.signal.aborted) response.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`)
  }
  for (const [p, prompt] of prompts.entries()) {
    for (let j = 0; j < body.n; j++) {
      const index = p * body.n + j
      let sent = 0
      let shown = ''
      let done: Completion | undefined
      for await (const state of complete(llama, requestOf(body, prompt, j), gone.signal)) {
        done = state
        if (!body.stream) continue
        const text = state.end === undefined ? state.text.replace(/\ufffd+$/, '') : state.text
        const fresh = state.tokens.slice(sent)
        const part = { index, text: text.slice(shown.length), finish_reason: reasonOf(state.end) }
        push({ ...frame, choices: [{ ...part, logprobs: logprobsOf(llama, body, fresh) }] })
        sent = state.tokens.length
        shown = text
      }
      if (done === undefined) continue
      completionTokens += done.tokens.length
      const text = body.echo ? llama.decode(prompt) + done.text : done.text
      const tokens = body.echo ? [...done.prompt, ...done.tokens] : done.tokens
      choices.push({ index, text, finish_reason: reasonOf(done.end), logprobs: logprobsOf(llama, body, tokens) })
    }
  }
  const promptTokens = prompts.reduce((sum, { length }) => sum + length, 0)
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  }
  if (!body.stream) return send(response, 200, { ...frame, choices, usage })
  push({ ...frame, choices: [], usage })
  push('[DONE]')
  response.end()
}

const requestOf = (body: Body, prompt: readonly number[], index: number) => ({
  prompt,
  maxTokens: body.max_tokens,
  temperature: body.temperature,
  topK: Math.max(0, body.top_k),
  topP: body.top_p,
  minP: body.min_p,
  logitBias: new Map(Object.entries(body.logit_bias).map(([id, bias]) => [Number(id), bias])),
  stop: [body.stop ?? []].flat().filter((stop) => stop !== ''),
  seed: body.seed,
  index,
})

const reasonOf = (end: CompletionEnd | undefined): string | null => (end === 'abort' ? 'length' : (end ?? null))

function logprobsOf(llama: LlamaModel, { logprobs }: Body, tokens: readonly CompletionToken[]): unknown {
  if (logprobs === null || logprobs === undefined) return null
  return {
    content: tokens.map(({ id, row }) => ({
      id,
      token: llama.decode([id]),
      logprob: row === undefined ? null : row[id],
      top_logprobs: row === undefined ? [] : likeliest(llama, row, logprobs),
    })),
  }
}

function likeliest(llama: LlamaModel, row: Float32Array, count: number): unknown[] {
  const order = Array.from(row.keys()).sort((a, b) => row[b] - row[a] || a - b)
  return order.slice(0, count).map((id) => ({ id, token: llama.decode([id]), logprob: row[id] }))
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MAX_BODY_BYTES) return undefined
    parts.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function fail(response: ServerResponse, status: number, message: string): void {
  send(response, status, { error: { message, type: 'invalid_request_error', code: status } })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [path, port = '0'] = process.argv.slice(2)
  if (path === undefined) throw new Error('usage: llama-front.ts model.gguf [port]')
  console.log((await startLlamaFront(path, { port: Number(port) })).url)
}
