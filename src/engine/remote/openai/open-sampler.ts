// Opens a sampler over an OpenAI-compatible server: connects, finds out what the server can do, and takes the model's own
// tokens where both sides have them, else bytes of text.
import { GradusError } from '../../../base/error.ts'
import { readTokenizer, type Tokenizer } from '../../../text/index.ts'
import { parseBaseUrl } from '../http/base-url.ts'
import { HttpClient, type HttpOptions, Slots } from '../http/index.ts'
import { byteVocab } from './byte-vocab.ts'
import { OpenaiSampler } from './openai-sampler.ts'
import { type ProbeOptions, type ProbeReport, probeServer } from './probe.ts'
import type { Server } from './prober.ts'
import { whyTextOnly } from './server-facts.ts'
import { type Budget, Spending } from './spending.ts'

export interface OpenaiOptions extends Omit<ProbeOptions, 'tokenizer'> {
  /** Of the server: http://127.0.0.1:8000 means .../v1. */
  readonly url: string
  /** The model's own, or its folder. Without it, ids are bytes of text. */
  readonly tokenizer?: string | Tokenizer
  /** Default: the environment's OPENAI_API_KEY. */
  readonly apiKey?: string
  /** Requests in flight at once, of all calls together; default 32. */
  readonly concurrency?: number
  readonly budget?: Budget
  /** In ids; default: what the server says. */
  readonly contextLimit?: number
  /** A report of an earlier probe of the same server and model: nothing is asked again. */
  readonly probe?: ProbeReport
  readonly headers?: Readonly<Record<string, string>>
  /** Default 300_000: a long text that is not streamed takes its time. */
  readonly timeoutMs?: number
  /** Default 4. */
  readonly attempts?: number
  /** More about the connection; for tests mostly. */
  readonly http?: Partial<Omit<HttpOptions, 'baseUrl' | 'headers'>>
}

/** Where nothing says how long a context may be. */
const USUAL_CONTEXT = 4096
/** Of text, for one token of a model. */
const BYTES_PER_TOKEN = 4

/**
 * A sampler of one model of a server.
 *
 * @throws what {@link probe} throws; `config/other-tokenizer`
 * @example
 * const sampler = await openaiSampler({ url: 'http://127.0.0.1:8000', tokenizer: 'models/qwen3-0.6b' })
 */
export async function openaiSampler(options: OpenaiOptions): Promise<OpenaiSampler> {
  const { concurrency = 32, budget } = options
  const tokenizer = await tokenizerOf(options.tokenizer)
  const server = connect(options)
  const report = options.probe ?? (await probeServer(server, { ...options, tokenizer }))
  const doubt = report.findings.find(({ name, has }) => name === 'tokenizer agrees' && has === 'no')
  if (doubt) {
    throw new GradusError(
      'config/other-tokenizer',
      `the tokenizer is not that of ${report.facts.model}: ${doubt.note}`,
      {
        hint: "Give the tokenizer folder of the server's model, or none.",
      },
    )
  }
  const isExact = tokenizer !== undefined && whyTextOnly(report.facts, true) === undefined
  const { contextLimit = USUAL_CONTEXT } = report.facts
  return new OpenaiSampler({
    http: server.http,
    slots: new Slots(concurrency),
    spending: new Spending(budget),
    probe: report,
    vocab: isExact ? tokenizer : byteVocab,
    isExact,
    contextLimit: options.contextLimit ?? contextLimit * (isExact ? 1 : BYTES_PER_TOKEN),
    release: async () => {
      server.http.close()
      server.root.close()
    },
  })
}

/** What a server can do, without opening a sampler. */
export async function probe(options: OpenaiOptions): Promise<ProbeReport> {
  return probeServer(connect(options), { ...options, tokenizer: await tokenizerOf(options.tokenizer) })
}

async function tokenizerOf(given: string | Tokenizer | undefined): Promise<Tokenizer | undefined> {
  return typeof given === 'string' ? readTokenizer(given) : given
}

function connect({ url, apiKey = process.env.OPENAI_API_KEY, headers, http, ...options }: OpenaiOptions): Server {
  const base = parseBaseUrl(url)
  const root = base.href.replace(/\/v1\/$/, '/')
  const common: Omit<HttpOptions, 'baseUrl'> = {
    timeoutMs: options.timeoutMs ?? 300_000,
    attempts: options.attempts ?? 4,
    concurrency: options.concurrency ?? 32,
    headers: { ...(apiKey && { authorization: `Bearer ${apiKey}` }), ...headers },
    ...http,
  }
  // Some services have the API elsewhere: only a bare host gets the usual place.
  const api = base.pathname === '/' ? `${root}v1` : base.href
  return { http: new HttpClient({ ...common, baseUrl: api }), root: new HttpClient({ ...common, baseUrl: root }) }
}
