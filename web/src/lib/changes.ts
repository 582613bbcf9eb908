// What the server says has grown: one connection for the list of runs and one for each run that is looked at, shared by all
// who listen. A browser has six connections to a server over all its windows, so a page that is not in view gives its own
// back, and says that everything may have changed when it is seen again. The browser connects again by itself when the
// server was away; that it went is a change too, so that pages ask, and can say that it does not answer.
import type { ChangeEvent } from '../../../src/serve/dashboard/api.ts'
import { apiPath } from './server.ts'

/** Told what has changed; `version` 0 where that is not known. */
export type ChangeListener = (change: ChangeEvent) => void

interface Channel {
  readonly run: string
  readonly listeners: Set<ChangeListener>
  source?: EventSource
}

/** Rest before a run that was not there is asked for again. */
const REFUSED_MS = 5000

const channels = new Map<string, Channel>()
let isWatchingPage = false

/** Calls `listener` when `run` has changed, or the list of runs for ''. Gives back how to stop. */
export function onChange(run: string, listener: ChangeListener): () => void {
  watchPage()
  const channel = channels.get(run) ?? { run, listeners: new Set() }
  channels.set(run, channel)
  channel.listeners.add(listener)
  if (channel.source === undefined && !document.hidden) connect(channel)
  return () => {
    channel.listeners.delete(listener)
    if (channel.listeners.size > 0) return
    channel.source?.close()
    channels.delete(run)
  }
}

function connect(channel: Channel, isMissing = false): void {
  const source = new EventSource(apiPath('changes', { run: channel.run === '' ? undefined : channel.run }))
  channel.source = source
  let wasAway = isMissing
  source.addEventListener('open', () => {
    if (wasAway) tell(channel, unknownChange(channel.run))
    wasAway = false
  })
  source.addEventListener('error', () => {
    if (!wasAway) tell(channel, unknownChange(channel.run))
    wasAway = true
    if (source.readyState === EventSource.CLOSED) setTimeout(() => reconnect(channel, source), REFUSED_MS)
  })
  source.addEventListener('message', (event) => tell(channel, JSON.parse(event.data)))
}

// The server answered, and refused: the run is not there now. Browsers take that for its last word.
function reconnect(channel: Channel, refused: EventSource): void {
  if (channel.source === refused && channel.listeners.size > 0) connect(channel, true)
}

function watchPage(): void {
  if (isWatchingPage) return
  isWatchingPage = true
  document.addEventListener('visibilitychange', () => {
    for (const channel of channels.values()) {
      channel.source?.close()
      channel.source = undefined
      if (!document.hidden) connect(channel, true)
    }
  })
}

const unknownChange = (run: string): ChangeEvent => (run === '' ? { kind: 'runs' } : { kind: 'run', run, version: 0 })

function tell({ listeners }: Channel, change: ChangeEvent): void {
  for (const listener of [...listeners]) listener(change)
}
