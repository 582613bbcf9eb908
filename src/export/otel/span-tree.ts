// Finds which span lies in which: spans.jsonl holds phases with start and duration only. A span's parent is the shortest
// one of the same session that it lies in whole. A session is the time between two resumes: each has a clock of its own.

/** A phase as it was recorded. */
export interface RecordedSpan {
  readonly phase: string
  readonly start: number
  readonly ms: number
}

/** A phase with its place. */
export interface PlacedSpan extends RecordedSpan {
  /** Its number in the file. */
  readonly index: number
  /** Number of its parent. */
  readonly parent: number | undefined
  readonly session: number
  /** Milliseconds from the first start of its session. */
  readonly offset: number
}

// Ends of parent and child are measured one after the other and rounded.
const toleranceMs = 0.001
/** Spans are written when they end: a later one that ended so much earlier is of another clock. */
const newClockMs = 1000

/** All spans, session by session, each sorted by start, parents before what lies in them. */
export function placeSpans(spans: readonly RecordedSpan[]): readonly PlacedSpan[] {
  return sessionsOf(spans).flatMap((members, session) => {
    const first = members.reduce((least, index) => Math.min(least, spans[index].start), Number.POSITIVE_INFINITY)
    // Of two equal ones the one that was written later holds the other.
    const sorted = members.sort((a, b) => spans[a].start - spans[b].start || spans[b].ms - spans[a].ms || b - a)
    const open: number[] = []
    return sorted.map((index) => {
      const span = spans[index]
      while (open.length > 0 && endOf(spans[open[open.length - 1]]) < endOf(span) - toleranceMs) open.pop()
      const parent = open.at(-1)
      open.push(index)
      return { ...span, index, parent, session, offset: span.start - first }
    })
  })
}

const endOf = ({ start, ms }: RecordedSpan): number => start + ms

function sessionsOf(spans: readonly RecordedSpan[]): number[][] {
  const sessions: number[][] = []
  let lastEnd = Number.POSITIVE_INFINITY
  for (const [index, span] of spans.entries()) {
    if (sessions.length === 0 || endOf(span) < lastEnd - newClockMs) sessions.push([])
    sessions[sessions.length - 1].push(index)
    lastEnd = endOf(span)
  }
  return sessions
}
