// What colours and sizes in the drawing mean, with the numbers at both ends of the scale.
import { Verdict } from '../../components/verdict.tsx'
import { formatCount, formatNumber } from '../../lib/format.ts'
import { COLOUR_STEPS, type ColourBy, DIAMETERS, type Quality, type QualityRange, type SizeBy } from './node-looks.ts'

interface ColourKeyProps {
  readonly colour: ColourBy
  readonly size: SizeBy
  readonly ranges: Readonly<Record<Quality, QualityRange | null>>
}

/** The key under the drawing. */
export function ColourKey({ colour, size, ranges }: ColourKeyProps) {
  const range = colour === 'verdict' ? null : ranges[colour]
  const sizes = size === 'equal' ? null : ranges[size]
  return (
    <div class="search-key">
      {colour === 'verdict' ? (
        <span class="search-key-part">
          <Verdict verdict="right" /> <Verdict verdict="wrong" /> <Verdict verdict="undecided" />
        </span>
      ) : range === null ? (
        <span>no node has a {colour}</span>
      ) : (
        <span class="search-key-part">
          {colour} {shown(colour, range.least)}
          <svg width={COLOUR_STEPS * 18} height="12" aria-hidden="true">
            {Array.from({ length: COLOUR_STEPS }, (_, step) => (
              <circle key={`c${step}`} class={`search-swatch c${step}`} cx={9 + step * 18} cy="6" r="5" />
            ))}
          </svg>
          {shown(colour, range.most)}
        </span>
      )}
      {sizes && (
        <span class="search-key-part">
          {size} {shown(size, sizes.least)}
          <svg width={DIAMETERS.length * 20} height="18" aria-hidden="true">
            {DIAMETERS.map((diameter, i) => (
              <circle key={diameter} class="search-swatch unknown" cx={10 + i * 20} cy="9" r={diameter / 2} />
            ))}
          </svg>
          {shown(size, sizes.most)}
        </span>
      )}
      <span class="search-key-part">
        <svg width="16" height="16" aria-hidden="true">
          <circle class="search-ring done" cx="8" cy="8" r="6" stroke-width="2" />
        </svg>
        chosen
      </span>
      <span class="search-key-part">
        <svg width="16" height="16" aria-hidden="true">
          <circle class="search-ring touched" cx="8" cy="8" r="6" stroke-width="2" />
        </svg>
        last event
      </span>
    </div>
  )
}

const shown = (quality: ColourBy | SizeBy, value: number): string =>
  quality === 'visits' ? formatCount(value) : formatNumber(value)
