// The path of a curve the size of a word. Pure.

/** A path through the points, all of them within the box of the picture. */
export function sparkPath(points: readonly number[], width: number, height: number): string {
  const least = Math.min(...points)
  const span = Math.max(...points) - least
  const room = 2
  const x = (i: number): number =>
    points.length === 1 ? width / 2 : room + (i / (points.length - 1)) * (width - 2 * room)
  const y = (value: number): number =>
    span === 0 ? height / 2 : height - room - ((value - least) / span) * (height - 2 * room)
  const at = (value: number, i: number): string => `${x(i).toFixed(1)} ${y(value).toFixed(1)}`
  // A single point is a short line, so that it can be seen.
  if (points.length === 1) return `M${(x(0) - 2).toFixed(1)} ${y(points[0]).toFixed(1)}h4`
  return `M${points.map(at).join('L')}`
}
