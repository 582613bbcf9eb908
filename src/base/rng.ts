// Seeded streams of randomness (sfc32), named by (seed, purpose, key...). A stream is never shared:
// whoever needs randomness names its own, so the order in which work completes changes no draw.

/** A part of a stream's name. */
export type StreamKey = string | number

/** A deterministic stream of random numbers. */
export interface Rng {
  /** The next number in [0, 1), 32 random bits. */
  next(): number
  /** The next integer in [0, bound); `bound` at most 2^32. */
  int(bound: number): number
  /** The next 32 random bits as an unsigned integer. */
  uint32(): number
  /** A draw from the standard normal distribution. */
  normal(): number
  /** One element of a non-empty list, uniformly. */
  pick<T>(items: readonly T[]): T
  /** A shuffled copy (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[]
}

/** FNV-1a over UTF-16 code units, with a final avalanche (murmur3's), so that close names give unrelated streams. */
export function hash32(text: string, basis = 0x811c9dc5): number {
  let h = basis >>> 0
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i)
    h = Math.imul(h, 0x01000193)
  }
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The stream named by `key`. Equal names give equal draws on every machine. */
export function stream(...key: readonly StreamKey[]): Rng {
  const name = key.map((k) => (typeof k === 'number' ? `#${k}` : `'${k}`)).join('/')
  let a = hash32(name)
  let b = hash32(name, a ^ 0x9e3779b9)
  let c = hash32(name, b ^ 0x243f6a88)
  let d = 1
  const uint32 = (): number => {
    const t = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) uint32()
  const next = (): number => uint32() / 4294967296
  const int = (bound: number): number => Math.floor(next() * bound)
  let spare: number | undefined
  return {
    next,
    int,
    uint32,
    normal() {
      if (spare !== undefined) {
        const value = spare
        spare = undefined
        return value
      }
      // Box-Muller; 1 - u keeps the logarithm's argument above zero.
      const radius = Math.sqrt(-2 * Math.log(1 - next()))
      const angle = 2 * Math.PI * next()
      spare = radius * Math.sin(angle)
      return radius * Math.cos(angle)
    },
    pick(items) {
      return items[int(items.length)]
    },
    shuffle(items) {
      const out = items.slice()
      for (let i = out.length - 1; i > 0; i--) {
        const j = int(i + 1)
        const swap = out[i]
        out[i] = out[j]
        out[j] = swap
      }
      return out
    },
  }
}
