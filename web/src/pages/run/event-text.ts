// What an event says, in words: its message where it has one, and its other facts. Pure.
import type { EventRow } from '../../../../src/contracts/run.ts'
import { configRows } from './config-rows.ts'

/** Facts that are shown apart, or are said by the message. */
const apart = new Set(['at', 'kind', 'step', 'message', 'hint'])

/** `the metric "x" is not in the glossary`, and `code train/unknown-metric` beside it. */
export function eventText(event: EventRow): {
  readonly message: string
  readonly hint: string
  readonly facts: string
} {
  const rest = Object.fromEntries(Object.entries(event).filter(([key]) => !apart.has(key)))
  const facts = configRows(rest).map(({ path, value }) => `${path} ${value}`)
  return { message: textOf(event.message), hint: textOf(event.hint), facts: facts.join(' · ') }
}

/** The step of an event, where it tells one. */
export const eventStep = (event: EventRow): number | null => (typeof event.step === 'number' ? event.step : null)

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
