// Random tokens for tests of losses, the same in every run, and kept away from points where a loss has a corner.
import { type Rng, stream } from '../../base/rng.ts'
import type { TokenBatch } from './reference-loss.ts'

/** Tokens with every field that a policy loss may read; about one token in five is masked. */
export interface PolicyBatch extends TokenBatch {
  readonly lengths: readonly number[]
  readonly fields: Readonly<
    Record<'weights' | 'mask' | 'advantages' | 'behaviourLogprobs' | 'referenceLogprobs', readonly number[]>
  >
}

const LENGTHS = [4, 1, 6, 3]

function draw(rng: Rng): PolicyBatch {
  const each = (make: () => number): number[] => LENGTHS.flatMap((length) => Array.from({ length }, make))
  const logprobs = each(() => -3 * rng.next() - 0.05)
  // The first token of each sequence is trained on.
  const mask = LENGTHS.flatMap((length) => Array.from({ length }, (_, t) => (t > 0 && rng.next() < 0.2 ? 0 : 1)))
  return {
    logprobs,
    lengths: LENGTHS,
    fields: {
      mask,
      weights: mask.map((m) => m * (0.1 + rng.next())),
      advantages: LENGTHS.flatMap((length) => new Array<number>(length).fill(2 * rng.normal())),
      behaviourLogprobs: logprobs.map((x) => x + 0.4 * rng.normal()),
      referenceLogprobs: logprobs.map((x) => x + 0.7 * rng.normal()),
    },
  }
}

/** The first draw of a name that stays away from the corners. */
export function randomBatch(name: string, isAway: (batch: PolicyBatch) => boolean = () => true): PolicyBatch {
  for (let attempt = 0; ; attempt++) {
    const batch = draw(stream('random-batch', name, attempt))
    if (isAway(batch)) return batch
  }
}

/** π_θ / π_old of each token. */
export const ratios = ({ logprobs, fields }: PolicyBatch): number[] =>
  logprobs.map((x, i) => Math.exp(x - fields.behaviourLogprobs[i]))

/** The geometric mean of the ratio over the unmasked tokens of each token's sequence. */
export function sequenceRatios({ logprobs, lengths, fields }: PolicyBatch): number[] {
  let start = 0
  return lengths.flatMap((length) => {
    let [sum, count] = [0, 0]
    for (let i = start; i < start + length; i++) {
      sum += fields.mask[i] * (logprobs[i] - fields.behaviourLogprobs[i])
      count += fields.mask[i]
    }
    start += length
    return new Array<number>(length).fill(Math.exp(sum / count))
  })
}

/** True when no ratio, of a token or a sequence, is close to one of these values. */
export const awayFrom =
  (...corners: readonly number[]) =>
  (batch: PolicyBatch): boolean =>
    [...ratios(batch), ...sequenceRatios(batch)].every((r) => corners.every((corner) => Math.abs(r - corner) > 1e-3))
