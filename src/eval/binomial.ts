// Binomial coefficients as logarithms, and shares of subsets made of them: exact enough for any number of samples, where
// the coefficients themselves would overflow.

// log(i!) by i; grows when asked.
const logFactorials = [0, 0]

/** log C(n, k) for whole 0 <= k <= n; minus infinity where there is no way. */
export function logBinomial(n: number, k: number): number {
  if (k < 0 || k > n) return Number.NEGATIVE_INFINITY
  for (let i = logFactorials.length; i <= n; i++) logFactorials.push(logFactorials[i - 1] + Math.log(i))
  return logFactorials[n] - logFactorials[k] - logFactorials[n - k]
}

/** C(part, k) / C(whole, k): the share of subsets of k that lie in the part. A product of ratios in [0, 1]. */
export function subsetShare(part: number, whole: number, k: number): number {
  let share = 1
  for (let i = 0; i < k && share > 0; i++) share *= Math.max(0, part - i) / (whole - i)
  return share
}
