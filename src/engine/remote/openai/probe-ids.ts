// Checks of tokens: ids in, ids back, the end token, log-probabilities of completions and of prompts, and whether the
// tokenizer here is the server's.
import { PROBE_TOKENS, type Prober } from './prober.ts'
import { idFields } from './request-body.ts'
import type { IdSource, ServerFacts } from './server-facts.ts'

export type IdFacts = Pick<
  ServerFacts,
  'idPrompts' | 'idsBack' | 'endBack' | 'logprobs' | 'rawLogprobs' | 'topIds' | 'bias'
> & {
  /** What the model writes after the prompt when it takes the most likely token each time. */
  readonly greedy: { readonly text: string; readonly ids: readonly number[] }
}

export async function checkIds(prober: Prober): Promise<IdFacts> {
  const greedy = await prober.ask({ temperature: 0 })
  if (prober.endpoint === 'chat') return chatIds(prober, greedy.text)
  const { idPrompts, idsBack } = await findIds(prober)
  prober.note('token-id prompts', idPrompts, idPrompts ? 'prompt: [ids]' : 'not read as tokens')
  prober.note('token ids back', idsBack !== undefined, idsBack ?? 'neither return_token_ids nor ids among logprobs')
  const listed = await prober.ask({ logprobs: 2, temperature: 0.5, max_tokens: 1, return_tokens_as_token_ids: true })
  const plain = listed.isOk ? listed : await prober.ask({ logprobs: 2, temperature: 0.5, max_tokens: 1 })
  const logprobs = Number.isFinite(plain.pieces[0]?.logprob)
  prober.note('logprobs', logprobs, logprobs ? 'logprobs: k' : plain.why || 'none came back')
  const rawLogprobs = logprobs && (await areRaw(prober, plain.pieces[0]?.top[0]?.logprob))
  if (logprobs) prober.note('logprobs of the model itself', rawLogprobs, 'compared at two temperatures')
  const topIds = (plain.pieces[0]?.top ?? []).some(({ id }) => id !== undefined)
  const asked = idFields({ idsBack, logprobs, topIds } as ServerFacts, 0)
  const { ids } = await prober.ask({ temperature: 0, ...asked })
  const greedyIds = idsBack ? ids.filter((id) => id !== undefined) : []
  const bias = await checkBias(prober, greedy.text, greedyIds[0])
  const endBack = idsBack !== undefined && (await checkEnd(prober, asked))
  return {
    idPrompts,
    idsBack,
    logprobs,
    rawLogprobs,
    topIds,
    bias,
    endBack,
    greedy: { text: greedy.text, ids: greedyIds },
  }
}

/** How prompts are scored, if at all. */
export async function checkPromptLogprobs(
  prober: Prober,
  { idPrompts, topIds }: IdFacts,
): Promise<Pick<ServerFacts, 'promptLogprobs'>> {
  const name = 'prompt logprobs'
  if (!idPrompts) {
    prober.note(name, false, 'needs token-id prompts')
    return {}
  }
  const { ids } = prober.prompt
  const prompt = ids.length > 1 ? ids : [...ids, ...ids]
  const told = await prober.ask({ prompt_logprobs: 0, max_tokens: 1 }, prompt)
  const entry = told.choice?.prompt_logprobs?.[1]?.[String(prompt[1])]
  if (Number.isFinite(entry?.logprob)) {
    prober.note(name, true, 'prompt_logprobs')
    return { promptLogprobs: 'prompt_logprobs' }
  }
  const fields = { echo: true, logprobs: 1, max_tokens: 1, ...(topIds && { return_tokens_as_token_ids: true }) }
  const echoed = await prober.ask(fields, prompt)
  const isEchoed = echoed.pieces.length > prompt.length && Number.isFinite(echoed.pieces[1]?.logprob)
  prober.note(name, isEchoed, isEchoed ? 'echo with logprobs' : echoed.why || 'echo gives none of the prompt')
  return isEchoed ? { promptLogprobs: 'echo' } : {}
}

/** Whether the tokenizer here cuts a text as the server does; undefined where that cannot be seen. */
export async function checkTokenizer(prober: Prober): Promise<boolean | undefined> {
  const { tokenizer, server, model } = prober
  const name = 'tokenizer agrees'
  if (tokenizer === undefined) {
    prober.note(name, undefined, 'no tokenizer was given')
    return undefined
  }
  const { text } = prober.prompt
  const here = Array.from(tokenizer.encode(text))
  // vLLM calls the text `prompt`, llama.cpp `content`.
  const reply = await server.root
    .request('/tokenize', { json: { model, prompt: text, content: text, add_special_tokens: false }, retry: 'submit' })
    .catch(() => undefined)
  const there = reply?.status === 200 ? idsIn(reply.json()) : await toldPrompt(prober, text)
  if (there === undefined) {
    prober.note(name, undefined, 'the server does not show how it cuts a text')
    return undefined
  }
  // A server may put a beginning of its own before the text.
  const agrees = there.slice(there.length - here.length).join() === here.join() && there.length <= here.length + 1
  prober.note(name, agrees, agrees ? `on ${JSON.stringify(text)}` : `[${here}] here, [${there.slice(0, 8)}] there`)
  return agrees
}

function chatIds(prober: Prober, text: string): Promise<IdFacts> {
  const none = { idPrompts: false, endBack: false, topIds: false, greedy: { text, ids: [] } }
  return prober.ask({ logprobs: true, top_logprobs: 1, max_tokens: 1 }).then(({ pieces, why }) => {
    const logprobs = Number.isFinite(pieces[0]?.logprob)
    prober.note('token-id prompts', false, 'a conversation is text')
    prober.note('token ids back', false, 'a conversation is text')
    prober.note(
      'logprobs',
      logprobs,
      logprobs ? 'logprobs: true, top_logprobs; of text, so not used' : why || 'none came back',
    )
    prober.note('logit_bias', undefined, 'not tried: no token ids')
    return { ...none, logprobs, rawLogprobs: false, bias: false }
  })
}

async function findIds(prober: Prober): Promise<{ idPrompts: boolean; idsBack?: IdSource }> {
  const { ids } = prober.prompt
  const answer = await prober.ask({ max_tokens: 2 }, ids)
  const counted = answer.reply.usage?.prompt_tokens ?? ids.length
  // Read as text, [5, 6, 7] would be more tokens. One may be a beginning that the server adds.
  const idPrompts = answer.isOk && counted >= ids.length && counted <= ids.length + 1
  const prompt = idPrompts ? ids : prober.prompt.text
  const asked: [IdSource, Record<string, unknown>][] = [
    ['token_ids', { return_token_ids: true }],
    ['logprob-ids', { logprobs: 1 }],
    ['token-strings', { return_tokens_as_token_ids: true, logprobs: 1 }],
  ]
  for (const [idsBack, fields] of asked) {
    const { isOk, choice, pieces } = await prober.ask({ max_tokens: 2, temperature: 0, ...fields }, prompt)
    const found = idsBack === 'token_ids' ? (choice?.token_ids ?? []) : pieces.map(({ id }) => id)
    if (isOk && found.length > 0 && found.every((id) => id !== undefined)) return { idPrompts, idsBack }
  }
  return { idPrompts }
}

/** Temperature must not show in the log-probability of the most likely token. */
async function areRaw(prober: Prober, atHalf: number | undefined): Promise<boolean> {
  const { pieces } = await prober.ask({ logprobs: 2, temperature: 1.5, max_tokens: 1 })
  const hot = Math.max(...(pieces[0]?.top ?? []).map(({ logprob }) => logprob))
  const cold = atHalf ?? Number.NaN
  return Math.abs(hot - cold) < 0.05
}

/** A token that is pushed up by 100 must come first. */
async function checkBias(prober: Prober, greedy: string, first: number | undefined): Promise<boolean> {
  const id = prober.prompt.ids.find((each) => each !== first) ?? 0
  const { isOk, text, why } = await prober.ask({ temperature: 0, logit_bias: { [String(id)]: 100 } })
  const has = isOk && text !== greedy
  prober.note('logit_bias', has, isOk ? (has ? 'changes a greedy text' : 'accepted, without effect') : why)
  return has
}

/** Forces the end, to see whether its token comes back with its log-probability. */
async function checkEnd(prober: Prober, asked: Readonly<Record<string, unknown>>): Promise<boolean> {
  const { tokenizer } = prober
  const name = 'end token back'
  if (tokenizer === undefined || tokenizer.eos < 0) {
    prober.note(name, undefined, 'not tried: no tokenizer')
    return true
  }
  const bias = { [String(tokenizer.eos)]: 100 }
  const { ids, pieces, choice } = await prober.ask({
    temperature: 0,
    max_tokens: PROBE_TOKENS,
    logit_bias: bias,
    ...asked,
  })
  const isForced = choice?.finish_reason === 'stop'
  const has = isForced && ids.length === 1 && ids[0] === tokenizer.eos && pieces.length === 1
  prober.note(
    name,
    isForced ? has : undefined,
    isForced ? (has ? 'with its log-probability' : 'left out') : 'could not be forced',
  )
  return has || !isForced
}

async function toldPrompt(prober: Prober, text: string): Promise<readonly number[] | undefined> {
  if (prober.endpoint === 'chat') return undefined
  const { choice } = await prober.ask({ max_tokens: 1, return_token_ids: true }, text)
  return choice?.prompt_token_ids ?? undefined
}

function idsIn(reply: unknown): readonly number[] | undefined {
  const { tokens } = (reply ?? {}) as { tokens?: unknown }
  return Array.isArray(tokens) && tokens.every((id) => typeof id === 'number') ? tokens : undefined
}
