// Sizes and roots of big integers, by Newton's iteration from above with a start in double precision.

const mostOfDouble = 1n << 1000n

/** The bits of |n|, at most 3 too many, never too few. */
export function bitsOf(n: bigint): number {
  const size = n < 0n ? -n : n
  if (size === 0n) return 0
  // Number() rounds to nearest, so a number just below a power of two may count one bit more.
  if (size < mostOfDouble) return Math.floor(Math.log2(Number(size))) + 1
  return size.toString(16).length * 4
}

/** The integer part of the square root of n >= 0. */
export function integerSquareRoot(n: bigint): bigint {
  if (n < 4503599627370496n) return BigInt(Math.floor(Math.sqrt(Number(n))))
  const shift = Math.max(0, bitsOf(n) - 100) & ~1
  let x = BigInt(Math.floor(Math.sqrt(Number(n >> BigInt(shift)))) + 2) << BigInt(shift / 2)
  for (;;) {
    const y = (x + n / x) >> 1n
    if (y >= x) return x
    x = y
  }
}

/** The integer part of the k-th root of n >= 0, for k >= 1. */
export function integerRoot(n: bigint, k: number): bigint {
  if (k === 1 || n < 2n) return n
  if (k === 2) return integerSquareRoot(n)
  const bits = bitsOf(n)
  if (bits <= k) return 1n
  const power = BigInt(k)
  const shift = Math.max(0, Math.floor((bits - 900) / k)) * k
  const start = Number(n >> BigInt(shift)) ** (1 / k) * (1 + 1e-12)
  let x = (BigInt(Math.ceil(start)) + 1n) << BigInt(shift / k)
  for (;;) {
    const y = ((power - 1n) * x + n / x ** (power - 1n)) / power
    if (y >= x) return x
    x = y
  }
}

/** The k-th root of n >= 0 when it is an integer. */
export function exactIntegerRoot(n: bigint, k: number): bigint | undefined {
  const root = integerRoot(n, k)
  return root ** BigInt(k) === n ? root : undefined
}
