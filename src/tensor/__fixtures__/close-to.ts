// Compares numbers of two backends with a tolerance relative to the largest of them.
import { expect } from 'vitest'

/** What float32 kernels may differ by from float64 ones. */
export const FLOAT32 = 1e-5
/** What central differences may differ by from an exact derivative, both in float64 (constants are float32). */
export const DIFFERENCES = 1e-6

/** Fails unless every number is within `relative` of the largest expected one (or of 1); NaN and infinity must match. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  relative: number,
  label: string,
): void {
  expect(actual.length, `${label}: how many`).toBe(expected.length)
  const finite = Array.from(expected).filter(Number.isFinite)
  const tolerance = relative * finite.reduce((largest, x) => Math.max(largest, Math.abs(x)), 1)
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [Number(actual[i]), expected[i]]
    if (!(Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance))
      expect.fail(`${label}[${i}]: ${a}, expected ${b}`)
  }
}
