// Verifies pairs in worker threads under a kill timer: a pair that takes too long is `equal: null`, its worker is replaced
// and the pairs behind it go on. Verdicts come in the order of the pairs and do not depend on the number of workers.
import { GradusError } from '../../../base/error.ts'
import { type MathChoice, mathOptionsOf } from '../presets.ts'
import type { MathVerdict } from '../verify-math.ts'
import { idle, type MathPair, type WorkerAnswer } from './messages.ts'
import { PoolWorker, verifyWorker } from './pool-worker.ts'

/** How a pool works. */
export interface VerifyPoolOptions {
  /** Number of worker threads; default 1. */
  readonly size?: number
  /** Longest time for one pair; default 1,000. */
  readonly timeoutMs?: number
  /** Preset or options; default `gradus`. */
  readonly options?: MathChoice
  /** Another entry for the threads, which calls `servePairs`. */
  readonly entry?: URL
}

/** A pool of verifying threads. */
export interface VerifyPool {
  /** Verdicts in the order of the pairs. Rejects when aborted or closed, never for a pair. */
  verify(pairs: readonly MathPair[], options?: { readonly signal?: AbortSignal }): Promise<MathVerdict[]>
  /** Ends all threads. */
  close(): Promise<void>
}

const batchPairs = 256
const batchCharacters = 1_000_000

/** One call of `verify`. */
interface Call {
  readonly pairs: readonly MathPair[]
  readonly verdicts: MathVerdict[]
  left: number
  isOver: boolean
  readonly settle: () => void
  readonly fail: (error: unknown) => void
}

/** Some pairs of a call; `from` is the place of the first. */
interface Batch {
  readonly call: Call
  readonly from: number
  readonly to: number
}

interface Slot {
  worker: PoolWorker
  batch: Batch | undefined
  /** Answers to an older task are not waited for. */
  id: number
  /** Pairs of the batch that have their verdict. */
  done: number
}

/** Makes a pool; threads start with the first pairs. @throws `config/unknown-preset` */
export function verifyPool(settings: VerifyPoolOptions = {}): VerifyPool {
  const { size = 1, timeoutMs = 1_000, options: choice, entry = verifyWorker } = settings
  const options = mathOptionsOf(choice)
  const slots = new Set<Slot>()
  const waiting: Batch[] = []
  let timer: NodeJS.Timeout | undefined
  let ids = 0
  let isClosed = false

  const start = (): Slot => {
    const slot: Slot = {
      worker: new PoolWorker(entry, options, {
        onAnswer: (answer) => take(slot, answer),
        onEnd: (error) => replace(slot, `the verifier ended by itself: ${error?.message ?? 'no reason given'}`),
      }),
      batch: undefined,
      id: 0,
      done: 0,
    }
    slots.add(slot)
    return slot
  }

  const next = (): void => {
    while (waiting.length > 0) {
      const slot = [...slots].find(({ batch }) => batch === undefined) ?? (slots.size < size ? start() : undefined)
      const batch = slot && waiting.shift()
      if (slot === undefined || batch === undefined) break
      if (batch.call.isOver) continue
      Object.assign(slot, { batch, done: 0, id: ++ids })
      slot.worker.hold(true)
      slot.worker.send({ id: slot.id, pairs: batch.call.pairs.slice(batch.from, batch.to) })
    }
    const isBusy = [...slots].some(({ batch }) => batch !== undefined)
    if (isBusy) timer ??= setInterval(watch, Math.max(2, Math.min(50, timeoutMs / 4)))
    else {
      clearInterval(timer)
      timer = undefined
    }
  }

  const take = (slot: Slot, { id, from, verdicts }: WorkerAnswer): void => {
    const { batch } = slot
    if (batch === undefined || id !== slot.id) return
    verdicts.forEach((verdict, i) => {
      give(batch.call, batch.from + from + i, verdict)
    })
    slot.done = from + verdicts.length
    if (slot.done < batch.to - batch.from) return
    slot.batch = undefined
    slot.worker.hold(false)
    next()
  }

  const watch = (): void => {
    for (const slot of [...slots])
      if (slot.batch !== undefined && slot.worker.isStuck(timeoutMs)) replace(slot, `timeout after ${timeoutMs} ms`)
  }

  /** Ends a worker; the pair it was at gets this reason, the others wait for another worker. */
  const replace = (slot: Slot, reason: string): void => {
    const { batch, worker, done } = slot
    const place = worker.place
    slots.delete(slot)
    void worker.kill()
    if (batch !== undefined) {
      slot.batch = undefined
      // One that never came to work will not do so the next time either.
      if (place === idle.loading) batch.call.fail(new GradusError('verify/worker-failed', reason))
      else {
        // A worker that has just finished has only its last answer lost: those pairs are done again.
        const stuck = place < 0 ? batch.to : batch.from + place
        requeue(batch.call, stuck + 1, batch.to)
        requeue(batch.call, batch.from + done, stuck)
        if (stuck < batch.to) give(batch.call, stuck, { equal: null, reason })
      }
    }
    next()
  }

  const requeue = (call: Call, from: number, to: number): void => {
    if (from < to) waiting.unshift({ call, from, to })
  }

  const give = (call: Call, place: number, verdict: MathVerdict): void => {
    if (call.isOver || call.verdicts[place] !== undefined) return
    call.verdicts[place] = verdict
    call.left--
    if (call.left === 0) call.settle()
  }

  return {
    verify(pairs, { signal } = {}) {
      if (isClosed) return Promise.reject(new GradusError('verify/pool-closed', 'the pool of verifiers is closed'))
      if (signal?.aborted) return Promise.reject(signal.reason)
      if (pairs.length === 0) return Promise.resolve([])
      return new Promise((resolve, reject) => {
        const over = (): void => {
          call.isOver = true
          signal?.removeEventListener('abort', abort)
        }
        const call: Call = {
          pairs,
          verdicts: new Array<MathVerdict>(pairs.length),
          left: pairs.length,
          isOver: false,
          settle() {
            over()
            resolve(call.verdicts)
          },
          fail(error) {
            over()
            reject(error)
          },
        }
        const abort = (): void => call.fail(signal?.reason)
        signal?.addEventListener('abort', abort)
        waiting.push(...batchesOf(call, size))
        next()
      })
    },
    async close() {
      isClosed = true
      clearInterval(timer)
      const error = new GradusError('verify/pool-closed', 'the pool of verifiers was closed')
      for (const { call } of waiting.splice(0)) call.fail(error)
      const ended = [...slots].map(({ worker, batch }) => {
        batch?.call.fail(error)
        return worker.kill()
      })
      slots.clear()
      await Promise.all(ended)
    },
  }
}

/** Batches small enough to keep all workers busy, and to send. */
function batchesOf(call: Call, size: number): Batch[] {
  const { pairs } = call
  const most = Math.max(1, Math.min(batchPairs, Math.ceil(pairs.length / size)))
  const batches: Batch[] = []
  let from = 0
  let characters = 0
  pairs.forEach(({ gold, prediction }, place) => {
    characters += prediction.length + (typeof gold === 'string' ? gold.length : gold.join('').length)
    if (place + 1 - from < most && characters < batchCharacters && place + 1 < pairs.length) return
    batches.push({ call, from, to: place + 1 })
    from = place + 1
    characters = 0
  })
  return batches
}
