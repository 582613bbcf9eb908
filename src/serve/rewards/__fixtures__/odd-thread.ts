// A verifying thread that does what its completions say: hang, die, throw, wait, or judge.
import { verifyJobs } from '../verify-jobs.ts'

verifyJobs(async (problem, completion) => {
  if (completion === 'hang') for (;;);
  if (completion === 'die') process.exit(3)
  if (completion === 'throw') throw new Error('odd problem')
  if (completion === 'wait') await new Promise((settle) => setTimeout(settle, 100))
  if (completion === 'undecided') return { kind: 'undecided', score: 0, reason: 'who knows' }
  const isRight = completion === problem.answer
  return { kind: isRight ? 'right' : 'wrong', score: isRight ? 1 : 0.25, reason: 'compared' }
})
