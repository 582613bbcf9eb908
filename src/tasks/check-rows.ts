// Whether a task's verifier is fit for these rows: every gold solution right, other rows' answers and garbage wrong,
// nothing thrown. The report is that of check-task.ts. It knows no task.
import { messageOf } from '../base/error.ts'
import { stream } from '../base/rng.ts'
import type { Problem, Task, Verdict } from '../contracts/index.ts'
import type { CheckFailure, TaskReport } from './check-task.ts'
import { hostileTexts } from './hostile-texts.ts'

const hostileProblems = 3

/** Checks rows that were read with `readDataset`. */
export async function checkRows(
  task: Task,
  problems: readonly Problem[],
  { seed = 0 }: { readonly seed?: number } = {},
): Promise<TaskReport> {
  const checks: Record<string, number> = {}
  const failures: CheckFailure[] = []
  const hold = async (check: string, problem: Problem, wanted: readonly Verdict['kind'][], text: () => string) => {
    checks[check] = (checks[check] ?? 0) + 1
    try {
      const completion = text()
      const { kind, reason } = await task.verify(problem, completion)
      if (wanted.includes(kind)) return
      failures.push({
        check,
        problem: problem.id,
        detail: `${JSON.stringify(completion.slice(-80))} is ${kind} (${reason})`,
      })
    } catch (error) {
      failures.push({ check, problem: problem.id, detail: `threw ${messageOf(error)}` })
    }
  }
  const others = stream('check-rows', task.id, seed).shuffle(problems)
  for (const [i, problem] of problems.entries()) {
    await hold('gold is right', problem, ['right'], () => task.solve(problem))
    const other = others[i]
    const isUnlike = other.answer !== undefined && other.answer !== problem.answer
    if (isUnlike && !task.tags?.includes('several-answers')) {
      const same = await areSame(task, problem, other)
      await hold("other rows' solutions", problem, same ? ['right'] : ['wrong', 'undecided'], () => task.solve(other))
    }
    if (i >= hostileProblems) continue
    // Some hold a bare digit, which a lenient verifier may rightly take for the answer.
    const hostile = Object.values(hostileTexts).filter((text) => !text.includes(problem.answer ?? '\0'))
    for (const text of hostile) await hold('hostile texts', problem, ['wrong', 'undecided'], () => text)
  }
  return { task: task.id, ok: failures.length === 0, checks, failures }
}

/** Answers in other words may be equal: each row takes the other's. A verifier that takes anything fails elsewhere. */
async function areSame(task: Task, one: Problem, other: Problem): Promise<boolean> {
  try {
    const there = await task.verify(other, task.solve(one))
    const back = await task.verify(one, task.solve(other))
    return there.kind === 'right' && back.kind === 'right'
  } catch {
    return false
  }
}
