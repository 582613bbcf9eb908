// How a node looks: the step of colour and the size that stand for what is known of it. The scale is that of the whole
// search, so that a colour means the same at every moment.
import type { NodeState, SearchHistory } from './replay.ts'

/** What colours and sizes may stand for. */
export const qualities = ['value', 'score', 'visits'] as const

/** One of {@link qualities}. */
export type Quality = (typeof qualities)[number]

/** What colours a node. */
export type ColourBy = Quality | 'verdict'

/** What sizes a node; `equal`: nothing does. */
export type SizeBy = Quality | 'equal'

/** The least and the greatest value in a search; null where no event has one. */
export interface QualityRange {
  readonly least: number
  readonly most: number
}

/** Steps of a scale of colour. */
export const COLOUR_STEPS = 6
/** Diameters in units of the drawing, by step. */
export const DIAMETERS: readonly number[] = [8, 11, 14, 17]

/** What all events say of each quality. */
export function rangesOf({ events }: SearchHistory): Readonly<Record<Quality, QualityRange | null>> {
  const range = (quality: Quality): QualityRange | null => {
    let [least, most] = [Infinity, -Infinity]
    for (const event of events) {
      const value = event[quality]
      if (value === undefined || !Number.isFinite(value)) continue
      least = Math.min(least, value)
      most = Math.max(most, value)
    }
    return least <= most ? { least, most } : null
  }
  return { value: range('value'), score: range('score'), visits: range('visits') }
}

/** Where a value lies in its range, from 0 to 1; undefined where there is none. Visits by their logarithm. */
export function shareOf(node: NodeState, quality: Quality, range: QualityRange | null): number | undefined {
  const value = node[quality]
  if (value === undefined || range === null || !Number.isFinite(value)) return undefined
  const scale = (x: number): number => (quality === 'visits' ? Math.log1p(Math.max(0, x)) : x)
  const [low, high] = [scale(range.least), scale(range.most)]
  if (high <= low) return 1
  return Math.max(0, Math.min(1, (scale(value) - low) / (high - low)))
}

/** The step of a share among `count` steps. */
export const stepOf = (share: number, count: number): number => Math.min(count - 1, Math.floor(share * count))

/** The class of a node's colour: `c0` to `c5`, a verdict, or `unknown`. */
export function colourOf(node: NodeState, by: ColourBy, range: QualityRange | null): string {
  if (by === 'verdict') return node.verdict ?? 'unknown'
  const share = shareOf(node, by, range)
  return share === undefined ? 'unknown' : `c${stepOf(share, COLOUR_STEPS)}`
}

/** The diameter of a node, in units of the drawing. What is not known is small. */
export function diameterOf(node: NodeState, by: SizeBy, range: QualityRange | null): number {
  if (by === 'equal') return DIAMETERS[2]
  const share = shareOf(node, by, range)
  return share === undefined ? DIAMETERS[0] : DIAMETERS[stepOf(share, DIAMETERS.length)]
}
