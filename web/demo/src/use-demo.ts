// Owns the worker: starts one for each run, ends it on reset, and gathers its messages, so that the page is drawn ten times a
// second at most, however fast the steps come.
import { useEffect, useRef, useState } from 'preact/hooks'
import { after, type DemoState, idle } from './demo-state.ts'
import type { BudgetId } from './training/budgets.ts'
import type { DeviceChoice, FromWorker, ToWorker } from './training/messages.ts'

/** A run and what can be done with it. */
export interface Demo {
  readonly state: DemoState
  start(budget: BudgetId, device: DeviceChoice, seed: number): void
  pause(): void
  resume(): void
  reset(): void
  /** For tests. */
  score(context: string, text: string): Promise<{ logprobs: Float32Array; weights: Float32Array }>
}

/** The page's one run. */
export function useDemo(): Demo {
  const [state, setState] = useState<DemoState>(idle)
  const worker = useRef<Worker | undefined>(undefined)
  const current = useRef<DemoState>(idle)
  const timer = useRef<number | undefined>(undefined)

  const show = (next: DemoState): void => {
    current.current = next
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined
      setState(current.current)
    }, FRAME_MS)
  }
  const end = (): void => {
    worker.current?.terminate()
    worker.current = undefined
  }
  const send = (message: ToWorker): void => worker.current?.postMessage(message)

  useEffect(
    () => () => {
      window.clearTimeout(timer.current)
      end()
    },
    [],
  )

  return {
    state,
    start(budget, device, seed) {
      end()
      show({ ...idle, phase: 'loading', loading: 'Loading the engine' })
      const started = new Worker(new URL('./training/training-worker.ts', import.meta.url), { type: 'module' })
      started.onmessage = ({ data }: MessageEvent<FromWorker>) => show(after(current.current, data))
      started.onerror = (event) => {
        event.preventDefault()
        const message = event.message || 'the training script could not be loaded'
        show(
          after(current.current, { kind: 'failed', message, hint: 'Reload the page. It must come from a web server.' }),
        )
      }
      worker.current = started
      send({ kind: 'start', budget, device, seed })
    },
    pause: () => send({ kind: 'pause' }),
    resume: () => send({ kind: 'resume' }),
    reset() {
      end()
      show(idle)
    },
    score: (context, text) =>
      new Promise((resolve) => {
        worker.current?.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
          if (data.kind === 'scored') resolve(data)
        })
        send({ kind: 'score', context, text })
      }),
  }
}

/** Often enough to look live. */
const FRAME_MS = 100
