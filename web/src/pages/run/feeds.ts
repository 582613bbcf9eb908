// The feeds of a page of charts: one for each run and part of the axis that is looked at, made when first wanted, stopped
// when the axis changes or the page is left.
import { useEffect, useMemo, useReducer } from 'preact/hooks'
import type { AxisName, SeriesAnswer } from '../../../../src/serve/dashboard/api.ts'
import { onChange } from '../../lib/changes.ts'
import type { ChartRange } from '../../lib/chart-data.ts'
import { apiPath, ask, type ServerError } from '../../lib/server.ts'
import { SeriesFeed } from './series-feed.ts'

/** Points of a full answer: more than a chart has pixels for. */
const POINTS = 800
/** Least time between questions about the run of the page, and about others. */
const REST_MS = 1000
const REST_OTHERS_MS = 10_000

/** Curves of several runs over one axis. */
export class Feeds {
  readonly #run: string
  readonly #axis: AxisName
  readonly #onError: () => void
  readonly #feeds = new Map<string, { run: string; feed: SeriesFeed }>()

  /** `onError`: some feed could not be asked, see {@link errorOf}. */
  constructor(run: string, axis: AxisName, onError: () => void) {
    this.#run = run
    this.#axis = axis
    this.#onError = onError
  }

  /** The feed of a run, for a part of the axis or for all of it. */
  feed(run: string, range: ChartRange | null = null): SeriesFeed {
    const key = JSON.stringify([run, range])
    const known = this.#feeds.get(key)
    if (known !== undefined) return known.feed
    const feed = new SeriesFeed({
      ask: (names, from) =>
        ask<SeriesAnswer>(
          apiPath('series', {
            run,
            names: names.join(','),
            x: this.#axis,
            points: POINTS,
            from: from ?? range?.[0],
            to: range?.[1],
          }),
        ),
      points: POINTS,
      restMs: run === this.#run ? REST_MS : REST_OTHERS_MS,
      onError: this.#onError,
    })
    this.#feeds.set(key, { run, feed })
    return feed
  }

  /** Why a run cannot be shown. */
  errorOf(run: string): ServerError | undefined {
    return this.#feeds.get(JSON.stringify([run, null]))?.feed.error
  }

  /** The run of the page has grown; or, with `isOthers`, others may have. */
  grow(isOthers = false): void {
    for (const { run, feed } of this.#feeds.values()) if ((run !== this.#run) === isOthers) feed.grow()
  }

  stop(): void {
    for (const { feed } of this.#feeds.values()) feed.stop()
    this.#feeds.clear()
  }
}

/** Feeds for a page; `hasOthers`: curves of other runs are shown too. */
export function useFeeds(run: string, axis: AxisName, hasOthers: boolean): Feeds {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const feeds = useMemo(() => new Feeds(run, axis, () => redraw(0)), [run, axis])
  useEffect(() => {
    const forget = onChange(run, () => feeds.grow())
    return () => {
      forget()
      feeds.stop()
    }
  }, [run, feeds])
  useEffect(() => (hasOthers ? onChange('', () => feeds.grow(true)) : undefined), [feeds, hasOthers])
  return feeds
}
