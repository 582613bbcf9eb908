// The problem that is sampled: typed, or one of the run's task by seed and number. Numbers count in the test part, in steps
// of a million a seed, as `gradus tasks sample --split test --seed S` does; in a run on a file they are its rows.
import type { Message, Problem } from '../../../contracts/index.ts'
import { streamProblems } from '../../../tasks/index.ts'
import { ApiError } from '../../http/api-error.ts'
import type { SampleRequestBody } from '../api.ts'
import type { RunTask } from './sample-task.ts'
import { type Judge, judgeByTask, judgeTyped } from './sample-verdict.ts'

/** What is asked, and who says whether an answer is right. */
export interface AskedProblem {
  readonly prompt: string | readonly Message[]
  readonly answer?: string
  readonly judge: Judge
}

/** Far enough apart that two seeds share no problem. */
const SEED_STRIDE = 1_000_000
/** Rows of a file up to here are looked for. */
const MOST_ROWS = 100_000

/** @throws ApiError 400, 404, and what tasks and readers of rows throw */
export async function askedProblem(asked: SampleRequestBody['problem'], runTask: () => RunTask): Promise<AskedProblem> {
  if ('text' in asked) {
    const { text, answer } = asked
    const isJudged = answer !== undefined && answer.trim() !== ''
    return {
      prompt: text,
      ...(isJudged && { answer }),
      judge: await judgeTyped({ text, answer }, () => runTask().task),
    }
  }
  const setting = runTask()
  const problem = setting.data === undefined ? generated(asked, setting) : await row(asked.index, setting)
  const { prompt, answer } = problem
  return { prompt, ...(answer !== undefined && { answer }), judge: judgeByTask(setting.task, problem) }
}

function generated(
  { seed, index, level }: { readonly seed: number; readonly index: number; readonly level?: number },
  { task, knobs, levels }: RunTask,
): Problem {
  if (level !== undefined && !task.levels.includes(level)) {
    throw new ApiError(`The task ${task.id} has no level ${level}. Its levels: ${task.levels.join(', ') || 'none'}.`, {
      code: 'no-such-level',
      param: 'problem.level',
    })
  }
  const wanted = level ?? levels?.[index % levels.length]
  const all = wanted === undefined ? knobs : { ...knobs, level: wanted }
  return task.problem('test', seed * SEED_STRIDE + index, all)
}

async function row(index: number, { task, data }: RunTask): Promise<Problem> {
  let at = 0
  if (data !== undefined && index < MOST_ROWS) {
    const { path, levels, columns } = data
    for await (const problem of streamProblems(path, task, { levels, columns, limit: index + 1 })) {
      if (at++ === index) return problem
    }
  }
  throw new ApiError(`The run's file has no row ${index}${at > 0 ? `: it has ${at}` : ''}.`, {
    status: 404,
    code: 'no-such-problem',
    param: 'problem.index',
  })
}
