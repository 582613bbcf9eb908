// Finds out what an OpenAI-compatible server can do, by fewer than thirty requests of at most sixteen tokens, and says which
// capabilities of the contract follow. Nothing is taken from names or versions: a server that accepts an option and
// ignores it is found out by what it answers. Sampling settings are judged by their effect on a greedy text.

import { closestName } from '../../../base/closest-name.ts'
import { GradusError } from '../../../base/error.ts'
import type { Tokenizer } from '../../../text/index.ts'
import type { HttpClient } from '../http/index.ts'
import { knowsLora } from './lora.ts'
import { checkIds, checkPromptLogprobs, checkTokenizer } from './probe-ids.ts'
import { checkSampling } from './probe-sampling.ts'
import { findEndpoint, Prober, type Server } from './prober.ts'
import { type Claim, claims, type Finding, type ServerFacts } from './server-facts.ts'
import { modelsShape, parseReply } from './wire.ts'

export interface ProbeReport {
  readonly url: string
  /** Names that the server lists. */
  readonly models: readonly string[]
  readonly facts: ServerFacts
  readonly findings: readonly Finding[]
  /** The contract's capabilities: given, or why not. */
  readonly claims: readonly Claim[]
}

export interface ProbeOptions {
  /** Default: the only one that the server lists. */
  readonly model?: string
  /** Default: completions where they exist. */
  readonly endpoint?: 'completions' | 'chat'
  /** The model's own. */
  readonly tokenizer?: Tokenizer
  /** Facts that are known better than they can be found out. */
  readonly assume?: Partial<ServerFacts>
}

/**
 * @throws `remote/unreachable`, `remote/http` (a key that is not accepted), `config/unknown-model`,
 * `remote/no-endpoint`
 */
export async function probeServer(server: Server, options: ProbeOptions = {}): Promise<ProbeReport> {
  const { http, root } = server
  const listed = await listModels(http)
  const model = chooseModel(listed, options.model)
  const prober = new Prober(server, model.id, options.tokenizer)
  const endpoint = await findEndpoint(prober, options.endpoint)
  const ids = await checkIds(prober)
  const { greedy: _, ...tokens } = ids
  const [sampling, scoring, agreement, lora, contextLimit] = await Promise.all([
    checkSampling(prober, ids),
    checkPromptLogprobs(prober, ids),
    checkTokenizer(prober),
    knowsLora(http).catch(() => false),
    model.contextLimit ?? contextFromProps(root),
  ])
  const found: ServerFacts = { model: model.id, ...endpoint, contextLimit, lora, ...tokens, ...sampling, ...scoring }
  const facts: ServerFacts = { ...found, ...options.assume }
  prober.note('context length', facts.contextLimit !== undefined, `${facts.contextLimit ?? 'not told'}`)
  prober.note('lora loading', lora, lora ? '/load_lora_adapter answers' : 'no /load_lora_adapter')
  for (const [name, value] of Object.entries(options.assume ?? {})) {
    prober.note(`assumed: ${name}`, value !== false && value !== undefined, `${value}, as told`)
  }
  return {
    url: http.baseUrl,
    models: listed.map(({ id }) => id),
    facts,
    findings: [
      { name: 'models', has: listed.length > 0 ? 'yes' : 'unknown', note: `${listed.length} listed; here ${model.id}` },
      ...prober.findings.sort((a, b) => placeOf(a) - placeOf(b)),
    ],
    claims: claims(facts, options.tokenizer !== undefined && agreement !== false),
  }
}

/** Checks run at once; their findings are told in this order, others last. */
const ORDER = [
  ['completions', 'chat', 'context length', 'tokenizer agrees', 'token-id prompts', 'token ids back', 'end token back'],
  ['logprobs', 'logprobs of the model itself', 'prompt logprobs', 'seed', 'n', 'n with seeds', 'stop', 'stop reason'],
  ['stop tokens', 'logit_bias', 'top_k', 'min_p', 'streaming', "continue the assistant's turn", 'lora loading'],
].flat()

function placeOf({ name }: Finding): number {
  const at = ORDER.indexOf(name)
  return at < 0 ? ORDER.length : at
}

interface ListedModel {
  readonly id: string
  readonly contextLimit?: number
}

async function listModels(http: HttpClient): Promise<ListedModel[]> {
  const reply = await http.request('/models')
  if (reply.status === 404 || reply.status === 405) return []
  if (reply.status !== 200) throw http.refusal(reply, keyHint(reply.status))
  const { data } = parseReply(modelsShape, reply.json(), reply.url)
  return data.map(({ id, max_model_len, meta }) => ({
    id,
    contextLimit: max_model_len ?? meta?.n_ctx ?? undefined,
  }))
}

function keyHint(status: number): string | undefined {
  if (status !== 401 && status !== 403) return undefined
  return 'The key is missing or wrong: set OPENAI_API_KEY, or give apiKey.'
}

function chooseModel(listed: readonly ListedModel[], wanted: string | undefined): ListedModel {
  const names = listed.map(({ id }) => id)
  const some = names.slice(0, 10).join(', ') + (names.length > 10 ? ', ...' : '')
  if (wanted === undefined) {
    if (listed.length === 1) return listed[0]
    const what = listed.length === 0 ? 'lists no models' : `has ${listed.length} models`
    throw new GradusError('config/no-model', `the server ${what}, and none was chosen`, {
      hint: listed.length === 0 ? 'Name the model.' : `Name one of: ${some}`,
    })
  }
  const found = listed.find(({ id }) => id === wanted)
  if (found || listed.length === 0) return found ?? { id: wanted }
  const near = closestName(wanted, names)
  throw new GradusError('config/unknown-model', `the server has no model ${JSON.stringify(wanted)}`, {
    hint: near ? `Did you mean ${JSON.stringify(near)}?` : `It has: ${some}`,
  })
}

/** llama.cpp tells its context length outside the API. */
async function contextFromProps(root: HttpClient): Promise<number | undefined> {
  try {
    const reply = await root.request('/props')
    const { default_generation_settings: settings } = reply.json() as {
      default_generation_settings?: { n_ctx?: unknown }
    }
    return typeof settings?.n_ctx === 'number' && settings.n_ctx > 0 ? settings.n_ctx : undefined
  } catch {
    return undefined
  }
}
