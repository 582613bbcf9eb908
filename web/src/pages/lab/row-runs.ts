// Which runs a row of a lab stands for: those in LAB/runs/ARM/seed-N.
import type { RunSummary } from '../../../../src/serve/dashboard/api.ts'
import type { LabRow } from './lab-results.ts'

/** The runs of a row that are there, by seed. `lab` is `.` where the folder that is shown is the lab itself. */
export function runsOfRow(
  { arm }: Pick<LabRow, 'arm'>,
  { lab, runs }: { readonly lab: string; readonly runs: readonly RunSummary[] },
): readonly RunSummary[] {
  const head = `${lab === '.' ? '' : `${lab}/`}runs/${arm}/`
  return runs
    .filter(({ run }) => run.startsWith(head))
    .toSorted((a, b) => (a.info.seeds[0] ?? 0) - (b.info.seeds[0] ?? 0))
}
