// All runs below the folder that is shown: a live list to filter, sort and group, and the way into each of them. What is
// chosen is in the address.
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { RunStatus } from '../../../../src/contracts/run.ts'
import type { RunSummary, RunsAnswer } from '../../../../src/serve/dashboard/api.ts'
import { Choice } from '../../components/choice.tsx'
import { CopyText } from '../../components/copy-text.tsx'
import { DataTable, type TableSort } from '../../components/data-table.tsx'
import { Failure, Loading, Notice, Stale } from '../../components/notice.tsx'
import { SearchBox } from '../../components/search-box.tsx'
import '../../styles/runs.css'
import { pageOf } from '../../lib/links.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { apiPath } from '../../lib/server.ts'
import { readList, useUrlState } from '../../lib/url-state.ts'
import { useServer } from '../../lib/use-server.ts'
import { runColumns } from './columns.tsx'
import { ResumeDialog } from './resume-dialog.tsx'
import { readFilter } from './run-filter.ts'

const statuses = ['', 'running', 'done', 'interrupted', 'failed'] as const
const groupings = ['', 'recipe', 'task', 'folder'] as const
const groupOf: Readonly<Record<(typeof groupings)[number], ((run: RunSummary) => string) | undefined>> = {
  '': undefined,
  recipe: ({ info }) => info.recipe,
  task: ({ info }) => info.task,
  folder: ({ run }) => (run.includes('/') ? run.slice(0, run.lastIndexOf('/')) : '.'),
}

/** The page at `/`. */
export default function RunsPage() {
  usePageTitle('Runs')
  const { data, error, again } = useServer<RunsAnswer>(apiPath('runs'), '')
  if (data === undefined)
    return error ? <Failure error={error} retry={again} isPage /> : <Loading what="Looking for runs" />
  return (
    <>
      {error && <Stale error={error} />}
      {data.runs.length === 0 ? <NoRuns root={data.root} /> : <RunList answer={data} again={again} />}
      <Unreadable unreadable={data.unreadable} />
    </>
  )
}

function RunList({ answer, again }: { answer: RunsAnswer; again: () => void }) {
  const { root, runs } = answer
  const [query, setQuery] = useUrlState('q', '')
  const [status, setStatus] = useUrlState('status', '', statuses)
  const [grouping, setGrouping] = useUrlState('group', '', groupings)
  const [sortText, setSortText] = useUrlState('sort', '')
  const [selectedText, setSelectedText] = useUrlState('select', '')
  const [resuming, setResuming] = useState<string>()
  const nowMs = useNow()

  const found = useMemo(() => runs.filter(readFilter(query)), [runs, query])
  const shown = useMemo(() => found.filter((run) => status === '' || run.status === status), [found, status])
  const selected = useMemo(() => new Set(readList(selectedText)), [selectedText])
  const sort = useMemo(() => readSort(sortText), [sortText])
  const onSort = (next: TableSort | null): void =>
    setSortText(next === null ? '' : `${next.isDescending ? '-' : ''}${next.column}`)
  const onSelect = useCallback(
    (run: string, isSelected: boolean) => {
      const next = new Set(selected)
      if (isSelected) next.add(run)
      else next.delete(run)
      setSelectedText([...next].join(','))
    },
    [selected, setSelectedText],
  )
  const columns = useMemo(
    () => runColumns({ selected, nowMs, onSelect, onResume: setResuming, onTagged: again }),
    [selected, nowMs, onSelect, again],
  )
  const count = (one: RunStatus): number => found.filter((run) => run.status === one).length
  const isNarrowed = shown.length < runs.length

  return (
    <>
      <div class="page-head">
        <h1>Runs</h1>
        <p class="muted">
          <span role="status">
            {isNarrowed ? `${shown.length} of ${runs.length}` : runs.length} run{runs.length === 1 ? '' : 's'}
          </span>{' '}
          below <code>{root}</code>
        </p>
      </div>
      <div class="controls">
        <SearchBox
          label="Filter"
          value={query}
          onChange={setQuery}
          placeholder="words, recipe:grpo, status:running, step:>100, pass@1:>0.3, -tag:old"
          help="Words must all occur. Fields: run, recipe, task, tag, status, seed, step, tokens, alerts, reward, pass@1. A minus before a term excludes."
          hasShortcut
        />
        <Choice
          label="Status"
          look="segments"
          value={status}
          onChange={setStatus}
          options={statuses.map((one) => ({
            value: one,
            label: one === '' ? 'all' : `${one} ${count(one)}`,
          }))}
        />
        <Choice
          label="Group by"
          value={grouping}
          onChange={setGrouping}
          options={groupings.map((one) => ({ value: one, label: one === '' ? 'nothing' : one }))}
        />
        <CompareLink selected={[...selected]} onClear={() => setSelectedText('')} />
      </div>
      {shown.length === 0 ? (
        <Notice title="No run is like that">
          <button
            type="button"
            onClick={() => {
              setQuery('')
              setStatus('')
            }}
          >
            Show all {runs.length}
          </button>
        </Notice>
      ) : (
        <DataTable
          caption="Runs"
          columns={columns}
          rows={shown}
          keyOf={runName}
          sort={sort}
          onSort={onSort}
          groupOf={groupOf[grouping]}
          lineHeight={40}
          isOneLine
          resetKey={`${query} ${status} ${grouping}`}
          isSelected={({ run }) => selected.has(run)}
        />
      )}
      {resuming !== undefined && <ResumeDialog run={resuming} onClose={() => setResuming(undefined)} />}
    </>
  )
}

// Always there, so that nothing moves when the first run is selected.
function CompareLink({ selected, onClear }: { selected: readonly string[]; onClear: () => void }) {
  const label = `Compare${selected.length > 0 ? ` ${selected.length}` : ''}`
  return (
    <span class="compare-link">
      {selected.length < 2 ? (
        <button type="button" disabled title="Select two runs or more">
          {label}
        </button>
      ) : (
        <Link class="button primary" href={pageOf('/compare', { runs: selected.join(','), baseline: selected[0] })}>
          {label}
        </Link>
      )}
      <button type="button" class="quiet" disabled={selected.length === 0} onClick={onClear}>
        Clear
      </button>
    </span>
  )
}

function NoRuns({ root }: { root: string }) {
  return (
    <Notice title="There are no runs here yet" isPage>
      <p>
        Nothing below <code>{root}</code> has a <code>run.json</code>. This makes a first one, on a laptop, in a few
        minutes; it shows here as soon as it begins:
      </p>
      <p>
        <CopyText text={`gradus start --out ${root === '.' ? 'runs' : root}/first`} label="the command" />
      </p>
      <p>
        Or look at the <Link href="/search?id=example">example of a search</Link>.
      </p>
    </Notice>
  )
}

function Unreadable({ unreadable }: { unreadable: RunsAnswer['unreadable'] }) {
  if (unreadable.length === 0) return null
  return (
    <details class="unreadable">
      <summary>
        {unreadable.length} director{unreadable.length === 1 ? 'y' : 'ies'} cannot be read
      </summary>
      <ul>
        {unreadable.map(({ run, why }) => (
          <li key={run}>
            <code>{run}</code> <span class="muted">{why}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

const runName = ({ run }: RunSummary): string => run

const readSort = (text: string): TableSort | null =>
  text === '' ? null : { column: text.replace(/^-/, ''), isDescending: text.startsWith('-') }

// The time now, told anew every half minute: `3 min ago` grows old.
function useNow(): number {
  const [nowMs, setNowMs] = useState(() => performance.timeOrigin + performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.timeOrigin + performance.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}
