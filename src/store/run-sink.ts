// A RunSink on top of a run directory: logs, rollouts, evaluations and checkpoints.
// It does not create or resume directories (run-directory.ts), and decides nothing about training.
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { realFs, syncFolder, type WriteFs, writeError, writeJsonAtomic } from '../base/atomic-file.ts'
import type { Json } from '../base/json.ts'
import { findMetric } from '../contracts/metrics.ts'
import type {
  Alert,
  Clock,
  EvalSampleRow,
  EventData,
  EventKind,
  EventRow,
  MetricRow,
  RolloutRow,
  RunSink,
  RunState,
  RunStatus,
  SpanRow,
} from '../contracts/run.ts'
import { checkAlerts, keepAlertMetrics } from './alerts.ts'
import { finishCheckpoint, type KeepPolicy, prepareCheckpoint, pruneCheckpoints } from './checkpoints.ts'
import { JsonlWriter, readJsonl } from './jsonl.ts'
import { evaluationPaths, rolloutsPath } from './layout.ts'
import { measureLogs } from './log-cutting.ts'

/** What a sink needs beside its directory. */
export interface SinkOptions {
  readonly clock: Clock
  readonly keep?: KeepPolicy
  readonly fs?: WriteFs
  /** Called after a row is written, for progress displays. */
  readonly onMetrics?: (row: MetricRow) => void
  /** Called after an event is written. */
  readonly onEvent?: (event: EventRow) => void
}

/** Writes one run directory. All methods throw `store/disk-full` or `store/not-writable` when the disk refuses. */
export class DirectorySink implements RunSink {
  readonly #dir: string
  readonly #options: SinkOptions
  readonly #fs: WriteFs
  readonly #metrics: JsonlWriter
  readonly #events: JsonlWriter
  readonly #spans: JsonlWriter
  readonly #history: MetricRow[]
  readonly #unknownMetrics = new Set<string>()

  constructor(dir: string, options: SinkOptions) {
    this.#dir = dir
    this.#options = options
    this.#fs = options.fs ?? realFs
    this.#metrics = new JsonlWriter(join(dir, 'metrics.jsonl'), this.#fs)
    this.#events = new JsonlWriter(join(dir, 'events.jsonl'), this.#fs)
    this.#spans = new JsonlWriter(join(dir, 'spans.jsonl'), this.#fs)
    this.#history = readJsonl<MetricRow>(this.#metrics.path).rows.map(keepAlertMetrics)
  }

  metrics(row: MetricRow): readonly Alert[] {
    this.#metrics.append(row)
    this.#options.onMetrics?.(row)
    this.#warnOfUnknown(row)
    this.#history.push(keepAlertMetrics(row))
    const alerts = checkAlerts(this.#history)
    for (const alert of alerts) this.alert(alert)
    return alerts
  }

  event(kind: EventKind, data: EventData = {}): void {
    const row: EventRow = { at: this.#options.clock.iso(), kind, ...data }
    this.#events.append(row)
    this.#options.onEvent?.(row)
  }

  span(phase: string, startMs: number, durationMs: number): void {
    this.#spans.append({ phase, start: startMs, ms: durationMs } satisfies SpanRow)
  }

  rollouts(step: number, rows: readonly RolloutRow[]): void {
    this.#appendTo(rolloutsPath(this.#dir, step), rows)
  }

  evaluation(name: string, step: number, result: Json, samples: readonly EvalSampleRow[]): void {
    const paths = evaluationPaths(this.#dir, name, step)
    this.#fs.rmSync(paths.samples, { recursive: false, force: true })
    this.#appendTo(paths.samples, samples)
    // The result comes last: where it is, its samples are whole.
    writeJsonAtomic(paths.result, result, this.#fs)
    this.event('eval', { task: name, step })
  }

  alert(alert: Alert): void {
    this.event('alert', { ...alert })
  }

  checkpointFolder(step: number): string {
    return prepareCheckpoint(this.#dir, step, this.#fs)
  }

  commitCheckpoint(step: number, state: RunState): string {
    // Logged before the lengths are taken, so that a run resumed from here has the same line.
    const before = this.#events.size
    this.event('checkpoint', { step })
    let folder: string
    try {
      for (const log of [this.#metrics, this.#events, this.#spans]) log.sync()
      syncFolder(this.#dir, this.#fs)
      folder = finishCheckpoint(this.#dir, { ...state, step }, measureLogs(this.#dir), this.#fs)
    } catch (error) {
      this.#events.cutTo(before)
      throw error
    }
    pruneCheckpoints(this.#dir, this.#options.keep ?? {}, this.#fs)
    return folder
  }

  /** Writes the last event, syncs and closes the logs. */
  end(status: RunStatus, reason: string): void {
    try {
      this.event('end', { status, reason })
      for (const log of [this.#metrics, this.#events, this.#spans]) log.sync()
    } finally {
      for (const log of [this.#metrics, this.#events, this.#spans]) log.close()
    }
  }

  #appendTo(path: string, rows: readonly unknown[]): void {
    try {
      mkdirSync(dirname(path), { recursive: true })
    } catch (error) {
      throw writeError(error, path)
    }
    const writer = new JsonlWriter(path, this.#fs)
    try {
      writer.append(...rows)
    } finally {
      writer.close()
    }
  }

  // Once a name: a run is not worth stopping for a missing line of documentation, but a check over the events finds it.
  #warnOfUnknown(row: MetricRow): void {
    for (const name of Object.keys(row)) {
      if (!name.includes('/') || this.#unknownMetrics.has(name) || findMetric(name) !== undefined) continue
      this.#unknownMetrics.add(name)
      this.event('warning', { code: 'train/unknown-metric', message: `the metric "${name}" is not in the glossary` })
    }
  }
}
