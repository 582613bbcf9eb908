// One of several: as a menu, or, for few short ones, as a row of segments. Both are native controls underneath.
import { useId } from 'preact/hooks'
import '../styles/controls.css'

/** What can be chosen. */
export interface ChoiceOption<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly isDisabled?: boolean
}

/** A choice with its label. `isLabelHidden`: the label is read aloud only. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
  look = 'menu',
  isLabelHidden = false,
}: {
  label: string
  value: Value
  options: readonly ChoiceOption<Value>[]
  onChange: (value: Value) => void
  look?: 'menu' | 'segments'
  isLabelHidden?: boolean
}) {
  const id = useId()
  if (look === 'segments') {
    return (
      <fieldset class="choice">
        <legend class={isLabelHidden ? 'visually-hidden' : 'choice-label'}>{label}</legend>
        <span class="segments">
          {options.map((option) => (
            <label key={option.value}>
              <input
                type="radio"
                name={id}
                value={option.value}
                checked={option.value === value}
                disabled={option.isDisabled}
                onChange={() => onChange(option.value)}
              />
              <span>{option.label}</span>
            </label>
          ))}
        </span>
      </fieldset>
    )
  }
  const chosen = (text: string): void => {
    const option = options.find((one) => one.value === text)
    if (option !== undefined) onChange(option.value)
  }
  return (
    <label class="choice">
      <span class={isLabelHidden ? 'visually-hidden' : 'choice-label'}>{label}</span>
      <select value={value} onChange={(event) => chosen(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.isDisabled}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}
