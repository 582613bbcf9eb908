// When a request is tried again, and after how long. Knows statuses and headers, not sockets.
import type { Rng } from '../../../base/rng.ts'
import type { RetryPolicy } from './http-types.ts'

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 10_000
/** A server that asks for more is not waited for: the caller should know. */
const LONGEST_ASKED_MS = 120_000

/** True for a status that is tried again. `x-should-retry: false` forbids it; `true` counts only where that is harmless. */
export function isRetriedStatus(policy: RetryPolicy, status: number, headers: Headers): boolean {
  if (policy === 'none') return false
  const advice = headers.get('x-should-retry')
  if (advice === 'false') return false
  if (policy === 'submit') return status === 429 || (status === 503 && headers.has('retry-after'))
  if (status >= 400 && advice === 'true') return true
  return [408, 425, 429].includes(status) || (status >= 500 && status !== 501 && status !== 505)
}

/** What the server asks to wait in milliseconds, if it does. */
export function askedWaitMs(headers: Headers): number | undefined {
  const inMs = numberIn(headers.get('retry-after-ms'))
  if (inMs !== undefined) return inMs
  const value = headers.get('retry-after')
  const seconds = numberIn(value)
  if (seconds !== undefined) return seconds * 1000
  // A date is measured by the server's own clock, which is the one that wrote it.
  const until = Date.parse(value ?? '') - Date.parse(headers.get('date') ?? '')
  return Number.isNaN(until) ? undefined : Math.max(0, until)
}

/** The wait after attempt `attempt` (from 1), or undefined when the server asks for more than anyone should wait. */
export function waitMs(attempt: number, headers: Headers | undefined, rng: Rng): number | undefined {
  const asked = headers && askedWaitMs(headers)
  if (asked !== undefined) return asked > LONGEST_ASKED_MS ? undefined : asked
  const plain = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1))
  return Math.round(plain * (1 - 0.25 * rng.next()))
}

function numberIn(text: string | null): number | undefined {
  if (text === null || text.length > 20 || !/^\d+(?:\.\d+)?$/.test(text)) return undefined
  return Number(text)
}
