// The JSON form of OpenTelemetry's protocol: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding.
// 64-bit whole numbers are text, ids are hexadecimal, enumerations are numbers. Only shapes here, no files.
import type { Plain } from '../flat-config.ts'

/** A name with a typed value. */
export interface Attribute {
  readonly key: string
  readonly value:
    | { readonly stringValue: string }
    | { readonly boolValue: boolean }
    | { readonly intValue: string }
    | { readonly doubleValue: number }
}

/** Attributes; values that are not there are left out, and so are numbers that are not finite. */
export function attributes(values: Readonly<Record<string, Plain | undefined>>): readonly Attribute[] {
  return Object.entries(values).flatMap(([key, value]): readonly Attribute[] => {
    if (value === undefined) return []
    if (typeof value === 'string') return [{ key, value: { stringValue: value } }]
    if (typeof value === 'boolean') return [{ key, value: { boolValue: value } }]
    if (Number.isSafeInteger(value)) return [{ key, value: { intValue: String(value) } }]
    return Number.isFinite(value) ? [{ key, value: { doubleValue: value } }] : []
  })
}

/** Nanoseconds as text, exact to the microsecond. */
export const nanoseconds = (ms: number): string => `${BigInt(Math.max(0, Math.round(ms * 1000))) * 1000n}`

/** A finished span. */
export interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  /** 1 is internal. */
  readonly kind: 1
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly Attribute[]
  /** 2 is an error. */
  readonly status?: { readonly code: 2; readonly message?: string }
}

/** A number at a moment; one without a value carries flag 1, `NO_RECORDED_VALUE`. */
export interface DataPoint {
  readonly timeUnixNano: string
  readonly attributes: readonly Attribute[]
  readonly asDouble?: number
  readonly flags?: 1
}

/** Something that happened. Severity 9 is INFO, 13 is WARN. */
export interface LogRecord {
  readonly timeUnixNano: string
  readonly severityNumber: 9 | 13
  readonly severityText: 'INFO' | 'WARN'
  readonly body: { readonly stringValue: string }
  readonly attributes: readonly Attribute[]
  readonly traceId: string
}

/** Puts what is said of one run into requests, each a line of a file. */
export function envelope(resource: readonly Attribute[], version: string) {
  const scope = { name: 'gradus', version }
  const line = (value: unknown): string => `${JSON.stringify(value)}\n`
  const where = { resource: { attributes: resource } }
  return {
    spans: (spans: readonly Span[]): string => line({ resourceSpans: [{ ...where, scopeSpans: [{ scope, spans }] }] }),
    logs: (logRecords: readonly LogRecord[]): string =>
      line({ resourceLogs: [{ ...where, scopeLogs: [{ scope, logRecords }] }] }),
    gauges: (gauges: ReadonlyMap<string, readonly DataPoint[]>): string => {
      const metrics = [...gauges].map(([name, dataPoints]) => ({ name, gauge: { dataPoints } }))
      return line({ resourceMetrics: [{ ...where, scopeMetrics: [{ scope, metrics }] }] })
    },
  }
}
