// A curve in one line of text: eight heights on a scale that several curves may share.

const heights = [...'▁▂▃▄▅▆▇█']

/** One sign a value; a value that is not a number leaves a gap. Long curves are thinned to `width` signs, ends kept. */
export function sparkline(
  values: readonly number[],
  { low, high, width = 40 }: { readonly low: number; readonly high: number; readonly width?: number },
): string {
  const count = Math.min(width, values.length)
  const picked = Array.from({ length: count }, (_, i) =>
    count < 2 ? values[i] : values[Math.round((i * (values.length - 1)) / (count - 1))],
  )
  return picked
    .map((value) => {
      if (!Number.isFinite(value)) return ' '
      const share = high > low ? (value - low) / (high - low) : 0.5
      return heights[Math.min(heights.length - 1, Math.max(0, Math.floor(share * heights.length)))]
    })
    .join('')
}
