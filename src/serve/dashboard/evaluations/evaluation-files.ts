// Evaluations of runs: which there are, and what their result files say. Results are small and never change once written,
// so they are kept by their stamp.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { messageOf } from '../../../base/error.ts'
import type { Json } from '../../../base/json.ts'
import { evaluationOf, evaluationPaths } from '../../../store/layout.ts'
import { ApiError } from '../../http/api-error.ts'
import type { Interval, RunSummary } from '../api.ts'
import { BoundedCache } from '../bounded-cache.ts'
import { fileStamp, stampText } from '../file-stamp.ts'
import type { FolderListings } from '../runs/folder-listing.ts'

/** An evaluation by its name. */
export interface EvaluationName {
  readonly task: string
  readonly step: number
}

/** What a result file says. */
export interface EvaluationResult {
  readonly result: Json
  readonly passAt1: Interval | null
}

const MAX_CACHE_BYTES = 32 * 2 ** 20
/** A result is a few numbers for each k. */
const MAX_RESULT_BYTES = 8 * 2 ** 20

const resultSchema = z.object({
  n: z.number(),
  k: z.object({ 1: z.object({ value: z.number(), low: z.number(), high: z.number() }) }),
})

/** Evaluations of all runs. */
export class EvaluationFiles {
  readonly #listings: FolderListings
  readonly #results = new BoundedCache<EvaluationResult>(MAX_CACHE_BYTES)

  constructor(listings: FolderListings) {
    this.#listings = listings
  }

  /** Those of a run, by task, then step. */
  list(dir: string): readonly EvaluationName[] {
    return this.#listings
      .of(join(dir, 'evals'))
      .files.flatMap((name) => evaluationOf(name) ?? [])
      .sort((a, b) => (a.task < b.task ? -1 : a.task > b.task ? 1 : a.step - b.step))
  }

  /** One of them. @throws ApiError 404, 422 */
  read(dir: string, { task, step }: EvaluationName): EvaluationResult {
    const path = evaluationPaths(dir, task, step).result
    const stamp = fileStamp(path)
    if (stamp === undefined) {
      throw new ApiError(`There is no evaluation of ${task} at step ${step}.`, {
        status: 404,
        code: 'no-such-evaluation',
      })
    }
    const key = `${path} ${stampText(stamp)}`
    const known = this.#results.get(key)
    if (known !== undefined) return known
    const made = parseResult(path, stamp.sizeBytes)
    // Parsed JSON takes a few times the room of its text.
    this.#results.set(key, made, 4 * stamp.sizeBytes + 500)
    return made
  }
}

/** The last evaluation of a run's own task, or of any when its own has none. Damaged results count as not there. */
export function lastEvaluation(files: EvaluationFiles, dir: string, task: string): RunSummary['evaluation'] {
  const names = files.list(dir)
  const own = names.filter((name) => name.task === task)
  const last = (own.length > 0 ? own : names).toSorted((a, b) => a.step - b.step).at(-1)
  if (last === undefined) return null
  try {
    return { ...last, passAt1: files.read(dir, last).passAt1 }
  } catch (error) {
    if (error instanceof ApiError) return { ...last, passAt1: null }
    throw error
  }
}

function parseResult(path: string, sizeBytes: number): EvaluationResult {
  let result: Json
  try {
    if (sizeBytes > MAX_RESULT_BYTES) throw new Error(`it has ${sizeBytes} bytes`)
    result = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new ApiError(`${path} cannot be read: ${messageOf(error)}`, { status: 422, code: 'bad-evaluation' })
  }
  const { data } = resultSchema.safeParse(result)
  return { result, passAt1: data === undefined ? null : { ...data.k[1], n: data.n } }
}
