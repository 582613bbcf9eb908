// Small questions to a server, and what it answered. A refusal is an answer too; only a server that is not there, or that
// does not accept the key, is an error.
import { GradusError, isGradusError } from '../../../base/error.ts'
import type { Tokenizer } from '../../../text/index.ts'
import { type HttpClient, type HttpRequest, replyOf, serverMessage } from '../http/index.ts'
import type { Finding, ServerFacts } from './server-facts.ts'
import {
  parseReply,
  replyShape,
  type TokenPiece,
  textOf,
  tokenPieces,
  type WireChoice,
  type WireReply,
} from './wire.ts'

/** An answer as checks look at it. */
export interface Answer {
  readonly isOk: boolean
  /** Why not. */
  readonly why: string
  readonly reply: WireReply
  readonly choice: WireChoice | undefined
  /** Of the first choice. */
  readonly text: string
  readonly ids: readonly (number | undefined)[]
  readonly pieces: readonly TokenPiece[]
}

/** Said to every server; a model without this tokenizer's text gets one of its own. */
// Digits, since a small model of our own may know no letters.
const PLAIN_PROMPT = '2024'
const CHAT_PROMPT = 'Write ten random words.'

/** Tokens of a greedy text, which others are compared with. */
export const PROBE_TOKENS = 12

/** The two places of a server: its API, and what lies beside it. */
export interface Server {
  readonly http: HttpClient
  /** Without /v1. */
  readonly root: HttpClient
}

export class Prober {
  readonly findings: Finding[] = []
  readonly server: Server
  readonly model: string
  readonly tokenizer: Tokenizer | undefined
  endpoint: ServerFacts['endpoint'] = 'completions'
  maxTokensField: ServerFacts['maxTokensField'] = 'max_tokens'

  constructor(server: Server, model: string, tokenizer?: Tokenizer) {
    this.server = server
    this.model = model
    this.tokenizer = tokenizer
  }

  /** A text that the tokenizer can read, and its ids. */
  get prompt(): { readonly text: string; readonly ids: readonly number[] } {
    const { tokenizer } = this
    if (tokenizer === undefined) return { text: PLAIN_PROMPT, ids: [5, 6, 7] }
    const ids = ordinaryIds(tokenizer)
    return { text: tokenizer.decode(ids), ids }
  }

  note(name: string, has: boolean | undefined, note: string): void {
    this.findings.push({ name, has: has === undefined ? 'unknown' : has ? 'yes' : 'no', note })
  }

  /** Asks for a completion of the prompt, or of another. */
  async ask(fields: Readonly<Record<string, unknown>>, prompt: unknown = this.prompt.text): Promise<Answer> {
    const { path, json } = this.wire(fields, prompt)
    return this.post(path, json)
  }

  wire(
    { max_tokens = PROBE_TOKENS, ...fields }: Readonly<Record<string, unknown>>,
    prompt: unknown = this.prompt.text,
  ): { readonly path: string; readonly json: Readonly<Record<string, unknown>> } {
    const common = { model: this.model, [this.maxTokensField]: max_tokens, ...fields }
    if (this.endpoint === 'completions') return { path: '/completions', json: { ...common, prompt } }
    const messages = [{ role: 'user', content: this.#reads(CHAT_PROMPT) ? CHAT_PROMPT : this.prompt.text }]
    return { path: '/chat/completions', json: { messages, ...common } }
  }

  /** A tokenizer of few characters cannot read every text. */
  #reads(text: string): boolean {
    try {
      return this.tokenizer === undefined || this.tokenizer.encode(text).length > 0
    } catch {
      return false
    }
  }

  async post(path: string, json: unknown): Promise<Answer> {
    const reply = await this.#send(path, { json })
    if (reply.status !== 200) return refused(`${reply.status}: ${serverMessage(reply).slice(0, 160)}`)
    try {
      const wire = parseReply(replyShape, reply.json(), reply.url)
      const [choice] = wire.choices
      if (choice === undefined) return refused('no choice came back')
      const pieces = tokenPieces(choice)
      const { text, thought } = textOf(choice)
      const ids = choice.token_ids ?? pieces.map(({ id }) => id)
      return { isOk: true, why: '', reply: wire, choice, text: thought + text, ids, pieces }
    } catch (error) {
      if (isGradusError(error)) return refused(error.message)
      throw error
    }
  }

  async #send(path: string, request: HttpRequest) {
    try {
      // Errors of the server's own are answers here: some fail on what they do not know. Only being busy is waited out.
      const reply = await this.server.http.request(path, { ...request, retry: 'submit' })
      if (reply.status !== 401 && reply.status !== 403) return reply
      throw this.server.http.refusal(reply, 'The key is missing or wrong: set OPENAI_API_KEY, or give apiKey.')
    } catch (error) {
      const reply = replyOf(error)
      if (reply && reply.status !== 401 && reply.status !== 403) return reply
      throw error
    }
  }
}

/** Which of the two endpoints answers. @throws `remote/no-endpoint` */
export async function findEndpoint(
  prober: Prober,
  wanted?: ServerFacts['endpoint'],
): Promise<Pick<ServerFacts, 'endpoint' | 'maxTokensField'>> {
  const answers: string[] = []
  let chosen: ServerFacts['endpoint'] | undefined
  for (const endpoint of ['completions', 'chat'] as const) {
    prober.endpoint = endpoint
    prober.maxTokensField = 'max_tokens'
    let answer = await prober.ask({ max_tokens: 2 })
    if (!answer.isOk && answer.why.includes('max_completion_tokens')) {
      prober.maxTokensField = 'max_completion_tokens'
      answer = await prober.ask({ max_tokens: 2 })
    }
    prober.note(endpoint, answer.isOk, answer.isOk ? prober.wire({}).path : answer.why)
    answers.push(`${endpoint}: ${answer.isOk ? 'answers' : answer.why}`)
    const isWanted = wanted === undefined ? chosen === undefined : wanted === endpoint
    if (answer.isOk && isWanted) {
      chosen = endpoint
      // What the chat endpoint calls its limit matters only where it is used.
      if (endpoint === 'chat') return { endpoint, maxTokensField: prober.maxTokensField }
    }
  }
  if (chosen === undefined) {
    const what = wanted ? `does not answer on the endpoint "${wanted}"` : 'answers on neither endpoint'
    throw new GradusError('remote/no-endpoint', `${prober.server.http.baseUrl} ${what} (${answers.join('; ')})`, {
      hint: 'Check the URL and the name of the model.',
    })
  }
  prober.endpoint = chosen
  prober.maxTokensField = 'max_tokens'
  return { endpoint: chosen, maxTokensField: 'max_tokens' }
}

function refused(why: string): Answer {
  return { isOk: false, why, reply: { choices: [] }, choice: undefined, text: '', ids: [], pieces: [] }
}

/** A few tokens that are text, and whose text is read as them again. */
function ordinaryIds(tokenizer: Tokenizer): number[] {
  const found: number[] = []
  for (let id = 0; id < tokenizer.size && found.length < 4; id++) {
    const text = tokenizer.decode([id])
    // Letters: control characters may mean something to a server.
    if (!/^[a-z0-9]+$/i.test(text)) continue
    const together = tokenizer.encode(tokenizer.decode([...found, id]))
    if (together.length === found.length + 1 && together.at(-1) === id) found.push(id)
  }
  return found.length > 0 ? found : [tokenizer.bos ?? 0]
}
