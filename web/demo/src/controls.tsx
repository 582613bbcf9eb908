// Start, pause, reset, and what can be chosen before a start.
import type { Phase } from './demo-state.ts'
import type { BudgetId } from './training/budgets.ts'
import type { DeviceChoice } from './training/messages.ts'

/** What the visitor has chosen. */
export interface Choice {
  readonly budget: BudgetId
  readonly device: DeviceChoice
}

const budgetNames: Readonly<Record<BudgetId, string>> = {
  short: 'Short: 3 operations, about a minute',
  medium: 'Medium: 3 operations, about two minutes',
  long: 'Long: 4 operations, about four minutes',
  test: 'Test: 1 operation, seconds',
}

const deviceNames: Readonly<Record<DeviceChoice, string>> = {
  auto: 'Whichever is faster',
  wasm: 'CPU (WebAssembly)',
  webgpu: 'GPU (WebGPU)',
}

/** The row of controls. */
export function Controls(props: {
  phase: Phase
  choice: Choice
  budgets: readonly BudgetId[]
  choose: (choice: Choice) => void
  start: () => void
  pause: () => void
  resume: () => void
  reset: () => void
}) {
  const { phase, choice, budgets, choose } = props
  const isOpen = phase === 'idle'
  return (
    <form class="controls" onSubmit={(event) => event.preventDefault()}>
      <label>
        Budget
        <select
          disabled={!isOpen}
          value={choice.budget}
          onChange={(event) => choose({ ...choice, budget: event.currentTarget.value as BudgetId })}
        >
          {budgets.map((id) => (
            <option key={id} value={id}>
              {budgetNames[id]}
            </option>
          ))}
        </select>
      </label>
      <label>
        Device
        <select
          disabled={!isOpen}
          value={choice.device}
          onChange={(event) => choose({ ...choice, device: event.currentTarget.value as DeviceChoice })}
        >
          {(Object.keys(deviceNames) as DeviceChoice[]).map((id) => (
            <option key={id} value={id}>
              {deviceNames[id]}
            </option>
          ))}
        </select>
      </label>
      <div class="buttons">
        {isOpen && (
          <button type="button" class="primary" onClick={props.start}>
            Start
          </button>
        )}
        {phase === 'running' && (
          <button type="button" class="primary" onClick={props.pause}>
            Pause
          </button>
        )}
        {phase === 'paused' && (
          <button type="button" class="primary" onClick={props.resume}>
            Go on
          </button>
        )}
        <button type="button" disabled={isOpen} onClick={props.reset}>
          Reset
        </button>
      </div>
    </form>
  )
}
