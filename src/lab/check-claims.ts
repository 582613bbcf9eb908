// Checks claims on runs that are there. A claim whose runs are not all finished, or whose check cannot be made on them
// (pass@64 of eight samples), is not checked, which is told from one whose evidence is unclear.
import { isGradusError, messageOf } from '../base/error.ts'
import type { Claim, Finding } from '../contracts/index.ts'
import type { ArmRuns } from './arm-runs.ts'

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
  try {
    const { outcome, evidence } = claim.check(
      Object.fromEntries(Object.entries(arms).map(([name, { runs }]) => [name, runs])),
    )
    return { statement, outcome, evidence }
  } catch (error) {
    if (!isGradusError(error)) throw error
    return { statement, outcome: 'not checked', evidence: messageOf(error) }
  }
}

function lackOf(name: string, arm: ArmRuns | undefined): readonly string[] {
  if (arm === undefined) return [`${name}, which was not asked for`]
  return arm.missing.map(({ seed, standing }) => `${name} seed ${seed} (${standing})`)
}
