// Where a sample ends. Servers differ in what ends one and in whether they keep the token that does; the rules of the
// contract are applied here to the tokens that came back, so that every engine's samples end alike.
import type { Sample, Vocab } from '../../../contracts/index.ts'
import type { RequestPlan } from '../../live-row.ts'
import type { SampledSequence } from './wire/index.ts'

/** The sample of a request's plan, cut at the first token that ends it. */
export function cutAtStop({ tokens, logprobs, stop }: SampledSequence, plan: RequestPlan, vocab: Vocab): Sample {
  if (logprobs === undefined || logprobs.length !== tokens.length)
    return failedSample(`the server gave ${logprobs?.length ?? 'no'} log-probabilities for ${tokens.length} tokens`)
  const { ends, stopTokens, matcher, limit } = plan
  const finish = (length: number, reason: Pick<Sample, 'stop' | 'stopHit'>): Sample => ({
    ids: tokens.slice(0, length),
    text: vocab.decode(tokens.subarray(0, length)),
    ...reason,
    logprobs: logprobs.slice(0, length),
  })
  for (let length = 1; length <= Math.min(tokens.length, limit); length++) {
    const token = tokens[length - 1]
    if (ends.has(token)) return finish(length, { stop: 'eos' })
    if (stopTokens.has(token)) return finish(length, { stop: 'stop', stopHit: vocab.token(token) })
    const hit = matcher?.check(tokens, length)
    if (hit !== undefined) return finish(length, { stop: 'stop', stopHit: hit })
  }
  // Ended by a token that only the server counts among its ends.
  if (tokens.length < limit && stop === 'stop') return finish(tokens.length, { stop: 'eos' })
  return finish(Math.min(tokens.length, limit), { stop: 'max' })
}

/** A sample that was not made, with the reason. */
export const failedSample = (error: string, stop: 'error' | 'abort' = 'error'): Sample => ({
  ids: new Int32Array(0),
  text: '',
  stop,
  logprobs: new Float32Array(0),
  ...(stop === 'error' && { error }),
})
