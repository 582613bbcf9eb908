// A judge without a model: tokens are characters, except for one special token, and replies come from a script.
import type { Capability, Sample, SampleEvent, SampleRequest, Sampler, Vocab } from '../../../contracts/index.ts'

/** What one sample says, or how it fails. */
export type Reply = string | Partial<Sample>

/** A sampler's script. */
export interface Script {
  /** What sample `index` says; it sees the prompt as text. */
  readonly reply?: (prompt: string, index: number, request: SampleRequest) => Reply | Promise<Reply>
  /** The log-probability of one token after a text. */
  readonly logprob?: (context: string, token: string) => number
  readonly can?: readonly Capability[]
  readonly contextLimit?: number
  /** Samples come last first. */
  readonly isReversed?: boolean
}

/** Id 1 is the special token `<|end|>`; any other id is a UTF-16 code unit. */
export const characterVocab: Vocab = {
  size: 65_536,
  eos: 1,
  pad: 0,
  encode: (text) => Int32Array.from(text.split('<|end|>').flatMap((piece, i) => [...(i ? [1] : []), ...units(piece)])),
  decode: (ids) => Array.from(ids, (id) => (id < 2 ? '' : String.fromCharCode(id))).join(''),
  token: (id) => (id === 1 ? '<|end|>' : String.fromCharCode(id)),
}

const units = (text: string): number[] => text.split('').map((unit) => unit.charCodeAt(0))

/** A sampler that follows a script, with the requests that it was given. */
export function scriptedSampler(script: Script): Sampler & { readonly requests: SampleRequest[] } {
  const requests: SampleRequest[] = []
  const logprob = script.logprob ?? (() => 0)
  const sampleOf = async (request: SampleRequest, index: number): Promise<Sample> => {
    const prompt = characterVocab.decode(request.context)
    const said = (await script.reply?.(prompt, index, request)) ?? ''
    const text = typeof said === 'string' ? said : (said.text ?? '')
    const ids = characterVocab.encode(text)
    const blank = { ids, text, stop: 'eos' as const, logprobs: new Float32Array(ids.length) }
    return typeof said === 'string' ? blank : { ...blank, ...said }
  }
  return {
    id: 'scripted',
    can: new Set(script.can ?? ['ids', 'seed']),
    vocab: characterVocab,
    contextLimit: script.contextLimit ?? 100_000,
    requests,
    async *sample(wanted): AsyncGenerator<SampleEvent> {
      requests.push(...wanted)
      for (const [request, one] of wanted.entries()) {
        const order = Array.from({ length: one.n ?? 1 }, (_, i) => i)
        if (script.isReversed) order.reverse()
        for (const index of order) yield { request, index, sample: await sampleOf(one, index) }
      }
    },
    score: async (items) =>
      items.map(({ context, ids }) => {
        const logprobs = Float32Array.from(ids, (id, t) => {
          const before = characterVocab.decode([...context, ...ids.subarray(0, t)])
          return logprob(before, characterVocab.decode([id]))
        })
        return { ids, text: characterVocab.decode(ids), stop: 'stop' as const, logprobs }
      }),
    dispose: async () => {},
  }
}
