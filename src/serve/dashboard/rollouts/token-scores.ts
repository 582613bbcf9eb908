// Log-probability and entropy of given tokens under a model, in parts: an engine computes whole distributions, which for a
// large vocabulary would fill the memory.
import type { Sampler, TokenIds } from '../../../contracts/index.ts'
import { ApiError, stopping } from '../../http/api-error.ts'

/** What a model says of tokens that were given. */
export interface TokenScores {
  /** [T] */
  readonly logprobs: readonly number[]
  /** [T], in nats; null from an engine that does not tell. */
  readonly entropies: readonly number[] | null
}

/** Numbers of the distributions of one part; 256 MiB of them. */
const MOST_NUMBERS = 2 ** 26

/** Scores `ids` after `context`. @throws ApiError 422 where they are too long, 503 when `signal` aborts */
export async function tokenScores(
  sampler: Sampler,
  context: TokenIds,
  ids: TokenIds,
  signal: AbortSignal,
  mostNumbers = MOST_NUMBERS,
): Promise<TokenScores> {
  const all = new Int32Array([...context, ...ids])
  if (all.length > sampler.contextLimit) {
    const { length } = all
    throw new ApiError(`With its prompt the rollout has ${length} tokens; the model reads ${sampler.contextLimit}.`, {
      status: 422,
      code: 'rollout-too-long',
    })
  }
  const hasEntropy = sampler.can.has('entropy')
  const logprobs: number[] = []
  const entropies: number[] = []
  const part = Math.max(1, Math.floor(mostNumbers / sampler.vocab.size))
  for (let at = context.length; at < all.length; at += part) {
    if (signal.aborted) throw stopping()
    const item = { context: all.slice(0, at), ids: all.slice(at, at + part) }
    const [sample] = await sampler.score([{ ...item, ...(hasEntropy && { want: ['entropy'] as const }) }])
    logprobs.push(...sample.logprobs)
    entropies.push(...(sample.entropy ?? []))
  }
  return { logprobs, entropies: hasEntropy ? entropies : null }
}
