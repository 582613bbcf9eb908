// A verdict as a word and a shape of its own, so that it does not hang on colour.
import '../styles/verdict.css'

/** What a verifier said. */
export type VerdictKind = 'right' | 'wrong' | 'undecided' | 'failed'

const shapes: Readonly<Record<VerdictKind, string>> = {
  right: 'M2.5 6.5 5 9l4.5-6',
  wrong: 'M3 3l6 6M9 3l-6 6',
  undecided: 'M2.5 6h7',
  failed: 'M6 2v5M6 9.2v.8',
}

/** Shape and word; the shape alone, with the word read aloud, where `isShort`. */
export function Verdict({ verdict, isShort = false }: { verdict: VerdictKind | null | undefined; isShort?: boolean }) {
  if (verdict === null || verdict === undefined) {
    return isShort ? <span class="muted">–</span> : <span class="muted">no verdict</span>
  }
  return (
    <span class={`verdict ${verdict}`} title={isShort ? verdict : undefined}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d={shapes[verdict]} fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />
      </svg>
      <span class={isShort ? 'visually-hidden' : undefined}>{verdict}</span>
    </span>
  )
}
