// Tokens one after another, each with the colour of what is measured. The strip is one stop of the Tab key, arrows go from
// token to token, and the one that has the focus or the pointer says all that is known of it. Thousands of tokens stay
// smooth: they are drawn in blocks that are drawn again only when their tokens or the measure change, and a move of the
// focus touches two elements and the popover.
import { Component } from 'preact'
import { useCallback, useId, useRef, useState } from 'preact/hooks'
import { visibleToken } from '../text/visible-text.ts'
import { colourAt, cssColour, TEXT } from './colour-scale.ts'
import { type MeasureName, measures, type ShownToken } from './measures.ts'
import { nextToken } from './next-token.ts'
import { type PopoverPlace, TokenPopover } from './token-popover.tsx'
import './tokens.css'

/** Tokens of a block. */
const BLOCK = 128
/** Characters of a token in the strip; the popover has more. */
const MAX_SHOWN = 60

/** Hides the popover that was shown last: there is one on a page, whichever strip it belongs to. */
let hideShown: (() => void) | undefined

interface TokenStripProps {
  readonly tokens: readonly ShownToken[]
  readonly measure: MeasureName
  /** What it is, for those who do not see it. */
  readonly label: string
}

/** The strip with its popover. */
export function TokenStrip({ tokens, measure, label }: TokenStripProps) {
  const id = useId()
  const strip = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<PopoverPlace>()
  const focused = useRef<HTMLElement>()

  const hide = useCallback(() => setPlace(undefined), [])
  const show = useCallback(
    (token: HTMLElement | undefined) => {
      const frame = strip.current?.parentElement
      if (token === undefined || !frame) return hide()
      if (hideShown !== hide) hideShown?.()
      hideShown = hide
      setPlace({ token, frame, index: Number(token.dataset.at) })
    },
    [hide],
  )

  const moveFocus = (token: HTMLElement): void => {
    const old = focused.current ?? strip.current?.querySelector<HTMLElement>('[tabindex="0"]')
    if (old) old.tabIndex = -1
    token.tabIndex = 0
    focused.current = token
    show(token)
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const from = tokenOf(event.target)
    if (event.key === 'Escape') hide()
    const next = from && nextToken(from, event.key)
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  const hasFocus = (): boolean => focused.current !== undefined && document.activeElement === focused.current
  const blocks = Math.ceil(tokens.length / BLOCK)
  return (
    <div class="tokens" onPointerLeave={() => show(hasFocus() ? focused.current : undefined)}>
      <div
        ref={strip}
        class="tokens-strip"
        role="listbox"
        aria-label={label}
        aria-orientation="horizontal"
        style={{ color: cssColour(TEXT) }}
        onKeyDown={onKeyDown}
        onFocusIn={(event) => {
          const token = tokenOf(event.target)
          if (token) moveFocus(token)
        }}
        onFocusOut={hide}
        // Over a token is what comes below the pointer, also by scrolling or when a popover closes; a move is meant.
        onPointerMove={(event) => {
          const token = tokenOf(event.target)
          if (token && token !== place?.token) show(token)
        }}
      >
        {Array.from({ length: blocks }, (_, i) => (
          <Block key={i} tokens={tokens} from={i * BLOCK} measure={measure} describedBy={id} />
        ))}
      </div>
      {place !== undefined && tokens[place.index] !== undefined && (
        <TokenPopover id={id} place={place} token={tokens[place.index]} count={tokens.length} measure={measure} />
      )}
    </div>
  )
}

interface BlockProps {
  readonly tokens: readonly ShownToken[]
  readonly from: number
  readonly measure: MeasureName
  readonly describedBy: string
}

/** Some neighbouring tokens. */
class Block extends Component<BlockProps> {
  override shouldComponentUpdate(next: BlockProps): boolean {
    const { tokens, from, measure } = this.props
    if (next.measure !== measure) return true
    for (let i = from; i < from + BLOCK; i++) if (next.tokens[i] !== tokens[i]) return true
    return false
  }

  override render({ tokens, from, measure, describedBy }: BlockProps) {
    return (
      <span role="none">
        {tokens.slice(from, from + BLOCK).map((token, i) => (
          <Token key={from + i} token={token} at={from + i} measure={measure} describedBy={describedBy} />
        ))}
      </span>
    )
  }
}

function Token({
  token,
  at,
  measure,
  describedBy,
}: Omit<BlockProps, 'tokens' | 'from'> & { token: ShownToken; at: number }) {
  const { scale, placeOf } = measures[measure]
  const value = token[measure]
  const shown = visibleToken(token.text.slice(0, MAX_SHOWN))
  return (
    <>
      <span
        class={value === null ? 'token token-unknown' : 'token'}
        style={value === null ? undefined : { background: cssColour(colourAt(scale, placeOf(value))) }}
        data-at={at}
        role="option"
        aria-selected="false"
        aria-describedby={describedBy}
        tabIndex={at === 0 ? 0 : -1}
      >
        {token.text === '' ? '∅' : shown}
        {token.text.length > MAX_SHOWN && '…'}
      </span>
      {lineEnds(token.text)}
    </>
  )
}

/** The line ends of a token, which stand behind it so that its sign is on the line that it ends. */
const lineEnds = (text: string): string | undefined => {
  const count = text.split('\n', 4).length - 1
  return count === 0 ? undefined : '\n'.repeat(count)
}

const tokenOf = (target: EventTarget | null): HTMLElement | undefined =>
  (target instanceof Element && target.closest<HTMLElement>('.token')) || undefined
