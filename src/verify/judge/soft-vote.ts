// p(yes) / (p(yes) + p(no)) of a judge's reply, from log-probabilities instead of samples (GenPRM, C5's verdict token).
// With `score`: the two whole replies are scored. With top-k only: their common beginning is forced and the next token
// decides; one outside of the returned ones gets the smallest returned probability, and two such are an abstention.
import { GradusError } from '../../base/error.ts'
import type { Sample, Sampler, TokenIds } from '../../contracts/index.ts'

/** The two replies that are compared. */
export interface Replies {
  readonly yes: string
  readonly no: string
}

/** What is asked of the model. */
export interface SoftVoteRequest {
  readonly sampler: Sampler
  readonly context: TokenIds
  readonly replies: Replies
  readonly seed: number
  readonly signal?: AbortSignal
}

/** The most that common servers return. */
const TOP = 20

/** Undefined when the model gives neither reply a probability. Rejects when the sampler fails. */
export async function yesProbability(request: SoftVoteRequest): Promise<number | undefined> {
  const { sampler, replies } = request
  const yes = sampler.vocab.encode(replies.yes)
  const no = sampler.vocab.encode(replies.no)
  const odds = sampler.can.has('score') ? await scoredOdds(request, yes, no) : await topOdds(request, yes, no)
  return odds === undefined || Number.isNaN(odds) ? undefined : 1 / (1 + Math.exp(-odds))
}

/** log p(yes) - log p(no). Sums, not means: the replies are compared as wholes, whatever their lengths. */
async function scoredOdds({ sampler, context }: SoftVoteRequest, yes: TokenIds, no: TokenIds): Promise<number> {
  const scored = await sampler.score([yes, no].map((ids) => ({ context, ids })))
  const [first, second] = [yes, no].map((ids, i) => {
    const sample = scored.at(i)
    if (sample === undefined || sample.logprobs.length !== ids.length)
      throw new GradusError('sampler/bad-score', sample?.error ?? 'the sampler did not score every token of a reply')
    return sample.logprobs.reduce((sum, logprob) => sum + logprob, 0)
  })
  return first - second
}

async function topOdds(request: SoftVoteRequest, yes: TokenIds, no: TokenIds): Promise<number | undefined> {
  const { sampler, context, seed, signal } = request
  let shared = 0
  while (shared < Math.min(yes.length, no.length) && yes[shared] === no[shared]) shared++
  if (shared === Math.min(yes.length, no.length))
    throw new GradusError('config/bad-judge', 'one reply of the judge begins with the other one')
  const forced = Int32Array.of(...context, ...yes.subarray(0, shared))
  const wanted = { context: forced, maxTokens: 1, temperature: 0, seed, want: [`top-${TOP}`] as const, signal }
  let sample: Sample | undefined
  for await (const event of sampler.sample([wanted])) sample ??= event.sample
  const top = sample?.top?.at(0)
  if (top === undefined || top.ids.length === 0)
    throw new GradusError('sampler/no-top', sample?.error ?? 'the sampler returned no likely tokens')
  const [first, second] = [yes[shared], no[shared]].map((id) => top.ids.indexOf(id))
  if (first < 0 && second < 0) return undefined
  const lowest = Math.min(...top.logprobs)
  return (first < 0 ? lowest : top.logprobs[first]) - (second < 0 ? lowest : top.logprobs[second])
}
