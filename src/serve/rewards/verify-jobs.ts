// A thread's side: verifies what it is sent, one after the other. Whatever a verifier does, a verdict comes of it.
import { parentPort } from 'node:worker_threads'
import { messageOf } from '../../base/error.ts'
import type { Problem, Verdict } from '../../contracts/index.ts'
import type { ThreadAnswer, ThreadJob } from './thread-messages.ts'

/** Serves for as long as the thread lives. Only in a worker thread. */
export function verifyJobs(verify: (problem: Problem, completion: string) => Verdict | Promise<Verdict>): void {
  const send = (answer: ThreadAnswer): void => parentPort?.postMessage(answer)
  parentPort?.on('message', async ({ id, problem, completion }: ThreadJob) => {
    let verdict: Verdict
    try {
      const { kind, score, reason } = await verify(problem, completion)
      verdict = { kind, score, reason }
    } catch (error) {
      // A problem that came over the wire may be none of the task's.
      verdict = { kind: 'failed', score: 0, reason: `the verifier failed: ${messageOf(error).slice(0, 300)}` }
    }
    send({ id, verdict })
  })
  send('ready')
}
