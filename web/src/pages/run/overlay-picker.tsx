// Runs laid over this one: found by a part of their names, taken away one by one. The list of runs is asked for when the box
// is first used.
import { useId, useState } from 'preact/hooks'
import type { RunsAnswer } from '../../../../src/serve/dashboard/api.ts'
import { apiPath } from '../../lib/server.ts'
import { useServer } from '../../lib/use-server.ts'

/** More could not be told apart. */
const MAX_OTHERS = 8
/** Suggestions under the box. */
const MAX_SUGGESTED = 50

/** A box to add runs and a chip for each that is there. */
export function OverlayPicker({
  run,
  others,
  errorOf,
  onChange,
}: {
  run: string
  others: readonly string[]
  errorOf: (run: string) => string | undefined
  onChange: (runs: readonly string[]) => void
}) {
  const [isUsed, setIsUsed] = useState(false)
  const [text, setText] = useState('')
  const { data } = useServer<RunsAnswer>(isUsed ? apiPath('runs') : undefined)
  const id = useId()
  const known = (data?.runs ?? []).map((one) => one.run).filter((name) => name !== run && !others.includes(name))
  const suggested = known.filter((name) => name.toLowerCase().includes(text.toLowerCase())).slice(0, MAX_SUGGESTED)
  const add = (name: string): void => {
    onChange([...others, name])
    setText('')
  }
  return (
    <div class="choice overlay">
      <label class="choice-label" for={id}>
        Lay over
      </label>
      <span class="overlay-row">
        <input
          id={id}
          type="text"
          list={`${id}-runs`}
          value={text}
          placeholder="another run"
          autocomplete="off"
          spellcheck={false}
          disabled={others.length >= MAX_OTHERS}
          onFocus={() => setIsUsed(true)}
          onInput={(event) => {
            const typed = event.currentTarget.value
            if (known.includes(typed)) add(typed)
            else setText(typed)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && suggested.length > 0) add(suggested[0])
          }}
        />
        <datalist id={`${id}-runs`}>
          {suggested.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {others.map((name, i) => (
          <button
            key={name}
            type="button"
            class="chip"
            title={errorOf(name) ?? `Take away ${name}`}
            onClick={() => onChange(others.filter((other) => other !== name))}
          >
            <span class="chip-mark" style={{ background: `var(--s${2 + (i % 4)})` }} />
            <span class="chip-name">{name}</span>
            {errorOf(name) !== undefined && <span class="error-text">not shown</span>}
            <span aria-hidden="true">×</span>
            <span class="visually-hidden">: take away</span>
          </button>
        ))}
      </span>
    </div>
  )
}
