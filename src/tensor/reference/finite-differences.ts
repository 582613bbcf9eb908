// Gradients by central differences of the reference interpreter: (f(x + h) - f(x - h)) / 2h for every single number.
// Slow, and right for any smooth function; near a kink (abs at 0) it means nothing, so keep inputs away from those.
import { GradusError } from '../../base/error.ts'
import { showShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { type EvaluateArguments, evaluate } from './evaluate.ts'

/** In float64 the error is about step^2 from the curve and 1e-16 / step from rounding: both near 1e-10. */
const STEP = 1e-5

/**
 * The derivative of a scalar by each number of the named inputs.
 * @throws `tensor/not-scalar`
 */
export function finiteDifferences(
  loss: Tensor,
  wrt: readonly string[],
  { sizes, feeds = {} }: EvaluateArguments,
): Record<string, Float64Array> {
  if (loss.shape.length !== 0)
    throw new GradusError('tensor/not-scalar', `finiteDifferences: the loss has shape ${showShape(loss.shape)}, not []`)
  const derivatives = wrt.map((name) => {
    const x = Float64Array.from(feeds[name])
    const valueWith = (index: number, value: number): number => {
      const moved = x.with(index, value)
      return evaluate({ loss }, { sizes, feeds: { ...feeds, [name]: moved } }).loss.data[0]
    }
    return [name, x.map((value, i) => (valueWith(i, value + STEP) - valueWith(i, value - STEP)) / (2 * STEP))]
  })
  return Object.fromEntries(derivatives) as Record<string, Float64Array>
}
