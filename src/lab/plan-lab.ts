// From what is asked to what has to be run: base models, arms and seeds, each a run directory named by its content, and
// each once, however many claims want it. It makes no plan itself (the planner does) and touches no file.
import { join } from 'node:path'
import type { Arm } from '../contracts/index.ts'
import { contentHash } from './content-hash.ts'
import type { Manifest } from './manifest.ts'
import type { QueueItem } from './queue.ts'
import { type ClaimingRecipe, ownArm } from './recipe-arms.ts'
import type { Settings, Testbed } from './testbed.ts'
import { findTestbed } from './testbeds.ts'

/** What is asked of the lab. */
export interface LabRequest {
  readonly testbed: Testbed
  readonly recipes: readonly ClaimingRecipe[]
  readonly seeds: readonly number[]
  /** Budget on every testbed; default each one's own. */
  readonly budget: Partial<Pick<Testbed, 'tokens' | 'steps'>>
  /** Laid over every run by the planner; kept for the report. */
  readonly settings: Settings
  /** Whether the arms of claims are run too. */
  readonly withClaims: boolean
  /** Folder of everything. */
  readonly out: string
  /** The command line. */
  readonly command: string
  /** When it was asked, ISO 8601. */
  readonly at: string
  /** Of the package: another one builds another base. */
  readonly version: string
}

/** What the lab knows of a run's plan. The rest is content, for the hash. */
export interface LabPlan {
  readonly recipe: string
  readonly seed: number
}

/** Makes the plans of runs. */
export interface Planner<Plan extends LabPlan> {
  /** Of the base model. */
  base(testbed: Testbed): Plan
  /** Of an arm with a seed, without the model that it starts from. @throws `config/...` for settings it cannot have */
  arm(testbed: Testbed, arm: Arm, seed: number): Plan
  /** The plan of an arm with the last model of the run in a directory. */
  startingFrom(plan: Plan, dir: string): Plan
}

/** What has to be run, in order, and what it is for. */
export interface Lab<Plan> {
  readonly manifest: Manifest
  readonly queue: readonly QueueItem<Plan>[]
}

/** Plans the runs. @throws `config/...` of the planner, before anything runs; `config/unknown-testbed` */
export function planLab<Plan extends LabPlan>(request: LabRequest, planner: Planner<Plan>): Lab<Plan> {
  const { testbed: chosen, recipes, seeds, budget, settings: over, withClaims, out, command, at, version } = request
  const bases = new Map<string, { testbed: Testbed; dir: string; hash: string; plan: Plan }>()
  const arms = new Map<string, Manifest['arms'][string] & { plans: readonly Plan[] }>()

  const baseOn = (id: string) => {
    const known = bases.get(id)
    if (known !== undefined) return known
    const found = id === chosen.id ? chosen : findTestbed(id)
    const testbed = { ...found, ...budget }
    const plan = planner.base(testbed)
    const hash = contentHash({ version, plan })
    const base = { testbed, plan, hash, dir: `testbeds/${id}-${hash}` }
    bases.set(id, base)
    return base
  }
  const addArm = (id: string, arm: Arm): string => {
    const { testbed, hash } = baseOn(id)
    const plans = seeds.map((seed) => planner.arm(testbed, arm, seed))
    const name = `${id}/${arm.recipe}-${contentHash({ base: hash, plan: { ...plans[0], seed: null } })}`
    const { recipe, settings = {} } = arm
    if (!arms.has(name)) arms.set(name, { testbed: id, recipe, settings, dir: `runs/${name}`, plans })
    return name
  }

  const own = Object.fromEntries(recipes.map((recipe) => [recipe.id, addArm(chosen.id, ownArm(recipe))]))
  const wanted = (withClaims ? recipes : []).flatMap(({ id, claims }) => claims.map((claim) => ({ id, claim })))
  const claims = wanted.map(({ id, claim }) => {
    const testbed = claim.testbed ?? chosen.id
    const entries = Object.entries(claim.arms).map(([name, arm]) => [name, addArm(testbed, arm)] as const)
    return { recipe: id, statement: claim.statement, testbed, arms: Object.fromEntries(entries) }
  })

  // Seed by seed: a queue that stops early has every arm with the first seeds, not some arms with all.
  const queue = [...bases].flatMap(([id, base]) => {
    const folder = join(out, base.dir)
    const first = { testbed: id, title: `base of ${id}`, dir: folder, plan: base.plan }
    const rest = seeds.flatMap((seed, i) =>
      [...arms.values()]
        .filter((arm) => arm.testbed === id)
        .map(({ recipe, dir, plans }) => ({
          testbed: id,
          title: `${recipe} seed ${seed}`,
          dir: join(out, dir, `seed-${seed}`),
          plan: plans[i],
          startsFrom: folder,
        })),
    )
    return [first, ...rest]
  })
  return {
    manifest: {
      schema: 1,
      at,
      command,
      testbed: chosen.id,
      recipes: recipes.map((recipe) => recipe.id),
      seeds,
      settings: over,
      testbeds: Object.fromEntries([...bases].map(([id, { testbed, dir }]) => [id, { ...testbed, dir }])),
      arms: Object.fromEntries([...arms].map(([name, { plans: _plans, ...arm }]) => [name, arm])),
      own,
      claims,
    },
    queue,
  }
}
