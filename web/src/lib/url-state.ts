// State of a page that is kept in its address, so that a link shows the same. Changes replace the entry of the history:
// going back leaves the page, and does not undo a click on a control.
import { useCallback } from 'preact/hooks'
import { useSearch } from 'wouter-preact'

/** `?...` with a parameter set, or taken away where it is undefined. */
export function withParam(search: string, key: string, value: string | undefined): string {
  const params = new URLSearchParams(search)
  if (value === undefined) params.delete(key)
  else params.set(key, value)
  // Names of runs have slashes and lists have commas; both are allowed here and easier to read as they are.
  const text = params.toString().replaceAll('%2F', '/').replaceAll('%2C', ',').replaceAll('%3A', ':')
  return text === '' ? '' : `?${text}`
}

/** The value of a parameter; `initial` where it is missing, or not among those `allowed`. */
export function readParam<Value extends string>(
  search: string,
  key: string,
  initial: Value,
  allowed?: readonly Value[],
): Value {
  const given = new URLSearchParams(search).get(key)
  if (given === null) return initial
  if (allowed === undefined) return given as Value
  return allowed.find((value) => value === given) ?? initial
}

/** A list in a parameter, parts divided by commas; commas inside of a part are not provided for. */
export const readList = (text: string): readonly string[] => text.split(',').filter((part) => part !== '')

/**
 * A text in the address under `key`; absent there while it is `initial`.
 * @example const [axis, setAxis] = useUrlState('x', 'step', ['step', 'tokens'])
 */
export function useUrlState(key: string, initial: string): readonly [string, (value: string) => void]
export function useUrlState<Value extends string>(
  key: string,
  initial: Value,
  allowed?: readonly Value[],
): readonly [Value, (value: Value) => void]
export function useUrlState<Value extends string>(
  key: string,
  initial: Value,
  allowed?: readonly Value[],
): readonly [Value, (value: Value) => void] {
  const value = readParam(useSearch(), key, initial, allowed)
  const set = useCallback(
    (next: Value) => {
      const { pathname, search, hash } = window.location
      const changed = withParam(search, key, next === initial ? undefined : next)
      if (changed !== search) window.history.replaceState(window.history.state, '', `${pathname}${changed}${hash}`)
    },
    [key, initial],
  )
  return [value, set]
}
