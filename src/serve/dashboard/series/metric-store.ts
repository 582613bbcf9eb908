// The metric tables of runs, loaded when they are asked for and grown by what was appended since. One run is read at a time,
// with a pause between blocks, so that other requests are answered meanwhile; together the tables stay below a limit.
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { messageOf } from '../../../base/error.ts'
import { ApiError } from '../../http/api-error.ts'
import { BoundedCache } from '../bounded-cache.ts'
import { fileStamp } from '../file-stamp.ts'
import { lineBlocks, readAt } from '../runs/line-blocks.ts'
import type { IndexedRun } from '../world.ts'
import { MetricTable, type MetricValues } from './metric-table.ts'

/** The metrics of a run at one moment. */
export interface RunMetrics {
  /** Grows with the run: not to be kept. */
  readonly table: MetricTable
  /** See {@link versionOf}. */
  readonly version: number
}

/** All tables together. */
const MAX_BYTES = 512 * 2 ** 20
const NEWLINE = 0x0a

interface Loaded {
  readonly table: MetricTable
  readonly resumes: number
  readonly inode: number
  nextByte: number
}

/** A number that grows with the log, and also when a resume cuts it back. */
export function versionOf(run: IndexedRun): number {
  return versionAt(run.info.resumes, fileStamp(join(run.dir, 'metrics.jsonl'))?.sizeBytes ?? 0)
}

/** Resumes that are told apart, and bytes: together they stay exact as a number. */
const versionAt = (resumes: number, bytes: number): number =>
  Math.min(resumes, 4095) * 2 ** 40 + Math.min(bytes, 2 ** 40 - 1)

/** Tables by run. */
export class MetricStore {
  readonly #maxBytes: number
  readonly #loaded: BoundedCache<Loaded>
  #queue: Promise<unknown> = Promise.resolve()

  constructor(maxBytes = MAX_BYTES) {
    this.#maxBytes = maxBytes
    this.#loaded = new BoundedCache(maxBytes)
  }

  /** Memory of all tables. */
  get bytes(): number {
    return this.#loaded.bytes
  }

  /** The metrics of a run up to now; none when it has no log. @throws ApiError 422 for a log that cannot be read */
  of(run: IndexedRun): Promise<RunMetrics> {
    const result = this.#queue.then(() => this.#refresh(run))
    this.#queue = result.catch(() => {})
    return result
  }

  async #refresh(run: IndexedRun): Promise<RunMetrics> {
    const { resumes } = run.info
    const path = join(run.dir, 'metrics.jsonl')
    const stamp = fileStamp(path)
    if (stamp === undefined) return { table: new MetricTable(this.#maxBytes), version: versionAt(resumes, 0) }
    const known = this.#loaded.get(run.dir)
    const goesOn =
      known?.resumes === resumes && known.inode === stamp.inode && endsLineAt(path, known.nextByte, stamp.sizeBytes)
    const loaded: Loaded = goesOn
      ? known
      : { table: new MetricTable(this.#maxBytes), resumes, inode: stamp.inode, nextByte: 0 }
    try {
      if (loaded.nextByte < stamp.sizeBytes) {
        for (const { lines, nextByte } of lineBlocks(path, loaded.nextByte, stamp.sizeBytes)) {
          for (const line of lines) loaded.table.append(parseRow(line, loaded.table.rows, path))
          loaded.nextByte = nextByte
          this.#loaded.set(run.dir, loaded, loaded.table.bytes)
          await setImmediate()
        }
      }
    } catch (error) {
      this.#loaded.delete(run.dir)
      throw error instanceof ApiError ? error : unreadable(path, messageOf(error))
    }
    return { table: loaded.table, version: versionAt(resumes, stamp.sizeBytes) }
  }
}

/** Whether what was read is still there as far as can be seen without reading it again. */
function endsLineAt(path: string, byte: number, size: number): boolean {
  if (byte === 0 || byte > size) return byte === 0
  // Nothing was cut and nothing was added: most looks end here.
  if (byte === size) return true
  let fd: number | undefined
  try {
    fd = openSync(path, 'r')
    return readAt(fd, byte - 1, 1)[0] === NEWLINE
  } catch {
    return false
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}

function parseRow(line: string, before: number, path: string): MetricValues {
  let row: unknown
  try {
    row = JSON.parse(line)
  } catch {}
  if (row !== null && typeof row === 'object' && !Array.isArray(row)) {
    const values = row as MetricValues
    if (typeof values.step === 'number') return values
  }
  throw unreadable(path, `line ${before + 1} is no row of metrics. Remove it to see the rest`)
}

const unreadable = (path: string, why: string): ApiError =>
  new ApiError(`${path} cannot be read: ${why}.`, { status: 422, code: 'bad-log' })
