// Problems of a run's evaluations side by side over steps: which of them, and in which steps.
import { z } from 'zod'
import { ApiError } from '../../http/api-error.ts'
import type { EvalProblemFilter, EvalProblemsAnswer, ShownSample } from '../api.ts'
import { list, paging, runName, search, whole } from '../query.ts'
import type { ProblemSamples, SamplesByProblem } from './eval-samples.ts'

const filters = ['all', 'gained', 'lost', 'mixed', 'undecided'] as const satisfies readonly EvalProblemFilter[]

/** Most steps side by side. */
const MOST_STEPS = 12
/** Steps that are shown when none are named. */
const USUAL_STEPS = 6

/** The query of `GET /api/eval-problems`. */
export const evalProblemsQuery = z.object({
  run: runName,
  task: z.string().min(1).max(200),
  filter: z.enum(filters).default('all'),
  search,
  steps: list(MOST_STEPS, 15)
    .pipe(z.array(whole(0, 1e12)))
    .optional(),
  ...paging,
})

/** The steps to show of those that there are: the ones asked for, or some from the first to the last. @throws ApiError 404 */
export function stepsToShow(there: readonly number[], asked: readonly number[] | undefined): readonly number[] {
  if (there.length === 0) {
    throw new ApiError('This run has no evaluation of that task.', {
      status: 404,
      code: 'no-such-evaluation',
      param: 'task',
    })
  }
  if (asked === undefined) {
    if (there.length <= USUAL_STEPS) return there
    return Array.from(
      { length: USUAL_STEPS },
      (_, i) => there[Math.round((i * (there.length - 1)) / (USUAL_STEPS - 1))],
    )
  }
  const missing = asked.find((step) => !there.includes(step))
  if (missing === undefined) return asked.toSorted((a, b) => a - b)
  throw new ApiError(`There is no evaluation of that task at step ${missing}.`, {
    status: 404,
    code: 'no-such-evaluation',
    param: 'steps',
  })
}

/** A problem over the steps. */
interface Row extends Omit<ProblemSamples, 'samples'> {
  readonly samples: readonly (readonly ShownSample[])[]
}

/** The answer, from the samples of each step. */
export function evalProblemsOf(
  steps: readonly number[],
  samples: readonly SamplesByProblem[],
  { filter, search, offset, limit }: z.infer<typeof evalProblemsQuery>,
): EvalProblemsAnswer {
  const ids = new Set(samples.flatMap((problems) => [...problems.keys()]))
  const rows = [...ids].flatMap((id): Row[] => {
    const asked = samples.map((problems) => problems.get(id))
    const first = asked.find((problem) => problem !== undefined)
    if (first === undefined) return []
    const { samples: _own, ...facts } = first
    return [{ ...facts, samples: asked.map((problem) => problem?.samples ?? []) }]
  })
  const kept = rows.filter((row) => keepers[filter](row) && isFound(row, search.toLowerCase()))
  return { steps, total: kept.length, problems: kept.slice(offset, offset + limit) }
}

const keepers: Readonly<Record<EvalProblemFilter, (row: Row) => boolean>> = {
  all: () => true,
  gained: ({ samples }) => change(samples) > 0,
  lost: ({ samples }) => change(samples) < 0,
  mixed: ({ samples }) => {
    const verdicts = new Set(samples.flat().map(({ verdict }) => verdict))
    return verdicts.has('right') && verdicts.has('wrong')
  },
  undecided: ({ samples }) => samples.flat().some(({ verdict }) => verdict === 'undecided'),
}

/** 1 where more than half are right at the last step and were not at the first, -1 the other way round. */
function change(samples: readonly (readonly ShownSample[])[]): number {
  const asked = samples.map(isMostlyRight).filter((right) => right !== undefined)
  return Number(asked.at(-1) ?? false) - Number(asked[0] ?? false)
}

/** Of the samples that were judged right or wrong; undefined where none was. */
function isMostlyRight(samples: readonly ShownSample[]): boolean | undefined {
  const right = samples.filter(({ verdict }) => verdict === 'right').length
  const wrong = samples.filter(({ verdict }) => verdict === 'wrong').length
  return right + wrong === 0 ? undefined : right > wrong
}

function isFound({ problem, prompt, samples }: Row, wanted: string): boolean {
  if (wanted === '') return true
  const has = (text: string): boolean => text.toLowerCase().includes(wanted)
  return has(problem) || has(prompt) || samples.some((row) => row.some(({ completion }) => has(completion)))
}
