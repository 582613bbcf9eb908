// One completion by llama.cpp, token after token, with the log-probabilities of the model itself (temperature 1, no
// filter). Tokens are drawn as Gradus draws them, so a seed means the same to both. Knows no HTTP.
import { pickSettings, TokenPicker, uniformFor } from '../../src/engine/pick-token.ts'
import type { LlamaModel } from './llama.ts'

/** What is asked for. */
export interface CompletionRequest {
  readonly prompt: readonly number[]
  readonly maxTokens: number
  readonly temperature: number
  readonly topK: number
  readonly topP: number
  readonly minP: number
  readonly logitBias: ReadonlyMap<number, number>
  readonly stop: readonly string[]
  /** Sample `index` of a request draws from (seed, index). */
  readonly seed: number
  readonly index: number
}

/** One token: of the prompt, or the next of the completion. */
export interface CompletionToken {
  readonly id: number
  /** [V] log-probabilities at its place; none for the first token of a prompt. */
  readonly row: Float32Array | undefined
}

/** How a completion ended. */
export type CompletionEnd = 'stop' | 'length' | 'abort'

/** A completion as it grows: its tokens (the end token too), its text so far without half characters, how it ended. */
export interface Completion {
  readonly prompt: readonly CompletionToken[]
  readonly tokens: readonly CompletionToken[]
  readonly text: string
  readonly end?: CompletionEnd
}

/** Generates; yields after every token and once at the end, always the same object. */
export async function* complete(
  llama: LlamaModel,
  request: CompletionRequest,
  signal: AbortSignal,
): AsyncGenerator<Completion> {
  const { prompt, seed, index, stop } = request
  const rows = await llama.logprobs(prompt)
  const settings = pickSettings(request, rows[0].length)
  const picker = new TokenPicker(rows[0].length)
  const uniform = uniformFor(seed, index)
  const tokens: CompletionToken[] = []
  const state: { -readonly [K in keyof Completion]: Completion[K] } = {
    prompt: prompt.map((id, t) => ({ id, row: t === 0 ? undefined : rows[t - 1] })),
    tokens,
    text: '',
  }
  let row = rows[rows.length - 1]
  while (state.end === undefined) {
    if (signal.aborted) state.end = 'abort'
    else if (tokens.length >= Math.min(request.maxTokens, llama.contextSize - prompt.length)) state.end = 'length'
    else {
      const id = picker.pick(row, 0, settings, uniform())
      tokens.push({ id, row })
      const text = llama.decode(tokens.map((token) => token.id))
      const cut = firstStop(text, stop)
      state.text = cut === undefined ? text : text.slice(0, cut)
      if (llama.isEnd(id) || cut !== undefined) state.end = 'stop'
      else row = (await llama.next([id]))[0]
    }
    yield state
  }
}

function firstStop(text: string, stops: readonly string[]): number | undefined {
  const found = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0)
  return found.length > 0 ? Math.min(...found) : undefined
}
