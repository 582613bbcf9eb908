// One search: what it was about, the tree as it stood at a time, the node that is looked at, and the same tree as text.
// Time, node, colour and size are in the address; the end of the search is what a link without a time shows.
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import type { SearchAnswer, SearchEvent } from '../../../../src/serve/dashboard/api.ts'
import { Choice } from '../../components/choice.tsx'
import { Notice } from '../../components/notice.tsx'
import { formatNumber } from '../../lib/format.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { BudgetBar } from './budget-bar.tsx'
import { ColourKey } from './colour-key.tsx'
import { NodeDetails } from './node-details.tsx'
import { rangesOf } from './node-looks.ts'
import { momentOf, readHistory, type SearchHistory } from './replay.ts'
import { layoutTree } from './tidy-tree.ts'
import { TimeBar } from './time-bar.tsx'
import { TreeCanvas } from './tree-canvas.tsx'
import { TreeOutline } from './tree-outline.tsx'

const colours = ['value', 'score', 'visits', 'verdict'] as const
const sizes = ['visits', 'value', 'score', 'equal'] as const
/** The address follows when time stands still: browsers refuse to change it many times a second. */
const REST_MS = 350

/** A search. */
export function SearchView({ search }: { readonly search: SearchAnswer }) {
  const history = useMemo(() => readHistory(search.events), [search])
  const layout = useMemo(() => layoutTree(history.parents), [history])
  const ranges = useMemo(() => rangesOf(history), [history])
  const end = history.events.length
  const [time, setTime] = useTime(end)
  const [nodeId, setNodeId] = useUrlState<string>('node', '')
  const [colour, setColour] = useUrlState('colour', 'value', colours)
  const [size, setSize] = useUrlState('size', 'visits', sizes)
  const moment = useMemo(() => momentOf(history, time), [history, time])
  const total = useMemo(() => history.events.reduce((sum, { tokens = 0 }) => sum + tokens, 0), [history])
  const last = useMemo(() => momentOf(history, end).chosen, [history, end])
  // Without a choice of the reader's, what the search chose is looked at, and on the way there what it works on.
  const named = history.ids.indexOf(nodeId)
  const selected = named >= 0 ? named : moment.chosen >= 0 ? moment.chosen : moment.touched
  const onSelect = useCallback((node: number) => setNodeId(history.ids[node] ?? ''), [history, setNodeId])
  if (history.ids.length === 0) {
    return (
      <Notice title="This search wrote down no node">
        <p>Either it has just begun, and this page follows it, or it ended before its first step.</p>
      </Notice>
    )
  }
  const said = eventWords(history, moment.time)
  return (
    <div class="search">
      <div class="search-about">
        <div>
          <h2>Problem</h2>
          <pre class="search-text">{search.prompt}</pre>
          {search.answer !== undefined && (
            <p class="search-answer">
              Answer <code>{search.answer}</code>
            </p>
          )}
        </div>
        <div>
          <h2>
            {search.strategy}: {moment.count} of {history.ids.length} nodes
          </h2>
          <BudgetBar spent={moment.spent} budget={search.budget} total={total} />
          <p class="muted" role="status">
            {last < 0 && 'It did not choose a node. '}
            {history.strays > 0 && `${history.strays} of its events name nodes that were never added.`}
          </p>
        </div>
      </div>
      <div class="search-main">
        <section aria-labelledby="search-tree">
          <h2 id="search-tree" class="visually-hidden">
            Tree
          </h2>
          <div class="controls search-controls">
            <TimeBar time={moment.time} end={end} onTime={setTime} said={said} />
            <Choice label="Colour" value={colour} options={colours.map(optionOf)} onChange={setColour} />
            <Choice label="Size" value={size} options={sizes.map(optionOf)} onChange={setSize} />
          </div>
          <p class="search-said muted">{said}</p>
          <TreeCanvas
            history={history}
            layout={layout}
            moment={moment}
            selected={selected}
            onSelect={onSelect}
            colour={colour}
            size={size}
            ranges={ranges}
          />
          <ColourKey colour={colour} size={size} ranges={ranges} />
        </section>
        <section class="search-side" aria-labelledby="search-node">
          <h2 id="search-node">Node</h2>
          <NodeDetails history={history} moment={moment} node={selected} onSelect={onSelect} />
        </section>
      </div>
      <p class="visually-hidden" role="status">
        {nodeWords(history, moment.nodes[named]?.text ?? '', named)}
      </p>
      <section aria-labelledby="search-outline">
        <h2 id="search-outline">The same tree as text</h2>
        {moment.count === 0 ? (
          <p class="muted">Nothing has happened yet.</p>
        ) : (
          <TreeOutline key={search.id} history={history} moment={moment} selected={selected} onSelect={onSelect} />
        )}
      </section>
    </div>
  )
}

/** Time at once on the screen, and in the address once it rests. */
function useTime(end: number): readonly [number, (time: number) => void] {
  const [text, setText] = useUrlState<string>('t', '')
  const given = text === '' ? end : Number(text)
  const [time, setTime] = useState(Number.isFinite(given) ? given : end)
  // A search that goes on is followed, unless the reader has stopped somewhere.
  const [isFollowing, setFollowing] = useState(text === '')
  const shown = isFollowing ? end : Math.max(0, Math.min(end, Math.round(time)))
  useEffect(() => {
    const timer = setTimeout(() => setText(isFollowing ? '' : String(shown)), REST_MS)
    return () => clearTimeout(timer)
  }, [shown, isFollowing, setText])
  const set = useCallback(
    (next: number) => {
      setTime(next)
      setFollowing(next >= end)
    },
    [end],
  )
  return [shown, set]
}

const optionOf = <Value extends string>(value: Value) => ({ value, label: value })

/** What the last event was. */
function eventWords({ events, nodeOf, addedAt }: SearchHistory, time: number): string {
  const event = events[time - 1]
  if (event === undefined) return 'Before the first event.'
  const isNew = addedAt[nodeOf[time - 1]] === time - 1
  const cost = event.tokens === undefined ? '' : `, for ${event.tokens} token${event.tokens === 1 ? '' : 's'}`
  const id = short(event.node)
  if (event.kind === 'done') return `Done: node ${id} was chosen${cost}.`
  if (isNew) return `Node ${id} was added${event.parent === undefined ? '' : ` under ${short(event.parent)}`}${cost}.`
  return `Node ${id} changed${numbersOf(event)}${cost}.`
}

function numbersOf({ value, visits, score }: SearchEvent): string {
  const parts = [
    ...(value === undefined ? [] : [`value ${formatNumber(value)}`]),
    ...(visits === undefined ? [] : [`visits ${visits}`]),
    ...(score === undefined ? [] : [`score ${formatNumber(score)}`]),
  ]
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`
}

const nodeWords = ({ ids }: SearchHistory, text: string, node: number): string =>
  node < 0 ? '' : `Node ${short(ids[node])}: ${text.slice(0, 120)}`

const short = (id: string): string => (id.length > 40 ? `${id.slice(0, 39)}…` : id)
