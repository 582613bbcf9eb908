// Runs one piece of work within a sampler's limits: a free slot, a budget, and the signals that may end it.
import { messageOf } from '../../../base/error.ts'
import { attemptSignal } from '../http/attempt-signal.ts'
import type { Slots } from '../http/index.ts'
import { stopFor } from './exchange.ts'
import type { Reservation, Spending, WorstCase } from './spending.ts'
import type { WireUsage } from './wire.ts'

export interface Limits {
  readonly slots: Slots
  readonly spending: Spending
}

/** Why there is no result. */
export interface Refusal {
  readonly stop: 'abort' | 'timeout' | 'error'
  readonly reason: string
}

/** What work cost: as the server says, or as was guessed; neither when it was never answered. */
export interface Cost {
  readonly usage?: WireUsage
  readonly guess?: WorstCase
}

/** Never rejects: gives back why the work did not succeed. */
export async function withinLimits(
  { slots, spending }: Limits,
  worst: WorstCase,
  signals: readonly (AbortSignal | undefined)[],
  work: (signal: AbortSignal) => Promise<Cost>,
): Promise<Refusal | undefined> {
  const joint = attemptSignal(Number.POSITIVE_INFINITY, signals)
  let free: (() => void) | undefined
  let reserved: Reservation | undefined
  try {
    free = await slots.take(joint.signal)
    reserved = await spending.reserve(worst)
    joint.signal.throwIfAborted()
    const { usage, guess } = await work(joint.signal)
    reserved.settle(usage, guess)
    return undefined
  } catch (error) {
    return { stop: stopFor(error, joint.signal), reason: messageOf(error) }
  } finally {
    // Does nothing where it is settled already.
    reserved?.settle()
    free?.()
    joint.end()
  }
}
