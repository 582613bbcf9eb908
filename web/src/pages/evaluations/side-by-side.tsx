// Two steps side by side on the same problems: which problems turned right or wrong in between, and what was written then
// and now.
import type { EvalProblemFilter, EvalProblemsAnswer } from '../../../../src/serve/dashboard/api.ts'
import { Choice } from '../../components/choice.tsx'
import { Failure, Loading, Notice } from '../../components/notice.tsx'
import { Pager } from '../../components/pager.tsx'
import { SearchBox } from '../../components/search-box.tsx'
import { useKept } from '../../lib/kept-answer.ts'
import { apiPath } from '../../lib/server.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { useServer } from '../../lib/use-server.ts'
import { Problem } from './problem.tsx'

/** Problems of a page. */
const PAGE = 10

const filters: readonly { readonly value: EvalProblemFilter; readonly label: string; readonly none: string }[] = [
  { value: 'all', label: 'All', none: 'These steps have no problems' },
  { value: 'gained', label: 'Gained', none: 'No problem turned from wrong to right' },
  { value: 'lost', label: 'Lost', none: 'No problem turned from right to wrong' },
  { value: 'mixed', label: 'Mixed', none: 'No problem has right and wrong samples both' },
  { value: 'undecided', label: 'Undecided', none: 'The verifier could decide everything' },
]
const filterNames = filters.map((filter) => filter.value)

interface SideBySideProps {
  readonly run: string
  readonly task: string
  /** Steps that were evaluated. */
  readonly known: readonly number[]
  readonly before: number
  readonly after: number
  readonly onSteps: (before: number, after: number) => void
}

/** The comparison with its choices. */
export function SideBySide({ run, task, known, before, after, onSteps }: SideBySideProps) {
  const [filter, setFilter] = useUrlState<EvalProblemFilter>('filter', 'all', filterNames)
  const [search, setSearch] = useUrlState<string>('search', '')
  const [pageText, setPage] = useUrlState<string>('page', '1')
  const page = Math.max(1, Math.trunc(Number(pageText)) || 1)
  const steps = before === after ? `${before}` : `${before},${after}`
  const asked = useServer<EvalProblemsAnswer>(
    apiPath('eval-problems', { run, task, steps, filter, search, offset: (page - 1) * PAGE, limit: PAGE }),
  )
  const { answer, isOld } = useKept(asked, `${run} ${task}`)
  const first = (change: () => void): void => {
    setPage('1')
    change()
  }
  const options = known.map((step) => ({ value: String(step), label: `step ${step}` }))
  const none = filters.find((one) => one.value === filter)?.none
  return (
    <section aria-labelledby="evaluations-side">
      <h2 id="evaluations-side">Side by side</h2>
      <div class="controls">
        <Choice
          label="Before"
          value={String(before)}
          options={options}
          onChange={(next) => first(() => onSteps(Number(next), after))}
        />
        <Choice
          label="After"
          value={String(after)}
          options={options}
          onChange={(next) => first(() => onSteps(before, Number(next)))}
        />
        <Choice
          label="Problems"
          look="segments"
          value={filter}
          options={filters}
          onChange={(next) => first(() => setFilter(next))}
        />
        <SearchBox
          label="Search"
          value={search}
          onChange={(next) => first(() => setSearch(next))}
          placeholder="In prompts, completions and problem names"
        />
      </div>
      <p class="rollouts-found muted" role="status">
        {answer !== undefined && !isOld && `${answer.total} ${answer.total === 1 ? 'problem' : 'problems'}`}
      </p>
      {asked.error && <Failure error={asked.error} retry={asked.again} />}
      {answer === undefined && !asked.error && <Loading what="Reading the samples" />}
      {answer !== undefined && (
        <div class={isOld ? 'rollouts-old' : undefined} aria-busy={isOld}>
          {answer.total === 0 && (
            <Notice title={search === '' ? (none ?? 'There is nothing here') : 'Nothing matches the search'} />
          )}
          {answer.problems.map((problem) => (
            <Problem
              key={`${answer.steps} ${problem.problem}`}
              steps={answer.steps}
              problem={problem}
              search={search}
            />
          ))}
          <Pager
            what="problems"
            page={page}
            size={PAGE}
            total={answer.total}
            onPage={(next) => setPage(String(next))}
          />
        </div>
      )}
    </section>
  )
}
