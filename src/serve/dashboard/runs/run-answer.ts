// All of a run but its long files: what it was started with, what lies in its directory, what happened to it.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson, type Json } from '../../../base/json.ts'
import { findMetric, type MetricDirection } from '../../../contracts/metrics.ts'
import type { Alert, EventRow } from '../../../contracts/run.ts'
import { stepOf } from '../../../store/layout.ts'
import type { MetricFacts, RunAnswer, RunSummary } from '../api.ts'
import { BoundedCache } from '../bounded-cache.ts'
import type { EvaluationFiles } from '../evaluations/evaluation-files.ts'
import { fileStamp, stampText } from '../file-stamp.ts'
import type { IndexedRun } from '../world.ts'
import type { FolderListings } from './folder-listing.ts'
import { lastLines } from './line-blocks.ts'

/** Of a long log of events the last ones are told. */
const MAX_EVENT_BYTES = 4 * 2 ** 20
const MOST_EVENTS = 5000
const MAX_CONFIG_BYTES = 8 * 2 ** 20
const MAX_HASHES_BYTES = 2 ** 20

/** What an answer is put together from. */
export interface RunSources {
  readonly listings: FolderListings
  readonly evaluations: EvaluationFiles
  readonly configHashes: ConfigHashes
}

/** The answer of `GET /api/run`. */
export function runAnswer(
  summary: RunSummary,
  { dir, info }: IndexedRun,
  names: readonly string[],
  runs: readonly IndexedRun[],
  { listings, evaluations, configHashes }: RunSources,
): RunAnswer {
  const events = eventsOf(dir)
  const checkpoints = stepsIn(listings.of(join(dir, 'checkpoints')).folders, '')
  const hash = configHashes.of(dir)
  return {
    ...summary,
    fullInfo: info,
    dir,
    config: readJson(join(dir, 'config.json')),
    configDiff: readJson(join(dir, 'config.diff.json')),
    resumeCommand: resumeCommand(dir, info.command, info.status, checkpoints.length > 0),
    metrics: names.filter((name) => name.includes('/')).map(factsOf),
    evaluations: evaluations.list(dir),
    rolloutSteps: stepsIn(listings.of(join(dir, 'rollouts')).files, '.jsonl'),
    checkpoints,
    searches: listings
      .of(join(dir, 'search'))
      .files.flatMap((name) => (name.endsWith('.jsonl') ? name.slice(0, -6) : [])),
    events,
    alertRows: events.filter((event) => event.kind === 'alert').flatMap((event) => alertOf(event) ?? []),
    siblings: runs
      .filter((other) => other.dir !== dir && other.info.recipe === info.recipe && other.info.task === info.task)
      .filter((other) => hash !== undefined && configHashes.of(other.dir) === hash)
      .map(({ run }) => run),
  }
}

/** What a configuration is but for its seed, as a hash. */
export class ConfigHashes {
  readonly #known = new BoundedCache<string>(MAX_HASHES_BYTES)

  /** Undefined where there is no configuration. */
  of(dir: string): string | undefined {
    const path = join(dir, 'config.json')
    const stamp = fileStamp(path)
    if (stamp === undefined) return undefined
    const key = `${path} ${stampText(stamp)}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const config = readJson(path)
    if (config === null || typeof config !== 'object' || Array.isArray(config)) return undefined
    const { seed: _seed, seeds: _seeds, ...rest } = config as Readonly<Record<string, Json>>
    const hash = createHash('sha256').update(canonicalJson(rest)).digest('base64url')
    this.#known.set(key, hash, 2 * key.length + 100)
    return hash
  }
}

const better: Readonly<Record<MetricDirection, MetricFacts['better']>> = { up: 'higher', down: 'lower', none: null }

function factsOf(name: string): MetricFacts {
  const entry = findMetric(name)
  if (entry === undefined) return { name, definition: '', better: null }
  return { name, definition: `${entry.definition}: ${entry.estimator}`, better: better[entry.direction] }
}

/** Null for what is missing, too long or no JSON. */
function readJson(path: string): Json {
  try {
    if ((fileStamp(path)?.sizeBytes ?? 0) > MAX_CONFIG_BYTES) return null
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

function stepsIn(names: readonly string[], ending: string): readonly number[] {
  return names
    .flatMap((name) => (name.endsWith(ending) ? (stepOf(name.slice(0, name.length - ending.length)) ?? []) : []))
    .sort((a, b) => a - b)
}

function eventsOf(dir: string): readonly EventRow[] {
  return lastLines(join(dir, 'events.jsonl'), MAX_EVENT_BYTES)
    .slice(-MOST_EVENTS)
    .flatMap((line): EventRow[] => {
      try {
        const row: Partial<EventRow> | null = JSON.parse(line)
        return typeof row?.at === 'string' && typeof row.kind === 'string' ? [row as EventRow] : []
      } catch {
        return []
      }
    })
}

function alertOf({ name, step, metric, value, limit, message, hint }: EventRow): Alert | undefined {
  if (typeof name !== 'string' || typeof step !== 'number' || typeof metric !== 'string') return undefined
  return {
    name,
    step,
    metric: metric as Alert['metric'],
    value: Number(value),
    limit: Number(limit),
    message: String(message ?? ''),
    hint: String(hint ?? ''),
  }
}

/** Lab and start go on when they are given again; the command must be one, since run.json may come from anywhere. */
const REPEATABLE = /^gradus (?:start|lab run)(?: (?:[\w@%+=:,./-]{1,500}|'[^'\n]{1,500}')){0,100}$/

function resumeCommand(
  dir: string,
  command: string | undefined,
  status: RunSummary['status'],
  hasCheckpoint: boolean,
): string | null {
  if (status === 'done' || status === 'running') return null
  if (command !== undefined && REPEATABLE.test(command)) return command
  if (!hasCheckpoint) return null
  return `gradus train --resume ${/^[\w@%+=:,./-]+$/.test(dir) ? dir : `'${dir.replaceAll("'", "'\\''")}'`}`
}
