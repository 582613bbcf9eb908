// Links to the runs that a row of a lab stands for, one for each seed.
import { Link } from 'wouter-preact'
import type { RunSummary } from '../../../../src/serve/dashboard/api.ts'
import { pageOf } from '../../lib/links.ts'
import type { LabRow } from './lab-results.ts'
import { runsOfRow } from './row-runs.ts'

/** The runs of a row; nothing where they are not below the folder. */
export function RunLinks({
  row,
  lab,
  runs,
}: {
  readonly row: LabRow
  readonly lab: string
  readonly runs: readonly RunSummary[]
}) {
  const found = runsOfRow(row, { lab, runs })
  if (found.length === 0) return null
  return (
    <span class="lab-runs">
      {found.map(({ run, info }) => (
        <Link
          key={run}
          href={pageOf('/run', { run })}
          aria-label={`${row.recipe}, seed ${info.seeds.join(', ')}: the run`}
        >
          seed {info.seeds.join(', ')}
        </Link>
      ))}
    </span>
  )
}
