// What a server was found to do (see probe.ts), as far as requests and replies depend on it. Types, and what follows
// from the facts for the contract's capabilities.
import type { Capability } from '../../../contracts/index.ts'

/** Where token ids are in a reply. */
export type IdSource =
  /** `token_ids` of a choice, asked for by `return_token_ids` (vLLM). */
  | 'token_ids'
  /** Strings `token_id:7` among the log-probabilities, by `return_tokens_as_token_ids`. */
  | 'token-strings'
  /** An `id` in each entry of the log-probabilities (llama.cpp). */
  | 'logprob-ids'

/** How prompts are scored. */
export type PromptLogprobs = 'prompt_logprobs' | 'echo'

/** A server and a model of it. */
export interface ServerFacts {
  readonly model: string
  readonly endpoint: 'completions' | 'chat'
  /** In the server's tokens, where it says. */
  readonly contextLimit?: number
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens'
  /** `prompt` may be token ids. */
  readonly idPrompts: boolean
  readonly idsBack?: IdSource
  /** The end-of-sequence token is among the ids. */
  readonly endBack: boolean
  readonly logprobs: boolean
  /** Log-probabilities are those of temperature 1, whatever the temperature. */
  readonly rawLogprobs: boolean
  /** Likely tokens come with ids. */
  readonly topIds: boolean
  readonly promptLogprobs?: PromptLogprobs
  readonly seed: boolean
  readonly n: boolean
  /** Sample j of a request for n has seed + j. */
  readonly nSeeds: boolean
  readonly stop: boolean
  /** `stop_reason` says what ended a text, and `include_stop_str_in_output` keeps it there. */
  readonly stopTold: boolean
  readonly stopTokens: boolean
  readonly bias: boolean
  readonly topK: boolean
  readonly minP: boolean
  readonly streaming: boolean
  /** An assistant's turn can be continued (`continue_final_message`). */
  readonly continues: boolean
  readonly lora: boolean
}

/** One thing looked for. */
export interface Finding {
  readonly name: string
  readonly has: 'yes' | 'no' | 'unknown'
  /** How it shows, or why not. */
  readonly note: string
}

/** A capability of the contract: given, or why not. */
export interface Claim {
  readonly capability: Capability
  readonly why?: string
}

/** True when contexts and completions are the model's own tokens. */
export function speaksIds(facts: ServerFacts): boolean {
  return facts.endpoint === 'completions' && facts.idPrompts && facts.idsBack !== undefined
}

/** Every capability, with the reason where it is missing. `hasTokenizer`: the model's own, whose ids agree. */
export function claims(facts: ServerFacts, hasTokenizer: boolean): Claim[] {
  const textOnly = whyTextOnly(facts, hasTokenizer)
  const logprobs = textOnly ?? whyNoLogprobs(facts)
  const never = 'the API has no such thing'
  const reasons: Readonly<Record<Capability, string | false | undefined>> = {
    ids: textOnly,
    prefix: textOnly,
    stop: !facts.stop && !facts.streaming && 'stop strings are ignored and there is no streaming',
    logprobs,
    'top-k': logprobs ?? (!facts.topIds && 'likely tokens come without their ids'),
    entropy: 'only a few likely tokens are given, not the distribution',
    bias: textOnly ?? (!facts.bias && 'logit_bias has no effect'),
    score:
      textOnly ?? (!facts.promptLogprobs && 'no log-probabilities of prompts (prompt_logprobs, or echo with logprobs)'),
    abort: !facts.streaming && 'no streaming: an abort loses what was generated',
    seed: !facts.seed && 'the same seed gave other texts, or other seeds the same',
    values: never,
    hidden: never,
  }
  return Object.entries(reasons).map(([capability, why]) => ({
    capability: capability as Capability,
    ...(why && { why }),
  }))
}

/** Why ids are bytes, if they are. */
export function whyTextOnly(facts: ServerFacts, hasTokenizer: boolean): string | undefined {
  if (facts.endpoint === 'chat') return 'conversations are text: the server renders them to tokens'
  if (!facts.idPrompts) return 'prompts cannot be token ids'
  if (facts.idsBack === undefined) return 'token ids do not come back'
  if (!hasTokenizer) return "the model's tokenizer is not known: give its folder"
  return undefined
}

function whyNoLogprobs(facts: ServerFacts): string | undefined {
  if (!facts.logprobs) return 'no log-probabilities come back'
  if (!facts.rawLogprobs) return 'log-probabilities are those after temperature and filters'
  if (!facts.endBack) return 'the log-probability of the end token does not come back'
  return undefined
}
