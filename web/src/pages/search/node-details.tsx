// All that is known of one node: its text, its numbers, its verdict, and the way to it from the root. Texts are the model's
// and stay text.
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Verdict } from '../../components/verdict.tsx'
import { formatNumber } from '../../lib/format.ts'
import { pathTo, type SearchHistory, type SearchMoment } from './replay.ts'

interface NodeDetailsProps {
  readonly history: SearchHistory
  readonly moment: SearchMoment
  readonly node: number
  readonly onSelect: (node: number) => void
}

/** Nodes of the way that are listed at its beginning and at its end. */
const SHOWN = 40

/** One node in words. */
export function NodeDetails({ history, moment, node, onSelect }: NodeDetailsProps) {
  const way = useRef<HTMLOListElement>(null)
  // A long way is read from its end.
  useLayoutEffect(() => {
    if (way.current !== null) way.current.scrollTop = way.current.scrollHeight
  }, [node])
  const state = moment.nodes[node]
  if (state === undefined) {
    return <p class="muted">{node < 0 ? 'Choose a node to read it.' : 'This node is still to come.'}</p>
  }
  const path = pathTo(history.parents, node)
  const children = history.children[node].filter((child) => moment.nodes[child] !== undefined)
  const hidden = Math.max(0, path.length - 2 * SHOWN)
  const listed = hidden === 0 ? path : [...path.slice(0, SHOWN), ...path.slice(-SHOWN)]
  const facts: readonly (readonly [string, string])[] = [
    ...(state.value === undefined ? [] : [['value', formatNumber(state.value)] as const]),
    ...(state.visits === undefined ? [] : [['visits', String(state.visits)] as const]),
    ...(state.score === undefined ? [] : [['score', formatNumber(state.score)] as const]),
    ['tokens', String(state.tokens)],
    ['depth', String(path.length - 1)],
    ['children', String(children.length)],
    ['added by', `event ${history.addedAt[node] + 1}`],
  ]
  return (
    <>
      <p class="search-node-head">
        <code>{history.ids[node]}</code>
        {state.verdict && <Verdict verdict={state.verdict} />}
        {node === moment.chosen && <span class="search-chosen-word">chosen</span>}
      </p>
      <pre class="search-text">{state.text === '' ? '(no text)' : state.text}</pre>
      <dl class="search-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {path.length > 1 && (
        <>
          <h3>From the root</h3>
          <ol class="search-path" start={0} ref={way}>
            {listed.map((step, i) => (
              <li
                key={step}
                value={hidden > 0 && i === SHOWN ? i + hidden : undefined}
                aria-current={step === node ? 'true' : undefined}
              >
                {hidden > 0 && i === SHOWN && <p class="muted">{hidden} more</p>}
                <button type="button" onClick={() => onSelect(step)} disabled={step === node}>
                  {moment.nodes[step]?.text.trim() || history.ids[step]}
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  )
}
