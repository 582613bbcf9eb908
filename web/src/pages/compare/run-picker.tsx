// Which runs are compared, and with which: those that are chosen, each with its place in the plots, and a list of all runs
// to choose from, with a filter.
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { RunSummary, RunsAnswer } from '../../../../src/serve/dashboard/api.ts'
import { Interval } from '../../components/interval.tsx'
import { Failure, Loading } from '../../components/notice.tsx'
import { SearchBox } from '../../components/search-box.tsx'
import { pageOf } from '../../lib/links.ts'
import type { Asked } from '../../lib/use-server.ts'
import { RunMark } from './run-mark.tsx'
import { runOfName } from './short-names.ts'

interface RunPickerProps {
  readonly known: Asked<RunsAnswer>
  readonly chosen: readonly string[]
  readonly baseline: string
  readonly names: ReadonlyMap<string, string>
  readonly onChoose: (runs: readonly string[]) => void
  readonly onBaseline: (run: string) => void
}

/** As many as plots can tell apart. */
export const MOST_RUNS = 12
/** Rows of the list; a filter finds the rest. */
const SHOWN = 60

/** Chooses runs and the baseline. */
export function RunPicker({ known, chosen, baseline, names, onChoose, onBaseline }: RunPickerProps) {
  const [filter, setFilter] = useState('')
  const [isOpen, setOpen] = useState(chosen.length < 2)
  const runs = known.data?.runs ?? []
  const fitting = runs.filter((run) => fits(run, filter))
  const drop = (run: string): void => onChoose(chosen.filter((one) => one !== run))
  return (
    <section class="compare-runs" aria-labelledby="compare-runs">
      <h2 id="compare-runs">Runs</h2>
      {chosen.length > 0 && (
        <ul class="compare-chosen">
          {chosen.map((run, i) => (
            <li key={run}>
              <RunMark place={i} />
              <Link href={pageOf('/run', { run: runOfName(run) })} title={run}>
                {names.get(run) ?? run}
              </Link>
              <label>
                <input
                  type="radio"
                  name="baseline"
                  checked={run === baseline}
                  onChange={() => onBaseline(run)}
                  aria-label={`Baseline: ${names.get(run) ?? run}`}
                />
                baseline
              </label>
              <button type="button" class="quiet" aria-label={`Leave out ${run}`} onClick={() => drop(run)}>
                <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{chosen.length === 0 ? 'Choose runs' : 'Choose other runs'}</summary>
        {known.error && <Failure error={known.error} retry={known.again} />}
        {!known.data && !known.error && <Loading what="Looking for runs" />}
        {known.data && (
          <>
            <div class="compare-filter">
              <SearchBox label="Filter" value={filter} onChange={setFilter} placeholder="name, recipe, task or tag" />
              <span class="muted" role="status">
                {fitting.length} of {runs.length} runs
                {fitting.length > SHOWN && `, the newest ${SHOWN} shown`}
              </span>
            </div>
            <ul class="compare-list">
              {fitting.slice(0, SHOWN).map((run) => {
                const isChosen = chosen.includes(run.run)
                return (
                  <li key={run.run}>
                    <label>
                      <input
                        type="checkbox"
                        checked={isChosen}
                        disabled={!isChosen && chosen.length >= MOST_RUNS}
                        onChange={() => (isChosen ? drop(run.run) : onChoose([...chosen, run.run]))}
                      />
                      <span class="compare-list-name">{run.run}</span>
                      <span class="muted">{facts(run)}</span>
                      <span class="compare-list-value">
                        {run.evaluation === null ? (
                          <span class="muted">not evaluated</span>
                        ) : (
                          <Interval of={run.evaluation.passAt1} />
                        )}
                      </span>
                    </label>
                  </li>
                )
              })}
            </ul>
            {chosen.length >= MOST_RUNS && (
              <p class="muted">{MOST_RUNS} runs are as many as can be compared at once.</p>
            )}
          </>
        )}
      </details>
    </section>
  )
}

function fits({ run, info, tags, status }: RunSummary, filter: string): boolean {
  const text = [run, info.recipe, info.task, status, ...tags].join(' ').toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s/)
    .every((word) => text.includes(word))
}

const facts = ({ info, step, status }: RunSummary): string =>
  [
    info.recipe,
    info.task,
    `seed ${info.seeds.join(', ')}`,
    `step ${step}`,
    ...(status === 'done' ? [] : [status]),
  ].join(' · ')
