// Log-probabilities of given tokens: the server reads them as a prompt and tells what it thought of each.
import type { Sample, ScoreItem, TopTokens } from '../../../contracts/index.ts'
import { topOf } from './remote-row.ts'
import { type TokenPiece, tokenPieces, type WireChoice, type WireReply } from './wire.ts'

/** The scored item, from the reply to its `scoringRequest`. @throws when the reply does not cover its tokens */
export function readScore({ context, ids }: ScoreItem, text: string, reply: WireReply, top: number): Sample {
  const [choice] = reply.choices
  if (choice === undefined) throw new Error('the server sent no choice')
  const positions = Array.from(ids, (_, t) => context.length + t)
  const read = choice.prompt_logprobs ? fromPromptLogprobs(choice, top) : fromEcho(choice, top)
  const tokens = positions.map((at, t) => read(at, ids[t]))
  return {
    ids,
    text,
    stop: 'stop',
    logprobs: Float32Array.from(tokens, ({ logprob }) => logprob),
    ...(top > 0 && { top: tokens.map((token) => token.top) }),
  }
}

/** An item that could not be scored. */
export function failedScore({ ids }: ScoreItem, text: string, stop: 'error' | 'timeout', error: string): Sample {
  return { ids, text, stop, logprobs: new Float32Array(ids.length).fill(Number.NaN), error }
}

interface ScoredToken {
  readonly logprob: number
  readonly top: TopTokens
}

type Reader = (at: number, id: number) => ScoredToken

function fromPromptLogprobs({ prompt_logprobs }: WireChoice, count: number): Reader {
  return (at, id) => {
    const entry = prompt_logprobs?.[at]
    const logprob = entry?.[String(id)]?.logprob
    if (entry === undefined || entry === null || typeof logprob !== 'number') throw missing(at)
    const all = Object.entries(entry).map(([name, value]) => ({
      id: Number(name),
      logprob: value.logprob ?? Number.NaN,
    }))
    return { logprob, top: topOf(all, count) }
  }
}

function fromEcho(choice: WireChoice, count: number): Reader {
  const pieces: readonly TokenPiece[] = tokenPieces(choice)
  return (at, id) => {
    const piece = pieces[at]
    if (piece === undefined || Number.isNaN(piece.logprob)) throw missing(at)
    if (piece.id !== undefined && piece.id !== id) throw new Error(`the server read token ${piece.id} instead of ${id}`)
    const known = piece.top.flatMap(({ id: likely, logprob }) =>
      likely === undefined ? [] : [{ id: likely, logprob }],
    )
    return { logprob: piece.logprob, top: topOf(known, count) }
  }
}

function missing(at: number): Error {
  return new Error(`the server gave no log-probability for token ${at} of the prompt`)
}
