// The engine's gradient of a loss against the slope of the loss itself, by central differences along whole directions in
// weight space. Away from the weights that sampled, so that ratios, references and old values are none of them trivial.
import { stream } from '../../src/base/rng.ts'
import type { Loss, Update } from '../../src/contracts/index.ts'
import { norm, takeGradient, tinyTrainer } from '../../src/engine/__fixtures__/tiny-model.ts'
import { loadModel } from '../../src/engine/checkpoint.ts'
import type { RecordedBatch } from './recorded-batches.ts'

/** A direction's slope, as the gradient has it and as it was measured. */
export interface Slope {
  readonly expected: number
  readonly measured: number
}

/** What was found of one batch. */
export interface SlopeReport {
  readonly gradientNorm: number
  /** The loss as `forward` and as `forwardBackward` say it. */
  readonly totals: readonly [number, number]
  readonly slopes: readonly Slope[]
}

/** Size of the change of weights, beside weights of about 0.25: ratios then go from 0.5 to 1.5, and some are clipped. */
const NOISE = 0.02
/** Rounding of a float32 loss shows in smaller ones, the loss's curve in larger ones. */
const STEPS = [3e-4, 1e-4]
const DIRECTIONS = 3

/** Measures the slopes of a loss on a batch, near the model in a folder. */
export async function slopesOf(
  { batch, coefficients }: RecordedBatch,
  { loss, update, base }: { loss: Loss; update: Update; base: string },
): Promise<SlopeReport> {
  const model = await loadModel(base, { threads: 1, valueHead: update.valueHead })
  const trainer = tinyTrainer(model)
  const weights = model.arena.data
  const rng = stream('slopes', loss.id)
  for (let i = 0; i < weights.length; i++) weights[i] += NOISE * rng.normal()
  const origin = weights.slice()
  const totalAt = async (direction: Float64Array, by: number): Promise<number> => {
    direction.forEach((d, i) => {
      weights[i] = origin[i] + by * d
    })
    const { total } = await trainer.forward(batch, loss, coefficients)
    weights.set(origin)
    return total
  }
  const { total } = await trainer.forwardBackward(batch, loss, coefficients)
  const gradient = await takeGradient(trainer)
  const gradientNorm = norm(gradient)
  const still = await totalAt(new Float64Array(gradient.length), 0)
  const slopes: Slope[] = []
  for (let k = 0; k < DIRECTIONS; k++) {
    // Half along the gradient, or a random direction in so many dimensions would see next to nothing of it.
    const random = Float64Array.from(gradient, () => rng.normal() / Math.sqrt(gradient.length))
    const direction = random.map((d, i) => d + gradient[i] / gradientNorm)
    const expected = direction.reduce((sum, d, i) => sum + d * gradient[i], 0)
    const candidates: number[] = []
    for (const step of STEPS) {
      const [before, after] = [await totalAt(direction, -step), await totalAt(direction, step)]
      candidates.push((after - before) / (2 * step), (after - still) / step, (still - before) / step)
    }
    slopes.push({ expected, measured: closest(candidates, expected) })
  }
  await trainer.dispose()
  return { gradientNorm, totals: [still, total], slopes }
}

/**
 * The edge of a clip may lie just beside the point, and samples that begin alike meet it together: then only the slope on
 * the other side is that of the loss here. A wrong gradient is wrong by all of them.
 */
const closest = (candidates: readonly number[], expected: number): number =>
  candidates.reduce((best, slope) => (Math.abs(slope - expected) < Math.abs(best - expected) ? slope : best))
