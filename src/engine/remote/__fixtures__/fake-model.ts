// A language model that needs no weights: logits are drawn from a stream named by the last four tokens. It depends on its
// context, can be computed by hand in tests, and costs nothing. Its sampling is written apart from the engine's.
import { stream } from '../../../base/rng.ts'
import { charTokenizer } from '../../../text/index.ts'

/** Letters, a space, and characters of two and four bytes. Ids 0 to 2 are pad, eos and bos. */
export const fakeTokenizer = charTokenizer('abcdefghijklmno é🙂')

const { eos } = fakeTokenizer

export interface FakeSettings {
  readonly temperature: number
  readonly topK: number
  readonly topP: number
  readonly minP: number
  readonly bias: ReadonlyMap<number, number>
}

export interface FakeModel {
  /** [V] log-probabilities of the next token, temperature 1. */
  next(context: readonly number[]): Float64Array
  pick(logprobs: Float64Array, settings: FakeSettings, uniform: number): number
}

/** `salt` gives another model; an endless one never ends by itself. */
export function fakeModel({ endless = false, salt = 'base' } = {}): FakeModel {
  const known = new Map<string, Float64Array>()
  return {
    next(context) {
      const key = context.slice(-4).join()
      let logprobs = known.get(key)
      if (logprobs === undefined) {
        const rng = stream('fake-model', salt, key)
        const logits = Array.from({ length: fakeTokenizer.size }, (_, id) => {
          const draw = 1.5 * rng.normal()
          // Padding and the beginning are all but impossible; the end comes about every twenty tokens.
          return id === eos ? (endless ? -60 : 0) : id < 3 ? -20 : draw
        })
        logprobs = logSoftmax(logits)
        known.set(key, logprobs)
      }
      return logprobs
    },
    pick: (logprobs, settings, uniform) => pick(logprobs, settings, uniform),
  }
}

/** Text as the server cuts it: what it does not know becomes a letter. */
export function fakeEncode(text: string): number[] {
  return Array.from(text, (character) => {
    try {
      return fakeTokenizer.encode(character)[0]
    } catch {
      return 3 + ((character.codePointAt(0) ?? 0) % 15)
    }
  })
}

export function logSoftmax(logits: readonly number[]): Float64Array {
  const most = Math.max(...logits)
  const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0))
  return Float64Array.from(logits, (logit) => logit - most - total)
}

function pick(logprobs: Float64Array, { temperature, topK, topP, minP, bias }: FakeSettings, uniform: number): number {
  const logits = Array.from(logprobs, (value, id) => value + (bias.get(id) ?? 0))
  const order = logits.map((_, id) => id).sort((a, b) => logits[b] - logits[a] || a - b)
  if (temperature === 0) return order[0]
  const shares = logSoftmax(logits.map((logit) => logit / temperature)).map(Math.exp)
  let kept = topK > 0 ? order.slice(0, topK) : order
  kept = kept.filter((id) => shares[id] >= minP * shares[order[0]])
  let mass = 0
  kept = kept.filter((id) => {
    const isIn = mass < topP
    mass += shares[id]
    return isIn
  })
  let left = uniform * kept.reduce((sum, id) => sum + shares[id], 0)
  const drawn = kept.find((id) => {
    left -= shares[id]
    return left < 0
  })
  return drawn ?? kept[kept.length - 1]
}
