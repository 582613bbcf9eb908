// Gradients by central differences of the reference interpreter: (f(x + h) - f(x - h)) / 2h for every single number.
// Slow, and right for any smooth function; near a kink (abs at 0) it means nothing, so keep inputs away from those.
import { GradusError } from '../../base/error.ts'
import { showShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { type EvaluateArguments, evaluate } from './evaluate.ts'

/** In float64 the error is about step^2 from the curve and 1e-16 / step from rounding: both near 1e-10. */
const STEP = 1e-5

/**
 * The derivative of a scalar by each number of each input, in the order of `gradients(loss, inputs)`.
 * @throws `tensor/not-scalar`, and what {@link evaluate} throws
 */
export function finiteDifferences(
  loss: Tensor,
  inputs: readonly Tensor[],
  { sizes, feeds = {} }: EvaluateArguments,
): Float64Array[] {
  if (loss.shape.length !== 0)
    throw new GradusError('tensor/not-scalar', `finiteDifferences: the loss has shape ${showShape(loss.shape)}, not []`)
  return inputs.map((tensor) => {
    const name = tensor.attrs.name as string
    const { x } = evaluate({ x: tensor }, { sizes, feeds })
    const lossWith = (index: number, value: number): number => {
      const moved = { ...feeds, [name]: x.data.with(index, value) }
      return evaluate({ loss }, { sizes, feeds: moved }).loss.data[0]
    }
    return x.data.map((value, i) => (lossWith(i, value + STEP) - lossWith(i, value - STEP)) / (2 * STEP))
  })
}
