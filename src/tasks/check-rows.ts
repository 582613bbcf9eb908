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
    if (other.answer !== undefined && other.answer !== problem.answer) {
      // Different texts may be equal answers, so only a solution that its own verifier takes for this one's is shown.
      await hold("other rows' solutions", problem, isSame(problem, other) ? ['right', 'wrong'] : ['wrong'], () =>
        task.solve(other),
      )
    }
    if (i >= hostileProblems) continue
    for (const text of Object.values(hostileTexts))
      await hold('hostile texts', problem, ['wrong', 'undecided'], () => text)
  }
  return { task: task.id, ok: failures.length === 0, checks, failures }
}

/** Whether the two rows' numbers or texts agree without signs and spaces: then nothing is to be held against a verdict. */
function isSame(one: Problem, other: Problem): boolean {
  const plain = ({ answer = '' }: Problem): string => answer.toLowerCase().replace(/[^a-z0-9.]/g, '')
  return plain(one) === plain(other)
}
