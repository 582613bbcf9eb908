// A gradient by log-probabilities as a request that makes the server add exactly it. Where the server sums losses, a
// cross-entropy with weights -g does it (dL/dp = -w). Where it divides, weights of mixed sign would be divided by their
// sum; there it is importance sampling against the model's own log-probabilities: the ratio is 1, so the gradient is -A,
// and A is multiplied by what the server will divide by.
import type { Dialect } from './dialect.ts'
import type { Pass } from './remote-model.ts'
import { type ChunkLimits, chunksOf, float32, int64, type WireDatum, type WireTensor } from './wire/index.ts'

/** A sequence with what its completion tokens should add to the gradient. */
export interface GradientSequence {
  readonly ids: Int32Array
  readonly promptLength: number
  /** [T] under the weights as they are. */
  readonly logprobs: Float32Array
  /** [T] dL/dlogp. */
  readonly gradient: Float32Array
}

/**
 * The passes that add these gradients. Where the server divides by the number of sequences, these must be all of the
 * optimiser step.
 */
export function gradientPasses(
  sequences: readonly GradientSequence[],
  { lossNormalisation, body }: Dialect,
  limits: ChunkLimits,
): Pass[] {
  if (sequences.length === 0) return []
  switch (lossNormalisation) {
    case 'sum':
      return [{ lossFn: 'cross_entropy', data: sequences.map(weighted) }]
    case 'sequence-mean':
      // Divided by the tokens of each sequence, then by the number of sequences.
      return [
        {
          lossFn: 'importance_sampling',
          data: sequences.map((one) => atRatioOne(one, one.gradient.length * sequences.length)),
        },
      ]
    case 'call-mean':
      // Divided by all places of a call, prompts included: they are counted, with nothing to add.
      return chunksOf(
        sequences.map((one) => atRatioOne(one, 1, 'all')),
        limits,
        body,
      ).map((data) => ({
        lossFn: 'importance_sampling',
        data: scaled(data),
      }))
    default:
      return lossNormalisation satisfies never
  }
}

/** A pass that asks for log-probabilities and changes nothing. */
export const scoringPass = (sequences: readonly Pick<GradientSequence, 'ids'>[]): Pass => ({
  lossFn: 'cross_entropy',
  data: sequences.map(({ ids }) => {
    const { tokens, inputs } = aligned(ids)
    return { tokens, inputs: { ...inputs, weights: zeros(ids) } }
  }),
  forwardOnly: true,
})

/** [N] from [T]: what belongs to prompt places is `fill`. */
export function overPrompt(
  { ids, promptLength }: Pick<GradientSequence, 'ids' | 'promptLength'>,
  completion: ArrayLike<number>,
  fill = 0,
): Float32Array {
  const all = new Float32Array(ids.length - 1).fill(fill)
  all.set(completion, promptLength - 1)
  return all
}

/** Nothing is shifted on the server: place t of the input predicts target t. */
const aligned = (ids: Int32Array): WireDatum => ({
  tokens: ids.subarray(0, ids.length - 1),
  inputs: { target_tokens: int64(ids.subarray(1)) },
})

const zeros = (ids: Int32Array): WireTensor => float32(new Float32Array(ids.length - 1))

function weighted(sequence: GradientSequence): WireDatum {
  const { tokens, inputs } = aligned(sequence.ids)
  const weights = overPrompt(
    sequence,
    sequence.gradient.map((g) => -g),
  )
  return { tokens, inputs: { ...inputs, weights: float32(weights) } }
}

function atRatioOne(
  sequence: GradientSequence,
  factor: number,
  counted: 'completion' | 'all' = 'completion',
): WireDatum {
  const { tokens, inputs } = aligned(sequence.ids)
  const ones = new Float32Array(sequence.gradient.length).fill(1)
  return {
    tokens,
    inputs: {
      ...inputs,
      weights: float32(overPrompt(sequence, ones, counted === 'all' ? 1 : 0)),
      logprobs: float32(overPrompt(sequence, sequence.logprobs)),
      advantages: float32(
        overPrompt(
          sequence,
          sequence.gradient.map((g) => -g * factor),
        ),
      ),
    },
  }
}

/** Advantages times the places of the call. */
function scaled(data: readonly WireDatum[]): WireDatum[] {
  const places = data.reduce((sum, { tokens }) => sum + tokens.length, 0)
  return data.map(({ tokens, inputs }) => ({
    tokens,
    inputs: { ...inputs, advantages: float32((inputs.advantages.data as Float32Array).map((a) => a * places)) },
  }))
}
