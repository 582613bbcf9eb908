// The spans of a run: one for all of it, and in it the phases of spans.jsonl, nested as they lie in time. A run that
// recorded none gets a span for every step that says how long it took.
import { createHash } from 'node:crypto'
import { eventRows, type MetricPoint, metricPoints, type RunSource, spanRows, timeOf } from '../run-source.ts'
import { attributes, nanoseconds, type Span } from './otlp.ts'
import { placeSpans, type RecordedSpan } from './span-tree.ts'

/** All spans, the run's own last, and what a reader should know of them. */
export function runSpans(run: RunSource, traceId: string): { spans: Iterable<Span>; notes: readonly string[] } {
  const recorded = [...recordedSpans(run)]
  const ids = idsOf(traceId)
  if (recorded.length > 0) return { spans: withRoot(run, ids, phases(run, recorded, ids)), notes: [] }
  const notes = ['spans.jsonl has no rows: the spans are the steps of metrics.jsonl']
  return { spans: withRoot(run, ids, steps(run, ids)), notes }
}

interface Ids {
  readonly traceId: string
  readonly root: string
  of(index: number): string
}

function idsOf(traceId: string): Ids {
  const id = (text: string) => createHash('sha256').update(`${traceId} ${text}`).digest('hex').slice(0, 16)
  return { traceId, root: id('run'), of: (index) => id(String(index)) }
}

/** A span with its times still as numbers. */
interface Timed {
  readonly id: string
  readonly parent: string
  readonly name: string
  readonly startMs: number
  readonly endMs: number
  readonly facts: Readonly<Record<string, string | number | undefined>>
}

function* withRoot(run: RunSource, ids: Ids, inner: Iterable<Timed>): Generator<Span> {
  const { info } = run
  let endMs = run.endMs ?? run.startMs
  for (const { id, parent, name, startMs, facts, ...timed } of inner) {
    endMs = Math.max(endMs, timed.endMs)
    yield spanOf(ids.traceId, { id, name, startMs, facts, endMs: timed.endMs }, parent)
  }
  const facts = { status: info.status, reason: info.exitReason, resumes: info.resumes }
  const root = spanOf(ids.traceId, { id: ids.root, name: 'run', startMs: run.startMs, endMs, facts })
  yield info.status === 'failed' ? { ...root, status: { code: 2, message: info.exitReason } } : root
}

function spanOf(traceId: string, { id, name, startMs, endMs, facts }: Omit<Timed, 'parent'>, parent?: string): Span {
  return {
    traceId,
    spanId: id,
    ...(parent === undefined ? {} : { parentSpanId: parent }),
    name,
    kind: 1,
    startTimeUnixNano: nanoseconds(startMs),
    endTimeUnixNano: nanoseconds(endMs),
    attributes: attributes(facts),
  }
}

function* phases(run: RunSource, recorded: readonly RecordedSpan[], ids: Ids): Generator<Timed> {
  // The clock of a session has no date: its first span is taken to begin when the run began, or was taken up again.
  const begins = [run.startMs, ...resumeTimes(run)]
  for (const { phase, ms, index, parent, session, offset } of placeSpans(recorded)) {
    const startMs = (begins[Math.min(session, begins.length - 1)] ?? run.startMs) + offset
    const parentId = parent === undefined ? ids.root : ids.of(parent)
    yield { id: ids.of(index), parent: parentId, name: phase, startMs, endMs: startMs + ms, facts: {} }
  }
}

function* steps(run: RunSource, ids: Ids): Generator<Timed> {
  let index = 0
  for (const { step, atMs, values } of metricPoints(run) satisfies Iterable<MetricPoint>) {
    const facts = Object.fromEntries(values.filter(([name]) => name.startsWith('time/')))
    const seconds = facts['time/step_s']
    if (seconds === undefined || !(seconds >= 0) || !Number.isFinite(seconds)) continue
    yield {
      id: ids.of(index++),
      parent: ids.root,
      name: 'step',
      startMs: Math.max(run.startMs, atMs - seconds * 1000),
      endMs: atMs,
      facts: { step, ...facts },
    }
  }
}

function* recordedSpans(run: RunSource): Generator<RecordedSpan> {
  for (const { phase, start, ms } of spanRows(run)) {
    if (typeof phase !== 'string' || typeof start !== 'number' || typeof ms !== 'number') continue
    if (Number.isFinite(start) && Number.isFinite(ms) && ms >= 0) yield { phase, start, ms }
  }
}

function resumeTimes(run: RunSource): readonly number[] {
  const times: number[] = []
  for (const { kind, at } of eventRows(run)) {
    const ms = kind === 'resume' ? timeOf(at) : undefined
    if (ms !== undefined) times.push(ms)
  }
  return times
}
