// The curves that one chart needs, as they come in.
import { useEffect, useReducer } from 'preact/hooks'
import type { ChartRange } from '../../lib/chart-data.ts'
import type { Feeds } from './feeds.ts'
import type { Curve } from './series-feed.ts'

/** Reads a curve of a run. */
export type ReadCurve = (run: string, name: string) => Curve | undefined

/**
 * Wants `names` of `runs` while `isWanted`, and draws again when one of them changes. Where a thinned curve is looked at
 * closely (`range`), its part is asked for in full; until that is there, what is known is shown.
 */
export function useCurves(
  feeds: Feeds,
  {
    runs,
    names,
    range,
    isWanted,
  }: {
    runs: readonly string[]
    names: readonly string[]
    range: ChartRange | null
    isWanted: boolean
  },
): ReadCurve {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const key = JSON.stringify([runs, names])
  useEffect(() => {
    if (!isWanted) return
    const stops = runs.flatMap((run) => names.map((name) => feeds.feed(run).want(name, () => redraw(0))))
    return () => {
      for (const stop of stops) stop()
    }
  }, [feeds, key, isWanted])
  const isClose = range !== null && runs.some((run) => names.some((name) => isThin(feeds.feed(run).curve(name))))
  const [from, to] = range ?? [0, 0]
  useEffect(() => {
    if (!isWanted || !isClose) return
    const stops = runs.flatMap((run) => names.map((name) => feeds.feed(run, [from, to]).want(name, () => redraw(0))))
    return () => {
      for (const stop of stops) stop()
    }
  }, [feeds, key, isWanted, isClose, from, to])
  return (run, name) => (isClose ? feeds.feed(run, [from, to]).curve(name) : undefined) ?? feeds.feed(run).curve(name)
}

const isThin = (curve: Curve | undefined): boolean => curve?.low !== undefined
