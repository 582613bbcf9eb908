// Fewer points for the same picture: of each stretch of a long curve the lowest and the highest stay, so no spike is lost.
import type { Point } from './report-data.ts'

/** At most about `limit` of the points, in order; first and last always stay. */
export function thinPoints(points: readonly Point[], limit = 400): readonly Point[] {
  if (points.length <= limit) return points
  const size = Math.ceil((points.length * 2) / limit)
  const kept = new Set<number>([0, points.length - 1])
  for (let start = 0; start < points.length; start += size) {
    let low = start
    let high = start
    for (let i = start; i < Math.min(start + size, points.length); i++) {
      if (!Number.isFinite(points[i].y)) kept.add(i)
      if (points[i].y < points[low].y || !Number.isFinite(points[low].y)) low = i
      if (points[i].y > points[high].y || !Number.isFinite(points[high].y)) high = i
    }
    kept.add(low).add(high)
  }
  return points.filter((_point, i) => kept.has(i))
}
