// What the colours of tokens stand for: every colour of the scale in order, with numbers below.
import { cssColour } from './colour-scale.ts'
import { type MeasureName, measures } from './measures.ts'

/** The legend of a measure. */
export function Legend({ measure }: { measure: MeasureName }) {
  const { about, scale, ticks, placeOf } = measures[measure]
  return (
    <figure class="tokens-legend">
      <div class="tokens-legend-scale">
        <div class="tokens-legend-colours" aria-hidden="true">
          {scale.colours.map((colour, i) => (
            <span key={i} style={{ background: cssColour(colour) }} />
          ))}
        </div>
        <div class="tokens-legend-ticks">
          {ticks.map(({ value, label: text }) => (
            <span key={value} style={{ left: `${placeOf(value) * 100}%` }}>
              {text}
            </span>
          ))}
        </div>
      </div>
      <figcaption class="muted">{about}</figcaption>
    </figure>
  )
}
