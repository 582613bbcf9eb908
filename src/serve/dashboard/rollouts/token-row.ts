// One recorded rollout with its tokens, found in `rollouts/step-N.jsonl` by problem and number. What is missing is told with
// the setting that records it.
import { z } from 'zod'
import { listRolloutSteps, readRollouts } from '../../../store/index.ts'
import { rolloutsPath } from '../../../store/layout.ts'
import { ApiError } from '../../http/api-error.ts'
import { fileStamp } from '../file-stamp.ts'

/** Which rollout. */
export interface RolloutPlace {
  readonly step: number
  readonly problem: string
  readonly index: number
}

/** A row that has tokens. */
export interface TokenRow {
  readonly prompt: string
  readonly ids: Int32Array
  /** [T], where they were recorded. */
  readonly logprobs: readonly number[] | null
  readonly advantage: number | null
}

/** Longest rollout that is shown token by token. */
const MOST_TOKENS = 100_000
/** Largest file of one step. */
const MOST_BYTES = 256 * 2 ** 20

const rowSchema = z.object({
  prompt: z.string(),
  ids: z
    .array(
      z
        .int()
        .min(0)
        .max(2 ** 31 - 1),
    )
    .max(MOST_TOKENS),
  // Null is how JSON writes what is no number: a token that the model held impossible.
  logprobs: z.array(z.number().nullable()).nullish().catch(undefined),
  advantage: z.number().nullish().catch(undefined),
})

/** @throws ApiError 404 `no-such-rollout`, `no-tokens`; `store/bad-line` */
export function tokenRow(dir: string, { step, problem, index }: RolloutPlace): TokenRow {
  const path = rolloutsPath(dir, step)
  if ((fileStamp(path)?.sizeBytes ?? 0) > MOST_BYTES) {
    throw new ApiError(`${path} has more than ${MOST_BYTES} bytes and is not read.`, { status: 422, code: 'too-large' })
  }
  const rows = readRollouts(dir, step)
  if (rows.length === 0) {
    const steps = listRolloutSteps(dir)
    const which = steps.length === 0 ? 'none' : `those of steps ${steps.slice(0, 20).join(', ')}`
    throw missing(
      'no-such-rollout',
      `The run has no rollouts of step ${step}; it has ${which}. Record those of every step with --set rollout.recordEvery=1.`,
    )
  }
  const row = rows.find((one) => one.problem === problem && one.index === index)
  if (row === undefined) throw missing('no-such-rollout', `Step ${step} has no rollout ${index} of that problem.`)
  const read = rowSchema.safeParse(row)
  if (!read.success) {
    throw missing(
      'no-tokens',
      'The tokens of this rollout were not recorded. gradus train writes them with every rollout that it writes down (--set rollout.recordEvery=1 for those of every step); this row comes from elsewhere, or was cut.',
    )
  }
  const { prompt, ids, logprobs, advantage = null } = read.data
  const isWhole = logprobs?.length === ids.length
  return {
    prompt,
    ids: Int32Array.from(ids),
    logprobs: isWhole ? logprobs.map((value) => value ?? IMPOSSIBLE) : null,
    advantage,
  }
}

/** Stands for minus infinity, which JSON does not have. */
export const IMPOSSIBLE = -9999

const missing = (code: string, message: string): ApiError => new ApiError(message, { status: 404, code })
