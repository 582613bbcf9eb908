// Comparisons on several metrics: one request each, since one metric may lack what another has (votes need classes of
// answers), and the rest is shown nevertheless.
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { AxisName, CompareAnswer } from '../../../../src/serve/dashboard/api.ts'
import { apiPath, ask, ServerError } from '../../lib/server.ts'

/** What is compared. */
export interface Comparing {
  readonly runs: readonly string[]
  readonly baseline: string
  readonly metrics: readonly string[]
  readonly axis: AxisName
  readonly isUnpaired: boolean
}

/** What came of one metric; neither while it is under way. */
export interface Compared {
  readonly metric: string
  readonly data?: CompareAnswer
  readonly error?: ServerError
}

/** One of {@link Compared} for each metric, in their order. Nothing is asked for fewer than two runs. */
export function useComparisons(what: Comparing): { readonly all: readonly Compared[]; readonly again: () => void } {
  const [known, setKnown] = useState<ReadonlyMap<string, Compared>>(new Map())
  const [count, setCount] = useState(0)
  const paths = what.runs.length < 2 ? [] : what.metrics.map((metric) => pathOf(what, metric))
  const asked = paths.join('\n')
  useEffect(() => {
    const stop = new AbortController()
    setKnown((old) => new Map([...old].filter(([path]) => paths.includes(path))))
    for (const [i, path] of paths.entries()) {
      const tell = (answer: Omit<Compared, 'metric'>): void =>
        setKnown((old) => new Map(old).set(path, { metric: what.metrics[i], ...answer }))
      ask<CompareAnswer>(path, { signal: stop.signal }).then(
        (data) => tell({ data }),
        (error: unknown) => {
          if (stop.signal.aborted) return
          if (!(error instanceof ServerError)) throw error
          tell({ error })
        },
      )
    }
    return () => stop.abort()
  }, [asked, count])
  const again = useCallback(() => setCount((n) => n + 1), [])
  return { all: paths.map((path, i) => known.get(path) ?? { metric: what.metrics[i] }), again }
}

function pathOf({ runs, baseline, axis, isUnpaired }: Comparing, metric: string): string {
  return apiPath('compare', { runs: runs.join(','), baseline, metric, x: axis, unpaired: isUnpaired ? '1' : undefined })
}
