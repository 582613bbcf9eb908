// `system_fingerprint`: equal for equal weights and program, so that a client sees when seeds stop giving what they gave.
import { createHash } from 'node:crypto'

/** Numbers looked at; reading all of a large model would delay the start by seconds. */
const LOOKS = 4096

/** A name for these weights, as run by `version` of the program. */
export function fingerprintOf(weights: Float32Array, version: string): string {
  const step = Math.max(1, Math.floor(weights.length / LOOKS))
  const looks = Float32Array.from({ length: Math.min(LOOKS, weights.length) }, (_, i) => weights[i * step])
  const hash = createHash('sha256').update(`${version}/${weights.length}/`).update(new Uint8Array(looks.buffer))
  return `fp_${hash.digest('hex').slice(0, 12)}`
}
