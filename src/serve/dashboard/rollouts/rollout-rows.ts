// The rollouts of one step as they are shown: groups of rows without ids and log-probabilities, each row with its number.
// Files are read whole, checked, and kept within a limit; the texts of a group's prompt are one.
import { z } from 'zod'
import type { Json } from '../../../base/json.ts'
import type { RolloutRow } from '../../../contracts/run.ts'
import { readRollouts } from '../../../store/index.ts'
import { rolloutsPath } from '../../../store/layout.ts'
import { ApiError } from '../../http/api-error.ts'
import { BoundedCache } from '../bounded-cache.ts'
import { fileStamp, stampText } from '../file-stamp.ts'

/** A rollout as it is shown. */
export type ShownRollout = Omit<RolloutRow, 'prompt' | 'problem' | 'ids' | 'logprobs'> & { readonly hasTokens: boolean }

/** The rollouts of one problem. */
export interface RolloutRows {
  readonly problem: string
  readonly prompt: string
  readonly answer?: string
  readonly rollouts: readonly ShownRollout[]
}

const MAX_CACHE_BYTES = 256 * 2 ** 20
const MAX_FILE_BYTES = 256 * 2 ** 20

// A number that was not finite is written as null, and shown as not there.
const number = z
  .number()
  .nullish()
  .transform((value) => value ?? undefined)

const rowSchema = z.looseObject({
  problem: z.string(),
  index: z.number(),
  prompt: z.string(),
  completion: z.string(),
  answer: z.string().optional(),
  status: z.enum(['scored', 'unscored', 'undecided', 'failed']),
  verdict: z.enum(['right', 'wrong', 'undecided', 'failed']).optional(),
  reason: z.string().optional(),
  reward: number,
  parts: z
    .record(z.string(), z.number().nullable())
    .transform((parts) => Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== null))),
  advantage: number,
  stop: z.string(),
  tokens: z.number(),
})

/** Rollouts by run and step. */
export class RolloutFiles {
  readonly #kept = new BoundedCache<readonly RolloutRows[]>(MAX_CACHE_BYTES)

  /** Memory of what is kept, roughly. */
  get bytes(): number {
    return this.#kept.bytes
  }

  /** The groups of a step, in the order of the file. @throws ApiError 404, 422; `store/bad-line` */
  read(dir: string, step: number): readonly RolloutRows[] {
    const path = rolloutsPath(dir, step)
    const stamp = fileStamp(path)
    if (stamp === undefined) {
      throw new ApiError(`Step ${step} of this run has no rollouts.`, {
        status: 404,
        code: 'no-such-step',
        param: 'step',
      })
    }
    if (stamp.sizeBytes > MAX_FILE_BYTES) throw tooLarge(path, stamp.sizeBytes)
    const key = `${path} ${stampText(stamp)}`
    const known = this.#kept.get(key)
    if (known !== undefined) return known
    const groups = grouped(readRollouts(dir, step), path)
    this.#kept.set(key, groups, sizeOf(groups))
    return groups
  }
}

/** Rows of a problem that follow each other or not are one group, until a number comes twice: it was drawn twice. */
function grouped(rows: readonly RolloutRow[], path: string): readonly RolloutRows[] {
  const groups: { problem: string; prompt: string; answer?: string; rollouts: ShownRollout[]; seen: Set<number> }[] = []
  const latest = new Map<string, (typeof groups)[number]>()
  for (const [i, row] of rows.entries()) {
    const { ids, logprobs: _logprobs, ...rest } = row
    const parsed = rowSchema.safeParse(rest)
    if (!parsed.success) throw badRow(path, i + 1, parsed.error)
    // Checked field by field above; unknown fields of later versions are shown as they are.
    const { problem, prompt, ...shown } = parsed.data as Omit<RolloutRow, 'ids' | 'logprobs'> & Record<string, Json>
    let group = latest.get(problem)
    if (group === undefined || group.seen.has(shown.index)) {
      group = {
        problem,
        prompt,
        ...(shown.answer !== undefined && { answer: shown.answer }),
        rollouts: [],
        seen: new Set(),
      }
      latest.set(problem, group)
      groups.push(group)
    }
    group.seen.add(shown.index)
    group.rollouts.push({ ...shown, hasTokens: Array.isArray(ids) && ids.length > 0 })
  }
  return groups.map(({ seen: _seen, ...group }) => group)
}

/** Roughly: characters take two bytes at most, objects a few hundred. */
function sizeOf(groups: readonly RolloutRows[]): number {
  let bytes = 0
  for (const { prompt, rollouts } of groups) {
    bytes += 300 + 2 * prompt.length
    for (const { completion, reason = '' } of rollouts) bytes += 600 + 2 * (completion.length + reason.length)
  }
  return bytes
}

const tooLarge = (path: string, bytes: number): ApiError =>
  new ApiError(`${path} has ${Math.round(bytes / 2 ** 20)} MB; files up to ${MAX_FILE_BYTES / 2 ** 20} MB are shown.`, {
    status: 422,
    code: 'rollouts-too-large',
  })

const badRow = (path: string, line: number, error: z.ZodError): ApiError =>
  new ApiError(`${path}:${line} is no rollout: ${z.prettifyError(error).split('\n').join('; ').slice(0, 300)}`, {
    status: 422,
    code: 'bad-rollout',
  })
