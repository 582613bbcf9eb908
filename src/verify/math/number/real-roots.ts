// The real roots of a polynomial with rational coefficients, each in an interval of its own (Sturm's theorem and
// bisection, exact). Roots are told apart however close they are; how often one occurs does not matter.
import type { Rational } from '../expression.ts'
import { bitsOf } from './integer-root.ts'
import { greatestCommonDivisor, rational } from './rational.ts'
import { Stop, spend, type Work } from './work.ts'

/** One root lies here, `low` and `high` included; a root that was hit exactly has both equal. */
export interface RootInterval {
  readonly low: Rational
  readonly high: Rational
}

/** Coefficients by rising power, the last not zero. */
type Integers = readonly bigint[]

const highestDegree = 40
const mostHalvings = 2000

/** Rising and apart from each other; stops with `size` for a high degree. Coefficients by rising power. More `halvings` give narrower intervals. */
export function realRoots(coefficients: readonly Rational[], work: Work, halvings = 12): readonly RootInterval[] {
  const given = integersOf(coefficients)
  if (given.length <= 1) return []
  if (given.length - 1 > highestDegree) throw new Stop('size')
  const chain = squareFreeChain(given, work)
  const bound = 2n ** BigInt(rootBound(given))
  const found: { low: Rational; high: Rational }[] = []
  const open = [{ low: -bound, high: bound, scale: 1n, below: variations(chain, -bound, 1n, work), depth: 0 }]
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const { low, high, scale, below, depth } = part
    const above = variations(chain, high, scale, work)
    const count = below - above
    if (count === 0) continue
    if (count === 1) {
      found.push({ low: rational(low, scale), high: rational(high, scale) })
      continue
    }
    if (depth > mostHalvings) throw new Stop('size')
    const middle = low + high
    const atMiddle = variations(chain, middle, scale * 2n, work)
    open.push({ low: middle, high: high * 2n, scale: scale * 2n, below: atMiddle, depth: depth + 1 })
    open.push({ low: low * 2n, high: middle, scale: scale * 2n, below, depth: depth + 1 })
  }
  // The stack takes the lower half first, so that the roots come in order.
  return separated(found, chain, halvings, work)
}

/** Narrows every interval a little, and until it has a gap before the next. */
function separated(
  found: readonly { low: Rational; high: Rational }[],
  chain: readonly Integers[],
  halvings: number,
  work: Work,
): readonly RootInterval[] {
  const narrow = found.map((one) => narrowed(one, chain, halvings, work))
  for (let i = 1; i < narrow.length; i++) {
    for (let step = 0; !isBelow(narrow[i - 1].high, narrow[i].low); step++) {
      if (step > mostHalvings) throw new Stop('size')
      narrow[i - 1] = narrowed(narrow[i - 1], chain, 1, work)
      narrow[i] = narrowed(narrow[i], chain, 1, work)
    }
  }
  return narrow
}

/** Halves an interval, whose root lies above `low` or is both ends. */
function narrowed(from: RootInterval, chain: readonly Integers[], times: number, work: Work): RootInterval {
  let { low, high } = from
  for (let i = 0; i < times; i++) {
    if (low.top === high.top && low.bottom === high.bottom) break
    if (signAt(chain[0], high.top, high.bottom) === 0) return { low: high, high }
    const middle = rational(low.top * high.bottom + high.top * low.bottom, 2n * low.bottom * high.bottom)
    const isInLower =
      variations(chain, low.top, low.bottom, work) - variations(chain, middle.top, middle.bottom, work) === 1
    if (isInLower) high = middle
    else low = middle
  }
  return { low, high }
}

function isBelow(a: Rational, b: Rational): boolean {
  return a.top * b.bottom < b.top * a.bottom
}

/** A chain counts roots at the ends of an interval rightly only when no root occurs twice. */
function squareFreeChain(given: Integers, work: Work): readonly Integers[] {
  const chain = sturmChain(given, work)
  const divisor = chain[chain.length - 1]
  return divisor.length <= 1 ? chain : sturmChain(quotientOf(given, divisor), work)
}

/** a / b times something, for a b that divides a. */
function quotientOf(a: Integers, b: Integers): Integers {
  const lead = b[b.length - 1]
  const quotient: bigint[] = []
  let rest = [...a]
  while (rest.length >= b.length) {
    const top = rest[rest.length - 1]
    const shift = rest.length - b.length
    rest = rest.map((c, i) => c * lead - (i >= shift ? top * b[i - shift] : 0n))
    rest.pop()
    for (let i = 0; i < quotient.length; i++) quotient[i] *= lead
    quotient.unshift(top)
  }
  return primitive(quotient)
}

/** The polynomial, its derivative and the negated remainders, without their contents. */
function sturmChain(given: Integers, work: Work): readonly Integers[] {
  const chain: Integers[] = [given, derivative(given)]
  for (;;) {
    const last = chain[chain.length - 1]
    if (last.length <= 1) break
    spend(work, given.length * last.length * (1 + bitsOf(last[last.length - 1]) / 64))
    const rest = negatedRemainder(chain[chain.length - 2], last)
    if (rest.length === 0) break
    chain.push(rest)
  }
  return chain
}

function derivative(a: Integers): Integers {
  return primitive(a.slice(1).map((c, i) => c * BigInt(i + 1)))
}

/** -(a mod b) times something positive. */
function negatedRemainder(a: Integers, b: Integers): Integers {
  const lead = b[b.length - 1]
  const size = lead < 0n ? -lead : lead
  const sign = lead < 0n ? -1n : 1n
  let rest = [...a]
  while (rest.length >= b.length) {
    const top = rest[rest.length - 1] * sign
    const shift = rest.length - b.length
    rest = rest.map((c, i) => c * size - (i >= shift ? top * b[i - shift] : 0n))
    rest.pop()
    while (rest.length > 0 && rest[rest.length - 1] === 0n) rest.pop()
    rest = [...primitive(rest)]
  }
  return rest.map((c) => -c)
}

/** Divided by the content, which is positive. */
function primitive(a: Integers): Integers {
  const content = a.reduce(greatestCommonDivisor, 0n)
  return content > 1n ? a.map((c) => c / content) : a
}

function integersOf(coefficients: readonly Rational[]): Integers {
  let common = 1n
  for (const { bottom } of coefficients) common = (common / greatestCommonDivisor(common, bottom)) * bottom
  const whole = coefficients.map(({ top, bottom }) => top * (common / bottom))
  while (whole.length > 0 && whole[whole.length - 1] === 0n) whole.pop()
  return primitive(whole)
}

/** All roots are smaller than 2 to this power (Cauchy's bound). */
function rootBound(a: Integers): number {
  const lead = bitsOf(a[a.length - 1])
  return Math.max(1, Math.max(...a.map(bitsOf)) - lead + 5)
}

/** The sign at top / bottom, for a positive bottom. */
function signAt(a: Integers, top: bigint, bottom: bigint): number {
  let value = 0n
  let power = 1n
  for (let i = a.length - 1; i >= 0; i--) {
    value = value * top + a[i] * power
    power *= bottom
  }
  return value > 0n ? 1 : value < 0n ? -1 : 0
}

function variations(chain: readonly Integers[], top: bigint, bottom: bigint, work: Work): number {
  spend(work, chain.length * (1 + bitsOf(top) / 64))
  let count = 0
  let last = 0
  for (const one of chain) {
    const sign = signAt(one, top, bottom)
    if (sign === 0) continue
    if (last !== 0 && sign !== last) count += 1
    last = sign
  }
  return count
}
