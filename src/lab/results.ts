// Everything a lab found, read from its folder: rows, claims, the starting models, and what is missing. Plain data, and
// the same whether the runs have just ended or lie there since last year.
import { messageOf } from '../base/error.ts'
import { canonicalJson } from '../base/json.ts'
import type { Estimate } from '../eval/index.ts'
import { findRecipe, recipes, startPassAt } from '../recipes/index.ts'
import { type ArmRuns, readArmRuns } from './arm-runs.ts'
import { type ClaimResult, checkClaim } from './check-claims.ts'
import type { Manifest } from './manifest.ts'
import { ownArm } from './recipe-arms.ts'
import { type LabRow, labRow, meanOf } from './rows.ts'
import type { Settings, Testbed } from './testbed.ts'

/** A testbed in use. */
export interface TestbedResult extends Testbed {
  /** Directory of the base model's run, in the lab's folder. */
  readonly dir: string
  /** pass@k of the starting model by k, from the first evaluations of one arm; null before any run is finished. */
  readonly start: Readonly<Record<string, Estimate>> | null
}

/** What a lab found. */
export interface LabResults {
  readonly testbed: string
  readonly recipes: readonly string[]
  readonly seeds: readonly number[]
  readonly command: string
  /** What was laid over every run. */
  readonly settings: Settings
  /** The chosen one first. */
  readonly testbeds: readonly TestbedResult[]
  /** By testbed, then by pass@1, the best first. */
  readonly rows: readonly LabRow[]
  readonly claims: readonly ClaimResult[]
  /** Runs asked for and not finished. */
  readonly missing: number
}

/** Reads what a lab found. */
export function readResults(out: string, manifest: Manifest): LabResults {
  const { testbed, seeds, command, settings, own } = manifest
  const names = Object.keys(manifest.arms)
  const runs = new Map(names.map((name) => [name, readArmRuns(out, manifest.arms[name], seeds)]))
  const runsOf = (name: string): ArmRuns => runs.get(name) ?? { runs: [], missing: [] }
  const order = [testbed, ...Object.keys(manifest.testbeds).filter((id) => id !== testbed)]
  const rows = names.map((name) => {
    const { dir: _dir, ...arm } = manifest.arms[name]
    const baseline = recipes.find((recipe) => recipe.id === arm.recipe)?.baseline ?? null
    const theirs = baseline === null ? undefined : ownArmOn(arm.testbed, baseline, manifest)
    const subject = { ...arm, isOwn: own[arm.recipe] === name, baseline }
    return labRow(subject, runsOf(name), theirs === undefined ? undefined : runsOf(theirs))
  })
  return {
    testbed,
    recipes: manifest.recipes,
    seeds,
    command,
    settings,
    testbeds: order.map((id) => ({ ...manifest.testbeds[id], start: startOf(id, manifest, runsOf) })),
    rows: rows.sort((a, b) => order.indexOf(a.testbed) - order.indexOf(b.testbed) || rankOf(b) - rankOf(a)),
    claims: manifest.claims.map((claim) => claimResult(claim, runsOf)),
    missing: rows.reduce((sum, row) => sum + row.missing.length, 0),
  }
}

const rankOf = ({ pass1 }: LabRow): number => pass1?.value ?? -1

/** The name of a recipe's own arm on a testbed: it may be there for a claim alone. */
function ownArmOn(testbed: string, id: string, { arms, own, testbed: chosen }: Manifest): string | undefined {
  if (testbed === chosen && own[id] !== undefined) return own[id]
  const recipe = recipes.find((one) => one.id === id)
  if (recipe === undefined) return undefined
  const wanted = canonicalJson(ownArm(recipe).settings ?? {})
  return Object.keys(arms).find((name) => {
    const arm = arms[name]
    return arm.testbed === testbed && arm.recipe === id && canonicalJson(arm.settings) === wanted
  })
}

// All arms of a seed begin with the same model and the same draws, so one arm says it all: that with the most seeds.
function startOf(id: string, { arms }: Manifest, runsOf: (name: string) => ArmRuns): TestbedResult['start'] {
  const candidates = Object.keys(arms).filter((name) => arms[name].testbed === id)
  const [most] = candidates.map((name) => runsOf(name).runs).sort((a, b) => b.length - a.length)
  if (most === undefined || most.length === 0) return null
  return Object.fromEntries(most[0].k.map((k) => [String(k), meanOf(most, startPassAt(k))]))
}

function claimResult(
  { recipe, statement, testbed, arms }: Manifest['claims'][number],
  runsOf: (name: string) => ArmRuns,
): ClaimResult {
  try {
    const claim = findRecipe(recipe).claims.find((one) => one.statement === statement)
    // Made by another version of the package.
    if (claim === undefined)
      return { recipe, testbed, statement, outcome: 'not checked', evidence: 'no such claim now' }
    const runs = Object.fromEntries(Object.entries(arms).map(([name, arm]) => [name, runsOf(arm)]))
    return { recipe, testbed, ...checkClaim(claim, runs) }
  } catch (error) {
    // Made by another version of the package.
    return { recipe, testbed, statement, outcome: 'not checked', evidence: messageOf(error) }
  }
}
