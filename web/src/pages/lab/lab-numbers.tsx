// All arms of a lab with their numbers and what a run of each cost, those too that are there for claims alone.
import { DataTable } from '../../components/data-table.tsx'
import { Interval } from '../../components/interval.tsx'
import { formatCount, formatDuration } from '../../lib/format.ts'
import type { RowsProps } from './lab-ranking.tsx'
import { rowName } from './lab-results.ts'
import { RunLinks } from './run-links.tsx'

/** The table. */
export function Numbers({ results, lab, runs }: RowsProps) {
  const number = (value: number | undefined | null, format: (value: number) => string) =>
    value == null ? <span class="muted">–</span> : format(value)
  return (
    <section aria-labelledby="lab-numbers">
      <h2 id="lab-numbers">Numbers and cost of a run</h2>
      <DataTable
        caption="Every arm, its numbers and what a run of it cost"
        rows={results.rows}
        keyOf={(row) => `${row.testbed} ${rowName(row)}`}
        groupOf={(row) => (row.isOwn ? row.testbed : `${row.testbed}, for claims alone`)}
        columns={[
          {
            key: 'recipe',
            title: 'Recipe',
            isHeader: true,
            sort: (row) => rowName(row),
            cell: (row) => (
              <span class="lab-row-name">
                {rowName(row)} <RunLinks row={row} lab={lab} runs={runs} />
              </span>
            ),
          },
          {
            key: 'pass1',
            title: 'pass@1 [95 %]',
            isBestHigh: true,
            sort: (row) => row.pass1?.value ?? null,
            cell: (row) => <Interval of={row.pass1} />,
          },
          {
            key: 'start',
            title: 'over the start',
            isBestHigh: true,
            sort: (row) => row.overStart?.value ?? null,
            cell: (row) => <Interval of={row.overStart} />,
          },
          {
            key: 'k',
            title: 'largest k',
            cell: (row) =>
              row.largestK === null ? (
                <span class="muted">–</span>
              ) : (
                <>
                  <span class="muted">pass@{row.largestK.k}</span> <Interval of={row.largestK.pass} />
                </>
              ),
          },
          {
            key: 'trained',
            title: 'trained',
            isNumber: true,
            sort: (row) => row.cost?.trainedTokens ?? null,
            cell: (row) => number(row.cost?.trainedTokens, formatCount),
          },
          {
            key: 'sampled',
            title: 'sampled',
            isNumber: true,
            sort: (row) => row.cost?.sampledTokens ?? null,
            cell: (row) => number(row.cost?.sampledTokens, formatCount),
          },
          {
            key: 'steps',
            title: 'steps',
            isNumber: true,
            sort: (row) => row.cost?.steps ?? null,
            cell: (row) => number(row.cost?.steps, formatCount),
          },
          {
            key: 'time',
            title: 'time',
            isNumber: true,
            sort: (row) => row.cost?.seconds ?? null,
            cell: (row) => number(row.cost?.seconds, formatDuration),
          },
          { key: 'seeds', title: 'seeds', isNumber: true, cell: (row) => row.seeds.length },
          {
            key: 'asked',
            title: 'problems × samples',
            isNumber: true,
            cell: (row) => (row.problems === null ? <span class="muted">–</span> : `${row.problems} × ${row.samples}`),
          },
        ]}
      />
    </section>
  )
}
