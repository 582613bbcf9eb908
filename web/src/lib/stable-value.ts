// Answers come anew as new objects even where nothing in them has changed; this keeps the first of equal ones, so that
// nothing is drawn again for it.
import { useRef } from 'preact/hooks'

/** The same object as long as its JSON is the same. */
export function useStableValue<Value>(value: Value): Value {
  const text = JSON.stringify(value)
  const kept = useRef({ text, value })
  if (kept.current.text !== text) kept.current = { text, value }
  return kept.current.value
}
