// What a loss asks of the batch that it is computed over: its scheduled numbers, how wide its fields are, and whether it has
// anything to say. Shared by the engines that trace losses.
import { GradusError } from '../base/error.ts'
import type { Loss } from '../contracts/index.ts'
import type { Numbers } from '../tensor/index.ts'
import type { PlacedSequence } from './micro-batch.ts'
import type { MicroBatchFeeds } from './micro-batch-feeds.ts'

/** True when nothing in these sequences can change the loss or its gradient. */
export function vanishes(sequences: readonly PlacedSequence[], { vanishesWith }: Loss): boolean {
  if (vanishesWith === undefined) return false
  return sequences.every(({ datum }) => datum.fields[vanishesWith]?.data.every((x) => x === 0) ?? false)
}

/** The scheduled numbers of a loss as inputs of its graph. @throws `train/missing-coefficient` */
export function coefficientFeeds(loss: Loss, given: Readonly<Record<string, number>>): Record<string, Numbers> {
  const feeds: Record<string, Numbers> = {}
  for (const name of loss.coefficients) {
    const value = given[name]
    if (value === undefined)
      throw new GradusError(
        'train/missing-coefficient',
        `loss "${loss.id}" reads the coefficient "${name}", which was not given`,
      )
    feeds[`coefficient.${name}`] = Float32Array.of(value)
  }
  return feeds
}

/** Numbers per token of each field, where it is not one. */
export function widthsOf({ feeds, sizes }: MicroBatchFeeds, loss: Loss): Record<string, number> {
  const widths: Record<string, number> = {}
  for (const name of loss.fields) {
    const width = feeds[`field.${name}`].length / sizes.N
    if (width !== 1) widths[name] = width
  }
  return widths
}
