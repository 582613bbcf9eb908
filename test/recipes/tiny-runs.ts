// Runs of any recipe in seconds: the first task at its lowest level, one small base model, and settings that make every
// recipe short without knowing which it is. A recipe with a long setting of another name needs a line in `shrunk`.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { processClock } from '../../src/cli/run/host-facts.ts'
import { makePlan } from '../../src/cli/run/make-plan.ts'
import type { Settings } from '../../src/cli/run/overrides.ts'
import { ProgressDisplay } from '../../src/cli/run/progress.ts'
import { resolveConfig } from '../../src/cli/run/resolve-config.ts'
import { type TrainResult, trainRun } from '../../src/cli/run/train-run.ts'
import type { RecipeSetting, Stage } from '../../src/contracts/index.ts'
import { type AnyRecipe, recipes } from '../../src/recipes/index.ts'
import { listCheckpoints, readMetrics, withoutTimings } from '../../src/store/index.ts'
import { tasks } from '../../src/tasks/index.ts'

export const [task] = tasks
const SEED = 5
const level = task.levels[0]
const silent = { out() {}, err() {}, isLive: false, columns: 80, hasColour: false }

/** Laid over the defaults of every recipe, as far as it has such settings. */
const shrunk: Settings = {
  schedule: { steps: 4, checkpointEvery: 3 },
  batch: 8,
  maxTokens: 10,
  rollout: { problems: 6, samples: 4, maxTokens: 10, recordEvery: 2 },
  evaluation: { every: 2, problems: 4, samples: 2, k: [1, 2] },
  ranking: { pool: 3, steps: 2 },
  knobs: { level },
}

/** What is off by default, put on. */
const allTerms: Settings = { klCoef: 0.05, klCorrected: true, entropyCoef: 0.02, rank: 1, pool: 5 }

const configOf = (recipe: AnyRecipe, ...presets: readonly Settings[]): Settings =>
  resolveConfig({ schema: recipe.config, presets })

/** The short configurations of a recipe: its defaults, and with every optional term where that makes a difference. */
export function shortConfigs(recipe: AnyRecipe): readonly (readonly [name: string, config: Settings])[] {
  const plain = configOf(recipe, shrunk)
  const full = configOf(recipe, shrunk, allTerms)
  return [
    ['as it is', plain],
    ...(JSON.stringify(full) === JSON.stringify(plain) ? [] : [['with every term', full] as const]),
  ]
}

/** The stages of a configuration on the first task. */
export const stagesOf = (recipe: AnyRecipe, config: Settings, changed: Partial<RecipeSetting> = {}): readonly Stage[] =>
  recipe.stages(config as never, { task, seed: SEED, ...changed })

/** Trains a base model that solves some problems and not others; gives back its folder. */
export async function tinyBase(dir: string): Promise<string> {
  const maker = recipes.find(({ fromScratch }) => fromScratch)!
  const shares = {
    schedule: { steps: 200, lr: 0.01, checkpointEvery: 1000 },
    batch: 32,
    evaluation: { every: 0, problems: 4 },
    mixture: task.styles.map((style, i) => ({ style, share: i === 0 ? 6 : 1 })),
    knobs: { level },
  }
  const model = { hiddenSize: 16, layers: 1, heads: 2, kvHeads: 1, headDim: 8, feedForward: 32, maxPositions: 64 }
  const settings = { ...configOf(maker, shrunk, shares), base: { model } }
  const plan = makePlan({ recipe: maker.id, task: task.id, settings, seed: SEED, device: 'cpu' })
  await train(plan, dir)
  return listCheckpoints(dir).at(-1)!.folder
}

/** Runs a configuration from a base in a folder, or goes on with it there. */
export function trainShort(
  recipe: AnyRecipe,
  config: Settings,
  { base, dir, stopRequested }: { base: string; dir: string; stopRequested?: () => boolean },
): Promise<TrainResult> {
  const plan = makePlan({ recipe: recipe.id, task: task.id, model: base, settings: config, seed: SEED, device: 'cpu' })
  return train(plan, dir, stopRequested)
}

const train = (plan: ReturnType<typeof makePlan>, dir: string, stopRequested = (): boolean => false) =>
  trainRun(plan, {
    clock: processClock,
    display: new ProgressDisplay(silent, processClock, true),
    stopRequested,
    command: 'a test',
    dir,
  })

type Files = Readonly<Record<string, string>>

/** Everything of a run that its seed decides, byte by byte. */
export interface LastingFiles {
  /** Lines of metrics without timings, and evaluations. */
  readonly results: Files
  /** Model, tokenizer and optimiser of the last one. */
  readonly checkpoint: Files
  readonly rollouts: Files
}

/** Reads them from a run directory. */
export function lastingFiles(dir: string): LastingFiles {
  const filesIn = (folder: string, leftOut = ''): Files =>
    Object.fromEntries(
      (existsSync(folder) ? readdirSync(folder).sort() : [])
        .filter((name) => name !== leftOut)
        .map((name) => [name, readFileSync(join(folder, name), 'latin1')]),
    )
  const metrics = readMetrics(dir).rows.map((row) => JSON.stringify(withoutTimings(row)))
  return {
    results: { ...filesIn(join(dir, 'evals')), metrics: metrics.join('\n') },
    // Times and lengths of log files stand in its state.
    checkpoint: filesIn(listCheckpoints(dir).at(-1)!.folder, 'state.json'),
    rollouts: filesIn(join(dir, 'rollouts')),
  }
}
