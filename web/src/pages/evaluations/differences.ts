// Where two completions differ, by words: what is common to the beginning and the end is taken away, and the longest
// common subsequence of the rest is what they share. Long rests differ as a whole, since the table grows with the product.
import type { Range } from '../../components/text/ranges.ts'

/** Cells of the table at most. */
const MAX_CELLS = 250_000
/** Longest text that is looked into. */
const MAX_UNITS = 20_000

/** What of each text the other has not. */
export interface Differences {
  readonly before: readonly Range[]
  readonly after: readonly Range[]
}

/** The words of `before` and `after` that are not common to both, in order. */
export function differences(before: string, after: string): Differences {
  if (before === after) return { before: [], after: [] }
  const whole = (text: string): Range[] => (text === '' ? [] : [{ from: 0, to: text.length }])
  if (before.length > MAX_UNITS || after.length > MAX_UNITS) return { before: whole(before), after: whole(after) }
  const a = words(before)
  const b = words(after)
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const common = commonWords(a.slice(head, a.length - tail), b.slice(head, b.length - tail))
  const isOwn = (shared: ReadonlySet<number>, count: number) => (i: number) =>
    i >= head && i < count - tail && !shared.has(i - head)
  return {
    before: rangesOf(a, isOwn(common.a, a.length)),
    after: rangesOf(b, isOwn(common.b, b.length)),
  }
}

/** Words, numbers, single signs and stretches of space. */
const words = (text: string): readonly string[] => text.match(/[\p{L}\p{M}_]+|\p{N}+|\s+|[\s\S]/gu) ?? []

/** The places of one longest common subsequence. */
function commonWords(a: readonly string[], b: readonly string[]): { a: Set<number>; b: Set<number> } {
  const found = { a: new Set<number>(), b: new Set<number>() }
  const width = b.length + 1
  if (a.length * b.length > MAX_CELLS) return found
  // best[i * width + j]: length of it in a from i on and b from j on.
  const best = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const skip = Math.max(best[(i + 1) * width + j], best[i * width + j + 1])
      best[i * width + j] = a[i] === b[j] ? best[(i + 1) * width + j + 1] + 1 : skip
    }
  }
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      found.a.add(i++)
      found.b.add(j++)
    } else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i++
    else j++
  }
  return found
}

/** Neighbouring words that are asked for, as one range each. */
function rangesOf(parts: readonly string[], isWanted: (i: number) => boolean): readonly Range[] {
  const ranges: { from: number; to: number }[] = []
  let at = 0
  for (const [i, part] of parts.entries()) {
    if (isWanted(i)) {
      const last = ranges.at(-1)
      if (last?.to === at) last.to += part.length
      else ranges.push({ from: at, to: at + part.length })
    }
    at += part.length
  }
  return ranges
}
