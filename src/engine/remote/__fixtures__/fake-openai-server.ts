// OpenAI-compatible servers for tests, on 127.0.0.1, in three dialects: `openai` (strict, text back, one seed for all of
// n), `vllm` (token ids, prompt log-probabilities, adapters), `llamacpp` (ids among the log-probabilities, unknown options
// ignored, defaults of its own). Faults can be put into any request.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Asked, type Body, createReply, type Dialect, dialects, Refused, refuseUnknown } from './fake-dialects.ts'
import { fakeEncode, fakeModel, fakeTokenizer } from './fake-model.ts'

/** What goes wrong with a request. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** No answer, and the connection closed. */
  | { readonly kind: 'reset' }
  /** The answer ends in its middle; a stream after `after` pieces. */
  | { readonly kind: 'cut'; readonly after?: number }
  /** A stream ends without saying why. */
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'silence' }
  | { readonly kind: 'body'; readonly body: string }
  /** A stream says that it failed. */
  | { readonly kind: 'stream-error' }
  /** Changes the answer. */
  | { readonly kind: 'change'; readonly change: (reply: Body) => unknown }

export interface FakeOptions {
  readonly dialect: Dialect
  readonly apiKey?: string
  readonly contextLimit?: number
  readonly endless?: boolean
  /** Between the pieces of a stream. */
  readonly pieceMs?: number
  readonly chatOnly?: boolean
  readonly allowLora?: boolean
  /** Log-probabilities after temperature. */
  readonly cookedLogprobs?: boolean
  /** A tokenizer of other ids. */
  readonly shiftedIds?: boolean
  readonly models?: readonly string[]
  /** Of request number `count` (from 0), models and probes included. */
  readonly fault?: (asked: Asked, count: number) => Fault | undefined
}

export interface FakeServer {
  readonly url: string
  readonly asked: readonly Asked[]
  /** The most requests for samples at one time. */
  readonly mostAtOnce: number
  /** Streams that the client closed, with the pieces they had got. */
  readonly left: readonly number[]
  /** Faults from now on. */
  setFault(fault: FakeOptions['fault']): void
  forgetAsked(): void
  close(): Promise<void>
}

export async function fakeOpenaiServer(options: FakeOptions): Promise<FakeServer> {
  const { dialect, apiKey, contextLimit = 64, models = ['fake'] } = options
  const traits = dialects[dialect]
  const asked: Asked[] = []
  const left: number[] = []
  const adapters = new Map<string, string>()
  let [now, mostAtOnce] = [0, 0]
  let { fault } = options

  const answer = async (
    path: string,
    body: Body,
    response: ServerResponse,
    found: Fault | undefined,
  ): Promise<void> => {
    if (path === '/v1/models') {
      const extra = dialect === 'vllm' ? { max_model_len: contextLimit } : {}
      return sendJson(response, 200, {
        object: 'list',
        data: [...models, ...adapters.keys()].map((id) => ({ id, ...extra })),
      })
    }
    if (path === '/props' && dialect === 'llamacpp') {
      return sendJson(response, 200, { default_generation_settings: { n_ctx: contextLimit } })
    }
    if (path === '/tokenize' && dialect !== 'openai') {
      const shift = options.shiftedIds ? 1 : 0
      return sendJson(response, 200, {
        tokens: fakeEncode(String(body.prompt ?? body.content)).map((id) => id + shift),
      })
    }
    if (dialect === 'vllm' && options.allowLora && path.endsWith('_lora_adapter'))
      return changeAdapters(path, body, response)
    const isChat = path === '/v1/chat/completions'
    if (!isChat && (path !== '/v1/completions' || options.chatOnly)) throw new Refused(404, 'Not Found')
    refuseUnknown(body, traits, isChat, options.chatOnly === true)
    if (traits.checksModel && ![...models, ...adapters.keys()].includes(String(body.model))) {
      throw new Refused(404, `The model \`${body.model}\` does not exist.`)
    }
    const model = fakeModel({ endless: options.endless, salt: adapters.get(String(body.model)) })
    const reply = createReply(body, { traits, model, contextLimit, isChat, isCooked: options.cookedLogprobs === true })
    now++
    mostAtOnce = Math.max(mostAtOnce, now)
    response.on('close', () => now--)
    if (body.stream !== true) {
      const whole = found?.kind === 'change' ? found.change(reply.whole() as Body) : reply.whole()
      const text = JSON.stringify(whole)
      if (found?.kind !== 'cut') return sendText(response, 200, text)
      response.writeHead(200, { 'content-length': String(text.length) })
      response.write(text.slice(0, text.length / 2))
      setTimeout(() => response.destroy(), 2)
      return
    }
    await sendStream(response, reply.pieces(), found)
  }

  const sendStream = async (
    response: ServerResponse,
    pieces: Iterable<unknown>,
    found: Fault | undefined,
  ): Promise<void> => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    let sent = 0
    response.on('close', () => {
      if (!response.writableFinished && found === undefined) left.push(sent)
    })
    for (const piece of pieces) {
      if (response.destroyed) return
      if (found?.kind === 'cut' && sent === (found.after ?? 2)) return void response.destroy()
      if (found?.kind === 'unfinished' && sent === 2) return void response.end()
      if (found?.kind === 'silence' && sent === 2) return
      const said = found?.kind === 'stream-error' && sent === 2 ? { error: { message: 'out of memory' } } : piece
      response.write(`data: ${JSON.stringify(said)}\n\n`)
      sent++
      await new Promise((resolve) => (options.pieceMs ? setTimeout(resolve, options.pieceMs) : setImmediate(resolve)))
    }
    response.end('data: [DONE]\n\n')
  }

  const changeAdapters = (path: string, body: Body, response: ServerResponse): void => {
    const name = body.lora_name
    if (typeof name !== 'string') throw new Refused(400, "Both 'lora_name' and 'lora_path' must be provided.")
    if (path === '/v1/unload_lora_adapter') {
      if (!adapters.delete(name)) throw new Refused(404, `The lora adapter '${name}' cannot be found.`)
    } else {
      if (adapters.has(name) && body.load_inplace !== true)
        throw new Refused(400, `The lora adapter '${name}' has already been loaded.`)
      if (!String(body.lora_path).startsWith('/')) throw new Refused(404, `No adapter found for ${body.lora_path}`)
      adapters.set(name, String(body.lora_path))
    }
    sendText(response, 200, 'Success')
  }

  const server = createServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      const entry: Asked = { path: request.url ?? '', body, authorization: request.headers.authorization }
      const found = fault?.(entry, asked.length)
      asked.push(entry)
      try {
        if (found?.kind === 'reset') return void request.socket.resetAndDestroy()
        if (found?.kind === 'silence' && body.stream !== true) return
        if (found?.kind === 'body') return sendText(response, 200, found.body)
        if (found?.kind === 'status') throw new Refused(found.status, `fault ${found.status}`, found.headers)
        if (apiKey && request.headers.authorization !== `Bearer ${apiKey}`) {
          throw new Refused(401, `Incorrect API key provided: ${request.headers.authorization}`)
        }
        await answer(entry.path, body, response, found)
      } catch (error) {
        const { status = 500, headers } = error as Refused
        sendJson(response, status, { error: { message: (error as Error).message } }, headers)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    get mostAtOnce() {
      return mostAtOnce
    },
    left,
    setFault(next) {
      fault = next
    },
    forgetAsked() {
      asked.length = 0
      mostAtOnce = 0
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  let text = ''
  request.setEncoding('utf8')
  for await (const piece of request) text += piece
  return text === '' ? {} : JSON.parse(text)
}

function sendJson(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  sendText(response, status, JSON.stringify(body), headers)
}

function sendText(response: ServerResponse, status: number, text: string, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(text)
}

/** The log-probabilities that the model of a server gives to tokens. */
export function fakeScore(
  context: readonly number[],
  ids: readonly number[],
  options: { endless?: boolean; salt?: string } = {},
): number[] {
  const model = fakeModel(options)
  return ids.map((id, t) => model.next([...context, ...ids.slice(0, t)])[id])
}

export { fakeTokenizer }
