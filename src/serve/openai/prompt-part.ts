// What `/v1/completions` says about a prompt in each of its choices: its text and log-probabilities with `echo`, vLLM's
// `prompt_logprobs` and `prompt_token_ids`.
import type { Sampler, TokenIds, Vocab } from '../../contracts/index.ts'
import { codePoints } from './choice-text.ts'
import { GrowingText } from './growing-text.ts'
import { type CompletionLogprobs, completionLogprobs, type LogprobStyle, promptLogprobs } from './logprobs.ts'
import type { PromptScorer } from './prompt-scorer.ts'
import type { PromptTokens } from './prompts.ts'

/** The part of a choice that comes before what was sampled. */
export interface PromptPart {
  readonly text: string
  readonly logprobs: CompletionLogprobs | null
  /** Further fields of the choice. */
  readonly extra: Readonly<Record<string, unknown>>
}

/** What is wanted about the prompts. */
export interface PromptAsk {
  readonly sampler: Sampler
  readonly prompts: readonly PromptTokens[]
  readonly style: LogprobStyle
  readonly signal: AbortSignal
  readonly echo?: boolean | null
  readonly logprobs?: number | null
  readonly prompt_logprobs?: number | null
  readonly return_token_ids?: boolean | null
}

/** The parts, in the order of the prompts. */
export async function promptParts(scorer: PromptScorer, ask: PromptAsk): Promise<readonly PromptPart[]> {
  const { prompts, sampler, style, signal, echo, prompt_logprobs: shown } = ask
  const isScoredForEcho = echo === true && typeof ask.logprobs === 'number'
  const isScored = isScoredForEcho || typeof shown === 'number'
  const top = Math.max(isScoredForEcho ? style.count : 0, shown ?? 0)
  const param = isScoredForEcho ? 'echo' : 'prompt_logprobs'
  const scored = isScored
    ? await scorer.score(
        sampler,
        prompts.map(({ ids }) => ids),
        { top, param, signal },
      )
    : []
  return prompts.map(({ ids, text = sampler.vocab.decode(ids) }, p) => ({
    text: echo ? text : '',
    logprobs: isScoredForEcho
      ? completionLogprobs(scored[p], { from: 0, to: ids.length, offsets: offsetsOf(sampler.vocab, ids) }, style)
      : null,
    extra: {
      ...(typeof shown === 'number' && { prompt_logprobs: promptLogprobs(scored[p], { ...style, count: shown }) }),
      ...(ask.return_token_ids && { prompt_token_ids: [...ids] }),
    },
  }))
}

/** Where the text of each token begins, in code points. */
function offsetsOf(vocab: Vocab, ids: TokenIds): number[] {
  const growing = new GrowingText(vocab)
  let offset = 0
  return Array.from(ids, (_, t) => {
    const begins = offset
    offset += codePoints(growing.read(ids, t + 1, t + 1 === ids.length))
    return begins
  })
}

/** Lists of a prompt, then those of its completion. */
export function joined(
  prompt: CompletionLogprobs | null | undefined,
  completion: CompletionLogprobs,
): CompletionLogprobs {
  if (!prompt) return completion
  return {
    tokens: [...prompt.tokens, ...completion.tokens],
    token_logprobs: [...prompt.token_logprobs, ...completion.token_logprobs],
    top_logprobs: [...prompt.top_logprobs, ...completion.top_logprobs],
    text_offset: [...prompt.text_offset, ...completion.text_offset],
  }
}
