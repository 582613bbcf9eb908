// Log-probabilities as the two endpoints write them: full float32 precision, at the model's own temperature 1. JSON has no
// infinity: what is impossible for the model is written as -9999, as vLLM does.
import type { TokenIds, TopTokens } from '../../contracts/index.ts'
import type { TokenText } from './token-text.ts'

/** Tokens with what is known about each. */
export interface ScoredTokens {
  readonly ids: TokenIds
  /** [T]; undefined for the first token of a prompt, which nothing predicts. */
  readonly logprob: (t: number) => number | undefined
  readonly top?: (t: number) => TopTokens | undefined
}

/** How to write tokens. */
export interface LogprobStyle {
  readonly tokens: TokenText
  /** Likely tokens shown beside each. */
  readonly count: number
  readonly asIds: boolean
}

/** Of `/v1/completions`: four lists of one length. */
export interface CompletionLogprobs {
  readonly tokens: string[]
  readonly token_logprobs: (number | null)[]
  readonly top_logprobs: (Readonly<Record<string, number>> | null)[]
  /** In characters (code points) from the beginning of the choice's text. */
  readonly text_offset: number[]
}

/** One token of `/v1/chat/completions`. */
export interface ChatLogprob {
  readonly token: string
  readonly logprob: number
  readonly bytes: readonly number[] | null
  readonly top_logprobs: readonly Omit<ChatLogprob, 'top_logprobs'>[]
}

/** One token in vLLM's `prompt_logprobs`, by id. */
type PromptLogprob = Readonly<
  Record<string, { readonly logprob: number; readonly rank: number | null; readonly decoded_token: string }>
>

const finite = (logprob: number): number => Math.max(logprob, -9999)

/** A token's log-probability: where it is among the likely ones, exactly theirs, so that the greatest can be told. */
function logprobOf({ ids, logprob, top }: ScoredTokens, t: number): number | undefined {
  const likely = top?.(t)
  const rank = likely?.ids.indexOf(ids[t]) ?? -1
  const value = rank >= 0 ? likely?.logprobs[rank] : logprob(t)
  return value === undefined ? undefined : finite(value)
}

/** Tokens `from` to `to`; `offsets` says where each begins. */
export function completionLogprobs(
  scored: ScoredTokens,
  { from, to, offsets }: { from: number; to: number; offsets: readonly number[] },
  { tokens, count, asIds }: LogprobStyle,
): CompletionLogprobs {
  const out: CompletionLogprobs = { tokens: [], token_logprobs: [], top_logprobs: [], text_offset: [] }
  for (let t = from; t < to; t++) {
    const own = logprobOf(scored, t)
    const name = tokens.text(scored.ids[t], asIds)
    out.tokens.push(name)
    out.token_logprobs.push(own ?? null)
    out.text_offset.push(offsets[t - from])
    if (own === undefined) {
      out.top_logprobs.push(null)
      continue
    }
    // Of tokens that look alike the most likely one; the token itself is always there.
    const likely = new Map<string, number>()
    for (const [id, logprob] of likelyOf(scored.top?.(t), count)) {
      const text = tokens.text(id, asIds)
      if (!likely.has(text)) likely.set(text, logprob)
    }
    if (!likely.has(name)) likely.set(name, own)
    out.top_logprobs.push(Object.fromEntries(likely))
  }
  return out
}

/** Tokens `from` to `to`. */
export function chatLogprobs(
  scored: ScoredTokens,
  { from, to }: { from: number; to: number },
  { tokens, count, asIds }: LogprobStyle,
): ChatLogprob[] {
  const written = (id: number, logprob: number) => ({
    token: tokens.text(id, asIds),
    logprob,
    bytes: tokens.bytes(id),
  })
  return Array.from({ length: to - from }, (_, i) => {
    const t = from + i
    return {
      ...written(scored.ids[t], logprobOf(scored, t) ?? 0),
      top_logprobs: likelyOf(scored.top?.(t), count).map(([id, logprob]) => written(id, logprob)),
    }
  })
}

/** All tokens of a prompt; the rank of one that is not among the likely ones is not known. */
export function promptLogprobs(scored: ScoredTokens, { tokens, count }: LogprobStyle): (PromptLogprob | null)[] {
  return Array.from(scored.ids, (id, t) => {
    const own = logprobOf(scored, t)
    if (own === undefined) return null
    const entry = (token: number, logprob: number, rank: number | null) =>
      [String(token), { logprob, rank, decoded_token: tokens.text(token) }] as const
    const likely = likelyOf(scored.top?.(t), count)
    const ownRank = scored.top?.(t)?.ids.indexOf(id) ?? -1
    return Object.fromEntries([
      ...likely.map(([token, logprob], rank) => entry(token, logprob, rank + 1)),
      ...(likely.some(([token]) => token === id) ? [] : [entry(id, own, ownRank < 0 ? null : ownRank + 1)]),
    ])
  })
}

function likelyOf(top: TopTokens | undefined, count: number): (readonly [number, number])[] {
  if (top === undefined) return []
  return Array.from(top.ids.subarray(0, count), (id, i) => [id, finite(top.logprobs[i])] as const)
}
