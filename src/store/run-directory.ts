// Opens a run directory for writing: new, taken up again, or refused because it holds another run.
// The caller gives configuration, clock and facts of the host; nothing here asks the machine or trains anything.
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { realFs, writeError, writeJsonAtomic } from '../base/atomic-file.ts'
import { GradusError } from '../base/error.ts'
import { canonicalJson, type Json } from '../base/json.ts'
import { hash32 } from '../base/rng.ts'
import type { RunInfo, RunSink, RunState, RunStatus } from '../contracts/run.ts'
import { configDifferences, describeDifferences } from './config-difference.ts'
import { logFolders, logNames } from './layout.ts'
import { lockRun } from './lock.ts'
import { findResumePoint, rewind } from './resume-point.ts'
import { readConfig, readRunInfo, readStoredInfo } from './run-info.ts'
import { DirectorySink, type SinkOptions } from './run-sink.ts'

/** What a new run is. */
export interface RunOptions extends SinkOptions {
  /** Folder of runs; default `runs`. The run gets a folder of its own below it. */
  readonly root?: string
  /** The exact folder; wins over `root`. */
  readonly dir?: string
  readonly recipe: string
  readonly task: string
  /** The fully resolved configuration. */
  readonly config: Readonly<Record<string, unknown>>
  /** What differs from the recipe's defaults. */
  readonly configDiff?: unknown
  readonly seeds: readonly number[]
  readonly versions?: Readonly<Record<string, string>>
  readonly host?: Readonly<Record<string, Json>>
  readonly git?: string
  readonly command?: string
  /** Id of the run it continues with another configuration. */
  readonly parent?: string
}

/** A run that this process may write. */
export interface OpenRun {
  readonly dir: string
  readonly info: RunInfo
  readonly sink: RunSink
  /** Set when the run was taken up again; without a state it starts from scratch. */
  readonly resumed?: { readonly checkpoint?: string; readonly state?: RunState }
  /** Folder of the checkpoint that a fork may start its weights from. */
  readonly parentCheckpoint?: string
  /** Ends the run and unlocks its directory. */
  close(status: Exclude<RunStatus, 'running'>, reason: string): void
}

/** Makes a new run directory. Throws `store/dir-not-empty`, `store/locked`, `store/disk-full`, `store/not-writable`. */
export function createRun(options: RunOptions): OpenRun {
  const startedAt = options.clock.iso()
  const dir = options.dir === undefined ? newFolder(options, startedAt) : resolve(options.dir)
  makeFolder(dir)
  const unlock = lockRun(dir)
  try {
    refuseStrangers(dir)
    return startRun(dir, startedAt, options, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * Takes up a run at its last usable checkpoint, with logs cut back to it; from scratch when it has none yet.
 * Throws `store/already-done`, `store/no-checkpoint`, `store/locked`, and what {@link readRunInfo} throws.
 */
export function resumeRun(dir: string, options: SinkOptions): OpenRun {
  const stored = readStoredInfo(dir)
  if (stored.status === 'done') {
    throw new GradusError('store/already-done', `${dir} is finished: there is nothing to resume`, {
      hint: 'Use --overwrite to run it again, or --fork to go on with another configuration.',
    })
  }
  const unlock = lockRun(dir)
  try {
    const { checkpoint, damaged } = rewind(dir, options.fs)
    const { endedAt: _ended, exitReason: _reason, ...rest } = stored
    const info: RunInfo = { ...rest, status: 'running', resumes: stored.resumes + 1 }
    writeJsonAtomic(join(dir, 'run.json'), info, options.fs)
    const sink = new DirectorySink(dir, options)
    if (checkpoint === undefined) sink.event('start', startData(info))
    for (const { step, why } of damaged) {
      sink.event('warning', { code: 'store/damaged-checkpoint', step, message: `skipped checkpoint ${step}: ${why}` })
    }
    sink.event('resume', { step: checkpoint?.state.step ?? 0, resumes: info.resumes })
    const resumed =
      checkpoint === undefined ? {} : { checkpoint: checkpoint.folder, state: loopState(checkpoint.state) }
    return { ...openRun(dir, info, sink, unlock, options), resumed }
  } catch (error) {
    unlock()
    throw error
  }
}

/** What to do with a directory that holds a run of another configuration. */
export type OnDifferent = 'refuse' | 'overwrite' | 'fork'

/**
 * Creates the run, or resumes it when the directory holds one of the same configuration. One of another configuration
 * is refused, replaced, or forked into a new directory beside it. `overwrite` also replaces an equal one.
 * Throws `store/different-config` and what {@link createRun} and {@link resumeRun} throw.
 */
export function openOrCreate(
  options: RunOptions & {
    readonly dir: string
    readonly onDifferent?: OnDifferent
    /** Names in the configuration that do not make it another one, such as an address. */
    readonly mayDiffer?: readonly string[]
  },
): OpenRun {
  const dir = resolve(options.dir)
  if (!existsSync(join(dir, 'run.json'))) return createRun(options)
  if (options.onDifferent === 'overwrite') return replaceRun(dir, options)
  if (options.onDifferent === 'fork') return forkRun(dir, options)
  const stored = readStoredInfo(dir)
  const differences = configDifferences(
    { recipe: stored.recipe, task: stored.task, seeds: stored.seeds, ...nest(readConfig(dir)) },
    { recipe: options.recipe, task: options.task, seeds: options.seeds, ...nest(options.config) },
  ).filter(({ path }) => !options.mayDiffer?.includes(path))
  if (differences.length === 0) return resumeRun(dir, options)
  throw new GradusError(
    'store/different-config',
    `${dir} holds a run with other settings: ${describeDifferences(differences)}`,
    {
      hint: 'Use --fork to start a new run beside it, --overwrite to replace it, or --out for another folder.',
    },
  )
}

/** A new run beside `parentDir`, with the parent's last usable checkpoint to start from, if it has one. */
export function forkRun(parentDir: string, options: RunOptions): OpenRun {
  const parent = readRunInfo(parentDir)
  const parentCheckpoint = findResumePoint(parentDir).checkpoint?.folder
  const run = createRun({ ...options, dir: undefined, root: dirname(resolve(parentDir)), parent: parent.id })
  return { ...run, parentCheckpoint }
}

function startRun(dir: string, startedAt: string, options: RunOptions, unlock: () => void): OpenRun {
  const info: RunInfo = {
    schema: 1,
    id: basename(dir),
    status: 'running',
    recipe: options.recipe,
    task: options.task,
    seeds: options.seeds,
    command: options.command,
    parent: options.parent,
    git: options.git,
    versions: options.versions ?? {},
    host: options.host ?? {},
    startedAt,
    resumes: 0,
  }
  writeJsonAtomic(join(dir, 'config.json'), options.config, options.fs)
  writeJsonAtomic(join(dir, 'config.diff.json'), options.configDiff ?? {}, options.fs)
  // Last: a folder with run.json is a run.
  writeJsonAtomic(join(dir, 'run.json'), info, options.fs)
  const sink = new DirectorySink(dir, options)
  sink.event('start', startData(info))
  return openRun(dir, info, sink, unlock, options)
}

// What other people keep in the folder stays.
function replaceRun(dir: string, options: RunOptions): OpenRun {
  const fs = options.fs ?? realFs
  const unlock = lockRun(dir)
  try {
    // run.json goes last: until then the folder is a run that can be resumed or replaced again.
    for (const name of ['checkpoints', ...logFolders, ...logNames, 'report.html', 'run.json']) {
      fs.rmSync(join(dir, name), { recursive: true, force: true })
    }
    return startRun(dir, options.clock.iso(), options, unlock)
  } catch (error) {
    unlock()
    throw writeError(error, dir)
  }
}

function openRun(dir: string, info: RunInfo, sink: DirectorySink, unlock: () => void, options: SinkOptions): OpenRun {
  return {
    dir,
    info,
    sink,
    close(status, reason) {
      try {
        sink.end(status, reason)
        const ended: RunInfo = { ...info, status, exitReason: reason, endedAt: options.clock.iso() }
        writeJsonAtomic(join(dir, 'run.json'), ended, options.fs)
      } finally {
        unlock()
      }
    },
  }
}

// `2026-05-01-grpo-countdown-k3x9q2`. The name comes from what the run is, so it needs no randomness of its own.
function newFolder(options: RunOptions, startedAt: string): string {
  const root = resolve(options.root ?? 'runs')
  makeFolder(root)
  const { recipe, task, seeds, config } = options
  const words = [startedAt.slice(0, 10), recipe, task].map((word) => word.replace(/[^A-Za-z0-9._-]+/g, '-')).join('-')
  for (let attempt = 0; ; attempt++) {
    const hash = hash32(canonicalJson([startedAt, recipe, task, seeds, config, attempt]))
    const dir = join(root, `${words}-${hash.toString(36).padStart(7, '0').slice(-6)}`)
    try {
      mkdirSync(dir)
      return dir
    } catch (error) {
      if (!existsSync(dir)) throw writeError(error, dir)
    }
  }
}

function makeFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true })
  } catch (error) {
    throw writeError(error, dir)
  }
}

function refuseStrangers(dir: string): void {
  const names = readdirSync(dir).filter((name) => !name.startsWith('.') && !name.startsWith('config.'))
  if (names.length === 0) return
  const holds = names.includes('run.json') ? 'already holds a run' : `is not empty and holds no run: ${names[0]}`
  throw new GradusError('store/dir-not-empty', `${dir} ${holds}`, {
    hint: 'Choose another folder with --out, or go on with a run that is there with --resume.',
  })
}

function startData({ recipe, task, seeds }: RunInfo): { recipe: string; task: string; seeds: readonly number[] } {
  return { recipe, task, seeds }
}

function loopState({ step, tokens, time_s, data }: RunState): RunState {
  return { step, tokens, time_s, data }
}

function nest(config: unknown): object {
  return typeof config === 'object' && config !== null ? config : { config }
}
