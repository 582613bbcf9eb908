// Carries out a plan in a run directory: builds the base model in a directory of its own inside it when there is none,
// runs the recipe, writes the report. Doing it again in the same directory goes on where it was.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomic } from '../../base/atomic-file.ts'
import { isGradusError, messageOf } from '../../base/error.ts'
import type { Alert, Clock, RecipeSetting, Stage } from '../../contracts/index.ts'
import type { EventRow } from '../../contracts/run.ts'
import type { OpenRun, RunOptions } from '../../store/index.ts'
import {
  configDifferences,
  createRun,
  forkRun,
  listCheckpoints,
  openOrCreate,
  renderReport,
  reportOfRuns,
} from '../../store/index.ts'
import { readTokenizer } from '../../text/index.ts'
import { runRecipe } from '../../train/index.ts'
import { hostOf } from './engine-host.ts'
import { EngineNotes } from './engine-notes.ts'
import { engineSpec } from './engine-spec.ts'
import { writeFreshModel } from './fresh-model.ts'
import { gitRevision, hostFacts, versions } from './host-facts.ts'
import type { Settings } from './overrides.ts'
import { loadProblems } from './problem-data.ts'
import type { ProgressDisplay } from './progress.ts'
import { resolveConfig } from './resolve-config.ts'
import { basePlan, partsOf, type RunPlan, readPlan } from './run-plan.ts'

/** Where and how to carry out a plan. */
export interface TrainSetting {
  readonly clock: Clock
  readonly display: ProgressDisplay
  readonly stopRequested: () => boolean
  /** The command line, for run.json. */
  readonly command: string
  /** Exact folder of the run; without it one is made under `runs/`. */
  readonly dir?: string
  /** What to do when the folder holds a run with other settings; default `refuse`. */
  readonly onDifferent?: 'refuse' | 'overwrite'
  /** The run that this one is forked from: the new directory is made beside it. */
  readonly forkOf?: string
  /** What the lines of progress begin with; default the recipe's id. */
  readonly label?: string
  readonly isBase?: boolean
  /** What to say of the plan before it runs; kept with the run. */
  readonly planNotes?: readonly string[]
  /** Told of every run that is open, so that a forced end can close it. */
  readonly onOpen?: (run: OpenRun) => void
}

/** How it ended. */
export interface TrainResult {
  readonly dir: string
  readonly status: 'done' | 'interrupted'
  readonly step: number
}

/** A failure inside a run, with the directory that it is kept in. */
export class RunFailure extends Error {
  readonly dir: string
  /** True when it was the making of the base model that failed. */
  readonly inBase: boolean

  constructor(dir: string, cause: unknown, inBase: boolean) {
    super(messageOf(cause), { cause })
    this.dir = dir
    this.inBase = inBase
  }
}

/** Runs a plan to its end. @throws RunFailure for what goes wrong once the directory is open; `store/already-done` */
export async function trainRun(plan: RunPlan, setting: TrainSetting): Promise<TrainResult> {
  const { recipe, task } = partsOf(plan)
  const { display, clock, isBase = false } = setting
  const data = plan.data === null ? undefined : await loadProblems(plan.data, task)
  const config = resolveConfig({ schema: recipe.config, overrides: plan.config })
  const stages = recipe.stages(config as never, { task, data, seed: plan.seed } satisfies RecipeSetting)
  const notes = new EngineNotes(display)
  for (const note of setting.planNotes ?? []) notes.add(note, 'plan')
  const host = await hostOf(plan, notes.news)
  for (const note of (await host.prepare?.(stages)) ?? []) notes.add(note)
  const run = open(plan, stages, setting)
  setting.onOpen?.(run)
  try {
    const base = await modelOf(plan, run, setting)
    if (base === undefined) return finish(run, { dir: run.dir, status: 'interrupted', step: 0 })
    display.begin(setting.label ?? recipe.id, { isBase })
    notes.keepIn(run.sink)
    const { checkpoint, state } = run.resumed ?? {}
    if (state !== undefined) display.line(`${setting.label ?? recipe.id}  goes on after step ${state.step}`)
    const outcome = await runRecipe({
      stages,
      task,
      host,
      vocab: await readTokenizer(base),
      base,
      seed: plan.seed,
      sink: run.sink,
      clock,
      signal: new AbortController().signal,
      stopRequested: setting.stopRequested,
      ...(checkpoint !== undefined && state !== undefined && { resumed: { folder: checkpoint, state } }),
      onProgress: (progress) => display.update(progress),
    })
    return finish(run, { dir: run.dir, status: outcome.status, step: outcome.step })
  } catch (error) {
    // The first error is the one to report, even when the disk refuses this as well.
    quietly(() => run.close('failed', messageOf(error)))
    quietly(() => writeReport([run.dir], run.dir))
    const inBase = error instanceof RunFailure
    throw new RunFailure(run.dir, inBase ? error.cause : error, inBase)
  } finally {
    notes.close()
    display.clear()
  }
}

/** Writes `report.html` of some runs into a folder, and gives back its path. */
export function writeReport(runs: readonly string[], folder: string): string {
  const path = join(folder, 'report.html')
  writeFileAtomic(path, renderReport(reportOfRuns(runs)))
  return path
}

function finish(run: OpenRun, result: TrainResult): TrainResult {
  run.close(result.status, result.status === 'done' ? 'all steps done' : 'stopped by the user')
  writeReport([run.dir], run.dir)
  return result
}

function open(plan: RunPlan, stages: readonly Stage[], setting: TrainSetting): OpenRun {
  const { recipe } = partsOf(plan)
  const { clock, display, command, dir, onDifferent = 'refuse', forkOf } = setting
  const defaults = resolveConfig({ schema: recipe.config })
  const options: RunOptions = {
    clock,
    keep: keepOf(stages),
    recipe: plan.recipe,
    task: plan.task,
    config: plan,
    configDiff: Object.fromEntries(
      configDifferences(defaults, plan.config).flatMap(({ path, after }) =>
        after === undefined ? [] : [[path, after]],
      ),
    ),
    seeds: [plan.seed],
    versions: versions(),
    host: hostFacts(),
    git: gitRevision(),
    command,
    onEvent: (event) => event.kind === 'alert' && display.alert(alertOf(event)),
  }
  if (forkOf !== undefined) return forkRun(forkOf, options)
  if (dir === undefined) return createRun(options)
  const run = openOrCreate({ ...options, dir, onDifferent, mayDiffer: hasMoved(dir, plan) ? ['engine'] : [] })
  // What an older run with other settings built is of no use to this one.
  if (onDifferent === 'overwrite') rmSync(join(run.dir, 'base'), { recursive: true, force: true })
  return run
}

/** Whether a run is there whose server is of the same kind: it may be at another address now. */
function hasMoved(dir: string, { engine }: RunPlan): boolean {
  if (!existsSync(join(dir, 'run.json'))) return false
  return engineSpec(readPlan(dir).engine).kind === engineSpec(engine).kind
}

/** Most checkpoints that a run keeps, about: the first, the last two, and some between at even distances. */
const checkpointsKept = 20

function keepOf(stages: readonly Stage[]): { last: number; every: number } {
  const steps = stages.reduce((sum, stage) => sum + stage.steps, 0)
  const every = Math.min(...stages.map((stage) => stage.checkpointEvery))
  return { last: 2, every: every * Math.max(1, Math.ceil(steps / every / checkpointsKept)) }
}

/** Folder of the model that the run starts from; undefined when making it was interrupted. */
async function modelOf(plan: RunPlan, run: OpenRun, setting: TrainSetting): Promise<string | undefined> {
  if (plan.model !== null) return plan.model
  const base = basePlan(plan)
  if (base !== undefined) return baseModel(base, join(run.dir, 'base'), setting)
  const folder = join(run.dir, 'initial')
  await writeFreshModel(folder, partsOf(plan).task, plan.shape as Settings, plan.seed)
  return folder
}

async function baseModel(plan: RunPlan, dir: string, setting: TrainSetting): Promise<string | undefined> {
  const inner: TrainSetting = {
    ...setting,
    planNotes: [],
    dir,
    forkOf: undefined,
    onDifferent: 'refuse',
    label: 'base',
    isBase: true,
  }
  try {
    const { status } = await trainRun(plan, inner)
    if (status === 'interrupted') return undefined
  } catch (error) {
    if (isGradusError(error) && error.code === 'store/different-config') {
      // Left from before this run was overwritten.
      const { status } = await trainRun(plan, { ...inner, onDifferent: 'overwrite' })
      if (status === 'interrupted') return undefined
    } else if (!(isGradusError(error) && error.code === 'store/already-done')) throw error
  }
  return listCheckpoints(dir).at(-1)?.folder
}

function alertOf(event: EventRow): Pick<Alert, 'name' | 'step' | 'message' | 'hint'> {
  const { name, step, message, hint } = event
  return { name: String(name), step: Number(step), message: String(message), hint: String(hint) }
}

function quietly(action: () => unknown): void {
  try {
    action()
  } catch {}
}
