// mean@k (avg@k): the share of right ones among all k samples of a problem. It estimates the same quantity as pass@1; the
// name says how many samples went into it.
import { GradusError } from '../base/error.ts'

/**
 * Share of right samples among `n` decided ones of one problem.
 *
 * @throws `usage/bad-count` unless 0 <= right <= n and n >= 1, both whole.
 */
export function meanAtK(n: number, right: number): number {
  if (![n, right].every(Number.isInteger) || n < 1 || right < 0 || right > n) {
    throw new GradusError('usage/bad-count', `${right} right of ${n} samples have no mean.`, {
      hint: 'Give whole counts with 0 <= right <= n and n of 1 or more.',
    })
  }
  return right / n
}
