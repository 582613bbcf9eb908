// What runs reached over what they cost, with the Pareto line: the runs that no other beats on both. Each point's numbers
// are said in words below the drawing.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { formatCount, formatDuration } from '../../lib/format.ts'
import { forestScale } from './forest-scale.ts'
import { paretoLine, paretoStairs } from './pareto.ts'
import { placeLabels } from './place-labels.ts'
import { RunMark, signOf } from './run-mark.tsx'
import { share } from './verdict.ts'

/** A run as a point. */
export interface ScatterPoint {
  readonly run: string
  readonly name: string
  /** Of the run among those that are compared: gives its sign. */
  readonly place: number
  readonly cost: number
  readonly value: number
  readonly low: number
  readonly high: number
}

interface CostScatterProps {
  readonly title: string
  readonly unit: 'tokens' | 'seconds'
  readonly points: readonly ScatterPoint[]
}

const HEIGHT = 300
const BOX = { left: 46, right: 12, top: 12, bottom: 40 }
const LABEL = { height: 15, character: 6.7, gap: 9, longest: 24 }

/** Value over cost. */
export function CostScatter({ title, unit, points }: CostScatterProps) {
  const figure = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(480)
  useLayoutEffect(() => {
    const element = figure.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(Math.max(240, element.clientWidth)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const format = unit === 'tokens' ? formatCount : formatDuration
  const xs = forestScale(
    points.map(({ cost }) => ({ low: cost, high: cost })),
    { lines: [0], isFromZero: true },
  )
  const ys = forestScale(points)
  const plot = { width: width - BOX.left - BOX.right, height: HEIGHT - BOX.top - BOX.bottom }
  const x = (cost: number): number => BOX.left + xs.place(cost) * plot.width
  const y = (value: number): number => BOX.top + (1 - ys.place(value)) * plot.height
  const best = paretoLine(points)
  const stairs = paretoStairs(best, xs.high)
  // Labels hang to the left of points in the right part of the plot.
  const labels = points.map(({ name, cost, value }) => {
    const text = name.length > LABEL.longest ? `${name.slice(0, LABEL.longest - 1)}…` : name
    const length = text.length * LABEL.character
    const isLeft = x(cost) + LABEL.gap + length > width - BOX.right
    return { text, isLeft, x: isLeft ? x(cost) - LABEL.gap - length : x(cost) + LABEL.gap, y: y(value), width: length }
  })
  const heights = placeLabels(labels, { height: LABEL.height, room: HEIGHT - BOX.bottom })
  return (
    <figure class="scatter">
      <figcaption>{title}</figcaption>
      <div ref={figure}>
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {ys.ticks.map((tick) => (
            <g key={tick}>
              <line class="scatter-grid" x1={BOX.left} x2={width - BOX.right} y1={y(tick)} y2={y(tick)} />
              <text class="scatter-tick" x={BOX.left - 7} y={y(tick)} dy="0.32em" text-anchor="end">
                {tick.toFixed(ys.digits)}
              </text>
            </g>
          ))}
          {xs.ticks.map((tick) => (
            <g key={tick}>
              <line class="scatter-grid" x1={x(tick)} x2={x(tick)} y1={BOX.top} y2={HEIGHT - BOX.bottom} />
              <text class="scatter-tick" x={x(tick)} y={HEIGHT - BOX.bottom + 16} text-anchor="middle">
                {tick === 0 ? '0' : format(tick)}
              </text>
            </g>
          ))}
          <text class="scatter-tick" x={width - BOX.right} y={HEIGHT - 5} text-anchor="end">
            {unit} →
          </text>
          <polyline
            class="scatter-pareto"
            points={stairs.map(({ cost, value }) => `${x(cost)},${y(value)}`).join(' ')}
          />
          {points.map(({ run, place, cost, value, low, high }, i) => {
            const { path, color } = signOf(place)
            return (
              <g key={run} style={{ color }}>
                <line class="scatter-interval" x1={x(cost)} x2={x(cost)} y1={y(low)} y2={y(high)} />
                <path d={path} transform={`translate(${x(cost) - 6},${y(value) - 6})`} />
                <text
                  x={labels[i].isLeft ? x(cost) - LABEL.gap : labels[i].x}
                  y={heights[i]}
                  dy="0.32em"
                  text-anchor={labels[i].isLeft ? 'end' : 'start'}
                >
                  {labels[i].text}
                </text>
              </g>
            )
          })}
        </svg>
      </div>
      <p class="scatter-best">
        {best.length === 0
          ? 'No run says what it cost.'
          : 'On the line, from the cheapest: no other run has more for less. Intervals are not part of that line: neighbours on it may be equal.'}
      </p>
      <ul class="scatter-list">
        {best.map(({ run, name, place, cost, value }) => (
          <li key={run}>
            <RunMark place={place} /> {name}: {share(value)} for {format(cost)}
            {unit === 'tokens' ? ' tokens' : ''}
          </li>
        ))}
      </ul>
    </figure>
  )
}
