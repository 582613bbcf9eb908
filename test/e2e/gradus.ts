// Runs the command line as a user does, with models so small that a run takes a second.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { readMetrics, withoutTimings } from '../../src/store/index.ts'

const bin = fileURLToPath(new URL('../../bin/gradus.mjs', import.meta.url))

/** What came of a command. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A command under way. */
export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

/** Starts `gradus` with these arguments. */
export function start(args: readonly string[]): Started {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = new Promise<Ended>((settle) => child.on('close', (code) => settle({ code, out, err })))
  return { child, ended }
}

/** Runs `gradus` to its end. */
export const gradus = (...args: readonly string[]): Promise<Ended> => start(args).ended

/** `--set` arguments for settings. */
export const sets = (settings: Readonly<Record<string, unknown>>, prefix = ''): string[] =>
  Object.entries(settings).flatMap(([path, value]) => ['--set', `${prefix}${path}=${JSON.stringify(value)}`])

/** Settings of a recipe that make it short. */
export const shortRun = {
  'schedule.steps': 6,
  'schedule.checkpointEvery': 2,
  'rollout.problems': 4,
  'rollout.maxTokens': 24,
  'evaluation.problems': 16,
  'evaluation.every': 3,
}

const shortBase = {
  'schedule.steps': 8,
  'schedule.checkpointEvery': 3,
  'evaluation.problems': 16,
  batch: 8,
  'model.hiddenSize': 16,
  'model.layers': 1,
  'model.heads': 1,
  'model.kvHeads': 1,
  'model.headDim': 16,
  'model.feedForward': 16,
}

/** `--set` arguments of {@link shortRun} with changes. */
export const short = (changes: Readonly<Record<string, unknown>> = {}): string[] => sets({ ...shortRun, ...changes })

/** `--set` arguments that make the base model tiny. */
export const tinyBase = (changes: Readonly<Record<string, unknown>> = {}): string[] =>
  sets({ ...shortBase, ...changes }, 'base.')

/** `--set` arguments for `gradus start`. */
export const tinyStart = (): string[] => [
  ...tinyBase(),
  ...sets(shortRun, 'one_shot.'),
  ...sets(shortRun, 'full.'),
  ...sets({ problems: 32 }),
]

/** A folder that goes away with the tests of a file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-e2e-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Everything of a run that must not depend on when it was interrupted. */
export function lastingFilesOf(dir: string): Readonly<Record<string, unknown>> {
  const evals = readdirSync(join(dir, 'evals')).sort()
  return {
    metrics: readMetrics(dir).rows.map(withoutTimings),
    ...Object.fromEntries(evals.map((name) => [name, readFileSync(join(dir, 'evals', name), 'utf8')])),
  }
}

/** Waits until a run has written this many rows of metrics, or its process has ended. */
export async function untilRows(dir: string, count: number, { child }: Started): Promise<void> {
  const path = join(dir, 'metrics.jsonl')
  const rows = (): number => {
    try {
      return readFileSync(path, 'utf8').split('\n').length - 1
    } catch {
      return 0 // Not there yet, or being replaced.
    }
  }
  while (child.exitCode === null && rows() < count) await new Promise((wake) => setTimeout(wake, 2))
}
