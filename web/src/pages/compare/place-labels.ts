// Labels beside the points of a scatter plot, moved up and down until none covers another.

/** A label where it would best stand: `x` to `x + width`, about `y`. In pixels. */
export interface WantedLabel {
  readonly x: number
  readonly y: number
  readonly width: number
}

/** Heights for labels, in the order given: as near to those wanted as `height` and the edges of `room` allow. */
export function placeLabels(
  labels: readonly WantedLabel[],
  { height, room }: { readonly height: number; readonly room: number },
): readonly number[] {
  const placed: { readonly index: number; readonly y: number }[] = []
  const order = labels.map((_, index) => index).sort((a, b) => labels[a].y - labels[b].y || a - b)
  for (const index of order) {
    const { x, y, width } = labels[index]
    const inTheWay = placed
      .filter((other) => labels[other.index].x < x + width && x < labels[other.index].x + labels[other.index].width)
      .map((other) => other.y)
    const isFree = (at: number): boolean => inTheWay.every((taken) => Math.abs(taken - at) >= height - 1e-9)
    // The nearest free place touches one of those in the way, or is the one wanted.
    const wanted = clamp(y, height / 2, room - height / 2)
    const places = [wanted, ...inTheWay.flatMap((taken) => [taken - height, taken + height])]
      .filter((at) => at >= height / 2 - 1e-9 && at <= room - height / 2 + 1e-9 && isFree(at))
      .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b)
    // More labels than room: they stand where they want to.
    placed.push({ index, y: places[0] ?? wanted })
  }
  const heights = new Map(placed.map(({ index, y }) => [index, y]))
  return labels.map((label, index) => heights.get(index) ?? label.y)
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))
