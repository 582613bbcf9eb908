// The columns of the list of runs: what each shows and what it is sorted by.
import { Link } from 'wouter-preact'
import type { RunSummary } from '../../../../src/serve/dashboard/api.ts'
import type { TableColumn } from '../../components/data-table.tsx'
import { Interval } from '../../components/interval.tsx'
import { RunStatus } from '../../components/run-status.tsx'
import { formatAgo, formatCount, formatDuration, formatMoment, formatNumber } from '../../lib/format.ts'
import { pageOf } from '../../lib/links.ts'
import { Sparkline } from './sparkline.tsx'
import { TagsCell } from './tags-cell.tsx'

/** What cells do. */
export interface RunActions {
  readonly selected: ReadonlySet<string>
  readonly nowMs: number
  readonly onSelect: (run: string, isSelected: boolean) => void
  readonly onResume: (run: string) => void
  readonly onTagged: () => void
}

/** The columns, in their order. */
export function runColumns(actions: RunActions): readonly TableColumn<RunSummary>[] {
  const { selected, nowMs, onSelect, onResume, onTagged } = actions
  return [
    {
      key: 'run',
      title: 'Run',
      isHeader: true,
      width: '15.4rem',
      sort: ({ run }) => run,
      cell: ({ run, info, status, step, evaluation }) => (
        <span class="run-cell">
          <input
            type="checkbox"
            aria-label={`Select ${run}`}
            checked={selected.has(run)}
            onChange={(event) => onSelect(run, event.currentTarget.checked)}
          />
          <span class="run-name">
            <Link href={pageOf('/run', { run })} title={run}>
              <RunName name={run === '.' ? info.id : run} />
            </Link>
            {/* Where the other columns are out of sight. */}
            <span class="run-brief">
              <RunStatus status={status} isShort /> step {step}
              {evaluation?.passAt1 && ` · pass@1 ${formatNumber(evaluation.passAt1.value)}`}
            </span>
          </span>
        </span>
      ),
    },
    {
      key: 'status',
      title: 'Status',
      width: '8.1rem',
      sort: ({ status }) => ['running', 'failed', 'interrupted', 'done'].indexOf(status),
      cell: ({ run, status, info, alerts }) => (
        <span class="status-cell" title={info.exitReason}>
          <RunStatus status={status} />
          {alerts > 0 && (
            <Link
              class="alert-count"
              href={pageOf('/run', { run })}
              title={`${alerts} alert${alerts === 1 ? '' : 's'}`}
            >
              <span aria-hidden="true">▲ {alerts}</span>
              <span class="visually-hidden">
                {alerts} alert{alerts === 1 ? '' : 's'}
              </span>
            </Link>
          )}
          {(status === 'interrupted' || status === 'failed') && (
            <button
              type="button"
              class="quiet resume"
              aria-label={`How to go on with ${run}`}
              title="How to go on"
              onClick={() => onResume(run)}
            >
              ↻
            </button>
          )}
        </span>
      ),
    },
    {
      key: 'recipe',
      title: 'Recipe',
      width: '6.4rem',
      sort: ({ info }) => info.recipe,
      cell: ({ info }) => <span title={info.recipe}>{info.recipe}</span>,
    },
    {
      key: 'task',
      title: 'Task',
      width: '7.2rem',
      sort: ({ info }) => info.task,
      cell: ({ info }) => <span title={info.task}>{info.task}</span>,
    },
    {
      key: 'seeds',
      title: 'Seeds',
      width: '3.4rem',
      isNumber: true,
      sort: ({ info }) => info.seeds[0] ?? null,
      cell: ({ info }) => info.seeds.join(', '),
    },
    {
      key: 'step',
      title: 'Step',
      width: '3.4rem',
      isNumber: true,
      isBestHigh: true,
      sort: ({ step }) => step,
      cell: ({ step }) => step,
    },
    {
      key: 'tokens',
      title: 'Tokens',
      width: '3.8rem',
      isNumber: true,
      isBestHigh: true,
      sort: ({ tokens }) => tokens,
      cell: ({ tokens }) => formatCount(tokens),
    },
    {
      key: 'time',
      title: 'Time',
      width: '4.9rem',
      isNumber: true,
      isBestHigh: true,
      sort: ({ seconds }) => seconds,
      cell: ({ seconds }) => formatDuration(seconds),
    },
    {
      key: 'curve',
      title: 'Reward or NLL',
      width: '7.8rem',
      isBestHigh: true,
      sort: ({ spark }) => spark?.points.at(-1) ?? null,
      cell: ({ spark }) => (spark === null ? <span class="muted">–</span> : <Sparkline {...spark} />),
    },
    {
      key: 'pass',
      title: 'Last pass@1',
      width: '10.8rem',
      isBestHigh: true,
      sort: ({ evaluation }) => evaluation?.passAt1?.value ?? null,
      cell: ({ evaluation }) => (
        <span title={evaluation === null ? undefined : `${evaluation.task}, step ${evaluation.step}`}>
          <Interval of={evaluation?.passAt1} />
        </span>
      ),
    },
    {
      key: 'started',
      title: 'Started',
      width: '5.8rem',
      isBestHigh: true,
      sort: ({ info }) => Date.parse(info.startedAt),
      cell: ({ info }) => (
        <time dateTime={info.startedAt} title={formatMoment(info.startedAt)}>
          {formatAgo(info.startedAt, nowMs)}
        </time>
      ),
    },
    {
      key: 'tags',
      title: 'Tags',
      width: '8.3rem',
      sort: ({ tags }) => (tags.length === 0 ? null : tags.join(', ')),
      cell: ({ run, tags }) => <TagsCell run={run} tags={tags} onSaved={onTagged} />,
    },
  ]
}

// The end of a name tells runs apart; where there is no room, the folders before it are cut, from the left.
function RunName({ name }: { name: string }) {
  const cut = name.lastIndexOf('/') + 1
  return (
    <>
      {cut > 0 && (
        <span class="run-folder">
          <bdi dir="ltr">{name.slice(0, cut)}</bdi>
        </span>
      )}
      <span class="run-leaf">{name.slice(cut)}</span>
    </>
  )
}
