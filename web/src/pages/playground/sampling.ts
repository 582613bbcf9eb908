// What the playground knows of samples that are being drawn: a plain state and how events of the server change it. It knows
// neither the network nor the page.
import type { SampleEvent } from '../../../../src/serve/dashboard/api.ts'
import type { ShownToken } from '../../components/tokens/measures.ts'

/** One sample so far. */
export interface Draw {
  readonly tokens: readonly ShownToken[]
  /** Set at its end. */
  readonly end?: {
    readonly stop: string
    readonly verdict: 'right' | 'wrong' | 'undecided' | 'failed' | null
    readonly reason: string
  }
}

/** One request and what came of it. */
export interface Sampling {
  /** `waiting`: nothing has come yet. `stopped`: by the reader. */
  readonly phase: 'waiting' | 'drawing' | 'done' | 'stopped' | 'failed'
  readonly prompt?: string
  readonly answer?: string
  readonly draws: readonly Draw[]
  /** What went wrong. */
  readonly error?: { readonly message: string; readonly hint?: string }
}

/** A request for `samples` samples that has just been sent. */
export const newSampling = (samples: number): Sampling => ({
  phase: 'waiting',
  draws: Array.from({ length: samples }, () => ({ tokens: [] })),
})

/** The state after events that came together. Samples that were not asked for are passed over. */
export function withEvents(state: Sampling, events: readonly SampleEvent[]): Sampling {
  if (events.length === 0) return state
  const draws = state.draws.map((draw) => ({ ...draw, fresh: [] as ShownToken[] }))
  let { phase, prompt, answer, error } = state
  for (const event of events) {
    if (phase === 'waiting') phase = 'drawing'
    switch (event.kind) {
      case 'prompt':
        prompt = event.text
        answer = event.answer
        break
      case 'token':
        draws[event.sample]?.fresh.push(tokenOf(event))
        break
      case 'end': {
        const draw = draws[event.sample]
        if (draw !== undefined) draw.end = { stop: event.stop, verdict: event.verdict, reason: event.reason }
        break
      }
      case 'error':
        phase = 'failed'
        error = { message: event.message }
        break
      default:
        event satisfies never
    }
  }
  return {
    phase,
    prompt,
    answer,
    error,
    draws: draws.map(({ fresh, ...draw }, i) =>
      fresh.length > 0 || draw.end !== state.draws[i].end
        ? { ...draw, tokens: [...draw.tokens, ...fresh] }
        : state.draws[i],
    ),
  }
}

/** The state when nothing more comes: done if every sample ended, else the server left us. */
export function closed(state: Sampling): Sampling {
  if (state.phase === 'failed' || state.phase === 'stopped') return state
  if (state.draws.every((draw) => draw.end !== undefined)) return { ...state, phase: 'done' }
  const error = {
    message: 'The server ended before the samples did',
    hint: 'Sample again; if it stays so, see its log.',
  }
  return { ...state, phase: 'failed', error }
}

/** The state after a failure; what has come is kept. */
export function failed(state: Sampling, { message, hint }: { message: string; hint?: string }): Sampling {
  return { ...state, phase: 'failed', error: { message, hint } }
}

/** How many samples are right of those that have a verdict, and how many were left out of that. */
export function tally(draws: readonly Draw[]): { right: number; decided: number; leftOut: number; ended: number } {
  const ends = draws.flatMap((draw) => (draw.end === undefined ? [] : [draw.end]))
  const right = ends.filter((end) => end.verdict === 'right').length
  const wrong = ends.filter((end) => end.verdict === 'wrong').length
  return { right, decided: right + wrong, leftOut: ends.length - right - wrong, ended: ends.length }
}

function tokenOf({ text, id, logprob, top }: SampleEvent & { kind: 'token' }): ShownToken {
  return { text, id, logprob, top, entropy: null, advantage: null, ratio: null }
}
