// The part of the x axis that charts of a group show together. Charts with the same key share it; a chart without a key
// is alone.
import { useEffect, useState } from 'preact/hooks'
import type { ChartRange } from './chart-data.ts'

interface Group {
  range: ChartRange | null
  readonly members: Set<(range: ChartRange | null) => void>
}

const groups = new Map<string, Group>()

/** The range of a group and how to set it for all. */
export function useZoomGroup(
  key: string | undefined,
): readonly [ChartRange | null, (range: ChartRange | null) => void] {
  const [range, setRange] = useState<ChartRange | null>(key === undefined ? null : (groups.get(key)?.range ?? null))
  useEffect(() => {
    if (key === undefined) return
    const group = groups.get(key) ?? { range: null, members: new Set() }
    groups.set(key, group)
    group.members.add(setRange)
    setRange(group.range)
    return () => {
      group.members.delete(setRange)
      if (group.members.size === 0) groups.delete(key)
    }
  }, [key])
  const set = (next: ChartRange | null): void => {
    const group = key === undefined ? undefined : groups.get(key)
    if (group === undefined) {
      setRange(next)
      return
    }
    group.range = next
    for (const member of group.members) member(next)
  }
  return [range, set]
}
