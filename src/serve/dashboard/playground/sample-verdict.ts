// Who says whether a sample is right: the run's task, where it can; for a typed problem, whose makings only its author knows,
// a task is asked first to accept the answer itself, and otherwise answers are compared as mathematics.
import { messageOf } from '../../../base/error.ts'
import type { Problem, Task, Verdict } from '../../../contracts/index.ts'
import { verifyMath } from '../../../verify/index.ts'

/** What is said of one completion; `verdict` is null where there is nothing to judge by. */
export interface Judgement {
  readonly verdict: Verdict['kind'] | null
  readonly reason: string
}

/** Judges completions; never throws. */
export type Judge = (completion: string, signal: AbortSignal) => Promise<Judgement>

/** The task's own verifier. */
export function judgeByTask(task: Task, problem: Problem): Judge {
  return async (completion, signal) => {
    try {
      const { kind, reason } = await task.verify(problem, completion, { signal })
      return { verdict: kind, reason }
    } catch (error) {
      return { verdict: 'failed', reason: `the verifier failed: ${messageOf(error).slice(0, 200)}` }
    }
  }
}

/** For a problem that someone typed; `task` may throw where the run's task is not known here. */
export async function judgeTyped(
  { text, answer }: { readonly text: string; readonly answer?: string },
  task: () => Task,
): Promise<Judge> {
  const gold = answer?.trim() ?? ''
  if (gold === '') return async () => ({ verdict: null, reason: 'no answer was given to judge it by' })
  return (await taskJudge(text, gold, task)) ?? mathJudge(gold)
}

/** The task's verifier, if it says right of the answer and does not of nothing. */
async function taskJudge(text: string, answer: string, find: () => Task): Promise<Judge | undefined> {
  try {
    const task = find()
    const problem = typedProblem(task, text, answer)
    const kindOf = async (completion: string) => (await task.verify(problem, completion)).kind
    if ((await kindOf('')) === 'right') return undefined
    for (const form of [answer, `#${answer}`, `\\boxed{${answer}}`]) {
      if ((await kindOf(form)) === 'right') return judgeByTask(task, problem)
    }
  } catch {
    // No task, or one that cannot make anything of the problem.
  }
  return undefined
}

function typedProblem(task: Task, text: string, answer: string): Problem {
  const plain: Problem = { id: 'typed', task: task.id, split: 'test', prompt: text, answer, meta: {} }
  try {
    const columns = { id: 'typed', prompt: text, question: text, problem: text, answer }
    return task.fromRow?.(columns, 'test') ?? plain
  } catch {
    return plain
  }
}

/** Whether it equals the answer; what stands after a last `#` is taken for the sample's answer, as tasks here write it. */
function mathJudge(answer: string): Judge {
  return async (completion) => {
    const mark = completion.includes('\\boxed') ? -1 : completion.lastIndexOf('#')
    const stated = mark < 0 ? '' : completion.slice(mark + 1).trim()
    const { equal, reason } = verifyMath(answer, stated === '' ? completion : stated)
    const verdict = equal === null ? 'undecided' : equal ? 'right' : 'wrong'
    return { verdict, reason: `${reason} (compared as mathematics)` }
  }
}
