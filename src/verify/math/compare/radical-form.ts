// Powers of positive rational numbers as polynomials over roots of primes: sqrt(8) is 2·2^(1/2). Factors beyond the
// trial division stay together and are treated as primes, which can miss an equality but never invents one.
import type { Rational } from '../expression.ts'
import * as p from '../number/polynomial.ts'
import * as q from '../number/rational.ts'
import { spend, type Work } from '../number/work.ts'

const largestTrial = 2000n

/** Factors and how often they occur; negative counts come from the bottom. Trial division up to 2000. */
export function primePowers(value: Rational, work: Work): readonly (readonly [bigint, number])[] {
  const found: [bigint, number][] = []
  for (const [side, sign] of [
    [value.top, 1],
    [value.bottom, -1],
  ] as const) {
    let left = side
    for (let d = 2n; d <= largestTrial && d * d <= left; d += d === 2n ? 1n : 2n) {
      let times = 0
      while (left % d === 0n) {
        left /= d
        times += sign
      }
      if (times !== 0) found.push([d, times])
    }
    spend(work, 4 + q.sizeOf(value) / 8)
    if (left > 1n) found.push([left, sign])
  }
  return found
}

/** base^exponent for a base above 0; the whole part of every prime's power goes to the coefficient. */
export function radical(base: Rational, exponent: Rational, ring: p.Ring): p.Polynomial {
  let product = p.constantPolynomial(q.one)
  for (const [prime, times] of primePowers(base, ring.work)) {
    const power = q.multiply(exponent, q.rational(BigInt(times)))
    const wholePart = q.floorOf(power)
    const rest = q.subtract(power, q.rational(wholePart))
    const coefficient = q.powerOf(q.rational(prime), Number(wholePart))
    product = p.scalePolynomial(product, coefficient, ring)
    if (rest.top === 0n) continue
    const rule = { power: Number(rest.bottom), value: q.rational(prime) }
    const kernel = p.kernelOf(ring, `${prime}^{1/${rest.bottom}}`, rule)
    product = p.multiplyPolynomials(product, p.kernelPolynomial(kernel, Number(rest.top)), ring)
  }
  return product
}
