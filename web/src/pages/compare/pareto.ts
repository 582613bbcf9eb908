// The Pareto line of points with a cost and a value: those that no other point beats on both.

/** Something that costs and is worth something. */
export interface CostedPoint {
  readonly cost: number
  readonly value: number
}

/** Points that are on the line, the cheapest first. Of several alike, all are. */
export function paretoLine<Point extends CostedPoint>(points: readonly Point[]): readonly Point[] {
  const order = points
    .filter(({ cost, value }) => Number.isFinite(cost) && Number.isFinite(value))
    .toSorted((a, b) => a.cost - b.cost || b.value - a.value)
  let best: Point | undefined
  return order.filter((point) => {
    const isOn =
      best === undefined || point.value > best.value || (point.value === best.value && point.cost === best.cost)
    if (isOn) best = point
    return isOn
  })
}

/** The line as corners of stairs: what can be had for a cost is the value of the last point that is not dearer. */
export function paretoStairs(line: readonly CostedPoint[], mostCost: number): readonly CostedPoint[] {
  const corners = line.flatMap(({ cost, value }, i) =>
    i === 0
      ? [{ cost, value }]
      : [
          { cost, value: line[i - 1].value },
          { cost, value },
        ],
  )
  const last = corners.at(-1)
  return last === undefined || last.cost >= mostCost ? corners : [...corners, { cost: mostCost, value: last.value }]
}
