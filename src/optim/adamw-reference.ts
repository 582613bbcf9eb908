// AdamW as the paper writes it, in float64, one number at a time: what adamw.ts is compared with. Never used to train.
import type { AdamwConfig } from './adamw.ts'

/** One weight with its moments. */
export interface ReferenceState {
  readonly weight: number
  readonly m: number
  readonly v: number
}

/** The state after update number `step` (the first is 1). `decay` says whether weight decay applies. */
export function adamwReference(
  { weight, m, v }: ReferenceState,
  { gradient, lr, step, decay }: { gradient: number; lr: number; step: number; decay: boolean },
  { beta1, beta2, eps, weightDecay }: Omit<AdamwConfig, 'kind'>,
): ReferenceState {
  const nextM = beta1 * m + (1 - beta1) * gradient
  const nextV = beta2 * v + (1 - beta2) * gradient ** 2
  const mHat = nextM / (1 - beta1 ** step)
  const vHat = nextV / (1 - beta2 ** step)
  const change = mHat / (Math.sqrt(vHat) + eps) + (decay ? weightDecay * weight : 0)
  return { weight: weight - lr * change, m: nextM, v: nextV }
}
