// Log-probabilities of prompts. The engine computes them beside the samples, whole distributions at a time: so prompts are
// scored in small parts, one after another, and samples go on in between.
import type { Sample, Sampler, TokenIds, Want } from '../../contracts/index.ts'
import { stopping } from '../http/api-error.ts'
import type { ScoredTokens } from './logprobs.ts'
import { unsupported } from './refused.ts'

/** Numbers of one distribution array; 256 MiB of them. */
const MOST_NUMBERS = 2 ** 26

/** Scores the prompts of all requests, in order of arrival. */
export class PromptScorer {
  #last: Promise<unknown> = Promise.resolve()

  /** Every token of every prompt but its first; `top` likely tokens beside each. @throws ApiError 400, 503 */
  async score(
    sampler: Sampler,
    prompts: readonly TokenIds[],
    { top, param, signal }: { top: number; param: string; signal: AbortSignal },
  ): Promise<readonly ScoredTokens[]> {
    if (!sampler.can.has('score')) throw unsupported(param, 'This engine cannot score prompts.')
    const want: readonly Want[] = top > 0 ? [`top-${top}`] : []
    const scored: Sample[] = []
    for (const part of parts(prompts, Math.max(1, Math.floor(MOST_NUMBERS / sampler.vocab.size)))) {
      const items = part.map((ids) => ({ context: ids.slice(0, 1), ids: ids.slice(1), want }))
      const before = this.#last
      const run = before.then(() => {
        if (signal.aborted) throw stopping()
        return sampler.score(items)
      })
      this.#last = run.catch(() => {})
      scored.push(...(await run))
    }
    return scored.map(({ logprobs, top: likely }, i) => ({
      ids: prompts[i],
      logprob: (t) => (t === 0 ? undefined : logprobs[t - 1]),
      ...(likely && { top: (t: number) => (t === 0 ? undefined : likely[t - 1]) }),
    }))
  }
}

/** Prompts in their order, as many together as have `most` tokens; a longer one is alone. */
function parts(prompts: readonly TokenIds[], most: number): TokenIds[][] {
  const out: TokenIds[][] = []
  let tokens = 0
  for (const ids of prompts) {
    tokens += ids.length
    const open = out.at(-1)
    if (open && tokens <= most) open.push(ids)
    else {
      out.push([ids])
      tokens = ids.length
    }
  }
  return out
}
