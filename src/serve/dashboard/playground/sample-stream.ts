// The events of one sampling: the prompt, every token as it is drawn with the likeliest in its place, and at the end of each
// sample what its judge says. The texts of a sample's tokens add up to its text; special tokens have none.
import type { Sample, TokenIds } from '../../../contracts/index.ts'
import { renderPrompt } from '../../../text/index.ts'
import { ApiError } from '../../http/api-error.ts'
import { Generation, type GrowingSample } from '../../openai/generation.ts'
import { GrowingText } from '../../openai/growing-text.ts'
import { TokenText } from '../../openai/token-text.ts'
import type { SampleEvent, SampleRequestBody } from '../api.ts'
import type { LoadedModel } from './sample-desk.ts'
import type { AskedProblem } from './sample-problem.ts'
import type { Judge } from './sample-verdict.ts'

/** Likely tokens shown in each place. */
export const LIKELY = 8

/** How to sample. */
export type HowToSample = Pick<SampleRequestBody, 'samples' | 'temperature' | 'maxTokens' | 'seed'>

/** Events in batches: what is new at that moment. @throws what the engine and the tokenizer throw */
export async function* sampleEvents(
  { sampler, tokenizer }: LoadedModel,
  { prompt, answer, judge }: AskedProblem,
  { samples, temperature, maxTokens, seed }: HowToSample,
  signal: AbortSignal,
): AsyncGenerator<readonly SampleEvent[]> {
  // As in training, a text is taken as it is.
  const text = typeof prompt === 'string' ? prompt : renderPrompt(tokenizer, prompt)
  const context = tokenizer.encode(text)
  if (context.length >= sampler.contextLimit) {
    const { length } = context
    throw new ApiError(`The prompt has ${length} tokens, and the model reads ${sampler.contextLimit} at most.`, {
      code: 'prompt-too-long',
    })
  }
  yield [{ kind: 'prompt', text, ...(answer !== undefined && { answer }) }]
  const request = { context, n: samples, maxTokens, temperature, seed, want: [`top-${LIKELY}`] as const }
  const generation = new Generation(sampler, [request], signal)
  const names = new TokenText(tokenizer)
  const streams = Array.from({ length: samples }, () => new TokenStream(new GrowingText(tokenizer, context), names))
  for (let news = await generation.news(); news !== undefined; news = await generation.news()) {
    const events: SampleEvent[] = []
    for (const sample of news) {
      events.push(...streams[sample.index].take(sample))
      if (sample.ended) events.push(await endOf(sample.index, sample.ended, judge, signal))
    }
    if (events.length > 0) yield events
  }
}

async function endOf(sample: number, { stop, text }: Sample, judge: Judge, signal: AbortSignal): Promise<SampleEvent> {
  return { kind: 'end', sample, stop, ...(await judge(text, signal)) }
}

/** The tokens of one sample. */
class TokenStream {
  readonly #text: GrowingText
  readonly #names: TokenText
  #told = 0

  constructor(text: GrowingText, names: TokenText) {
    this.#text = text
    this.#names = names
  }

  /** Those that were not told yet. The newest waits until it is known whether it is the last, which ends the text. */
  take({ index, soFar, ended }: GrowingSample): SampleEvent[] {
    const { ids, logprobs, top } = soFar
    const events: SampleEvent[] = []
    const until = ended === undefined ? ids.length - 1 : ids.length
    for (; this.#told < until; this.#told++) {
      const t = this.#told
      const text = this.#text.read(ids, t + 1, ended !== undefined && t + 1 === ids.length)
      const likely = top?.[t]
      events.push({
        kind: 'token',
        sample: index,
        text,
        id: ids[t],
        logprob: shown(logprobs[t]),
        top: likely === undefined ? [] : this.#likely(likely.ids, likely.logprobs),
      })
    }
    return events
  }

  #likely(ids: TokenIds, logprobs: Float32Array): { text: string; logprob: number }[] {
    return Array.from(ids, (id, i) => ({ text: this.#names.text(id), logprob: shown(logprobs[i]) }))
  }
}

/** For the eye: six decimals, a fifth of a stream's bytes less; and JSON has no infinity. */
const shown = (logprob: number): number => Math.round(Math.max(logprob, -9999) * 1e6) / 1e6
