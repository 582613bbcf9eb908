// Checkpoints that are whole or not there. One is built in a hidden folder and renamed when its last file, state.json,
// is on the disk; state.json holds size and checksum of every other file, so that a damaged one is noticed, not loaded.
// It does not know what engines write into the folder.
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join, sep } from 'node:path'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { realFs, syncFolder, type WriteFs, writeError, writeJsonAtomic } from '../base/atomic-file.ts'
import { messageOf } from '../base/error.ts'
import type { CheckpointState, RunState } from '../contracts/run.ts'
import { stepName, stepOf } from './layout.ts'

/** Which checkpoints stay: the `last` ones, and those at multiples of `every` steps. All, when both are left out. */
export interface KeepPolicy {
  readonly last?: number
  readonly every?: number
}

/** A finished checkpoint. */
export interface CheckpointEntry {
  readonly step: number
  readonly folder: string
}

const stateSchema = z.object({
  schema: z.literal(1),
  step: z.number().int().min(0),
  tokens: z.number(),
  time_s: z.number(),
  data: z.record(z.string(), z.json()),
  bytes: z.record(z.string(), z.number().int().min(0)),
  files: z.record(z.string(), z.object({ bytes: z.number().int().min(0), crc32: z.number().int() })),
})

/** An empty folder for a checkpoint in the making. */
export function prepareCheckpoint(dir: string, step: number, fs: WriteFs = realFs): string {
  const folder = hidden(dir, step, 'tmp')
  try {
    fs.rmSync(folder, { recursive: true, force: true })
    fs.mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw writeError(error, folder)
  }
  return folder
}

/** Makes the prepared folder a checkpoint: files to disk, state.json, rename. Gives back the final folder. */
export function finishCheckpoint(
  dir: string,
  state: RunState,
  bytes: CheckpointState['bytes'],
  fs: WriteFs = realFs,
): string {
  const prepared = hidden(dir, state.step, 'tmp')
  const final = join(dir, 'checkpoints', stepName(state.step))
  const old = hidden(dir, state.step, 'old')
  try {
    fs.mkdirSync(prepared, { recursive: true })
    const names = filesUnder(prepared)
    for (const name of names) syncFile(join(prepared, name), fs)
    const files = Object.fromEntries(names.map((name) => [name, fingerprint(join(prepared, name))]))
    writeJsonAtomic(join(prepared, 'state.json'), { schema: 1, ...state, bytes, files } satisfies CheckpointState, fs)
    // A second checkpoint of the same step; `restoreInterrupted` undoes the first rename if the second never comes.
    if (existsSync(final)) fs.renameSync(final, old)
    fs.renameSync(prepared, final)
  } catch (error) {
    throw writeError(error, final)
  }
  syncFolder(join(dir, 'checkpoints'), fs)
  fs.rmSync(old, { recursive: true, force: true })
  return final
}

/** Finished checkpoints, by step. They are not checked; see {@link readCheckpoint}. */
export function listCheckpoints(dir: string): readonly CheckpointEntry[] {
  const parent = join(dir, 'checkpoints')
  if (!existsSync(parent)) return []
  return readdirSync(parent)
    .flatMap((name) => {
      const step = stepOf(name)
      return step === undefined ? [] : [{ step, folder: join(parent, name) }]
    })
    .sort((a, b) => a.step - b.step)
}

/** The state of a checkpoint, or why it cannot be used. */
export function readCheckpoint(folder: string): { state: CheckpointState } | { damage: string } {
  try {
    const state: CheckpointState = stateSchema.parse(JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')))
    for (const [name, expected] of Object.entries(state.files)) {
      const path = join(folder, name)
      if (!existsSync(path)) return { damage: `${name} is missing` }
      const actual = fingerprint(path)
      if (actual.bytes !== expected.bytes) {
        return { damage: `${name} has ${actual.bytes} bytes instead of ${expected.bytes}` }
      }
      if (actual.crc32 !== expected.crc32) return { damage: `${name} has changed: its checksum does not match` }
    }
    return { state }
  } catch (error) {
    return { damage: `state.json cannot be read: ${messageOf(error).split('\n')[0]}` }
  }
}

/** Removes what the policy does not keep; the newest always stays. */
export function pruneCheckpoints(dir: string, keep: KeepPolicy, fs: WriteFs = realFs): void {
  const { last, every } = keep
  if (last === undefined && every === undefined) return
  const entries = listCheckpoints(dir)
  const newest = new Set(entries.slice(-Math.max(1, last ?? 1)))
  for (const entry of entries) {
    if (newest.has(entry) || (every !== undefined && entry.step % every === 0)) continue
    // Renamed first: half of a removed checkpoint must not look like a damaged one.
    const gone = hidden(dir, entry.step, 'gone')
    fs.renameSync(entry.folder, gone)
    fs.rmSync(gone, { recursive: true, force: true })
  }
}

/** Moves a checkpoint out of the way of resume, for someone to look at. Gives back its new folder. */
export function setAside(dir: string, step: number, fs: WriteFs = realFs): string {
  const aside = hidden(dir, step, 'damaged')
  fs.rmSync(aside, { recursive: true, force: true })
  fs.renameSync(join(dir, 'checkpoints', stepName(step)), aside)
  return aside
}

/** Tidies up after a process that was killed inside one of the functions above. */
export function restoreInterrupted(dir: string, fs: WriteFs = realFs): void {
  const parent = join(dir, 'checkpoints')
  if (!existsSync(parent)) return
  for (const name of readdirSync(parent)) {
    const match = /^\.(step-\d+)\.(tmp|gone|old)$/.exec(name)
    if (match === null) continue
    const final = join(parent, match[1])
    if (match[2] === 'old' && !existsSync(final)) fs.renameSync(join(parent, name), final)
    else fs.rmSync(join(parent, name), { recursive: true, force: true })
  }
}

function hidden(dir: string, step: number, kind: 'tmp' | 'old' | 'gone' | 'damaged'): string {
  return join(dir, 'checkpoints', `.${stepName(step)}.${kind}`)
}

// Paths with forward slashes, sorted, state.json left out.
function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((name) => name !== 'state.json')
    .sort()
}

function syncFile(path: string, fs: WriteFs): void {
  const fd = fs.openSync(path, 'r+')
  try {
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
}

// In pieces, since weights may be larger than memory allows twice.
function fingerprint(path: string): { bytes: number; crc32: number } {
  const fd = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(1 << 20)
    let bytes = 0
    let checksum = 0
    for (let got = readSync(fd, buffer); got > 0; got = readSync(fd, buffer)) {
      checksum = crc32(buffer.subarray(0, got), checksum)
      bytes += got
    }
    return { bytes, crc32: checksum }
  } finally {
    closeSync(fd)
  }
}
