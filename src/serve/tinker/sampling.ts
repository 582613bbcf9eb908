// Samples and log-probabilities of prompts, from frozen weights. The seed of a request without one is made of its session
// and number, so that a resend after a crash draws the same tokens. Log-probabilities are the model's own, at temperature
// 1 and before any filter.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { hash32 } from '../../base/rng.ts'
import type { Sample, SampleRequest } from '../../contracts/index.ts'
import type { EmbeddedModel } from '../../engine/embedded-model.ts'
import type { EmbeddedSampler } from '../../engine/embedded-sampler.ts'
import {
  EMPTY_LOGPROB,
  type SampleAnswer,
  type SampleAsk,
  type SampledSequence,
  sampleAskSchema,
  type TopOfPrompt,
} from '../../engine/remote/tinker/wire/index.ts'
import type { Futures, Outcome } from './futures.ts'
import type { Limits } from './limits.ts'
import { check, parseJson } from './op-body.ts'
import { failureOf, Refusal, userError } from './refusal.ts'
import type { SamplerInfo, SamplerStore } from './sampler-store.ts'
import { checkIds } from './sequence.ts'
import type { Snapshots } from './snapshots.ts'

/** Wishes of newer clients that are refused rather than passed over. */
const unsupported = z.object({
  topk_sample_logprobs: z.literal(0, 'top log-probabilities of samples are not supported here').nullish(),
  target_prompt_logprobs: z.null('log-probabilities of other prompt tokens are not supported here').optional(),
  prompt_alt_tokens_k: z.literal(0, 'alternative prompt tokens are not supported here').nullish(),
  prompt_logprobs_last_n: z.null('a part of the prompt cannot be scored alone here').optional(),
})

/** The promise of samples. */
export interface SampleTicket {
  readonly request_id: string
  /** One id for each sample, which newer clients want. */
  readonly sample_sequence_ids: readonly string[]
}

/** Serves sampling requests. */
export class SampleDesk {
  readonly #base: EmbeddedModel
  readonly #name: string
  readonly #store: SamplerStore
  readonly #snapshots: Snapshots
  readonly #futures: Futures
  readonly #limits: Limits
  readonly #newId: () => string
  readonly #stop = new AbortController()
  #underWay = 0

  constructor(world: {
    base: EmbeddedModel
    name: string
    store: SamplerStore
    snapshots: Snapshots
    futures: Futures
    limits: Limits
    newId: () => string
  }) {
    this.#base = world.base
    this.#name = world.name
    this.#store = world.store
    this.#snapshots = world.snapshots
    this.#futures = world.futures
    this.#limits = world.limits
    this.#newId = world.newId
  }

  /** Takes a request in. @throws a refusal, of status 429 when too many samples are under way */
  submit(body: Uint8Array): SampleTicket {
    const parsed = parseJson(body)
    check(unsupported, parsed)
    const ask = check(sampleAskSchema, parsed)
    const info = this.#infoOf(ask)
    const id = 'session' in ask.source ? `${info.sampler_id}:${ask.source.seqId}` : `direct-${this.#newId()}`
    const hash = createHash('sha256').update(body).digest('hex')
    const ticket = {
      request_id: id,
      sample_sequence_ids: Array.from({ length: ask.count }, (_, i) => `${id}:${i}`),
    }
    const known = this.#futures.hashOf(id)
    if (known !== undefined && known !== hash) throw new Refusal(409, `sampling request ${id} was another one`)
    if (known !== undefined) return ticket
    this.#checkAsk(ask)
    if (this.#underWay > 0 && this.#underWay + ask.count > this.#limits.samplesUnderWay)
      throw new Refusal(429, `${this.#underWay} samples are under way`, { 'retry-after': '1' })
    this.#underWay += ask.count
    this.#futures.add(id, this.#answer(ask, info, id), { hash, keep: () => true })
    return ticket
  }

  /** Ends what is under way. */
  close(): void {
    this.#stop.abort()
  }

  async #answer(ask: SampleAsk, info: SamplerInfo, id: string): Promise<Outcome> {
    try {
      const answer = await this.#snapshots.use(
        this.#store.snapshotName(info),
        () => this.#store.adapter(info),
        ({ sampler, endless }) => this.#draw(ask, sampler, endless, ask.settings.seed ?? hash32(id)),
      )
      return { kind: 'sample', answer }
    } catch (error) {
      return { kind: 'failed', ...failureOf(error) }
    } finally {
      this.#underWay -= ask.count
    }
  }

  async #draw(
    ask: SampleAsk,
    sampler: EmbeddedSampler,
    endless: () => EmbeddedSampler,
    seed: number,
  ): Promise<SampleAnswer> {
    // An empty list of stops also takes away the end-of-sequence token.
    const drawer = ask.settings.stop?.length === 0 ? endless() : sampler
    const samples: Sample[] = []
    for await (const { index, sample } of drawer.sample([this.#requestOf(ask, seed)])) samples[index] = sample
    const failed = samples.find(({ stop }) => stop === 'error' || stop === 'abort')
    if (failed) throw new Refusal(500, failed.error ?? 'the server is stopping')
    return { sequences: samples.map(sequenceOf), ...(await this.#promptScores(ask, sampler)) }
  }

  #requestOf({ prompt, count, settings }: SampleAsk, seed: number): SampleRequest {
    const { maxTokens, stop = [], temperature, topK, topP } = settings
    const texts = stop.filter((item) => typeof item === 'string')
    const tokens = stop.filter((item) => typeof item === 'number')
    return {
      context: prompt,
      n: count,
      maxTokens: maxTokens ?? this.#base.contextLimit,
      temperature,
      ...(topK > 0 && { topK }),
      topP,
      ...(texts.length > 0 && { stop: texts }),
      ...(tokens.length > 0 && { stopTokens: tokens }),
      seed,
      signal: this.#stop.signal,
    }
  }

  async #promptScores(
    { prompt, promptLogprobs, topK = 0 }: SampleAsk,
    sampler: EmbeddedSampler,
  ): Promise<Pick<SampleAnswer, 'promptLogprobs' | 'top'>> {
    if (!promptLogprobs && topK === 0) return {}
    const item = {
      context: prompt.subarray(0, 1),
      ids: prompt.subarray(1),
      ...(topK > 0 && { want: [`top-${topK}` as const] }),
    }
    const [scored] = await sampler.score([item])
    const logprobs = new Float32Array(prompt.length).fill(Number.NaN)
    logprobs.set(scored.logprobs, 1)
    return {
      ...(promptLogprobs && { promptLogprobs: logprobs }),
      ...(topK > 0 && { top: topOf(scored, prompt.length, topK) }),
    }
  }

  #infoOf({ source }: SampleAsk): SamplerInfo {
    if ('session' in source) return this.#store.get(source.session)
    const direct = { sampler_id: '', session_id: '', base_model: this.#name, created: 0 }
    if ('modelPath' in source) {
      // Says at once when there is none.
      this.#store.checkpointName(source.modelPath)
      return { ...direct, model_path: source.modelPath }
    }
    if (source.baseModel !== this.#name)
      throw userError(`base_model "${source.baseModel.slice(0, 200)}" is not served here; "${this.#name}" is`)
    return direct
  }

  #checkAsk({ prompt, count, settings, topK = 0 }: SampleAsk): void {
    const { contextLimit, config } = this.#base
    if (count > this.#limits.samples) throw userError(`num_samples is ${count}; at most ${this.#limits.samples}`)
    if (prompt.length === 0) throw userError('the prompt has no tokens')
    if (prompt.length >= contextLimit)
      throw userError(`the prompt has ${prompt.length} tokens, and the model takes ${contextLimit} with the answer`)
    checkIds(prompt, config.vocabSize, 'prompt')
    if (settings.maxTokens !== undefined && settings.maxTokens < 1)
      throw userError(`max_tokens is ${settings.maxTokens}; give 1 or more`)
    if (!(settings.temperature >= 0)) throw userError(`temperature is ${settings.temperature}; give 0 or more`)
    if (!(settings.topP > 0 && settings.topP <= 1))
      throw userError(`top_p is ${settings.topP}; give above 0, at most 1`)
    if (topK > config.vocabSize)
      throw userError(`topk_prompt_logprobs is ${topK}; the vocabulary has ${config.vocabSize}`)
  }
}

const sequenceOf = ({ ids, logprobs, stop }: Sample): SampledSequence => ({
  tokens: ids,
  logprobs,
  stop: stop === 'max' ? 'length' : 'stop',
})

/** Rows of the prompt's tokens; the first has none before it. */
function topOf({ top = [] }: Sample, length: number, k: number): TopOfPrompt {
  const ids = new Int32Array(length * k)
  const logprobs = new Float32Array(length * k).fill(EMPTY_LOGPROB)
  top.forEach((row, i) => {
    ids.set(row.ids, (i + 1) * k)
    logprobs.set(row.logprobs, (i + 1) * k)
  })
  return { k, ids, logprobs }
}
