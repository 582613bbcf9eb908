// A command to be copied: shown whole, with a button that puts it on the clipboard.
import { useEffect, useRef, useState } from 'preact/hooks'
import '../styles/copy-text.css'

/** `label` says what is copied. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const [said, setSaid] = useState('')
  const code = useRef<HTMLElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setSaid('Copied')
    } catch {
      // No clipboard here (no permission, or not a safe origin): the text is selected, to be copied by hand.
      if (code.current !== null) window.getSelection()?.selectAllChildren(code.current)
      setSaid('Selected')
    }
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setSaid(''), 2000)
  }
  return (
    <span class="copy-text">
      <code ref={code}>
        {/* A line ends between words, not within `--seed`. */}
        {text.split(' ').map((word, i) => [i > 0 && ' ', <span class="word">{word}</span>])}
      </code>
      <button type="button" aria-label={`Copy ${label}`} onClick={copy}>
        {said === '' ? 'Copy' : said}
      </button>
      <span class="visually-hidden" role="status">
        {said}
      </span>
    </span>
  )
}
