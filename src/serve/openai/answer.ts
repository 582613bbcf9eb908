// How an answer goes out, whole or as events, the same for both endpoints: what differs is how they write a choice.
import type { ServeContext } from '../http/app.ts'
import { DONE_EVENT, eventOf, eventStream } from '../http/event-stream.ts'
import type { ChoicePiece, ChoiceText } from './choice-text.ts'
import type { Generation, GrowingSample } from './generation.ts'
import type { OpenAiService } from './service.ts'

/** An answer: whole, or as events. */
export type Answer =
  | { readonly json: unknown }
  | { readonly events: AsyncGenerator<string> /** When all samples have ended. */; readonly whole: Promise<void> }

/**
 * With more samples under way, the events of each come less often: so many streams take a share of the processor that
 * does not grow with their number (500 events a second), and the engine has the rest.
 */
const GAP_MS_PER_SAMPLE = 2

/** Answers with what `make` gives, while there is room for so many samples. @throws ApiError 429 */
export async function answerWithin(
  c: ServeContext,
  { admission, eventGapMs, stallMs }: OpenAiService,
  samples: number,
  make: (signal: AbortSignal) => Promise<Answer>,
): Promise<Response> {
  const ticket = c.get('ticket')
  const release = admission.take(samples)
  try {
    const answer = await make(ticket.signal)
    if ('json' in answer) {
      release()
      return Response.json(answer.json)
    }
    const gapMs = (): number => Math.max(eventGapMs, admission.taken * GAP_MS_PER_SAMPLE)
    const onStall = (): void => void c.env?.outgoing?.destroy()
    return eventStream(answer.events, ticket, { gapMs, whole: answer.whole, stallMs, onEnd: release, onStall })
  } catch (error) {
    release()
    throw error
  }
}

/** An answer to be written. */
export interface Draft {
  readonly generation: Generation
  /** The text of each choice. */
  readonly texts: readonly ChoiceText[]
  /** Fields of the answer and of every chunk of it. */
  readonly head: Readonly<Record<string, unknown>>
  /** Fields of the answer, or of the first chunk. */
  readonly about?: Readonly<Record<string, unknown>>
  readonly promptTokens: number
  readonly isStream: boolean
  /** Whether the usage comes at the end of a stream. */
  readonly streamsUsage: boolean
  /** A finished choice. */
  whole(sample: GrowingSample, piece: ChoicePiece): unknown
  /** What of a choice goes out now; nothing when there is nothing to show yet. */
  chunks(sample: GrowingSample, piece: ChoicePiece, isFirst: boolean): readonly unknown[]
}

/** Writes an answer. @throws ApiError when a sample fails and nothing has gone out */
export async function writeAnswer(draft: Draft): Promise<Answer> {
  const { generation, texts, head, about, promptTokens, isStream } = draft
  if (isStream) return { events: eventsOf(draft), whole: generation.finished }
  const ended = await generation.ended()
  const choices = ended.map((sample) => draft.whole(sample, texts[sample.index].take(sample)))
  const completionTokens = ended.reduce((sum, { soFar }) => sum + soFar.ids.length, 0)
  return { json: { ...head, choices, usage: usageOf(promptTokens, completionTokens), ...about } }
}

async function* eventsOf(draft: Draft): AsyncGenerator<string> {
  const { generation, texts, head, about = {}, promptTokens, streamsUsage } = draft
  const begun = new Set<number>()
  let completionTokens = 0
  const chunk = (choices: unknown, more: object = {}): string =>
    eventOf({ ...head, choices, ...(streamsUsage && { usage: null }), ...more })
  for (let news = await generation.news(); news !== undefined; news = await generation.news()) {
    let events = ''
    for (const sample of news) {
      const piece = texts[sample.index].take(sample)
      completionTokens += piece.to - piece.from
      const isVeryFirst = begun.size === 0
      const choices = draft.chunks(sample, piece, !begun.has(sample.index))
      if (choices.length > 0) begun.add(sample.index)
      choices.forEach((choice, i) => {
        events += chunk([choice], isVeryFirst && i === 0 ? about : {})
      })
    }
    if (events !== '') yield events
  }
  const usage = usageOf(promptTokens, completionTokens)
  yield `${streamsUsage ? chunk([], { usage }) : ''}${DONE_EVENT}`
}

const usageOf = (promptTokens: number, completionTokens: number) => ({
  prompt_tokens: promptTokens,
  completion_tokens: completionTokens,
  total_tokens: promptTokens + completionTokens,
})
