// One sample as it arrives from a server: ids (or bytes), log-probabilities, and why it ended. It ends where the contract
// says, whatever the server goes on to send: at its limit, at a stop string or token, at the end of the sequence.
import { messageOf } from '../../../base/error.ts'
import type { Sample, SampleRequest, StopReason, TopTokens, Vocab } from '../../../contracts/index.ts'
import type { SamplePlan } from './sample-plan.ts'
import { type TokenPiece, textOf, tokenPieces, type WireChoice } from './wire.ts'

const encoder = new TextEncoder()

type SampleSoFar = Parameters<NonNullable<SampleRequest['onTokens']>>[1]

/** What all rows of a sampler share. */
export interface RowSetting {
  readonly vocab: Vocab
  /** Ids are the model's own tokens, not bytes. */
  readonly isExact: boolean
}

export class RemoteRow {
  readonly #plan: SamplePlan
  readonly #index: number
  readonly #setting: RowSetting
  #ids = new Int32Array(64)
  #logprobs = new Float32Array(64)
  #top: TopTokens[] = []
  #count = 0
  #hasThought = false
  #stop: StopReason | undefined
  #stopHit: string | undefined
  #error: string | undefined

  constructor(plan: SamplePlan, index: number, setting: RowSetting) {
    this.#plan = plan
    this.#index = index
    this.#setting = setting
    if (plan.limit <= 0) this.#stop = 'max'
  }

  get done(): boolean {
    return this.#stop !== undefined
  }

  /** Tokens (or bytes) so far. */
  get length(): number {
    return this.#count
  }

  /** Adds what a choice, or a piece of one in a stream, holds. Never throws: what makes no sense ends the sample. */
  read(choice: WireChoice): void {
    if (this.done) return
    try {
      const before = this.#count
      if (this.#setting.isExact) this.#readIds(choice)
      else this.#readText(choice)
      // Told before the sample is delivered, the last token included.
      if (this.#count > before) this.#plan.request.onTokens?.(this.#index, this.#soFar())
      if (!this.done && typeof choice.finish_reason === 'string') this.#finish(choice, choice.finish_reason)
    } catch (error) {
      this.fail('error', messageOf(error))
    }
  }

  /** Ends the sample as failed; what arrived stays. */
  fail(stop: 'error' | 'timeout' | 'abort', reason?: string): void {
    if (this.done) return
    this.#stop = stop
    this.#error = stop === 'abort' ? undefined : reason
  }

  /** Forgets what arrived, to be read again from the start. */
  restart(): void {
    if (this.done) return
    this.#count = 0
    this.#top = []
    this.#hasThought = false
  }

  /** The sample as it is. */
  sample(): Sample {
    const ids = this.#ids.slice(0, this.#count)
    return {
      ids,
      text: this.#setting.vocab.decode(ids),
      stop: this.#stop ?? 'error',
      ...(this.#stopHit !== undefined && { stopHit: this.#stopHit }),
      logprobs: this.#logprobs.slice(0, this.#count),
      ...(this.#plan.top > 0 && { top: this.#top }),
      ...(this.#error !== undefined && { error: this.#error }),
    }
  }

  #readIds(choice: WireChoice): void {
    const pieces = tokenPieces(choice)
    const ids = choice.token_ids ?? pieces.map(({ id }) => id)
    if (ids.length === 0 && (choice.text ?? '') !== '') throw new Error('a text came without its token ids')
    for (let t = 0; t < ids.length && !this.done; t++) {
      const id = ids[t]
      if (id === undefined || !(id >= 0 && id < this.#setting.vocab.size)) {
        throw new Error(`the server gave token ${id}, which the tokenizer does not have`)
      }
      this.#push(id, pieces[t])
    }
  }

  #readText(choice: WireChoice): void {
    const { text, thought } = textOf(choice)
    if (thought !== '') this.#pushText(`${this.#hasThought ? '' : '<think>\n'}${thought}`)
    if (text !== '' && (this.#hasThought || thought !== '')) this.#pushText('\n</think>\n\n')
    this.#hasThought = (this.#hasThought || thought !== '') && text === ''
    this.#pushText(text)
  }

  #pushText(text: string): void {
    for (const byte of encoder.encode(text)) {
      if (this.done) return
      this.#push(byte)
    }
  }

  #push(id: number, piece?: TokenPiece): void {
    if (this.#count === this.#ids.length) this.#grow()
    const at = this.#count++
    this.#ids[at] = id
    this.#logprobs[at] = piece?.logprob ?? Number.NaN
    const { top, stopTokens, matcher, limit } = this.#plan
    if (top > 0) this.#top.push(mostLikely(piece, top))
    const { vocab, isExact } = this.#setting
    if (isExact && id === vocab.eos) this.#stop = 'eos'
    else if (stopTokens.has(id)) this.#end(vocab.token(id))
    else {
      const hit = matcher?.check(this.#ids, this.#count)
      if (hit !== undefined) this.#end(hit)
      // A limit counts tokens of the server; bytes are not those.
      else if (isExact && this.#count >= limit) this.#stop = 'max'
    }
  }

  /** The server says that it ended, and nothing here said so before. */
  #finish({ stop_reason: told }: WireChoice, reason: string): void {
    const { stop = [] } = this.#plan.request
    if (reason === 'length') this.#stop = 'max'
    else if (reason !== 'stop') this.fail('error', `the server ended the text: ${reason.slice(0, 100)}`)
    else if (typeof told === 'string' && stop.includes(told)) {
      // A server that cuts the stop string off: it belongs to the text.
      if (!this.#setting.isExact) this.#pushText(told)
      this.#end(told)
    } else if (typeof told === 'number' && this.#plan.stopTokens.has(told)) {
      this.#end(this.#setting.vocab.token(told))
    } else {
      this.#stop = 'eos'
      const { vocab, isExact } = this.#setting
      const hasEnd = this.#count > 0 && vocab.decode([this.#ids[this.#count - 1]]) === ''
      // Servers with other end tokens than the tokenizer's give them; one that gives none has to be helped.
      if (isExact && !hasEnd && vocab.eos >= 0) this.#push(vocab.eos)
    }
  }

  #end(hit: string): void {
    this.#stop = 'stop'
    this.#stopHit = hit
  }

  #soFar(): SampleSoFar {
    return {
      ids: this.#ids.subarray(0, this.#count),
      logprobs: this.#logprobs.subarray(0, this.#count),
      ...(this.#plan.top > 0 && { top: this.#top }),
    }
  }

  /** Into new arrays: views that were given out do not change. */
  #grow(): void {
    const ids = new Int32Array(2 * this.#ids.length)
    const logprobs = new Float32Array(ids.length)
    ids.set(this.#ids)
    logprobs.set(this.#logprobs)
    this.#ids = ids
    this.#logprobs = logprobs
  }
}

/** Servers add the sampled token to the likely ones, and leave the order open. */
function mostLikely(piece: TokenPiece | undefined, count: number): TopTokens {
  return topOf(
    (piece?.top ?? []).flatMap(({ id, logprob }) => (id === undefined ? [] : [{ id, logprob }])),
    count,
  )
}

/** The `count` most likely of some tokens. */
export function topOf(tokens: readonly { readonly id: number; readonly logprob: number }[], count: number): TopTokens {
  const sorted = [...tokens].sort((a, b) => b.logprob - a.logprob || a.id - b.id).slice(0, count)
  return { ids: Int32Array.from(sorted, ({ id }) => id), logprobs: Float32Array.from(sorted, ({ logprob }) => logprob) }
}
