// The worker: loads the runtime, runs one demo run from start to end, tells the page. To begin anew the page ends the worker
// and starts another, which also gives back all memory.
import { isGradusError, messageOf } from '../../../../src/base/error.ts'
import { budgets } from './budgets.ts'
import { chooseDevice } from './choose-device.ts'
import { DemoRun } from './demo-run.ts'
import { Gate } from './gate.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import { isOutOfMemory } from './out-of-memory.ts'

const say = (message: FromWorker): void => self.postMessage(message)

const gate = new Gate(
  () => performance.now(),
  (paused) => say({ kind: paused ? 'paused' : 'resumed' }),
)
let run: DemoRun | undefined

async function start({ budget: id, device: choice, seed }: ToWorker & { kind: 'start' }): Promise<void> {
  say({ kind: 'loading', what: 'Loading the engine' })
  const budget = budgets[id]
  const { facts, compile } = await chooseDevice(choice, budget, say)
  run = new DemoRun({ budget, seed, compile, gate, say })
  say({ kind: 'started', device: facts, parameters: run.host.parameters })
  await run.run()
  say({ kind: 'done' })
}

async function score({ context, text }: ToWorker & { kind: 'score' }): Promise<void> {
  if (run === undefined) throw new Error('nothing has been trained yet')
  say({ kind: 'scored', logprobs: await run.host.score(context, text), weights: run.host.weights.slice() })
}

function fail(error: unknown): void {
  const hint = isGradusError(error) ? error.hint : undefined
  if (isOutOfMemory(error))
    say({
      kind: 'failed',
      message: 'The browser has no memory left for the model.',
      hint: 'Close other tabs, then start again.',
    })
  else say({ kind: 'failed', message: messageOf(error), ...(hint !== undefined && { hint }) })
}

self.onmessage = ({ data }: MessageEvent<ToWorker>): void => {
  switch (data.kind) {
    case 'start':
      start(data).catch(fail)
      return
    case 'pause':
      gate.pause()
      return
    case 'resume':
      gate.resume()
      return
    case 'score':
      score(data).catch(fail)
      return
    default:
      data satisfies never
  }
}
