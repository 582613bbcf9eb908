// The rollouts of a step of a run: which step, which rollouts, and then group by group what was asked, what came back, and
// why it got its score. All that is chosen is in the address.
import { useRef } from 'preact/hooks'
import type { RolloutFilter, RolloutsAnswer, RunAnswer } from '../../../../src/serve/dashboard/api.ts'
import { Choice } from '../../components/choice.tsx'
import { Failure, Loading, Notice } from '../../components/notice.tsx'
import { Pager } from '../../components/pager.tsx'
import { RunHeader } from '../../components/run-header.tsx'
import { SearchBox } from '../../components/search-box.tsx'
import { useKept } from '../../lib/kept-answer.ts'
import { apiPath } from '../../lib/server.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { useServer } from '../../lib/use-server.ts'
import { Group } from './group.tsx'
import './rollouts.css'
import { StepPicker } from './step-picker.tsx'

/** Groups of a page. */
const PAGE = 10

const filters: readonly { readonly value: RolloutFilter; readonly label: string; readonly none: string }[] = [
  { value: 'all', label: 'All', none: 'This step has no rollouts' },
  { value: 'right', label: 'Right', none: 'No rollout of this step is right' },
  { value: 'wrong', label: 'Wrong', none: 'No rollout of this step is wrong' },
  { value: 'truncated', label: 'Truncated', none: 'No rollout of this step was cut off' },
  { value: 'undecided', label: 'Undecided', none: 'The verifier could decide every rollout of this step' },
  { value: 'failed', label: 'Failed', none: 'No rollout of this step failed' },
  { value: 'high-advantage', label: 'High advantage', none: 'No rollout of this step has a high advantage' },
  { value: 'disagreement', label: 'Disagreement', none: 'No group of this step has right and wrong rollouts both' },
]
const filterNames = filters.map((filter) => filter.value)

/** The page. */
export default function RolloutsPage() {
  const [run] = useUrlState<string>('run', '')
  const asked = useServer<RunAnswer>(run === '' ? undefined : apiPath('run', { run }), run === '' ? undefined : run)
  if (run === '') {
    return (
      <Notice title="Which run?">
        Open one in the <a href="/">list of runs</a> and choose “Rollouts”.
      </Notice>
    )
  }
  if (asked.data === undefined) {
    return asked.error ? <Failure error={asked.error} retry={asked.again} /> : <Loading />
  }
  const steps = asked.data.rolloutSteps
  return (
    <>
      <RunHeader run={run} current="rollouts" answer={asked.data} />
      {steps.length === 0 ? (
        <Notice title="No rollouts were recorded">
          A run keeps them every few steps, as its recipe’s <code>recordEvery</code> says. The first ones come after the
          first such step.
        </Notice>
      ) : (
        <RolloutsOfStep key={run} run={run} steps={steps} />
      )}
    </>
  )
}

function RolloutsOfStep({ run, steps }: { run: string; steps: readonly number[] }) {
  const [stepText, setStep] = useUrlState<string>('step', '')
  const [filter, setFilter] = useUrlState<RolloutFilter>('filter', 'all', filterNames)
  const [search, setSearch] = useUrlState<string>('search', '')
  const [pageText, setPage] = useUrlState<string>('page', '1')
  // Without a step in the address it is the newest of when the page was opened: what one reads does not run away.
  const newestAtFirst = useRef(steps[steps.length - 1]).current
  const step = nearest(steps, stepText === '' ? newestAtFirst : Number(stepText))
  const page = Math.max(1, Math.trunc(Number(pageText)) || 1)
  const asked = useServer<RolloutsAnswer>(
    apiPath('rollouts', { run, step, filter, search, offset: (page - 1) * PAGE, limit: PAGE }),
  )
  const { answer, isOld } = useKept(asked, run)
  const first = (change: () => void): void => {
    setPage('1')
    change()
  }
  const showAll = (): void =>
    first(() => {
      setFilter('all')
      setSearch('')
    })
  return (
    <>
      <div class="controls rollouts-controls">
        <StepPicker steps={steps} step={step} onStep={(next) => first(() => setStep(String(next)))} />
        <Choice
          label="Show"
          look="segments"
          value={filter}
          options={filters.map(({ value, label }) => ({
            value,
            label: answer === undefined ? label : `${label} ${answer.counts[value]}`,
          }))}
          onChange={(next) => first(() => setFilter(next))}
        />
        <SearchBox
          label="Search"
          value={search}
          onChange={(next) => first(() => setSearch(next))}
          placeholder="In prompts, completions and problem names"
          hasShortcut
        />
      </div>
      <p class="rollouts-found muted" role="status">
        {answer !== undefined && !isOld && foundText(answer, filter, search)}
      </p>
      {asked.error && <Failure error={asked.error} retry={asked.again} />}
      {answer === undefined && !asked.error && <Loading what="Reading the rollouts" />}
      {answer !== undefined && (
        <div class={isOld ? 'rollouts-old' : undefined} aria-busy={isOld}>
          {answer.total === 0 && <Empty filter={filter} search={search} onAll={showAll} />}
          {answer.groups.map((group) => (
            <Group key={`${answer.step} ${group.problem}`} run={run} step={answer.step} group={group} search={search} />
          ))}
          <Pager what="groups" page={page} size={PAGE} total={answer.total} onPage={(next) => setPage(String(next))} />
        </div>
      )}
    </>
  )
}

function Empty({ filter, search, onAll }: { filter: RolloutFilter; search: string; onAll: () => void }) {
  const none = filters.find((one) => one.value === filter)?.none
  return (
    <Notice title={search === '' ? (none ?? 'There is nothing here') : 'Nothing matches the search'}>
      {(filter !== 'all' || search !== '') && (
        <button type="button" onClick={onAll}>
          Show all rollouts
        </button>
      )}
    </Notice>
  )
}

function foundText({ counts, total }: RolloutsAnswer, filter: RolloutFilter, search: string): string {
  const groups = `${total} ${total === 1 ? 'group' : 'groups'}`
  return search === '' ? `${counts[filter]} of ${counts.all} rollouts, in ${groups}` : `${groups} with the text`
}

/** The recorded step that is nearest: an address may name one that was not recorded. */
function nearest(steps: readonly number[], wanted: number): number {
  if (!Number.isFinite(wanted)) return steps[steps.length - 1]
  return steps.reduce((best, step) => (Math.abs(step - wanted) < Math.abs(best - wanted) ? step : best))
}
