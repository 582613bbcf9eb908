// What a sampler is asked for and what it gives back. Types only.

/** Token ids of a sequence. */
export type TokenIds = Int32Array

/** Why a sample ended. The last five are failures, recorded and counted, never thrown. */
export type StopReason =
  | 'eos'
  | 'stop'
  | 'max'
  | 'abort'
  | 'error'
  | 'parse-error'
  | 'tool-limit'
  | 'timeout'
  | 'sandbox-error'

/** Per-token extras beyond the log-probability of the sampled token. */
export type Want = 'entropy' | `top-${number}` | 'values' | 'hidden'

/** The `k` most likely tokens at one position with their log-probabilities, most likely first. */
export interface TopTokens {
  readonly ids: Int32Array
  readonly logprobs: Float32Array
}

/** One completion. */
export interface Sample {
  /** [T] generated (or scored) tokens, the end-of-sequence token included. */
  readonly ids: TokenIds
  /** Decoded text without special tokens. */
  readonly text: string
  readonly stop: StopReason
  /** The stop string or token that ended it. */
  readonly stopHit?: string
  /** [T] log-probability of each token under the model itself: temperature 1, no filter, no bias. */
  readonly logprobs: Float32Array
  /** [T] entropy in nats of the model's distribution at each position. */
  readonly entropy?: Float32Array
  readonly top?: readonly TopTokens[]
  /** [T] value head. */
  readonly values?: Float32Array
  /** Set when `stop` is a failure. */
  readonly error?: string
}

/** What a sample has drawn so far, as views: what they show does not change, later ones show more. */
export interface SampleSoFar {
  /** [T] */
  readonly ids: TokenIds
  /** [T] */
  readonly logprobs: Float32Array
  /** At least [T], where likely tokens are wanted; goes on growing. */
  readonly top?: readonly TopTokens[]
}

/** `n` samples from one exact token prefix. Sample i draws from (seed, i), never from its place in a batch. */
export interface SampleRequest {
  readonly context: TokenIds
  /** Default 1. */
  readonly n?: number
  readonly maxTokens: number
  /** Default 1; 0 is greedy. */
  readonly temperature?: number
  readonly topK?: number
  readonly topP?: number
  readonly minP?: number
  /** Added to the logits; -Infinity forbids a token. */
  readonly logitBias?: ReadonlyMap<number, number>
  /** Matched on decoded text; the token that completes one is kept. */
  readonly stop?: readonly string[]
  /** Tokens that end a sample besides the model's end-of-sequence token. */
  readonly stopTokens?: readonly number[]
  readonly seed: number
  readonly want?: readonly Want[]
  readonly signal?: AbortSignal
  /**
   * Told after every token of sample `index`, the last one included and before the sample is delivered; it must return at
   * once. For showing a text as it grows: an engine that only knows finished samples never calls it.
   */
  readonly onTokens?: (index: number, soFar: SampleSoFar) => void
  /** Keep each sample's keys and values for an exact continuation (prompts are always kept). */
  readonly keep?: boolean
}

/** Forced decoding of `ids` after `context` with the sampling weights. */
export interface ScoreItem {
  readonly context: TokenIds
  readonly ids: TokenIds
  readonly want?: readonly Want[]
}

/** What a sampler declares that it can do; checked when a strategy or recipe is bound to it. */
export type Capability =
  | 'ids'
  | 'prefix'
  | 'stop'
  | 'logprobs'
  | 'top-k'
  | 'entropy'
  | 'bias'
  | 'score'
  | 'abort'
  | 'seed'
  | 'values'
  | 'hidden'

/** Text to tokens and back. */
export interface Vocab {
  readonly size: number
  readonly eos: number
  readonly pad: number
  encode(text: string): TokenIds
  /** Special tokens are left out. */
  decode(ids: ArrayLike<number>): string
  /** The text of one token, special tokens by their name. */
  token(id: number): string
}

/** One finished sample of a request. */
export interface SampleEvent {
  readonly request: number
  readonly index: number
  readonly sample: Sample
}

/** A fixed set of weights that samples and scores. */
export interface Sampler {
  readonly id: string
  readonly can: ReadonlySet<Capability>
  readonly vocab: Vocab
  readonly contextLimit: number
  /** Samples as they finish; one that fails ends with `stop: 'error'` and its reason. */
  sample(requests: readonly SampleRequest[]): AsyncIterable<SampleEvent>
  score(items: readonly ScoreItem[]): Promise<Sample[]>
  /** Drops what it remembers between requests, such as computed prefixes: the next results then depend on nothing before. */
  forget?(): void
  dispose(): Promise<void>
}
