// OpenTelemetry: the run as one trace, its metrics as gauges and its events as log records, in the files that a collector's
// otlpjsonfile receiver reads. Names of metrics: entry-names.ts, behind `gradus.`.
import { join } from 'node:path'
import { entryNames } from '../entry-names.ts'
import { jsonText, type Plain } from '../flat-config.ts'
import { writeOutput } from '../output-file.ts'
import type { RunExporter } from '../run-exporter.ts'
import { eventRows, identityHash, metricNames, metricPoints, type RunSource, timeOf } from '../run-source.ts'
import { attributes, type DataPoint, envelope, type LogRecord, nanoseconds, type Span } from './otlp.ts'
import { runSpans } from './run-spans.ts'

/** Spans, log records or rows of metrics in a line. */
const perLine = 256

export const otel: RunExporter = {
  id: 'otel',
  next: 'a collector with the receiver otlpjsonfile and include: [OUT/*/traces.jsonl], [OUT/*/metrics.jsonl], [OUT/*/logs.jsonl]',
  place: ({ name }) => name,
  async write(run, folder) {
    const { info } = run
    const version = info.versions.gradus ?? ''
    const lines = envelope(
      attributes({
        'service.name': 'gradus',
        'service.version': version,
        'service.instance.id': run.name,
        'gradus.run.id': info.id,
        'gradus.recipe': info.recipe,
        'gradus.task': info.task,
        'gradus.seeds': info.seeds.join(','),
      }),
      version,
    )
    const traceId = identityHash(run, `otel ${run.name}`).slice(0, 32)
    const { spans, notes } = runSpans(run, traceId)
    writeOutput(join(folder, 'traces.jsonl'), (file) => {
      for (const batch of batches<Span>(spans)) file.write(lines.spans(batch))
    })
    writeOutput(join(folder, 'metrics.jsonl'), (file) => {
      for (const gauges of gaugeBatches(run)) file.write(lines.gauges(gauges))
    })
    writeOutput(join(folder, 'logs.jsonl'), (file) => {
      for (const batch of batches(logRecords(run, traceId))) file.write(lines.logs(batch))
    })
    return notes
  },
}

function* gaugeBatches(run: RunSource): Generator<ReadonlyMap<string, readonly DataPoint[]>> {
  const entries = entryNames(metricNames(run))
  for (const points of batches(metricPoints(run))) {
    const gauges = new Map<string, DataPoint[]>()
    for (const { step, atMs, values } of points) {
      const at = { timeUnixNano: nanoseconds(atMs), attributes: attributes({ step }) }
      for (const [name, value] of values) {
        const gauge = `gradus.${entries.get(name) ?? name}`
        const data = gauges.get(gauge) ?? []
        data.push(Number.isFinite(value) ? { ...at, asDouble: value } : { ...at, flags: 1 })
        gauges.set(gauge, data)
      }
    }
    yield gauges
  }
}

function* logRecords(run: RunSource, traceId: string): Generator<LogRecord> {
  for (const { at, kind, ...facts } of eventRows(run)) {
    const isWarning = kind === 'warning' || kind === 'alert'
    yield {
      timeUnixNano: nanoseconds(timeOf(at) ?? run.startMs),
      severityNumber: isWarning ? 13 : 9,
      severityText: isWarning ? 'WARN' : 'INFO',
      body: { stringValue: String(facts.message ?? kind) },
      attributes: attributes({ kind: String(kind), ...Object.fromEntries(Object.entries(facts).map(plainFact)) }),
      traceId,
    }
  }
}

function plainFact([key, value]: readonly [string, unknown]): readonly [string, Plain] {
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return [key, isPlain ? value : jsonText(value)]
}

function* batches<T>(items: Iterable<T>): Generator<readonly T[]> {
  let batch: T[] = []
  for (const item of items) {
    if (batch.push(item) < perLine) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
