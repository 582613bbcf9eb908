// A worker's side of the pool: verifies the pairs it is sent, in order, and says through a shared counter which one it is
// at, so that the pool can tell a stuck pair from a long list. How a pair is verified is given.
import { parentPort, workerData } from 'node:worker_threads'
import type { MathOptions } from '../options.ts'
import type { MathVerdict } from '../verify-math.ts'
import { idle, type MathPair, type WorkerAnswer, type WorkerStart, type WorkerTask } from './messages.ts'

/** What was found so far is sent on after this long: it is lost when the worker is killed. */
const sendEveryMs = 50

/** Serves for as long as the thread lives. Only in a worker thread. */
export function servePairs(verify: (pair: MathPair, options: MathOptions) => MathVerdict): void {
  const { progress, options } = workerData as WorkerStart
  parentPort?.on('message', ({ id, pairs }: WorkerTask) => {
    let verdicts: MathVerdict[] = []
    let from = 0
    let sent = performance.now()
    const send = (next: number): void => {
      parentPort?.postMessage({ id, from, verdicts } satisfies WorkerAnswer)
      verdicts = []
      from = next
      sent = performance.now()
    }
    pairs.forEach((pair, place) => {
      Atomics.store(progress, 0, place)
      verdicts.push(verify(pair, options))
      if (performance.now() - sent > sendEveryMs) send(place + 1)
    })
    Atomics.store(progress, 0, idle.waiting)
    send(pairs.length)
  })
  Atomics.store(progress, 0, idle.waiting)
}
