// Checks claims on runs that are there. A claim whose runs are not all finished, or whose check cannot be made on them
// (pass@64 of eight samples), is not checked, which is told from one whose evidence is unclear. A check counts right samples
// out of equally many, so problems with a sample without a verdict, in whichever run, are left out of it.
import { isGradusError, messageOf } from '../base/error.ts'
import type { Claim, Finding } from '../contracts/index.ts'
import type { ArmRuns, DecidedCounts, FinishedRun } from './arm-runs.ts'

/** What came of a claim. */
export interface ClaimResult {
  /** Id of the recipe that makes the claim. */
  readonly recipe: string
  readonly testbed: string
  /** The arms that it compares: names in the lab's manifest, by the claim's own names. */
  readonly arms: Readonly<Record<string, string>>
  readonly statement: string
  readonly outcome: Finding['outcome'] | 'not checked'
  /** The numbers, or why there are none. */
  readonly evidence: string
}

/** Checks one claim. `arms` are the runs of its arms, by its own names. */
export function checkClaim(
  claim: Claim,
  arms: Readonly<Record<string, ArmRuns>>,
): Omit<ClaimResult, 'recipe' | 'testbed' | 'arms'> {
  const { statement } = claim
  const lacking = Object.keys(claim.arms).flatMap((name) => lackOf(name, arms[name]))
  if (lacking.length > 0) return { statement, outcome: 'not checked', evidence: `missing: ${lacking.join(', ')}` }
  const open = openProblems(arms)
  const asked = new Set(Object.values(arms).flatMap(({ runs }) => runs.flatMap(({ problems }) => problems)))
  if (open.size > 0 && open.size === asked.size)
    return { statement, outcome: 'not checked', evidence: 'every problem has samples without a verdict' }
  try {
    const runs = Object.fromEntries(
      Object.entries(arms).map(([name, arm]) => [name, arm.runs.map((run) => without(open, run))]),
    )
    const { outcome, evidence } = claim.check(runs)
    const over = `; over ${asked.size - open.size} of ${asked.size} problems: the others have samples without a verdict`
    return { statement, outcome, evidence: open.size === 0 ? evidence : `${evidence}${over}` }
  } catch (error) {
    if (!isGradusError(error)) throw error
    return { statement, outcome: 'not checked', evidence: messageOf(error) }
  }
}

function lackOf(name: string, arm: ArmRuns | undefined): readonly string[] {
  if (arm === undefined) return [`${name}, which was not asked for`]
  return arm.missing.map(({ seed, standing }) => `${name} seed ${seed} (${standing})`)
}

/** Ids of problems with a sample without a verdict in a run's first or last evaluation. */
function openProblems(arms: Readonly<Record<string, ArmRuns>>): ReadonlySet<string> {
  const runs = Object.values(arms).flatMap((arm) => arm.runs)
  return new Set(
    runs.flatMap(({ problems, first, last }) =>
      problems.filter((_, p) => [first, last].some(({ decided, samples }) => decided[p] < samples)),
    ),
  )
}

function without(open: ReadonlySet<string>, run: FinishedRun): FinishedRun {
  if (open.size === 0) return run
  const isKept = run.problems.map((id) => !open.has(id))
  const kept = ({ samples, right, decided }: DecidedCounts): DecidedCounts => {
    return { samples, right: right.filter((_, p) => isKept[p]), decided: decided.filter((_, p) => isKept[p]) }
  }
  return { ...run, first: kept(run.first), last: kept(run.last), problems: run.problems.filter((_, p) => isKept[p]) }
}
