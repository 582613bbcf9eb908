// Weights & Biases: the folder of an offline run, which `wandb sync` uploads and `wandb leet` shows without a network.
// It holds configuration, history, summary and how the run ended; no samples, machine metrics or files. The form of the
// file is not documented beside the source of wandb; every release reads those of older ones.
import { join } from 'node:path'
import { jsonText } from '../flat-config.ts'
import { writeOutput } from '../output-file.ts'
import type { RunExporter } from '../run-exporter.ts'
import { configOf, identityHash, type MetricPoint, metricPoints, type RunSource } from '../run-source.ts'
import { exit, header, history, type RunContent, record, run as runRecord, summary } from './records.ts'
import { TransactionLog } from './transaction-log.ts'

export const wandb: RunExporter = {
  id: 'wandb',
  next: 'wandb sync OUT/offline-run-*',
  place: (run) => `offline-run-${compactDate(run.startMs)}-${runId(run)}`,
  async write(run, folder) {
    const log = new TransactionLog()
    let number = 0
    writeOutput(join(folder, `run-${runId(run)}.wandb`), (file) => {
      file.write(log.head())
      for (const content of contents(run)) file.write(log.record(record(++number, content)))
    })
    return run.info.status === 'running' ? ['the run is still going on: wandb will show it as crashed'] : []
  },
}

function* contents(run: RunSource): Generator<Uint8Array> {
  yield header('gradus')
  yield runRecord(runContent(run))
  const last = new Map<string, string>()
  let lastMs = run.startMs
  let seen = -1
  for (const point of metricPoints(run)) {
    // Steps of a history only grow; rows of one step go into it together.
    seen = Math.max(seen, point.step)
    const values = historyValues(run, point, seen)
    for (const [name, json] of values) last.set(name, json)
    lastMs = point.atMs
    yield history(seen, values)
  }
  yield summary([...last])
  if (run.info.status === 'running') return
  const seconds = Math.max(0, Math.round(((run.endMs ?? lastMs) - run.startMs) / 1000))
  yield exit(exitCodes[run.info.status], seconds)
}

// 255 is what wandb itself writes for a run that was stopped.
const exitCodes = { done: 0, failed: 1, interrupted: 255 } as const

function historyValues(run: RunSource, { atMs, values }: MetricPoint, step: number): (readonly [string, string])[] {
  return [
    ...values.filter(([name]) => !name.startsWith('_')).map(([name, value]) => [name, numberText(value)] as const),
    ['_timestamp', numberText(atMs / 1000)],
    ['_runtime', numberText((atMs - run.startMs) / 1000)],
    ['_step', numberText(step)],
  ]
}

// As Python's json module writes them.
const numberText = (value: number): string => (Number.isFinite(value) ? JSON.stringify(value) : String(value))

function runContent(run: RunSource): RunContent {
  const { info } = run
  const config = configOf(run)
  const settings: [string, unknown][] = config !== null && typeof config === 'object' ? Object.entries(config) : []
  const { recipe, task, seeds, versions, host, id, parent } = info
  return {
    id: runId(run),
    project: 'gradus',
    displayName: run.name,
    tags: [recipe, task].map((tag) => tag.slice(0, 64)).filter((tag) => tag !== ''),
    commit: info.git,
    startMs: run.startMs,
    // Names that begin so are wandb's own.
    config: [
      ...settings.filter(([name]) => !name.startsWith('_')),
      ['run', { id, parent, recipe, task, seeds, versions, host }] as const,
    ].map(([name, value]) => [name, jsonText(value)] as const),
  }
}

/** Eight letters and digits that depend on the run, and on what it is called here. */
function runId(run: RunSource): string {
  return BigInt(`0x${identityHash(run, `wandb ${run.name}`).slice(0, 16)}`)
    .toString(36)
    .padStart(8, '0')
    .slice(0, 8)
}

const compactDate = (ms: number): string =>
  new Date(ms).toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '').replace('T', '_')
