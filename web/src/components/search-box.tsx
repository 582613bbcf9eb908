// A box for a text to filter by. What is typed is told after a short rest, so that a long list is not filtered at every key.
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import '../styles/controls.css'

/** A labelled search box. Escape empties it; the key `/` leads to it where `hasShortcut`. */
export function SearchBox({
  label,
  value,
  onChange,
  placeholder,
  help,
  restMs = 150,
  hasShortcut = false,
  isLabelHidden = false,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  help?: string
  restMs?: number
  hasShortcut?: boolean
  isLabelHidden?: boolean
}) {
  const [text, setText] = useState(value)
  const told = useRef(value)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const tell = (next: string): void => {
    clearTimeout(timer.current)
    told.current = next
    onChange(next)
  }
  const typed = (next: string): void => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => tell(next), restMs)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  // A value from elsewhere (a link, a cleared filter) replaces what was typed; our own coming back does not.
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setText(value)
  }, [value])
  useEffect(() => {
    if (!hasShortcut) return
    const onKey = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      input.current?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [hasShortcut])
  return (
    <div class="choice search-box">
      <label for={`${id}-input`} class={isLabelHidden ? 'visually-hidden' : 'choice-label'}>
        {label}
      </label>
      <input
        ref={input}
        id={`${id}-input`}
        type="search"
        value={text}
        placeholder={placeholder}
        spellcheck={false}
        autocomplete="off"
        aria-describedby={help === undefined ? undefined : id}
        onInput={(event) => typed(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') tell(text)
          if (event.key === 'Escape' && text !== '') {
            event.preventDefault()
            setText('')
            tell('')
          }
        }}
      />
      {help !== undefined && (
        <span id={id} class="visually-hidden">
          {help}
        </span>
      )}
    </div>
  )
}
