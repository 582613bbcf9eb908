// Verified rewards over HTTP: POST /reward, and the same in the shapes that TRL's and verl's reward functions have.
// A completion that no verdict was reached on has the score null, never 0.
import { z } from 'zod'
import type { Knobs, Problem, Task, Verdict } from '../../contracts/index.ts'
import { ApiError } from '../http/api-error.ts'
import type { RouteGroup, ServeContext } from '../http/app.ts'
import { checkObject, readJsonObject } from '../http/json-body.ts'
import { Admission } from '../openai/admission.ts'
import { problemFinder } from './reward-problems.ts'
import { failed, type ThreadOptions, VerifyThreads } from './verify-threads.ts'

/** What is verified, and how much of it at once. */
export interface RewardOptions extends Omit<ThreadOptions, 'task'> {
  readonly task: Task
  /** Problems that may be named by their ids, beside those that the task makes. */
  readonly problems?: readonly Problem[]
  readonly knobs?: Knobs
  /** Completions that may be under way or wait; more get 429. */
  readonly waiting: number
  /** Default 32 MiB. */
  readonly maxBodyBytes?: number
}

/** One of a request. */
interface Item {
  readonly problem: unknown
  readonly completion: string
}

const mostItems = 4096
/** A longer completion is not verified. */
const mostCharacters = 400_000

const turnsSchema = z.array(z.object({ content: z.string().nullish() })).min(1)
const textSchema = z.union([z.string(), turnsSchema])
const problemsSchema = z.array(z.unknown()).max(mostItems)
const rewardSchema = z.object({ problems: problemsSchema, completions: z.array(textSchema).max(mostItems) })
const trlSchema = z.object({
  completions: z.array(textSchema).max(mostItems),
  problem: problemsSchema.optional(),
  id: problemsSchema.optional(),
})
const verlSchema = z.object({
  data_source: z.string().nullish(),
  solution_str: z.string(),
  ground_truth: z.unknown(),
  extra_info: z.object({ problem: z.unknown(), id: z.unknown() }).partial().nullish(),
})

/** The routes of one task. */
export function rewardRoutes(options: RewardOptions): RouteGroup {
  const { task, problems = [], knobs, waiting, maxBodyBytes = 32 * 2 ** 20 } = options
  const threads = new VerifyThreads({ ...options, task: task.id })
  const admission = new Admission({ rows: options.threads, waiting })
  const find = problemFinder(task, problems, knobs)

  /** Verdicts in the order of the items. Wrong problems are told before anything is verified. */
  async function verdicts(c: ServeContext, items: readonly Item[]): Promise<readonly Verdict[]> {
    const found = items.map(({ problem }, i) => find(problem, `problems.${i}`))
    const release = admission.take(items.length)
    try {
      const { signal } = c.var.ticket
      return await Promise.all(
        items.map(({ completion }, i) =>
          completion.length > mostCharacters
            ? failed(`the completion is longer than ${mostCharacters} characters`)
            : threads.verify(found[i], completion, signal),
        ),
      )
    } finally {
      release()
    }
  }

  const posts: Readonly<
    Record<string, (c: ServeContext, body: Readonly<Record<string, unknown>>) => Promise<unknown>>
  > = {
    async '/reward'(c, body) {
      const given = checkObject(rewardSchema, body)
      const all = await verdicts(c, paired(given.problems, given.completions))
      return {
        scores: all.map(scoreOf),
        verdicts: all.map(({ kind }) => kind),
        reasons: all.map(({ reason }) => reason),
      }
    },
    async '/trl'(c, body) {
      const { completions, problem, id } = checkObject(trlSchema, body)
      const column = problem ?? id
      if (column === undefined) {
        throw new ApiError('problem: the data set needs a column "problem" or "id"', {
          param: 'problem',
          code: 'unknown_problem',
        })
      }
      return (await verdicts(c, paired(column, completions))).map(scoreOf)
    },
    async '/verl'(c, body) {
      const { solution_str: completion, extra_info: extra } = checkObject(verlSchema, body)
      const problem = extra?.problem ?? extra?.id
      if (problem === undefined) {
        throw new ApiError('extra_info: it needs "problem" or "id"', { param: 'extra_info', code: 'unknown_problem' })
      }
      const [verdict] = await verdicts(c, [{ problem, completion }])
      return { score: scoreOf(verdict), verdict: verdict.kind, reason: verdict.reason }
    },
  }

  return {
    id: 'rewards',
    mount(app) {
      app.get('/reward', (c) => c.json({ task: task.id, summary: task.summary, taken: admission.taken }))
      for (const [path, answer] of Object.entries(posts)) {
        app.post(path, async (c) => Response.json(await answer(c, await readJsonObject(c.req.raw, maxBodyBytes))))
        app.all(path, () => {
          throw new ApiError('This path takes POST.', {
            status: 405,
            code: 'method_not_allowed',
            headers: { allow: 'POST' },
          })
        })
      }
    },
    close: () => threads.close(),
  }
}

/** The score of a verdict, or null where there is none to give. */
const scoreOf = ({ kind, score }: Verdict): number | null => (kind === 'right' || kind === 'wrong' ? score : null)

function paired(problems: readonly unknown[], completions: readonly z.infer<typeof textSchema>[]): readonly Item[] {
  if (problems.length === completions.length) {
    return problems.map((problem, i) => ({ problem, completion: textOf(completions[i]) }))
  }
  throw new ApiError(`completions: ${completions.length} completions of ${problems.length} problems`, {
    param: 'completions',
    code: 'invalid_value',
  })
}

/** What the model wrote last, in conversations. */
function textOf(completion: z.infer<typeof textSchema>): string {
  return typeof completion === 'string' ? completion : (completion.at(-1)?.content ?? '')
}
