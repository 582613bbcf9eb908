// Where a step lies on another axis (tokens, seconds), from the same curve over both. Pure.

/** From steps to places of an axis: straight lines between what is known, the ends beyond. */
export function axisMap(steps: readonly number[], places: readonly number[]): (step: number) => number | undefined {
  const isUsable = steps.length > 0 && steps.length === places.length
  return (step) => {
    if (!isUsable) return undefined
    const next = steps.findIndex((known) => known >= step)
    if (next < 0) return places[places.length - 1]
    if (next === 0 || steps[next] === step) return places[next]
    const share = (step - steps[next - 1]) / (steps[next] - steps[next - 1])
    return places[next - 1] + share * (places[next] - places[next - 1])
  }
}
