// What the handlers of the OpenAI routes share.
import { compileChatTemplate, type Tokenizer } from '../../text/index.ts'
import { DEFAULT_MAX_BODY_BYTES } from '../http/json-body.ts'
import { Admission, type Capacity } from './admission.ts'
import { PromptScorer } from './prompt-scorer.ts'
import { PromptEncoder } from './prompts.ts'
import type { ServedModel } from './served-model.ts'
import { TokenText } from './token-text.ts'

/** How the routes are set up. */
export interface OpenAiOptions {
  readonly model: ServedModel
  readonly capacity: Capacity
  /** Default 8 MiB. */
  readonly maxBodyBytes?: number
  /** Least time between two events of a stream; default 20. It grows with the number of samples. */
  readonly eventGapMs?: number
  /** A reader of a stream that takes nothing for so long has gone; default 60 000. */
  readonly stallMs?: number
}

/** What all handlers work with. */
export interface OpenAiService {
  readonly model: ServedModel
  readonly maxBodyBytes: number
  readonly admission: Admission
  readonly encoder: PromptEncoder
  readonly tokens: TokenText
  readonly scorer: PromptScorer
  /** Undefined when the model has no chat template. */
  readonly renderChat: ReturnType<typeof compileChatTemplate> | undefined
  readonly eventGapMs: number
  readonly stallMs: number
}

/** Puts a service together. @throws `render/bad-template` */
export function openAiService({ model, capacity, ...limits }: OpenAiOptions): OpenAiService {
  const { maxBodyBytes = DEFAULT_MAX_BODY_BYTES, eventGapMs = 20, stallMs = 60_000 } = limits
  const { tokenizer, sampler } = model
  return {
    model,
    maxBodyBytes,
    eventGapMs,
    stallMs,
    admission: new Admission(capacity),
    encoder: new PromptEncoder(tokenizer, sampler.contextLimit),
    tokens: new TokenText(tokenizer),
    scorer: new PromptScorer(),
    renderChat: tokenizer.chatTemplate === undefined ? undefined : compileChatTemplate(tokenizer.chatTemplate),
  }
}

/** The names that templates use for special tokens. */
export const templateTokens = ({ bos, eos, token }: Tokenizer): { bosToken?: string; eosToken: string } => ({
  ...(bos !== undefined && { bosToken: token(bos) }),
  eosToken: token(eos),
})

/** Seeds of the prompts of a request: the same for all when one was given, as if each had been sent alone. */
export function seedsFor(model: ServedModel, seed: number | null | undefined, prompts: number): readonly number[] {
  return Array.from({ length: prompts }, () => seed ?? model.rng.uint32())
}
