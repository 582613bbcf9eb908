// A Tinker server over the engine's tiny model, asked as HTTP asks it but without a port, in a folder that goes away.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tinyModel } from '../../../engine/__fixtures__/tiny-model.ts'
import { float32, int64, PROTO, passToJson, type WireDatum } from '../../../engine/remote/tinker/wire/index.ts'
import type { Limits } from '../limits.ts'
import { tinkerApp } from '../routes.ts'
import { TinkerServer } from '../server.ts'

/** The name of the base. */
export const BASE = 'tiny'

/** What came back: JSON, or the bytes of anything else. */
export interface Reply {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly json: any
  readonly bytes: Uint8Array
  readonly headers: Headers
}

/** A server with shortcuts for what tests do over and over. */
export class TinyServer {
  readonly folder: string
  readonly server: TinkerServer
  readonly #app: ReturnType<typeof tinkerApp>
  clock = 1_000_000

  constructor(options: { folder?: string; limits?: Partial<Limits>; apiKey?: string; seed?: number } = {}) {
    const { folder = mkdtempSync(join(tmpdir(), 'tinker-')), limits, apiKey, seed } = options
    this.folder = folder
    let ids = 0
    this.server = new TinkerServer({
      model: tinyModel({ seed }),
      name: BASE,
      stateFolder: folder,
      limits: { gapMs: 60_000, ...limits },
      now: () => this.clock,
      newId: () => `${this.clock.toString(36)}x${ids++}`,
    })
    this.#app = tinkerApp(this.server, apiKey)
  }

  /** For clients that take a `fetch`: this server, whatever the host. */
  readonly fetch: typeof fetch = async (url, init) => {
    const { pathname, search } = new URL(String(url))
    return this.#app.request(pathname.replace('/api/v1', '') + search, init)
  }

  async ask(path: string, init: RequestInit = {}): Promise<Reply> {
    const response = await this.#app.request(path, init)
    const bytes = new Uint8Array(await response.arrayBuffer())
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    const json = isJson ? JSON.parse(new TextDecoder().decode(bytes)) : undefined
    return { status: response.status, json, bytes, headers: response.headers }
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const isBytes = body instanceof Uint8Array
    return this.ask(path, {
      method: 'POST',
      body: isBytes ? Buffer.from(body) : JSON.stringify(body),
      headers: { 'content-type': isBytes ? PROTO : 'application/json', ...headers },
    })
  }

  /** Polls until there is an outcome. */
  async poll(id: string, headers: Record<string, string> = {}): Promise<Reply> {
    for (;;) {
      const reply = await this.post('/retrieve_future', { request_id: id }, headers)
      if (reply.status !== 408) return reply
    }
  }

  /** Sends a request that gives a promise, and waits for what comes of it. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  async do(path: string, body: unknown): Promise<any> {
    const { status, json } = await this.post(path, body)
    if (status !== 200) throw new Error(`${path} gave ${status}: ${JSON.stringify(json)}`)
    return (await this.poll(json.request_id)).json
  }

  async session(): Promise<string> {
    return (await this.post('/create_session', { tags: [], sdk_version: 'test' })).json.session_id
  }

  async model(session: string, extra: Record<string, unknown> = {}): Promise<string> {
    const wish = { session_id: session, model_seq_id: 0, base_model: BASE, lora_config: { rank: 2, seed: 5 }, ...extra }
    return (await this.do('/create_model', wish)).model_id
  }

  pass(model: string, seq: number, data: readonly WireDatum[] = batch, lossFn = 'cross_entropy') {
    return this.do('/forward_backward', passToJson({ modelId: model, seqId: seq, data, lossFn }))
  }

  step(model: string, seq: number, lr = 0.05) {
    return this.do('/optim_step', { model_id: model, seq_id: seq, adam_params: { learning_rate: lr } })
  }

  /** Log-probabilities of the batch, by a pass without gradients. */
  async logprobs(model: string, seq: number): Promise<number[]> {
    const body = passToJson({ modelId: model, seqId: seq, data: batch, lossFn: 'cross_entropy', forwardOnly: true })
    const { loss_fn_outputs } = await this.do('/forward', body)
    return loss_fn_outputs.flatMap((out: { logprobs: { data: number[] } }) => out.logprobs.data)
  }

  /** The folder as a process that is killed now would leave it. */
  copyFolder(): string {
    const copy = mkdtempSync(join(tmpdir(), 'tinker-'))
    cpSync(this.folder, copy, { recursive: true, filter: (path) => !path.endsWith('.lock') })
    return copy
  }

  async close(): Promise<void> {
    await this.server.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** A sequence with a weight of one on every target. */
export function datum(tokens: readonly number[], weights?: readonly number[]): WireDatum {
  const targets = Int32Array.from(tokens.slice(1))
  return {
    tokens: Int32Array.from(tokens.slice(0, -1)),
    inputs: {
      target_tokens: int64(targets),
      weights: float32(Float32Array.from(weights ?? Array.from(targets, () => 1))),
    },
  }
}

export const batch: readonly WireDatum[] = [datum([3, 4, 5, 6, 7]), datum([9, 8, 7]), datum([3, 5, 7, 9, 11, 13])]
