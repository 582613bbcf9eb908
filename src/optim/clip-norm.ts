// The global norm of a gradient arena and the factor that brings it down to a limit.
// Changes nothing itself: optimisers multiply by the factor while they read. A norm that is not finite is a value,
// not a throw, so that the caller can save what it has before it stops.

/** What came of measuring the gradients. */
export type GradientNorm =
  /** `scale` is 1 when the norm is within the limit. */
  | { readonly kind: 'finite'; readonly norm: number; readonly scale: number }
  /** `at` is the first index whose gradient is NaN or infinite. */
  | { readonly kind: 'not-finite'; readonly norm: number; readonly at: number }

/**
 * Euclidean norm over the whole arena, summed in float64: squares of float32 numbers cannot overflow it, so
 * only a NaN or an infinity in the gradients gives a norm that is not finite.
 */
export function globalNorm(gradients: Float32Array): number {
  // Four running sums, since one would wait for each addition; their order is fixed, so the result is too.
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  const n = gradients.length
  const whole = n - (n % 4)
  let i = 0
  for (; i < whole; i += 4) {
    const p = gradients[i]
    const q = gradients[i + 1]
    const r = gradients[i + 2]
    const s = gradients[i + 3]
    a += p * p
    b += q * q
    c += r * r
    d += s * s
  }
  for (; i < n; i++) a += gradients[i] * gradients[i]
  return Math.sqrt(a + b + (c + d))
}

/** Measures the gradients and says by what to scale them so that their norm is at most `clipNorm` (none: no limit). */
export function clipByNorm(gradients: Float32Array, clipNorm = Number.POSITIVE_INFINITY): GradientNorm {
  const norm = globalNorm(gradients)
  if (!Number.isFinite(norm)) {
    return { kind: 'not-finite', norm, at: gradients.findIndex((g) => !Number.isFinite(g)) }
  }
  return { kind: 'finite', norm, scale: norm > clipNorm ? clipNorm / norm : 1 }
}
