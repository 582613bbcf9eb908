// Samples from frozen weights on a Tinker server. Requests that fail give samples that say so; a request for what the
// protocol does not carry is refused. How many are under way at once is bounded, and one that the server is too busy for
// keeps its place while it waits: that is how the client slows down.
import { GradusError, messageOf } from '../../../base/error.ts'
import type {
  Capability,
  Sample,
  SampleEvent,
  SampleRequest,
  Sampler,
  ScoreItem,
  Vocab,
} from '../../../contracts/index.ts'
import { EventQueue } from '../../event-queue.ts'
import { planRequest, type RequestPlan } from '../../live-row.ts'
import { type HttpReply, Slots } from '../http/index.ts'
import { readAnswer } from './connection.ts'
import { cutAtStop, failedSample } from './cut-at-stop.ts'
import { perform } from './perform.ts'
import { isLost } from './remote-failure.ts'
import type { Session } from './session.ts'
import {
  decodeSampleAnswer,
  PROTO,
  type SampleAnswer,
  type SampleAsk,
  sampleAnswerSchema,
  sampleAskToJson,
} from './wire/index.ts'

/** What a sampler is made of. */
export interface TinkerSamplerOptions {
  /** Shared; the sampler closes its own share of it. */
  readonly session: Session
  /** Makes a sampling session of the weights: the first, and another when the server has forgotten it. */
  readonly open: () => Promise<string>
  /** Throws when the weights are not there any more. */
  readonly check?: () => void
  /** Frees what holds the weights for it. */
  readonly close?: () => Promise<void>
  readonly vocab: Vocab
  readonly contextLimit: number
  /** Requests under way; default 256, and never more than the server wants. */
  readonly concurrency?: number
}

const CAPABILITIES: readonly Capability[] = ['ids', 'prefix', 'stop', 'logprobs', 'score', 'abort', 'seed']

/** A prompt of more than this is said to be long when a server is busy. */
const LONG_PROMPT_BYTES = 128 * 1024
const BYTES_A_TOKEN = 8

/** A frozen snapshot on a server. */
export class TinkerSampler implements Sampler {
  readonly id = 'tinker'
  readonly can: ReadonlySet<Capability> = new Set(CAPABILITIES)
  readonly vocab: Vocab
  readonly contextLimit: number
  readonly #options: TinkerSamplerOptions
  readonly #session: Session
  readonly #slots: Slots
  #sampling: Promise<string>
  #nextSeqId = 0
  #isDisposed = false

  private constructor(options: TinkerSamplerOptions, sampling: string) {
    this.#options = options
    this.#session = options.session.share()
    this.vocab = options.vocab
    this.contextLimit = options.contextLimit
    this.#sampling = Promise.resolve(sampling)
    this.#slots = new Slots(Math.min(options.concurrency ?? 256, this.#session.connection.settings.maxSamples))
  }

  /** @throws what `open` throws */
  static async open(options: TinkerSamplerOptions): Promise<TinkerSampler> {
    return new TinkerSampler(options, await options.open())
  }

  async *sample(requests: readonly SampleRequest[]): AsyncGenerator<SampleEvent> {
    this.#assertLive()
    // All are checked before the first is sent: a refused call leaves nothing behind.
    const plans = requests.map((request) => this.#plan(request))
    const events = new EventQueue<SampleEvent>()
    for (const { n = 1 } of requests) for (let index = 0; index < n; index++) events.expect()
    plans.forEach((plan, request) => {
      void this.#samplesOf(plan, events).then((samples) => {
        samples.forEach((sample, index) => {
          events.push({ request, index, sample })
        })
      })
    })
    yield* events.drain()
  }

  async score(items: readonly ScoreItem[]): Promise<Sample[]> {
    this.#assertLive()
    for (const { want = [] } of items) refuseWants(want)
    return Promise.all(items.map((item) => this.#score(item)))
  }

  async dispose(): Promise<void> {
    if (this.#isDisposed) return
    this.#isDisposed = true
    await this.#options.close?.()
    this.#session.close()
  }

  #assertLive(): void {
    if (this.#isDisposed) throw new GradusError('sampler/disposed', 'the sampler was disposed')
  }

  #plan(request: SampleRequest): RequestPlan {
    const { minP, logitBias, want = [] } = request
    refuseWants(want)
    if (minP) throw unsupported('minP')
    if (logitBias && logitBias.size > 0) throw unsupported('logitBias')
    const { maxSampleTokens = Number.POSITIVE_INFINITY } = this.#session.connection.dialect
    const plan = planRequest(request, this.vocab, { contextLimit: this.contextLimit })
    return { ...plan, limit: Math.min(plan.limit, maxSampleTokens) }
  }

  /** All samples of a request; never throws. */
  async #samplesOf(plan: RequestPlan, events: EventQueue<SampleEvent>): Promise<Sample[]> {
    const { request, limit } = plan
    const { n = 1, temperature = 1 } = request
    const { drawsOne } = this.#session.connection.dialect
    const all = (sample: Sample): Sample[] => Array.from({ length: request.n ?? 1 }, () => sample)
    // A full context leaves nothing to draw.
    if (limit <= 0) return all({ ...failedSample('', 'abort'), stop: 'max' })
    try {
      const { sequences } = await this.#ask(
        {
          prompt: request.context,
          // One more than was asked for is thrown away.
          count: drawsOne || temperature === 0 ? n : Math.max(n, 2),
          settings: {
            maxTokens: limit,
            // Some servers keep seeds in 31 bits.
            seed: request.seed & 0x7fffffff,
            stop: this.#stops(request),
            temperature: request.temperature ?? 1,
            topK: request.topK || -1,
            topP: request.topP ?? 1,
          },
        },
        request.signal,
        () => events.isClosed,
      )
      return Array.from({ length: request.n ?? 1 }, (_, index) =>
        sequences[index]
          ? cutAtStop(sequences[index], plan, this.vocab)
          : failedSample(`the server gave ${sequences.length} samples of ${request.n ?? 1}`),
      )
    } catch (error) {
      return all(request.signal?.aborted ? failedSample('', 'abort') : failedSample(messageOf(error)))
    }
  }

  /** What ends a sample, for the server: all strings or all token ids. What it overlooks is cut here. */
  #stops({ stop = [], stopTokens = [] }: SampleRequest): readonly string[] | readonly number[] {
    const { eos } = this.vocab
    const ends = [...(eos >= 0 ? [eos] : []), ...stopTokens]
    return stop.length === 0 ? ends : [...stop, ...ends.map((id) => this.vocab.token(id)).filter((text) => text !== '')]
  }

  async #score({ context, ids }: ScoreItem): Promise<Sample> {
    const prompt = new Int32Array(context.length + ids.length)
    prompt.set(context)
    prompt.set(ids, context.length)
    const sample = { ids, text: this.vocab.decode(ids), stop: 'stop' as const }
    if (ids.length === 0) return { ...sample, logprobs: new Float32Array(0) }
    // Checks length and ids; without a token of context nothing predicts the first.
    planRequest({ context, maxTokens: 1, seed: 0 }, this.vocab, { contextLimit: this.contextLimit })
    const { promptLogprobs } = await this.#ask({
      prompt,
      count: 1,
      settings: { maxTokens: 1, seed: 0, temperature: 1, topK: -1, topP: 1 },
      promptLogprobs: true,
    })
    // One for each token; some servers leave out the first, which has none.
    const missing = prompt.length - (promptLogprobs?.length ?? 0)
    if (promptLogprobs === undefined || missing < 0 || missing > 1)
      throw new GradusError(
        'engine/bad-answer',
        `the server gave ${promptLogprobs?.length ?? 'no'} log-probabilities for a prompt of ${prompt.length} tokens`,
        { hint: 'This server cannot score given tokens: use a recipe without a reference model.' },
      )
    return { ...sample, logprobs: promptLogprobs.slice(context.length - missing) }
  }

  async #ask(ask: Omit<SampleAsk, 'source'>, signal?: AbortSignal, isUnwanted = () => false): Promise<SampleAnswer> {
    const free = await this.#slots.take(signal)
    try {
      if (isUnwanted()) throw new GradusError('sampler/abandoned', 'nobody waits for this sample any more')
      this.#options.check?.()
      const sampling = this.#sampling
      try {
        return await this.#askOnce(await sampling, ask, signal)
      } catch (error) {
        if (!isLost(error)) throw error
        return await this.#askOnce(await this.#reopened(sampling), ask, signal)
      }
    } finally {
      free()
    }
  }

  async #askOnce(session: string, ask: Omit<SampleAsk, 'source'>, signal?: AbortSignal): Promise<SampleAnswer> {
    const { connection } = this.#session
    const isProto = connection.dialect.body === 'proto'
    const source = { session, seqId: this.#nextSeqId++ }
    return perform(connection, {
      what: `asample (number ${source.seqId} of ${source.session}, ${ask.count} of ${ask.prompt.length} tokens)`,
      route: 'asample',
      type: 'Sample',
      request: { json: sampleAskToJson({ ...ask, source }) },
      headers: { 'x-tinker-sampling-backpressure': '1' },
      busyMs: ask.prompt.length * BYTES_A_TOKEN > LONG_PROMPT_BYTES ? 5000 : 1000,
      // Sampling changes nothing.
      mayRepeat: true,
      ...(isProto && { accept: PROTO }),
      signal,
      read: readSampleAnswer,
    })
  }

  /** A sampling session in place of one that the server has forgotten; one for all who noticed. */
  #reopened(forgotten: Promise<string>): Promise<string> {
    if (this.#sampling !== forgotten) return this.#sampling
    const reopened = this.#session.check().then(() => this.#options.open())
    this.#sampling = reopened
    this.#nextSeqId = 0
    reopened.catch(() => {
      this.#sampling = forgotten
    })
    return reopened
  }
}

function readSampleAnswer(reply: HttpReply): SampleAnswer {
  return reply.headers.get('content-type')?.includes('protobuf')
    ? decodeSampleAnswer(reply.bytes)
    : readAnswer(reply, sampleAnswerSchema)
}

function refuseWants(want: readonly string[]): void {
  if (want.length > 0) throw unsupported(want.join(', '))
}

const unsupported = (what: string): GradusError =>
  new GradusError('sampler/unsupported', `a Tinker server does not give or take ${what}`, {
    hint: 'Use the embedded engine, or a recipe or strategy that does without.',
  })
