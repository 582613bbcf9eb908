// What it runs on, how fast, how long still.
import { type DemoState, doneShare, secondsLeft, tokensPerSecond } from './demo-state.ts'
import { count, duration } from './say-numbers.ts'
import type { Budget } from './training/budgets.ts'

/** The figures of a run. */
export function Figures({ state, budget }: { state: DemoState; budget: Budget }) {
  const { device, phase, parameters } = state
  const speed = tokensPerSecond(state)
  const left = phase === 'done' ? 0 : secondsLeft(state, budget)
  const step = state.recent.at(-1)?.step ?? 0
  const steps = budget.size.sft.steps + budget.size.grpo.steps
  return (
    <>
      <progress value={doneShare(state, budget)} aria-label="Steps done" />
      <dl class="figures">
        <div>
          <dt>Device</dt>
          <dd id="device">{device ? (device.kind === 'wasm' ? 'CPU (WebAssembly)' : 'GPU (WebGPU)') : 'not chosen'}</dd>
          {device && (
            <dd class="muted">
              {device.threads === 1 ? '1 thread' : `${device.threads} threads`}; {device.why}
            </dd>
          )}
        </div>
        <div>
          <dt>Model</dt>
          <dd>{parameters === undefined ? '–' : `${count(parameters)} weights`}</dd>
        </div>
        <div>
          <dt>Step</dt>
          <dd>
            {step} of {steps}
          </dd>
        </div>
        <div>
          <dt>Speed</dt>
          <dd>{speed === undefined ? '–' : `${count(speed)} tokens/s`}</dd>
        </div>
        <div>
          <dt>Time left</dt>
          <dd>{left === undefined ? '–' : `about ${duration(left)}`}</dd>
        </div>
      </dl>
    </>
  )
}
