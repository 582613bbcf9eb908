// The drawing of a search. Drag to move, pinch or turn the wheel (with Control, or while the drawing has the focus) to zoom;
// arrows walk from node to node. It draws a moment and tells which node was chosen; it keeps nothing but where one looks from.
// The same tree as text is in tree-outline.tsx.
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { type Camera, centre, fitAll, panBy, pointAt, reveal, type Size, zoomAt } from './camera.ts'
import type { ColourBy, Quality, QualityRange, SizeBy } from './node-looks.ts'
import { neighbour, pathTo, type SearchHistory, type SearchMoment } from './replay.ts'
import type { TreeLayout } from './tidy-tree.ts'
import { nodeNear, nodesInView, type Places, pathEdges, placesOf, treePaths } from './tree-paths.ts'
import { useGestures } from './use-gestures.ts'

interface TreeCanvasProps {
  readonly history: SearchHistory
  readonly layout: TreeLayout
  readonly moment: SearchMoment
  /** -1 for none. */
  readonly selected: number
  readonly onSelect: (node: number) => void
  readonly colour: ColourBy
  readonly size: SizeBy
  readonly ranges: Readonly<Record<Quality, QualityRange | null>>
}

/** Below this magnification labels cannot be read. */
const READABLE = 0.62
const MOST_LABELS = 160
/** Pixels that a dot has at least, and that a finger may miss it by. */
const LEAST_DOT = 3
const REACH = 22
/** Width of a character of a label, in units of the drawing. */
const CHARACTER = 6.7

const ways = { ArrowLeft: 'parent', ArrowRight: 'child', ArrowUp: 'previous', ArrowDown: 'next' } as const

/** Draws a tree. */
export function TreeCanvas({ history, layout, moment, selected, onSelect, colour, size, ranges }: TreeCanvasProps) {
  const host = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<Size>({ width: 800, height: 480 })
  // Null: all is in view, whatever the size of the window.
  const [moved, setMoved] = useState<Camera | null>(null)
  const aspect = Math.round((view.width / view.height) * 20) / 20
  const places = useMemo(() => placesOf(layout, aspect), [layout, aspect])
  const camera = moved ?? fitAll(places, view)
  const latest = useRef({ camera, view })
  latest.current = { camera, view }
  const help = useId()

  useLayoutEffect(() => {
    const element = host.current
    if (element === null) return
    const measure = (): void => setView({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  // By hand, since a wheel that zooms must keep the page from scrolling.
  useEffect(() => {
    const element = host.current
    if (element === null) return
    const turn = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== element) return
      event.preventDefault()
      const box = element.getBoundingClientRect()
      const at = { x: event.clientX - box.left, y: event.clientY - box.top }
      const lines = event.deltaMode === 1 ? 24 : 1
      setMoved(zoomAt(latest.current.camera, at, Math.exp(-event.deltaY * lines * 0.0015)))
    }
    element.addEventListener('wheel', turn, { passive: false })
    return () => element.removeEventListener('wheel', turn)
  }, [])

  useEffect(() => {
    if (selected < 0 || moved === null) return
    setMoved(reveal(latest.current.camera, placeOf(places, selected), latest.current.view))
  }, [selected])

  const paths = useMemo(
    () => treePaths(history, places, moment, { colour, size, ranges }),
    [history, places, moment, colour, size, ranges],
  )
  const isCurved = moment.count <= 800
  const chosenPath = useMemo(
    () => pathEdges(places, pathTo(history.parents, moment.chosen), isCurved),
    [places, history, moment.chosen, isCurved],
  )
  const pointers = useGestures(host, latest, {
    onMove: setMoved,
    onTap: (at) => {
      const { scale } = latest.current.camera
      const node = nodeNear(places, moment, pointAt(latest.current.camera, at), Math.max(places.row / 2, REACH / scale))
      if (node >= 0) onSelect(node)
    },
  })

  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, shiftKey } = event
    const middle = { x: view.width / 2, y: view.height / 2 }
    const act = (todo: () => void): void => {
      event.preventDefault()
      todo()
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (key in ways) {
      act(() => {
        if (shiftKey) {
          const [dx, dy] = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] }[
            key as keyof typeof ways
          ]
          setMoved(panBy(camera, dx, dy))
        } else if (selected < 0 || moment.nodes[selected] === undefined) {
          if (moment.nodes[0] !== undefined) onSelect(0)
        } else onSelect(neighbour(history, moment, selected, ways[key as keyof typeof ways]))
      })
    } else if (key === '+' || key === '=') act(() => setMoved(zoomAt(camera, middle, 1.3)))
    else if (key === '-') act(() => setMoved(zoomAt(camera, middle, 1 / 1.3)))
    else if (key === '0') act(() => setMoved(null))
    else if (key === 'Home' && moment.nodes[0] !== undefined) act(() => onSelect(0))
    else if (key === 'End' && moment.chosen >= 0) act(() => onSelect(moment.chosen))
    else if ((key === 'Enter' || key === ' ') && selected >= 0) act(() => lookAt(selected))
  }
  const lookAt = (node: number): void =>
    setMoved(centre({ ...camera, scale: Math.max(camera.scale, 1) }, placeOf(places, node), view))

  const { scale } = camera
  const thick = (diameter: number, extra = 0): number => Math.max(diameter + extra, (LEAST_DOT + extra) / scale)
  const corner = pointAt(camera, { x: 0, y: 0 })
  const far = pointAt(camera, { x: view.width, y: view.height })
  const labelled =
    scale < READABLE
      ? []
      : nodesInView(
          places,
          moment,
          { left: corner.x - places.level, right: far.x, top: corner.y - places.row, bottom: far.y + places.row },
          MOST_LABELS,
        )
  const longest = Math.max(8, Math.floor((places.level - 26) / CHARACTER))
  const isShown = (node: number): boolean => node >= 0 && moment.nodes[node] !== undefined
  return (
    <div class="search-drawing">
      <div
        ref={host}
        class="search-canvas"
        role="application"
        aria-label="Drawing of the search tree"
        aria-describedby={help}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows walk through the drawing
        tabIndex={0}
        onKeyDown={onKeyDown}
        {...pointers}
      >
        <svg width={view.width} height={view.height} aria-hidden="true">
          <g transform={`translate(${camera.x},${camera.y}) scale(${scale})`}>
            <path class="search-edges" d={paths.edges} stroke-width={Math.max(1, 0.6 / scale)} />
            {isShown(moment.chosen) && (
              <path class="search-chosen" d={chosenPath} stroke-width={Math.max(3, 2 / scale)} />
            )}
            {paths.dots.map(({ key, diameter, path }) => (
              <path key={key} class="search-rim" d={path} stroke-width={thick(diameter, 2)} />
            ))}
            {paths.dots.map(({ key, colour: look, diameter, path }) => (
              <path key={key} class={`search-dots ${look}`} d={path} stroke-width={thick(diameter)} />
            ))}
            {scale > 0.3 &&
              (['right', 'wrong', 'undecided'] as const).map((verdict) => (
                <g key={verdict} class="search-marks">
                  <path class="search-halo" d={paths.marks[verdict]} />
                  <path d={paths.marks[verdict]} />
                </g>
              ))}
            {isShown(moment.touched) && (
              <Ring kind="touched" at={placeOf(places, moment.touched)} radius={thick(13)} scale={scale} />
            )}
            {isShown(moment.chosen) && (
              <Ring kind="done" at={placeOf(places, moment.chosen)} radius={thick(11)} scale={scale} />
            )}
            {isShown(selected) && (
              <Ring kind="selected" at={placeOf(places, selected)} radius={thick(16)} scale={scale} />
            )}
            {labelled.map((node) => {
              const { x, y } = placeOf(places, node)
              return (
                <text
                  key={node}
                  class="search-label"
                  x={x + 13}
                  y={y - (history.children[node].length > 0 ? 7 : 0)}
                  dy="0.32em"
                >
                  {labelOf(moment.nodes[node]?.text ?? '', longest)}
                </text>
              )
            })}
          </g>
        </svg>
      </div>
      <div class="search-zoom">
        <button type="button" aria-label="Zoom in" onClick={() => setMoved(zoomAt(camera, middleOf(view), 1.5))}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => setMoved(zoomAt(camera, middleOf(view), 1 / 1.5))}>
          −
        </button>
        <button type="button" onClick={() => setMoved(null)} disabled={moved === null}>
          Show all
        </button>
        <button type="button" onClick={() => lookAt(selected)} disabled={!isShown(selected)}>
          Go to node
        </button>
      </div>
      <p id={help} class="search-help">
        Arrows walk to parent, children and siblings, with Shift they move the drawing; + and − zoom, 0 shows all, Home
        and End go to the root and to what was chosen. Drag to move; the wheel zooms with Control, or once the drawing
        has been clicked.
      </p>
    </div>
  )
}

function Ring({
  kind,
  at,
  radius,
  scale,
}: {
  readonly kind: 'selected' | 'touched' | 'done'
  readonly at: { readonly x: number; readonly y: number }
  readonly radius: number
  readonly scale: number
}) {
  const wide = Math.max(radius, 6 / scale)
  return <circle class={`search-ring ${kind}`} cx={at.x} cy={at.y} r={wide} stroke-width={Math.max(2, 1.5 / scale)} />
}

const placeOf = ({ xs, ys }: Places, node: number) => ({ x: xs[node], y: ys[node] })

const middleOf = ({ width, height }: Size) => ({ x: width / 2, y: height / 2 })

function labelOf(text: string, longest: number): string {
  const line = text.slice(0, 200).replaceAll('\n', ' ').trim()
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}
