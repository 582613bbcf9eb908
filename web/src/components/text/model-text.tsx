// Text that a model wrote or read, as text and nothing else: set apart in direction, with signs for what cannot be seen,
// and cut to a first look where it is long. What a search found in it, or what differs, is marked.
import { useMemo, useState } from 'preact/hooks'
import './model-text.css'
import { cutAt, type Range, stretches } from './ranges.ts'
import { safePieces } from './visible-text.ts'

/** More is not put on a page at once. */
const MAX_UNITS = 200_000

interface ModelTextProps {
  readonly text: string
  /** In order and apart. */
  readonly marks?: readonly Range[]
  /** How a mark looks: what a search found, what only this text has. */
  readonly markKind?: 'found' | 'own'
  /** Of the first look. */
  readonly lines?: number
  /** What it is, for the button that shows all of it. */
  readonly what: string
}

const noMarks: readonly Range[] = []

/** A text of a model. */
export function ModelText({ text, marks = noMarks, markKind = 'found', lines = 12, what }: ModelTextProps) {
  const [isWhole, setWhole] = useState(false)
  const limit = Math.min(text.length, MAX_UNITS)
  const firstLook = cutAt(text, lines, lines * 80)
  // The first mark is part of the first look.
  const end = isWhole ? limit : Math.min(limit, Math.max(firstLook, marks[0]?.to ?? 0))
  const parts = useMemo(
    () => stretches(text, marks, end).map((part) => ({ ...part, pieces: safePieces(part.text) })),
    [text, marks, end],
  )
  return (
    <div class="model-text">
      <pre>
        {parts.map(({ isMarked, pieces }, i) => {
          const shown = pieces.map((piece, j) =>
            piece.isSign ? (
              <span key={j} class="model-text-sign">
                {piece.text}
              </span>
            ) : (
              piece.text
            ),
          )
          return isMarked ? (
            <mark key={i} class={markKind}>
              {shown}
            </mark>
          ) : (
            <span key={i}>{shown}</span>
          )
        })}
        {text === '' && <span class="muted">(empty)</span>}
        {end < text.length && <span class="muted"> …</span>}
      </pre>
      {(end < limit || isWhole) && firstLook < limit && (
        <button type="button" class="model-text-more" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? `Less of the ${what}` : `All ${text.length.toLocaleString('en')} characters of the ${what}`}
        </button>
      )}
      {isWhole && limit < text.length && (
        <p class="muted">
          The rest is left out: a page cannot show {text.length.toLocaleString('en')} characters at once.
        </p>
      )}
    </div>
  )
}
