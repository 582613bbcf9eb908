// MLflow: a run of its file store (the folder that is called mlruns). Experiment: the task. Metrics, parameters (the
// configuration), tags (what run.json says) and, as artifacts, the small files. Names: entry-names.ts.
import { createHash } from 'node:crypto'
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { entryNames } from '../entry-names.ts'
import { flatConfig } from '../flat-config.ts'
import type { RunExporter } from '../run-exporter.ts'
import { configOf, identityHash, metricNames, metricPoints, type RunSource } from '../run-source.ts'
import { flatYaml } from './yaml.ts'

/** MLflow's own limit for the value of a parameter. */
const maxValueLength = 6000
/** Lines of metrics that are held before they are appended to their files. */
const heldLines = 100_000

export const mlflow: RunExporter = {
  id: 'mlflow',
  next: 'mlflow migrate-filestore --source OUT --target sqlite:///mlflow.db (or MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri OUT)',
  place: (run) => `${experimentOf(run)}/${runIdOf(run)}`,
  async write(run, folder, finalFolder) {
    writeFileSync(join(folder, 'meta.yaml'), flatYaml(runMeta(run, pathToFileURL(finalFolder).href)))
    const renamed = writeMetrics(run, join(folder, 'metrics'))
    writeEntries(join(folder, 'params'), parameters(run))
    writeEntries(join(folder, 'tags'), tags(run))
    copyArtifacts(run.dir, join(folder, 'artifacts'))
    return renamed === 0
      ? []
      : [`${renamed} metrics have another name: MLflow forbids "@" and some others; "@" is _at_`]
  },
  shared(run, out) {
    const id = experimentOf(run)
    const meta = {
      artifact_location: pathToFileURL(join(out, id)).href,
      creation_time: run.startMs,
      experiment_id: id,
      last_update_time: run.startMs,
      lifecycle_stage: 'active',
      name: `gradus/${run.info.task}`,
    }
    return { [`${id}/meta.yaml`]: flatYaml(meta) }
  },
}

/** Eighteen digits that depend on the task, as MLflow's own numbers of experiments have. */
function experimentOf({ info }: RunSource): string {
  const hash = createHash('sha256').update(`experiment ${info.task}`).digest('hex')
  return (BigInt(`0x${hash.slice(0, 16)}`) % 10n ** 18n).toString().padStart(18, '1')
}

const runIdOf = (run: RunSource): string => identityHash(run, `mlflow ${run.name}`).slice(0, 32)

// Numbers of mlflow.entities.RunStatus and SourceType.
const statuses = { running: 1, done: 3, failed: 4, interrupted: 5 } as const
const localSource = 4

function runMeta(run: RunSource, url: string): Readonly<Record<string, string | number | null | readonly never[]>> {
  const id = runIdOf(run)
  return {
    artifact_uri: `${url}/artifacts`,
    end_time: run.endMs ?? null,
    entry_point_name: '',
    experiment_id: experimentOf(run),
    lifecycle_stage: 'active',
    run_id: id,
    run_name: run.name,
    run_uuid: id,
    source_name: '',
    source_type: localSource,
    source_version: '',
    start_time: run.startMs,
    status: statuses[run.info.status],
    tags: [],
    user_id: '',
  }
}

/** Writes `time value step` lines, a file a metric, and says how many metrics were renamed. */
function writeMetrics(run: RunSource, folder: string): number {
  const names = metricNames(run)
  const entries = entryNames(names)
  mkdirSync(folder)
  for (const entry of entries.values()) mkdirSync(dirname(join(folder, entry)), { recursive: true })
  const held = new Map<string, string[]>()
  let count = 0
  const flush = () => {
    for (const [entry, lines] of held) appendFileSync(join(folder, entry), lines.join(''))
    held.clear()
    count = 0
  }
  for (const { step, atMs, values } of metricPoints(run)) {
    for (const [name, value] of values) {
      const entry = entries.get(name)
      // A name that came after the first look at a run that goes on.
      if (entry === undefined) continue
      const lines = held.get(entry) ?? []
      lines.push(`${Math.round(atMs)} ${pythonNumber(value)} ${step}\n`)
      held.set(entry, lines)
      count++
    }
    if (count >= heldLines) flush()
  }
  flush()
  return names.filter((name) => entries.get(name) !== name).length
}

function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  return Number.isFinite(value) ? String(value) : value > 0 ? 'inf' : '-inf'
}

function writeEntries(folder: string, values: readonly (readonly [string, string])[]): void {
  const entries = entryNames(values.map(([name]) => name))
  mkdirSync(folder)
  for (const [name, value] of values) {
    const path = join(folder, entries.get(name) ?? name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, oneLine(value).slice(0, maxValueLength))
  }
}

/** Without what Python takes for the end of a line: MLflow refuses a parameter of two lines. */
const oneLine = (value: string): string =>
  value.replace(/[\p{Cc}\u2028\u2029]/gu, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`)

function parameters(run: RunSource): readonly (readonly [string, string])[] {
  return flatConfig(configOf(run))
    .filter(([name]) => name !== '')
    .map(([name, value]) => [name, String(value)] as const)
}

function tags({ name, info }: RunSource): readonly (readonly [string, string])[] {
  const values = {
    'mlflow.runName': name,
    'mlflow.source.name': 'gradus',
    'mlflow.source.type': 'LOCAL',
    'mlflow.source.git.commit': info.git,
    'gradus.id': info.id,
    'gradus.recipe': info.recipe,
    'gradus.task': info.task,
    'gradus.seeds': info.seeds.join(','),
    'gradus.parent': info.parent,
    'gradus.exitReason': info.exitReason,
  }
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [[key, value] as const],
  )
}

function copyArtifacts(dir: string, folder: string): void {
  mkdirSync(folder)
  for (const name of ['run.json', 'config.json', 'config.diff.json', 'report.html']) {
    if (existsSync(join(dir, name))) copyFileSync(join(dir, name), join(folder, name))
  }
  const evals = join(dir, 'evals')
  if (!existsSync(evals)) return
  mkdirSync(join(folder, 'evals'))
  for (const name of readdirSync(evals).sort()) {
    if (name.endsWith('.json')) copyFileSync(join(evals, name), join(folder, 'evals', name))
  }
}
