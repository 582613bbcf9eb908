// Which completions give the same answer, for tasks whose answers can be told apart without a gold answer. Nothing is known
// of any task: it is asked whether its gold answer alone is right when written in a box, or after the last `#`.
import type { Problem, Task } from '../../contracts/index.ts'
import type { AnswerClasses } from '../../eval/index.ts'
import { readCompletion } from '../../tasks/index.ts'
import { clusterAnswers, defaultMathOptions, extractAnswer } from '../../verify/index.ts'

/** The classes of a task's answers, tried on one of its problems; undefined where answers cannot be clustered. */
export async function answerClassesOf(task: Task, problem: Problem | undefined): Promise<AnswerClasses | undefined> {
  if (problem?.answer === undefined) return undefined
  const isRight = async (text: string): Promise<boolean> => (await task.verify(problem, text)).kind === 'right'
  // As mathematics first: equal answers may be written in several ways.
  if (await isRight(`\\boxed{${problem.answer}}`)) return (_, completions) => mathClasses(completions)
  if (await isRight(`#${problem.answer}`)) return (_, completions) => completions.map(markedAnswer)
  return undefined
}

function mathClasses(completions: readonly string[]): readonly (string | undefined)[] {
  const { clusterOf } = clusterAnswers(completions)
  // A completion without an answer is alone in its cluster; it takes a place in a vote but does not vote.
  return completions.map((text, i) => (extractAnswer(text, defaultMathOptions).ok ? String(clusterOf[i]) : undefined))
}

// Answers count as equal when their text is, up to spaces.
function markedAnswer(completion: string): string | undefined {
  const reading = readCompletion(completion)
  return 'answer' in reading ? reading.answer.replace(/\s+/g, ' ') : undefined
}
