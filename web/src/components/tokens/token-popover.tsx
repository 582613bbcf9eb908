// All that is known of one token, beside it: below where there is room, else above, never beyond the edges of the strip.
import { useLayoutEffect, useRef } from 'preact/hooks'
import { visibleToken } from '../text/visible-text.ts'
import { type MeasureName, measureNames, measures, probability, type ShownToken, signed } from './measures.ts'

/** What the popover stands beside. */
export interface PopoverPlace {
  readonly token: HTMLElement
  /** What it is placed in: the strip's frame. */
  readonly frame: HTMLElement
  readonly index: number
}

interface TokenPopoverProps {
  readonly id: string
  readonly place: PopoverPlace
  readonly token: ShownToken
  readonly count: number
  readonly measure: MeasureName
}

const GAP = 6
const MAX_SHOWN = 300

/** The popover. It takes its place before it is painted. */
export function TokenPopover({ id, place, token, count, measure }: TokenPopoverProps) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (box.current) putBeside(box.current, place)
  })
  const known = measureNames.filter((name) => token[name] !== null)
  return (
    <div id={id} ref={box} class="token-popover" role="tooltip">
      <p class="token-popover-text">
        <bdi>{token.text === '' ? 'No text' : visibleToken(token.text.slice(0, MAX_SHOWN))}</bdi>
      </p>
      <dl>
        <Fact name="Token" value={`${place.index + 1} of ${count}`} />
        <Fact name="Id" value={String(token.id)} />
        {token.logprob !== null && <Fact name="Probability" value={probability(token.logprob)} />}
        {known.map((name) => (
          <Fact
            key={name}
            name={measures[name].label}
            value={signed(token[name] ?? Number.NaN, name === 'advantage')}
            isStrong={name === measure}
          />
        ))}
      </dl>
      {token.top !== undefined && token.top.length > 0 && (
        <>
          <p class="muted">Likeliest here</p>
          <ol>
            {token.top.map((other, i) => (
              <li key={i} class={other.text === token.text ? 'token-popover-drawn' : undefined}>
                <bdi>{visibleToken(other.text.slice(0, 40)) || '∅'}</bdi>
                <span class="token-popover-bar" style={{ width: `${Math.exp(other.logprob) * 100}%` }} />
                <span>{probability(other.logprob)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  )
}

function Fact({ name, value, isStrong }: { name: string; value: string; isStrong?: boolean }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{isStrong ? <strong>{value}</strong> : value}</dd>
    </>
  )
}

function putBeside(box: HTMLElement, { token, frame }: PopoverPlace): void {
  const around = frame.getBoundingClientRect()
  const at = token.getClientRects()[0] ?? token.getBoundingClientRect()
  const below = at.bottom + GAP
  const hasRoom = below + box.offsetHeight <= document.documentElement.clientHeight || at.top < box.offsetHeight + GAP
  const top = hasRoom ? below : at.top - GAP - box.offsetHeight
  const left = Math.max(0, Math.min(at.left - around.left, around.width - box.offsetWidth))
  box.style.top = `${top - around.top}px`
  box.style.left = `${left}px`
}
