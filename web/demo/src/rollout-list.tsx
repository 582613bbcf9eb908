// A few rollouts with their verdicts, held long enough to be read. What the model wrote is text and never anything else.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Rollouts } from './demo-state.ts'

/** How long rollouts stay, in milliseconds; longer for who wants less to move. */
const HOLD_MS = { usual: 1500, calm: 5000 }

/** The newest rollouts that are due. */
export function RolloutList({ rollouts, isLive }: { rollouts: Rollouts | undefined; isLive: boolean }) {
  const held = useHeld(rollouts, isLive)
  return (
    <section aria-labelledby="rollouts">
      <h2 id="rollouts">What the model writes</h2>
      {held === undefined ? (
        <p class="muted">Nothing yet.</p>
      ) : (
        <>
          <p class="muted">
            Step {held.step}, {held.from === 'held-out' ? 'held-out problems' : 'rollouts that this step learns from'}
          </p>
          <ol class="rollouts">
            {held.shown.map(({ prompt, completion, verdict, reason }, i) => (
              <li key={`${held.step} ${i}`} class={verdict}>
                <code>
                  <b>{prompt}</b>
                  {completion}
                </code>
                <span class="verdict">
                  {verdict === 'right' ? '✓ right' : `✗ ${verdict}`}
                  <span class="muted">: {reason}</span>
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}

function useHeld(newest: Rollouts | undefined, isLive: boolean): Rollouts | undefined {
  const [held, setHeld] = useState(newest)
  const since = useRef(Number.NEGATIVE_INFINITY)
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  useEffect(() => {
    if (newest === held) return
    const wait = since.current + (calm ? HOLD_MS.calm : HOLD_MS.usual) - performance.now()
    const show = (): void => {
      since.current = performance.now()
      setHeld(newest)
    }
    if (wait <= 0 || !isLive || newest === undefined) return show()
    const timer = window.setTimeout(show, wait)
    return () => window.clearTimeout(timer)
  }, [newest, held, isLive, calm])
  return held
}
