// A curve the size of a word, with its last value. Drawn as one path; nothing moves when a point is added but the path.
import { formatNumber } from '../../lib/format.ts'
import { sparkPath } from './spark-path.ts'

const WIDTH = 68
const HEIGHT = 24

/** `name` is what the points are of. */
export function Sparkline({ name, points }: { name: string; points: readonly number[] }) {
  const known = points.filter(Number.isFinite)
  if (known.length === 0) return <span class="muted">–</span>
  const last = known[known.length - 1]
  return (
    <span class="sparkline" title={name}>
      <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <path
          d={sparkPath(known, WIDTH, HEIGHT)}
          fill="none"
          stroke="currentColor"
          stroke-width="1.4"
          stroke-linejoin="round"
        />
      </svg>
      <span>
        <span class="visually-hidden">{name} </span>
        {formatNumber(last)}
      </span>
    </span>
  )
}
