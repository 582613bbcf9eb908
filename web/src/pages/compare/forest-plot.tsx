// A forest plot: one interval a row, on one scale, about the line that they are read against. Each row says its numbers in
// words as well, so that the drawing itself is decoration to who cannot see it. Knows nothing of comparisons or labs.
import type { ComponentChildren } from 'preact'
import './forest.css'
import { forestScale, type Span } from './forest-scale.ts'

/** A row. */
export interface ForestRow {
  readonly key: string
  readonly label: ComponentChildren
  /** Null where there is nothing to draw. */
  readonly span: (Span & { readonly value: number }) | null
  /** The numbers, and what follows from them. */
  readonly text: ComponentChildren
  /** `right`, `wrong` or `muted`. */
  readonly tone?: 'right' | 'wrong' | 'muted'
}

interface ForestPlotProps {
  readonly title: string
  readonly rows: readonly ForestRow[]
  /** What the rows are read against. */
  readonly line?: { readonly at: number; readonly label: string; readonly low?: number; readonly high?: number }
  /** What lies on either side. */
  readonly sides?: readonly [string, string]
  readonly format: (value: number, digits: number) => string
}

/** Pixels from the top of a row. */
const MIDDLE = 18

/** Draws intervals under each other. */
export function ForestPlot({ title, rows, line, sides, format }: ForestPlotProps) {
  const spans = rows.flatMap(({ span }) => (span === null ? [] : [span]))
  const lines = line === undefined ? [] : [line.at, line.low ?? line.at, line.high ?? line.at]
  const scale = forestScale(spans, { lines })
  const at = (value: number): string => `${(scale.place(value) * 100).toFixed(3)}%`
  const background = (
    <>
      {line?.low !== undefined && line.high !== undefined && (
        <rect
          class="forest-band"
          x={at(line.low)}
          width={`${((scale.place(line.high) - scale.place(line.low)) * 100).toFixed(3)}%`}
          y="0"
          height="100%"
        />
      )}
      {scale.ticks.map((tick) => (
        <line key={tick} class="forest-tick" x1={at(tick)} x2={at(tick)} y1="0" y2="100%" />
      ))}
      {line && <line class="forest-line" x1={at(line.at)} x2={at(line.at)} y1="0" y2="100%" />}
    </>
  )
  return (
    <figure class="forest">
      <figcaption>{title}</figcaption>
      <ul>
        {rows.map(({ key, label, span, text, tone }) => (
          <li key={key}>
            <div class="forest-label">{label}</div>
            <div class="forest-cell">
              <svg class={`forest-row ${tone ?? ''}`} aria-hidden="true">
                {background}
                {span && (
                  // From the top, beside the name, however long the text gets.
                  <>
                    <line class="forest-interval" x1={at(span.low)} x2={at(span.high)} y1={MIDDLE} y2={MIDDLE} />
                    {[span.low, span.high].map((end, i) => (
                      <line key={i} class="forest-end" x1={at(end)} x2={at(end)} y1={MIDDLE - 6} y2={MIDDLE + 6} />
                    ))}
                    <circle cx={at(span.value)} cy={MIDDLE} r="4.5" />
                  </>
                )}
              </svg>
            </div>
            <div class="forest-text">{text}</div>
          </li>
        ))}
      </ul>
      <div class="forest-axis" aria-hidden="true">
        <svg aria-hidden="true">
          {scale.ticks.map((tick) => (
            <g key={tick}>
              <line class="forest-tick" x1={at(tick)} x2={at(tick)} y1="0" y2="5" />
              <text x={at(tick)} y="18">
                {format(tick, scale.digits)}
              </text>
            </g>
          ))}
        </svg>
        {line && <LineLabel {...line} place={scale.place(line.at)} />}
        {sides && (
          <p class="forest-sides">
            <span>← {sides[0]}</span>
            <span>{sides[1]} →</span>
          </p>
        )}
      </div>
    </figure>
  )
}

function LineLabel({ label, place }: { readonly label: string; readonly place: number }) {
  // Near an edge the label hangs inwards.
  const side = place < 0.2 ? 'start' : place > 0.8 ? 'end' : 'middle'
  const anchor = { start: '0', middle: '-50%', end: '-100%' }[side]
  return (
    <p class="forest-line-label" style={{ left: `${place * 100}%`, transform: `translateX(${anchor})` }}>
      {label}
    </p>
  )
}
