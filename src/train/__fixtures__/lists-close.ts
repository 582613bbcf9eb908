// Lists of numbers compared with a tolerance.
import { expect } from 'vitest'

/** Fails unless both lists have one length and differ nowhere by more than the tolerance (float32 by default). */
export function expectListsClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-6): void {
  const [got, want] = [Array.from(actual), Array.from(expected)]
  const isClose = got.length === want.length && got.every((x, i) => Math.abs(x - want[i]) <= tolerance)
  if (!isClose) expect(got).toEqual(want)
}
