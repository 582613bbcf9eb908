// Which of the recorded steps is shown: a slider over them with a button on each side. While the slider moves, only the
// number follows; the step is told after a short rest, since every step is a file that the server has to read.
import { useEffect, useRef, useState } from 'preact/hooks'

const REST_MS = 120

interface StepPickerProps {
  /** Recorded steps, increasing, at least one. */
  readonly steps: readonly number[]
  readonly step: number
  readonly onStep: (step: number) => void
}

/** The slider. Its values are places in `steps`, so that every one of them is a step that was recorded. */
export function StepPicker({ steps, step, onStep }: StepPickerProps) {
  const [moving, setMoving] = useState<number>()
  const timer = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => () => clearTimeout(timer.current), [])
  const last = steps.length - 1
  const at = moving ?? steps.indexOf(step)
  const shown = steps[at] ?? step

  const goTo = (place: number): void => {
    clearTimeout(timer.current)
    setMoving(undefined)
    onStep(steps[place])
  }
  const moveTo = (place: number): void => {
    setMoving(place)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => goTo(place), REST_MS)
  }
  return (
    <div class="rollouts-steps">
      <label class="choice-label" for="rollouts-step">
        Step <strong class="rollouts-step">{shown}</strong> ({at + 1} of {steps.length} recorded)
      </label>
      <span class="rollouts-steps-row">
        <button type="button" aria-label="Previous step" disabled={at <= 0} onClick={() => goTo(at - 1)}>
          ‹
        </button>
        <input
          id="rollouts-step"
          type="range"
          min={0}
          max={last}
          value={at}
          disabled={last === 0}
          aria-valuetext={`step ${shown}`}
          onInput={(event) => moveTo(event.currentTarget.valueAsNumber)}
        />
        <button type="button" aria-label="Next step" disabled={at >= last} onClick={() => goTo(at + 1)}>
          ›
        </button>
        {at < last && (
          <button type="button" class="quiet" onClick={() => goTo(last)}>
            Newest: {steps[last]}
          </button>
        )}
      </span>
    </div>
  )
}
