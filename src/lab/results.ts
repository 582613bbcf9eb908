// Everything a lab found, read from its folder: rows, claims, the starting models, and what is missing. Plain data, and
// the same whether the runs have just ended or lie there since last year.
import { messageOf } from '../base/error.ts'
import { canonicalJson } from '../base/json.ts'
import type { Estimate } from '../eval/index.ts'
import { findRecipe, recipes } from '../recipes/index.ts'
import { type ArmRuns, type RunReader, readArmRuns } from './arm-runs.ts'
import { type ClaimResult, checkClaim } from './check-claims.ts'
import type { Manifest } from './manifest.ts'
import { ownArm } from './recipe-arms.ts'
import { type LabRow, labRow } from './rows.ts'
import { meanScore, passScores } from './scores.ts'
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

/** The runs of every arm, by its name in the manifest. */
export type LabRuns = ReadonlyMap<string, ArmRuns>

/** Reads the runs of a lab. */
export function readLabRuns(out: string, { arms, seeds }: Manifest, read?: RunReader): LabRuns {
  return new Map(Object.entries(arms).map(([name, arm]) => [name, readArmRuns(out, arm, seeds, read)]))
}

/** Reads what a lab found. */
export const readResults = (out: string, manifest: Manifest): LabResults =>
  resultsOf(manifest, readLabRuns(out, manifest))

/** What a lab found, from its runs. */
export function resultsOf(manifest: Manifest, runs: LabRuns): LabResults {
  const steps = resultSteps(manifest, runs)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same in many small steps, for a program that has other things to do meanwhile: intervals take seconds together. */
export function* resultSteps(manifest: Manifest, runs: LabRuns): Generator<undefined, LabResults> {
  const { testbed, seeds, command, settings, own } = manifest
  const runsOf = (name: string): ArmRuns => runs.get(name) ?? { runs: [], missing: [] }
  const order = [testbed, ...Object.keys(manifest.testbeds).filter((id) => id !== testbed)]
  const rows: LabRow[] = []
  for (const name of Object.keys(manifest.arms)) {
    const { dir: _dir, ...arm } = manifest.arms[name]
    const baseline = recipes.find((recipe) => recipe.id === arm.recipe)?.baseline ?? null
    const theirs = baseline === null ? undefined : ownArmOn(arm.testbed, baseline, manifest)
    const subject = { arm: name, ...arm, isOwn: own[arm.recipe] === name, baseline }
    rows.push(labRow(subject, runsOf(name), theirs === undefined ? undefined : runsOf(theirs)))
    yield
  }
  const testbeds: TestbedResult[] = []
  for (const id of order) {
    testbeds.push({ ...manifest.testbeds[id], start: startOf(id, manifest, runsOf) })
    yield
  }
  const claims: ClaimResult[] = []
  for (const claim of manifest.claims) {
    claims.push(claimResult(claim, runsOf))
    yield
  }
  return {
    testbed,
    recipes: manifest.recipes,
    seeds,
    command,
    settings,
    testbeds,
    rows: rows.sort((a, b) => order.indexOf(a.testbed) - order.indexOf(b.testbed) || rankOf(b) - rankOf(a)),
    claims,
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
  const known = most[0].k.flatMap((k) => {
    const mean = meanScore(most.map(({ first }) => passScores(first, k)))
    return mean === null ? [] : [[String(k), mean] as const]
  })
  return known.length === 0 ? null : Object.fromEntries(known)
}

function claimResult(
  { recipe, statement, testbed, arms }: Manifest['claims'][number],
  runsOf: (name: string) => ArmRuns,
): ClaimResult {
  const about = { recipe, testbed, arms }
  try {
    const claim = findRecipe(recipe).claims.find((one) => one.statement === statement)
    // Made by another version of the package.
    if (claim === undefined) return { ...about, statement, outcome: 'not checked', evidence: 'no such claim now' }
    const runs = Object.fromEntries(Object.entries(arms).map(([name, arm]) => [name, runsOf(arm)]))
    return { ...about, ...checkClaim(claim, runs) }
  } catch (error) {
    // Made by another version of the package.
    return { ...about, statement, outcome: 'not checked', evidence: messageOf(error) }
  }
}
