// AdamW (1711.05101, algorithm 2): Adam's per-number adaptive step with decoupled weight decay and bias correction.
//   m = β1 m + (1-β1) g;  v = β2 v + (1-β2) g²;  w = w - lr (m̂ / (√v̂ + ε) + λ w), hats divide by 1 - β^step.
// Differs from the paper: the decay is multiplied by lr, as every library does, and skips segments marked `decay: false`.
// One pass over the arena, nothing allocated in it; the float64 reference is in adamw-reference.ts.
import { z } from 'zod'
import { type Arena, checkArena, checkUpdate, type Optimizer, restoreArrays } from './optimizer.ts'

/** Settings of {@link adamw}. */
export const adamwConfig = z.strictObject({
  kind: z.literal('adamw'),
  beta1: z.number().min(0).lt(1).default(0.9).meta({
    description: 'Decay per step of the running mean of gradients (β1).',
    paper: '0.9',
  }),
  beta2: z.number().min(0).lt(1).default(0.95).meta({
    description: 'Decay per step of the running mean of squared gradients (β2). Below the paper: runs here are short.',
    paper: '0.999',
  }),
  eps: z.number().positive().default(1e-8).meta({
    description: 'Added to the root of the second moment (ε), so that a tiny gradient does not give a full step.',
    paper: '1e-8',
  }),
  weightDecay: z.number().min(0).default(0.01).meta({
    description: 'Share of each decaying weight removed per step, times the learning rate (λ).',
    paper: 'swept; 0.01 is the usual default of libraries',
  }),
})

/** Resolved settings of {@link adamw}. */
export type AdamwConfig = z.infer<typeof adamwConfig>

/**
 * AdamW over a flat arena; its state is `m` and `v`, each [size].
 * Throws `train/bad-segments` for segments that overlap or leave the arena.
 */
export function adamw(config: Omit<AdamwConfig, 'kind'>, arena: Arena): Optimizer {
  checkArena(arena)
  const { beta1, beta2, eps, weightDecay } = config
  const { size, segments } = arena
  const m = new Float32Array(size)
  const v = new Float32Array(size)
  let steps = 0
  return {
    id: 'adamw',
    step(update) {
      checkUpdate(size, update)
      const { weights, gradients, lr, scale = 1 } = update
      steps++
      const plain: Coefficients = {
        scale,
        beta1,
        beta2,
        eps,
        stepSize: lr / (1 - beta1 ** steps),
        rootScale: 1 / Math.sqrt(1 - beta2 ** steps),
        keep: 1,
      }
      const decaying: Coefficients = { ...plain, keep: 1 - lr * weightDecay }
      for (const { start, end, decay } of segments) {
        updateRange(weights, gradients, m, v, start, end, decay ? decaying : plain)
      }
    },
    state: () => ({ step: steps, arrays: { m, v } }),
    load(state) {
      restoreArrays({ m, v }, state)
      steps = state.step
    },
  }
}

interface Coefficients {
  readonly scale: number
  readonly beta1: number
  readonly beta2: number
  readonly eps: number
  /** lr / (1 - β1^step): folds the first bias correction into the step. */
  readonly stepSize: number
  /** 1 / √(1 - β2^step) */
  readonly rootScale: number
  /** What decay leaves of a weight. */
  readonly keep: number
}

// The hot loop: one function for all segments, locals only, so that V8 compiles it once and keeps it free of checks.
function updateRange(
  weights: Float32Array,
  gradients: Float32Array,
  m: Float32Array,
  v: Float32Array,
  start: number,
  end: number,
  { scale, beta1, beta2, eps, stepSize, rootScale, keep }: Coefficients,
): void {
  const gain1 = 1 - beta1
  const gain2 = 1 - beta2
  for (let i = start; i < end; i++) {
    const g = gradients[i] * scale
    const mi = beta1 * m[i] + gain1 * g
    const vi = beta2 * v[i] + gain2 * g * g
    m[i] = mi
    v[i] = vi
    weights[i] = keep * weights[i] - (stepSize * mi) / (Math.sqrt(vi) * rootScale + eps)
  }
}
