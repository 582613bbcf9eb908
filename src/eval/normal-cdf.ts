// The standard normal distribution function, from the error function's series near the centre (Abramowitz and Stegun
// 26.2.11) and its continued fraction in the tails (26.2.14): relative error below 1e-12. Power needs it.

const rootOfTwoPi = Math.sqrt(2 * Math.PI)

/** Probability that a standard normal variable is at most `x`: the inverse of `normalQuantile`. */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  if (x > 4) return 1 - upperTail(x)
  if (x < -4) return upperTail(-x)
  // x + x^3/3 + x^5/(3*5) + ..., times the density.
  let term = x
  let sum = x
  for (let i = 3; Math.abs(term) > Math.abs(sum) * 1e-17; i += 2) {
    term *= (x * x) / i
    sum += term
  }
  return 0.5 + sum * density(x)
}

/** Beyond x >= 4, where 60 levels of the fraction are more than enough. */
function upperTail(x: number): number {
  if (x > 39) return 0
  let fraction = x
  for (let level = 60; level >= 1; level--) fraction = x + level / fraction
  return density(x) / fraction
}

function density(x: number): number {
  return Math.exp((-x * x) / 2) / rootOfTwoPi
}
