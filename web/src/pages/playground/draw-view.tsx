// One sample while it grows and when it has ended: its verdict first, then what was written.
import { useMemo } from 'preact/hooks'
import { ModelText } from '../../components/text/model-text.tsx'
import { safePieces } from '../../components/text/visible-text.ts'
import { TokenStrip } from '../../components/tokens/token-strip.tsx'
import { Verdict } from '../../components/verdict.tsx'
import type { Draw } from './sampling.ts'

interface DrawViewProps {
  /** From 1. */
  readonly number: number
  readonly draw: Draw
  readonly look: 'tokens' | 'text'
  readonly isDrawing: boolean
}

/** A sample. */
export function DrawView({ number, draw, look, isDrawing }: DrawViewProps) {
  const { tokens, end } = draw
  const text = useMemo(() => (look === 'text' ? tokens.map((token) => token.text).join('') : ''), [look, tokens])
  return (
    <article class={`playground-draw ${end?.verdict ?? ''}`} aria-label={`Sample ${number}`}>
      <header>
        <h3>Sample {number}</h3>
        <span class="muted">
          {tokens.length} {tokens.length === 1 ? 'token' : 'tokens'}
          {end && `, stop ${end.stop}`}
        </span>
      </header>
      <p class="playground-verdict">
        {end ? (
          <>
            <Verdict verdict={end.verdict} />{' '}
            <bdi>
              {safePieces(end.reason)
                .map((piece) => piece.text)
                .join('')}
            </bdi>
          </>
        ) : (
          <span class="muted">{isDrawing ? 'Drawing …' : 'Not drawn to its end'}</span>
        )}
      </p>
      {look === 'text' ? (
        <ModelText text={text} lines={40} what="sample" />
      ) : (
        tokens.length > 0 && <TokenStrip tokens={tokens} measure="logprob" label={`Tokens of sample ${number}`} />
      )}
    </article>
  )
}
