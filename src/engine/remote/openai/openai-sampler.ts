// A sampler over an OpenAI-compatible server. Requests become jobs of one sample each, or of several where the server
// gives them seeds of their own; a limit on what runs at once holds for all calls together. One sample's failure is that
// sample's; what makes no sense is thrown before anything is sent.
import { GradusError } from '../../../base/error.ts'
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
import type { HttpClient, HttpCounters } from '../http/index.ts'
import { exchange } from './exchange.ts'
import { type LoraAdapter, loadLora, unloadLora } from './lora.ts'
import type { ProbeReport } from './probe.ts'
import { RemoteRow } from './remote-row.ts'
import { continuesTurn, samplingRequest, scoringRequest } from './request-body.ts'
import { checkContext, checkWants, planSamples, type SamplePlan } from './sample-plan.ts'
import { failedScore, readScore } from './score-items.ts'
import type { Usage, WorstCase } from './spending.ts'
import { parseReply, replyShape } from './wire.ts'
import { type Limits, withinLimits } from './within-limits.ts'

/** What a sampler is made of. */
export interface SamplerParts extends Limits {
  readonly http: HttpClient
  readonly probe: ProbeReport
  readonly vocab: Vocab
  /** Ids are the model's own tokens, not bytes. */
  readonly isExact: boolean
  readonly contextLimit: number
  /** What `dispose` has to let go. */
  readonly release: () => Promise<void>
}

/** Samples in one request, at most: others of its group are delivered only with the slowest. */
const MOST_AT_ONCE = 16

/** Samples `start` to `start + count` of a request. */
interface Job {
  readonly plan: SamplePlan
  readonly request: number
  readonly start: number
  readonly count: number
}

export class OpenaiSampler implements Sampler {
  readonly id: string
  readonly can: ReadonlySet<Capability>
  readonly vocab: Vocab
  readonly contextLimit: number
  /** What the server was found to do. */
  readonly probe: ProbeReport
  readonly #parts: SamplerParts
  readonly #disposing = new AbortController()
  readonly #running = new Set<Promise<void>>()

  constructor(parts: SamplerParts) {
    this.id = `openai:${parts.probe.facts.model}`
    this.can = new Set(parts.probe.claims.filter(({ why }) => why === undefined).map(({ capability }) => capability))
    this.vocab = parts.vocab
    this.contextLimit = parts.contextLimit
    this.probe = parts.probe
    this.#parts = parts
  }

  /** Spent so far, by this sampler and those of its adapters. */
  get usage(): Usage {
    return this.#parts.spending.usage
  }

  /** What the client below did: attempts, retries, timeouts, bytes, and what is under way. */
  get counters(): HttpCounters {
    return this.#parts.http.counters
  }

  async *sample(requests: readonly SampleRequest[]): AsyncGenerator<SampleEvent> {
    this.#assertLive()
    // All are checked before the first is sent: a refused call leaves nothing behind.
    const jobs = requests.flatMap((request, i) => this.#jobs(this.#plan(request), i))
    const events = new EventQueue<SampleEvent>()
    const leaving = new AbortController()
    try {
      for (const job of jobs) {
        for (let j = 0; j < job.count; j++) events.expect()
        this.#track(this.#run(job, leaving.signal, events))
      }
      yield* events.drain()
    } finally {
      leaving.abort()
    }
  }

  async score(items: readonly ScoreItem[]): Promise<Sample[]> {
    this.#assertLive()
    if (!this.can.has('score')) {
      throw new GradusError('sampler/cannot', `the server of ${this.probe.facts.model} cannot score`, {
        hint: this.probe.claims.find(({ capability }) => capability === 'score')?.why,
      })
    }
    const tops = items.map(({ context, ids, want }) => {
      checkContext(context, this.vocab)
      checkContext(ids, this.vocab, 'text to score')
      return checkWants(want, { can: this.can, facts: this.probe.facts })
    })
    return Promise.all(items.map((item, i) => this.#score(item, tops[i])))
  }

  /**
   * Loads an adapter (vLLM) and gives a sampler of it, over the same connection and budget. Disposing of that lets the
   * adapter go. @throws `remote/no-lora`, `remote/http`
   */
  async adapter(adapter: LoraAdapter, options: { replace?: boolean } = {}): Promise<OpenaiSampler> {
    this.#assertLive()
    const { http } = this.#parts
    await loadLora(http, adapter, options)
    const facts = { ...this.probe.facts, model: adapter.name }
    const release = (): Promise<void> => unloadLora(http, adapter.name)
    return new OpenaiSampler({ ...this.#parts, probe: { ...this.probe, facts }, release })
  }

  async dispose(): Promise<void> {
    if (this.#disposing.signal.aborted) return
    this.#disposing.abort(new GradusError('sampler/disposed', 'the sampler was disposed'))
    await Promise.all(this.#running)
    await this.#parts.release()
  }

  #assertLive(): void {
    this.#disposing.signal.throwIfAborted()
  }

  #plan(request: SampleRequest): SamplePlan {
    const { facts } = this.probe
    const { vocab, contextLimit } = this
    const { isExact } = this.#parts
    const plan = planSamples(request, { facts, vocab, can: this.can, contextLimit, isExact })
    if (facts.endpoint === 'chat' && !facts.continues && continuesTurn(request.context)) {
      throw new GradusError('sampler/cannot', "a context ends within the assistant's turn, which cannot be continued", {
        hint: 'End the context with <|assistant|>, or use a server with /v1/completions or continue_final_message.',
      })
    }
    return plan
  }

  #jobs(plan: SamplePlan, request: number): Job[] {
    const { n = 1 } = plan.request
    const { facts } = this.probe
    // One request for many where that changes no sample: each has its own seed, or none of them has one.
    const isJoint = facts.n && (facts.nSeeds || !facts.seed) && !plan.stopsHere
    const most = isJoint ? MOST_AT_ONCE : 1
    return Array.from({ length: Math.ceil(n / most) }, (_, k) => ({
      plan,
      request,
      start: k * most,
      count: Math.min(most, n - k * most),
    }))
  }

  #track(work: Promise<void>): void {
    this.#running.add(work)
    void work.finally(() => this.#running.delete(work))
  }

  /** Never rejects: every sample of the job is delivered, failed or not. */
  async #run(job: Job, leaving: AbortSignal, events: EventQueue<SampleEvent>): Promise<void> {
    const { plan, request, start, count } = job
    const rows = Array.from({ length: count }, (_, j) => new RemoteRow(plan, start + j, this.#parts))
    if (plan.limit > 0) {
      const worst = { prompt: plan.request.context.length, completion: plan.limit * count }
      const refusal = await withinLimits(
        this.#parts,
        worst,
        [plan.request.signal, leaving, this.#disposing.signal],
        async (signal) => {
          const { facts } = this.probe
          const { isExact, http } = this.#parts
          // Whole replies are cheaper to read; pieces are for those who look, or may want to end early.
          const { signal: caller, onTokens } = plan.request
          const isStreamed = facts.streaming && (plan.stopsHere || caller !== undefined || onTokens !== undefined)
          const wire = samplingRequest(plan, facts, { start, count, isExact, isStreamed })
          const { usage, isAnswered } = await exchange(http, wire, rows, { signal, isStreamed })
          const length = rows.reduce((sum, row) => sum + row.length, 0)
          const guess = this.#guess({ prompt: worst.prompt, completion: length })
          return { usage, guess: isAnswered ? guess : undefined }
        },
      )
      if (refusal) for (const row of rows) row.fail(refusal.stop, refusal.reason)
    }
    rows.forEach((row, j) => {
      const sample = row.sample()
      if (sample.stop === 'error' || sample.stop === 'timeout') this.#parts.spending.countFailure()
      events.push({ request, index: start + j, sample })
    })
  }

  async #score(item: ScoreItem, top: number): Promise<Sample> {
    const text = this.vocab.decode(item.ids)
    if (item.ids.length === 0) return { ids: item.ids, text, stop: 'stop', logprobs: new Float32Array(0) }
    const worst = { prompt: item.context.length + item.ids.length, completion: 1 }
    let scored: Sample | undefined
    const refusal = await withinLimits(this.#parts, worst, [this.#disposing.signal], async (signal) => {
      const { path, body } = scoringRequest(item, this.probe.facts, top)
      const reply = await this.#parts.http.request(path, { json: body, signal, retry: 'read' })
      if (reply.status !== 200) throw this.#parts.http.refusal(reply)
      const wire = parseReply(replyShape, reply.json(), reply.url)
      scored = readScore(item, text, wire, top)
      return { usage: wire.usage ?? undefined, guess: worst }
    })
    if (scored && !refusal) return scored
    this.#parts.spending.countFailure()
    return failedScore(item, text, refusal?.stop === 'timeout' ? 'timeout' : 'error', refusal?.reason ?? '')
  }

  /** Ids are tokens; of text, about four bytes are one. */
  #guess({ prompt, completion }: WorstCase): WorstCase {
    if (this.#parts.isExact) return { prompt, completion }
    return { prompt: Math.ceil(prompt / 4), completion: Math.ceil(completion / 4) }
  }
}
