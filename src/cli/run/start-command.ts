// The main job: a base model, one-shot RLVR and full-set RLVR from it, and the three compared on the same problems.
// Each part is a run directory of its own; what is finished is not done again.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeError } from '../../base/atomic-file.ts'
import { GradusError, isGradusError } from '../../base/error.ts'
import { hash32 } from '../../base/rng.ts'
import type { Knobs } from '../../contracts/index.ts'
import type { Evaluation } from '../../eval/index.ts'
import { findTask } from '../../tasks/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { evaluateModel } from './evaluate-model.ts'
import { peakRssMb, processClock } from './host-facts.ts'
import { makePlan } from './make-plan.ts'
import { findModel } from './model-source.ts'
import { isSettings, overlay, parseAssignments, type Settings } from './overrides.ts'
import { ProgressDisplay } from './progress.ts'
import { unknownKeyIn } from './resolve-config.ts'
import type { RunPlan } from './run-plan.ts'
import { type StartPlan, startPlan } from './start-plan.ts'
import { describeStart, type StartPart, startJson, writeStartReport } from './start-results.ts'
import { interruptibly, type RunControl } from './train-command.ts'
import { RunFailure, trainRun } from './train-run.ts'

/** Options of the verb. */
export interface StartOptions {
  readonly out?: string
  readonly seed: number
  readonly set: readonly string[]
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Runs the verb. @throws `config/...`, `store/...`, `train/...` */
export async function startCommand(options: StartOptions, shell: Shell): Promise<ExitCode> {
  const started = processClock.nowMs()
  const plan = planOf(parseAssignments(options.set))
  const out = resolve(options.out ?? newFolder())
  const display = new ProgressDisplay(shell.io, processClock, options.quiet === true)
  // Folders of the parts are the command's own business, so a run that stops is taken up by the same command.
  const resume = `gradus start --out ${out}${options.seed === 1 ? '' : ` --seed ${options.seed}`}${options.set.map((set) => ` --set '${set}'`).join('')}`
  const seconds = (): number => Math.round((processClock.nowMs() - started) / 100) / 10
  try {
    makeFolder(out)
    const parts = await interruptibly({ shell, display, resume: () => resume }, (control) =>
      runParts(plan, out, { control, seed: options.seed, command: shell.command, display }),
    )
    if (parts === undefined) {
      shell.io.err(`To go on: ${resume}\n`)
      return exitCodes.interrupted
    }
    const report = writeStartReport(out, parts, resume)
    const facts = { seconds: seconds(), peakRssMb: peakRssMb(), report }
    shell.io.out(options.json ? `${JSON.stringify(startJson(parts, facts))}\n` : describeStart(parts, facts))
    return exitCodes.ok
  } catch (error) {
    const cause = error instanceof RunFailure ? error.cause : error
    if (!(error instanceof RunFailure) || !isGradusError(cause)) throw cause
    throw new GradusError(cause.code, cause.message, { hint: `${cause.hint ?? ''} To go on: ${resume}`.trim(), cause })
  }
}

interface Setting {
  readonly control: RunControl
  readonly seed: number
  readonly command: string
  readonly display: ProgressDisplay
}

/** The three runs and their evaluations; undefined when interrupted. */
async function runParts(plan: StartPlan, out: string, setting: Setting): Promise<readonly StartPart[] | undefined> {
  const { seed, display, control } = setting
  const { model: shape, ...baseSettings } = plan.base
  const common = { task: plan.task, seed, device: 'cpu' } as const
  const base = join(out, 'base')
  const settings = { ...baseSettings, ...(isSettings(shape) && { base: { model: shape } }) }
  const basePlan = makePlan({ ...common, recipe: 'sft', settings })
  if (!(await runPart('base', basePlan, base, setting))) return undefined
  const parts: { name: StartPart['name']; dir: string; plan: RunPlan }[] = [{ name: 'base', dir: base, plan: basePlan }]
  for (const { name, recipe, own } of [
    { name: 'one-shot', recipe: 'one-shot-rlvr', own: plan.one_shot },
    { name: 'full', recipe: 'grpo', own: plan.full },
  ] as const) {
    const dir = join(out, name)
    const partPlan = makePlan({ ...common, recipe, model: base, settings: own })
    if (!(await runPart(name, partPlan, dir, setting))) return undefined
    parts.push({ name, dir, plan: partPlan })
  }
  const evaluated: StartPart[] = []
  for (const part of parts) {
    if (control.stopRequested()) return undefined
    evaluated.push({ name: part.name, dir: part.dir, evaluation: await compare(part, plan, { seed, display }) })
  }
  return evaluated
}

/** False when it was interrupted. */
async function runPart(label: string, plan: RunPlan, dir: string, { control, command }: Setting): Promise<boolean> {
  if (control.stopRequested()) return false
  try {
    const { status } = await trainRun(plan, { ...control, command, dir, label, isBase: label === 'base' })
    return status === 'done'
  } catch (error) {
    if (!(isGradusError(error) && error.code === 'store/already-done')) throw error
    control.display.line(`${label}  is there already`)
    return true
  }
}

function compare(
  { name, dir, plan }: { name: string; dir: string; plan: RunPlan },
  { task: id, problems, full }: StartPlan,
  { seed, display }: { seed: number; display: ProgressDisplay },
): Promise<Evaluation> {
  const task = findTask(id)
  const knobs = (full.knobs ?? plan.config.knobs ?? {}) as Knobs
  const { rollout, maxTokens } = plan.config
  const limit = isSettings(rollout) ? rollout.maxTokens : maxTokens
  const label = `evaluating ${name} on ${problems} test problems`
  display.line(label)
  return evaluateModel({
    folder: findModel(dir).folder,
    task,
    problems: Array.from({ length: problems }, (_, i) => task.problem('test', i, knobs)),
    samples: 1,
    k: [1],
    temperature: 1,
    maxTokens: Number(limit),
    seed,
    display,
    label,
  })
}

function planOf(overrides: Settings): StartPlan {
  const keys = Object.keys(startPlan)
  for (const key of Object.keys(overrides)) if (!keys.includes(key)) throw unknownKeyIn(keys, key)
  const plan = overlay({ ...startPlan }, overrides) as unknown as StartPlan
  if (Number.isInteger(plan.problems) && plan.problems >= 1) return plan
  throw new GradusError(
    'config/bad-value',
    `"problems" cannot be ${JSON.stringify(plan.problems)}: expected a whole number, 1 or more`,
  )
}

function newFolder(): string {
  const now = processClock.iso()
  return join('runs', `${now.slice(0, 10)}-start-${hash32(`${now}/${process.pid}`).toString(36).slice(-6)}`)
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw writeError(error, folder)
  }
}
