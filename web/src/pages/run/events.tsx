// What happened to a run, newest first or in any order that a column gives.
import { useMemo } from 'preact/hooks'
import type { EventKind, EventRow } from '../../../../src/contracts/run.ts'
import type { RunAnswer } from '../../../../src/serve/dashboard/api.ts'
import { Choice } from '../../components/choice.tsx'
import { DataTable, type TableColumn } from '../../components/data-table.tsx'
import { Notice } from '../../components/notice.tsx'
import { formatDuration, formatMoment } from '../../lib/format.ts'
import { useStableValue } from '../../lib/stable-value.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { eventStep, eventText } from './event-text.ts'

const kinds: readonly EventKind[] = ['start', 'resume', 'eval', 'checkpoint', 'warning', 'alert', 'end']
const choices: readonly (EventKind | '')[] = ['', ...kinds]

interface NumberedEvent {
  readonly event: EventRow
  readonly order: number
}

/** The events of a run. */
export function Events({ answer }: { answer: RunAnswer }) {
  const events = useStableValue(answer.events)
  const { startedAt } = answer.info
  const [kind, setKind] = useUrlState('kind', '', choices)
  const rows = useMemo(
    () =>
      events
        .map((event, order): NumberedEvent => ({ event, order }))
        .filter(({ event }) => kind === '' || event.kind === kind)
        .reverse(),
    [events, kind],
  )
  const columns = useMemo(() => eventColumns(startedAt), [startedAt])
  const count = (one: EventKind): number => events.filter((event) => event.kind === one).length
  return (
    <>
      <div class="controls">
        <Choice
          label="Kind"
          look="segments"
          value={kind}
          onChange={setKind}
          options={choices
            .filter((one) => one === '' || one === kind || count(one) > 0)
            .map((one) => ({ value: one, label: one === '' ? `all ${events.length}` : `${one} ${count(one)}` }))}
        />
      </div>
      {rows.length === 0 ? (
        <Notice title="Nothing has happened yet" />
      ) : (
        <DataTable caption="Events" columns={columns} rows={rows} keyOf={({ order }) => String(order)} />
      )}
    </>
  )
}

const eventColumns = (startedAt: string): readonly TableColumn<NumberedEvent>[] => [
  {
    key: 'at',
    title: 'Time',
    width: '11.5rem',
    sort: ({ order }) => order,
    isBestHigh: true,
    cell: ({ event }) => <time dateTime={event.at}>{formatMoment(event.at)}</time>,
  },
  {
    key: 'since',
    title: 'After',
    width: '6rem',
    isNumber: true,
    cell: ({ event }) => {
      const seconds = (Date.parse(event.at) - Date.parse(startedAt)) / 1000
      return Number.isFinite(seconds) ? formatDuration(Math.max(0, seconds < 0.5 ? 0 : seconds)) : ''
    },
  },
  {
    key: 'kind',
    title: 'Kind',
    width: '7rem',
    sort: ({ event }) => event.kind,
    cell: ({ event }) => <span class={`event-kind ${event.kind}`}>{event.kind}</span>,
  },
  {
    key: 'step',
    title: 'Step',
    width: '5rem',
    isNumber: true,
    sort: ({ event }) => eventStep(event),
    cell: ({ event }) => eventStep(event) ?? '',
  },
  {
    key: 'message',
    title: 'Message',
    cell: ({ event }) => {
      const { message, hint, facts } = eventText(event)
      return (
        <span class="event-text" title={[message, hint, facts].filter((part) => part !== '').join('\n')}>
          {message} {hint !== '' && <span class="muted">{hint}</span>}{' '}
          {facts !== '' && <span class="muted">{facts}</span>}
        </span>
      )
    },
  },
]
