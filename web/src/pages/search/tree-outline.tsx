// The search as a tree of lines, for the keyboard and for screen readers: the arrows open, close and walk, as trees do
// everywhere. Only the lines in view are drawn.
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Verdict } from '../../components/verdict.tsx'
import { formatNumber } from '../../lib/format.ts'
import { windowOf } from '../../lib/table-rows.ts'
import { outlineRows } from './outline-rows.ts'
import { pathTo, type SearchHistory, type SearchMoment } from './replay.ts'

interface TreeOutlineProps {
  readonly history: SearchHistory
  readonly moment: SearchMoment
  readonly selected: number
  readonly onSelect: (node: number) => void
}

/** Pixels of a line. */
const LINE = 28
/** Trees up to this size begin with all nodes open. */
const SMALL = 150
const LONGEST = 120
/** Beyond this level lines stand no further to the right, and say how deep they are. */
const DEEP = 9

/** The tree as text. */
export function TreeOutline({ history, moment, selected, onSelect }: TreeOutlineProps) {
  const [open, setOpen] = useState<ReadonlySet<number>>(() => opened(history, moment))
  const rows = useMemo(() => outlineRows(history, moment, open), [history, moment, open])
  const host = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 300 })
  const id = useId()
  const at = rows.findIndex(({ node }) => node === selected)

  // A node that was chosen elsewhere is made visible: all above it are opened.
  useEffect(() => {
    const above = pathTo(history.parents, selected).slice(0, -1)
    if (above.some((node) => !open.has(node))) setOpen(new Set([...open, ...above]))
  }, [selected, history])
  useLayoutEffect(() => {
    const element = host.current
    if (element === null) return
    const look = (): void => setView({ top: element.scrollTop, height: element.clientHeight })
    look()
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  }, [])
  useEffect(() => {
    const element = host.current
    if (element === null || at < 0) return
    const top = at * LINE
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + LINE > element.scrollTop + element.clientHeight)
      element.scrollTop = top + LINE - element.clientHeight
  }, [at])

  const toggle = (node: number, isOpen: boolean): void => {
    const next = new Set(open)
    if (isOpen) next.add(node)
    else next.delete(node)
    setOpen(next)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const row = rows[at]
    const go = (to: number): void => {
      const next = rows[Math.max(0, Math.min(rows.length - 1, to))]
      if (next !== undefined) onSelect(next.node)
    }
    const todo: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at < 0 ? 0 : at - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      PageDown: () => go(at + 10),
      PageUp: () => go(at - 10),
      ArrowRight: () => {
        if (row === undefined) go(0)
        else if (row.children > 0 && !row.isOpen) toggle(row.node, true)
        else if (row.isOpen) go(at + 1)
      },
      ArrowLeft: () => {
        if (row === undefined) go(0)
        else if (row.isOpen) toggle(row.node, false)
        else if (history.parents[row.node] >= 0) onSelect(history.parents[row.node])
      },
    }
    const act = todo[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  const { from, to } = windowOf(rows.length, { ...view, lineHeight: LINE }, 6)
  // The chosen line is always there, for aria-activedescendant to point at.
  const drawn = rows.map((_, i) => i).slice(from, to)
  if (at >= 0 && (at < from || at >= to)) drawn.push(at)
  return (
    <div
      ref={host}
      class="search-outline"
      role="tree"
      aria-label="Nodes of the search"
      aria-activedescendant={at < 0 ? undefined : `${id}-${selected}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div class="search-outline-lines" role="none" style={{ height: `${rows.length * LINE}px` }}>
        {drawn.map((i) => {
          const { node, level, isOpen, children, place, siblings } = rows[i]
          const state = moment.nodes[node]
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the tree
            <div
              key={node}
              id={`${id}-${node}`}
              class={`search-line ${node === selected ? 'selected' : ''} ${node === moment.chosen ? 'done' : ''}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={level}
              aria-posinset={place}
              aria-setsize={siblings}
              aria-expanded={children > 0 ? isOpen : undefined}
              aria-selected={node === selected}
              style={{ top: `${i * LINE}px`, '--level': level - 1 }}
              onClick={() => onSelect(node)}
            >
              <span
                class="search-twist"
                aria-hidden="true"
                onClick={(event) => {
                  if (children === 0) return
                  event.stopPropagation()
                  toggle(node, !isOpen)
                }}
              >
                {children === 0 ? '' : isOpen ? '▾' : '▸'}
              </span>
              <span class="search-line-text">{oneLine(state?.text ?? '') || history.ids[node].slice(0, LONGEST)}</span>
              {state?.value !== undefined && <span class="muted">value {formatNumber(state.value)}</span>}
              {state?.visits !== undefined && <span class="muted">visits {state.visits}</span>}
              {level > DEEP && <span class="muted">depth {level - 1}</span>}
              {state?.verdict && <Verdict verdict={state.verdict} />}
              {node === moment.chosen && <span class="search-chosen-word">chosen</span>}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Small trees are open, of others what was chosen and the root. */
function opened({ ids, parents }: SearchHistory, { chosen }: SearchMoment): ReadonlySet<number> {
  return new Set(ids.length <= SMALL ? ids.keys() : [0, ...pathTo(parents, chosen).slice(0, -1)])
}

const oneLine = (text: string): string => text.slice(0, LONGEST).replaceAll('\n', ' ').trim()
