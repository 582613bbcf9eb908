// How the charts of a run are looked at, all of it in the address: `?x=tokens&smooth=0.6&log=1&zoom=10..80&with=a,b`.
import { useMemo } from 'preact/hooks'
import type { AxisName } from '../../../../src/serve/dashboard/api.ts'
import type { ChartRange } from '../../lib/chart-data.ts'
import type { AxisKind } from '../../lib/ticks.ts'
import { readList, useUrlState } from '../../lib/url-state.ts'

/** The axes, in the order of the menu. */
export const axes: readonly {
  readonly value: AxisName
  readonly label: string
  readonly xLabel: string
  readonly kind: AxisKind
}[] = [
  { value: 'step', label: 'steps', xLabel: 'step', kind: 'number' },
  { value: 'sampled', label: 'tokens sampled', xLabel: 'tokens sampled', kind: 'number' },
  { value: 'trained', label: 'tokens trained on', xLabel: 'tokens trained on', kind: 'number' },
  { value: 'tokens', label: 'all tokens', xLabel: 'tokens', kind: 'number' },
  { value: 'time', label: 'time', xLabel: 'time of work', kind: 'seconds' },
]
const axisNames = axes.map(({ value }) => value)
const onOff = ['', '1'] as const

/** The choices and how to change them. */
export interface ViewOptions {
  readonly axis: (typeof axes)[number]
  readonly setAxis: (axis: AxisName) => void
  /** 0 to 0.99. */
  readonly smoothing: number
  readonly setSmoothing: (weight: number) => void
  readonly isLog: boolean
  readonly setIsLog: (isLog: boolean) => void
  readonly hasSeeds: boolean
  readonly setHasSeeds: (hasSeeds: boolean) => void
  readonly range: ChartRange | null
  readonly setRange: (range: ChartRange | null) => void
  /** Runs laid over this one. */
  readonly others: readonly string[]
  readonly setOthers: (runs: readonly string[]) => void
  readonly filter: string
  readonly setFilter: (filter: string) => void
}

/** The options of the page that is shown. */
export function useViewOptions(): ViewOptions {
  const [axisName, setAxisName] = useUrlState('x', 'step', axisNames)
  const [smoothText, setSmooth] = useUrlState('smooth', '0')
  const [log, setLog] = useUrlState('log', '', onOff)
  const [seeds, setSeeds] = useUrlState('seeds', '', onOff)
  const [zoom, setZoom] = useUrlState('zoom', '')
  const [withText, setWith] = useUrlState('with', '')
  const [filter, setFilter] = useUrlState('metric', '')
  const range = useMemo(() => readRange(zoom), [zoom])
  const others = useMemo(() => readList(withText), [withText])
  return {
    axis: axes.find(({ value }) => value === axisName) ?? axes[0],
    setAxis: (axis) => {
      // What was zoomed to means nothing on another axis.
      setZoom('')
      setAxisName(axis)
    },
    smoothing: readWeight(smoothText),
    setSmoothing: (weight) => setSmooth(String(weight)),
    isLog: log === '1',
    setIsLog: (isLog) => setLog(isLog ? '1' : ''),
    hasSeeds: seeds === '1',
    setHasSeeds: (hasSeeds) => setSeeds(hasSeeds ? '1' : ''),
    range,
    setRange: (next) => setZoom(next === null ? '' : rangeText(next)),
    others,
    setOthers: (runs) => setWith(runs.join(',')),
    filter,
    setFilter,
  }
}

/** `10..80`; null for what is no range. */
export function readRange(text: string): ChartRange | null {
  const parts = text.split('..')
  if (parts.length !== 2 || parts.some((part) => part.trim() === '')) return null
  const [from, to] = parts.map(Number)
  return Number.isFinite(from) && Number.isFinite(to) && from < to ? [from, to] : null
}

/** Six digits are finer than a pixel. */
export const rangeText = ([from, to]: ChartRange): string =>
  `${Number(from.toPrecision(6))}..${Number(to.toPrecision(6))}`

function readWeight(text: string): number {
  const weight = Number(text)
  return Number.isFinite(weight) ? Math.min(0.99, Math.max(0, weight)) : 0
}
