// The samples of evaluations, by problem. Files are read whole, checked, and kept within a limit.
import { z } from 'zod'
import type { EvalSampleRow } from '../../../contracts/run.ts'
import { readJsonl } from '../../../store/index.ts'
import { evaluationPaths } from '../../../store/layout.ts'
import { ApiError } from '../../http/api-error.ts'
import type { ShownSample } from '../api.ts'
import { BoundedCache } from '../bounded-cache.ts'
import { fileStamp, stampText } from '../file-stamp.ts'
import type { EvaluationName } from './evaluation-files.ts'

/** The samples of one problem. */
export interface ProblemSamples {
  readonly problem: string
  readonly prompt: string
  readonly answer?: string
  readonly samples: readonly ShownSample[]
}

/** Problems by id, in the order of the file. */
export type SamplesByProblem = ReadonlyMap<string, ProblemSamples>

const MAX_CACHE_BYTES = 256 * 2 ** 20
const MAX_FILE_BYTES = 256 * 2 ** 20

const rowSchema = z.looseObject({
  problem: z.string(),
  prompt: z.string(),
  answer: z.string().optional(),
  completion: z.string(),
  verdict: z.enum(['right', 'wrong', 'undecided', 'failed']),
  reason: z.string(),
})

/** Samples by run and evaluation. */
export class EvalSampleFiles {
  readonly #kept = new BoundedCache<SamplesByProblem>(MAX_CACHE_BYTES)

  /** @throws ApiError 404, 422; `store/bad-line` */
  read(dir: string, { task, step }: EvaluationName): SamplesByProblem {
    const path = evaluationPaths(dir, task, step).samples
    const stamp = fileStamp(path)
    if (stamp === undefined) {
      throw new ApiError(`The evaluation of ${task} at step ${step} has no samples.`, {
        status: 404,
        code: 'no-such-evaluation',
        param: 'steps',
      })
    }
    if (stamp.sizeBytes > MAX_FILE_BYTES) {
      throw new ApiError(`${path} is larger than ${MAX_FILE_BYTES / 2 ** 20} MB and is not shown.`, {
        status: 422,
        code: 'samples-too-large',
      })
    }
    const key = `${path} ${stampText(stamp)}`
    const known = this.#kept.get(key)
    if (known !== undefined) return known
    const problems = byProblem(readJsonl<EvalSampleRow>(path).rows, path)
    // Texts at two bytes a character, and the objects around them.
    this.#kept.set(key, problems, 2 * stamp.sizeBytes)
    return problems
  }
}

// Samples lie problem by problem, as many of each; only neighbours are put together, and a problem that comes again later
// has `#2` after its id, as everywhere.
function byProblem(rows: readonly EvalSampleRow[], path: string): SamplesByProblem {
  const problems = new Map<string, ProblemSamples & { readonly samples: ShownSample[] }>()
  const times = new Map<string, number>()
  let last: { readonly id: string; readonly samples: ShownSample[] } | undefined
  for (const [i, row] of rows.entries()) {
    const parsed = rowSchema.safeParse(row)
    if (!parsed.success) {
      const why = z.prettifyError(parsed.error).split('\n').join('; ').slice(0, 300)
      throw new ApiError(`${path}:${i + 1} is no sample: ${why}`, { status: 422, code: 'bad-sample' })
    }
    const { problem: id, prompt, answer, ...sample } = row
    if (last?.id !== id) {
      const time = (times.get(id) ?? 0) + 1
      times.set(id, time)
      const problem = time === 1 ? id : `${id}#${time}`
      const made = { problem, prompt, ...(answer !== undefined && { answer }), samples: [] as ShownSample[] }
      problems.set(problem, made)
      last = { id, samples: made.samples }
    }
    last.samples.push(sample)
  }
  return problems
}
