// A number of the form. The browser checks its bounds when the form is sent. An empty field is told to no one, since the
// address would fill it again while one types; left empty, it shows the last number.
import { useState } from 'preact/hooks'
import type { Bounds } from './request.ts'

interface NumberFieldProps {
  readonly label: string
  /** As typed. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly bounds: Bounds
}

/** The field with its label. */
export function NumberField({ label, value, onChange, bounds: { min, max, isReal } }: NumberFieldProps) {
  const [isEmpty, setEmpty] = useState(false)
  return (
    <label class="choice playground-number">
      <span class="choice-label">{label}</span>
      <input
        type="number"
        inputMode={isReal ? 'decimal' : 'numeric'}
        required
        min={min}
        max={max}
        step={isReal ? 'any' : 1}
        value={isEmpty ? '' : value}
        onInput={({ currentTarget: { value: typed } }) => {
          setEmpty(typed === '')
          if (typed !== '') onChange(typed)
        }}
        onBlur={() => setEmpty(false)}
      />
    </label>
  )
}
