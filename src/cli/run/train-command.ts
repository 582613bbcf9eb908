// What `gradus train` does with its options: a new run, one taken up again, or a fork; and what it says at the end.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { GradusError, isGradusError } from '../../base/error.ts'
import { findResumePoint, type OpenRun, readRunInfo } from '../../store/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { engineSpec } from './engine-spec.ts'
import { processClock } from './host-facts.ts'
import { Interruption } from './interruption.ts'
import { knobNote } from './knob-note.ts'
import { changePlan, makePlan } from './make-plan.ts'
import { parseAssignments, type Settings } from './overrides.ts'
import { columnsOf, localData } from './problem-data.ts'
import { ProgressDisplay } from './progress.ts'
import { type DeviceName, type RunPlan, readPlan } from './run-plan.ts'
import { describeResults, runResults } from './run-results.ts'
import { RunFailure, type TrainResult, type TrainSetting, trainRun } from './train-run.ts'

/** Options of the verb. */
export interface TrainOptions {
  readonly task?: string
  readonly data?: string
  readonly columns?: string
  readonly levels?: readonly number[]
  readonly model?: string
  readonly set: readonly string[]
  readonly seed?: number
  readonly out?: string
  readonly resume?: string
  readonly fork?: boolean
  readonly overwrite?: boolean
  readonly dryRun?: boolean
  readonly device?: DeviceName
  readonly engine?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

type Intent = { readonly plan: RunPlan } & Pick<TrainSetting, 'dir' | 'forkOf' | 'onDifferent'>

/** Runs the verb. @throws `usage/...`, `config/...`, `data/...`, `store/...`, `train/...` */
export async function trainCommand(recipe: string | undefined, options: TrainOptions, shell: Shell): Promise<ExitCode> {
  const { io, command } = shell
  const started = processClock.nowMs()
  const { data: named } = options
  const data = named === undefined ? undefined : await localData(named, (line) => options.quiet || io.err(`${line}\n`))
  const intent = intentOf(recipe, { ...options, data })
  const { plan } = intent
  const note = knobNote(plan)
  const planNotes = note === undefined ? [] : [note]
  if (options.dryRun) {
    if (!options.quiet) for (const line of planNotes) io.err(`note: ${line}\n`)
    io.out(options.json ? `${JSON.stringify(plan)}\n` : describePlan(intent))
    return exitCodes.ok
  }
  const display = new ProgressDisplay(io, processClock, options.quiet === true)
  const done = (result: Pick<TrainResult, 'dir' | 'status'>): ExitCode => {
    const seconds = (processClock.nowMs() - started) / 1000
    const results = runResults(result.dir, plan, { status: result.status, seconds })
    const report = join(result.dir, 'report.html')
    io.out(
      options.json ? `${JSON.stringify(results)}\n` : describeResults(results, existsSync(report) ? report : undefined),
    )
    if (result.status === 'done') return exitCodes.ok
    io.err(`To go on: ${resumeCommand(result.dir)}\n`)
    return exitCodes.interrupted
  }
  try {
    return done(
      await interruptibly({ shell, display }, (control) =>
        trainRun(plan, { ...intent, ...control, command, planNotes }),
      ),
    )
  } catch (error) {
    if (isGradusError(error) && error.code === 'store/already-done' && intent.dir !== undefined) {
      display.line(`${intent.dir} is finished: there is nothing left to do.`)
      return done({ dir: intent.dir, status: 'done' })
    }
    throw error instanceof RunFailure ? withResume(error) : error
  }
}

/** The command that goes on with a run. */
export const resumeCommand = (dir: string): string =>
  `gradus train --resume ${/\s/.test(dir) ? JSON.stringify(dir) : dir}`

/** What {@link interruptibly} gives to the work. */
export type RunControl = Pick<TrainSetting, 'clock' | 'display' | 'stopRequested' | 'onOpen'>

/** Does work that Ctrl-C ends: once after the current step, twice at once, with exit code 3. */
export async function interruptibly<T>(
  {
    shell,
    display,
    resume = resumeCommand,
  }: {
    shell: Shell
    display: ProgressDisplay
    /** The command that goes on, given the outermost run's folder. */
    resume?: (dir: string) => string
  },
  work: (control: RunControl) => Promise<T>,
): Promise<T> {
  const opened: OpenRun[] = []
  const interruption = new Interruption({
    onRequest: () => display.line('Stopping after this step. Press Ctrl-C again to stop now.'),
    onForce: () => {
      display.clear()
      for (const run of opened.toReversed()) {
        try {
          run.close('interrupted', 'stopped at once by the user')
        } catch {}
      }
      if (opened.length > 0) shell.io.err(`Stopped. To go on: ${resume(opened[0].dir)}\n`)
      process.exit(exitCodes.interrupted)
    },
  })
  try {
    return await work({
      clock: processClock,
      display,
      stopRequested: () => interruption.requested,
      onOpen: (run) => opened.push(run),
    })
  } finally {
    interruption.dispose()
  }
}

function intentOf(recipe: string | undefined, options: TrainOptions): Intent {
  const { resume, fork, overwrite, out, set, seed = 1, device = 'cpu' } = options
  if (fork && overwrite) {
    throw new GradusError('usage/fork-or-overwrite', '--fork and --overwrite exclude each other', {
      hint: '--fork starts a new run beside the old one, --overwrite replaces it.',
    })
  }
  const settings = parseAssignments(set)
  if (resume !== undefined) return resumedIntent(resume, recipe, settings, options)
  if (recipe === undefined) {
    throw new GradusError('usage/no-recipe', 'no recipe was named', {
      hint: 'Such as: gradus train grpo --task countdown. See gradus recipes ls.',
    })
  }
  const parent = fork && out !== undefined && existsSync(join(out, 'run.json')) ? out : undefined
  const parentModel = parent === undefined ? undefined : findResumePoint(parent).checkpoint?.folder
  const { task, data, levels, engine, model = parentModel } = options
  const columns = options.columns === undefined ? undefined : columnsOf(options.columns)
  const plan = makePlan({ recipe, task, data, columns, levels, model, settings, seed, device, engine })
  if (parent !== undefined) return { plan, forkOf: parent }
  return { plan, dir: out, onDifferent: overwrite ? 'overwrite' : 'refuse' }
}

/** The plan lies in the run directory; only a fork or a new start may change it. */
function resumedIntent(dir: string, recipe: string | undefined, settings: Settings, options: TrainOptions): Intent {
  const { fork, overwrite } = options
  readRunInfo(dir)
  const plan = withEngine(readPlan(dir), options.engine)
  const given = [
    ...(['task', 'data', 'columns', 'levels', 'model', 'seed', 'out', 'device'] as const).filter(
      (name) => options[name] !== undefined,
    ),
    ...(Object.keys(settings).length > 0 && !fork && !overwrite ? ['set'] : []),
  ]
  if (given.length > 0 || (recipe !== undefined && recipe !== plan.recipe)) {
    const what = given.length > 0 ? `--${given[0]}` : `the recipe ${recipe}`
    throw new GradusError(
      'usage/resume-takes-no-settings',
      `${what} cannot be given with --resume: the run knows its own`,
      {
        hint: 'To go on with other settings in a new run: --resume DIR --fork --set NAME=VALUE.',
      },
    )
  }
  if (overwrite) return { plan: changePlan(plan, settings), dir, onDifferent: 'overwrite' }
  if (!fork) return { plan, dir }
  const model = findResumePoint(dir).checkpoint?.folder
  const start = model === undefined ? plan : { ...plan, model, shape: null, base: null }
  return { plan: changePlan(start, settings), forkOf: dir }
}

/** A server may have moved; another kind of engine would not be the same run. */
function withEngine(plan: RunPlan, engine: string | undefined): RunPlan {
  if (engine === undefined || engine === plan.engine) return plan
  if (engineSpec(engine).kind === engineSpec(plan.engine).kind) return { ...plan, engine }
  throw new GradusError('usage/other-engine', `the run was made with --engine ${plan.engine}, not ${engine}`, {
    hint: 'Leave --engine out, or give the new address of the same kind of server.',
  })
}

function withResume({ dir, cause, inBase }: RunFailure): unknown {
  if (!isGradusError(cause)) return cause
  const again = resumeCommand(dir)
  const isBlownUp = ['train/not-finite', 'train/all-failed'].includes(cause.code)
  const change = isBlownUp ? ` With a lower rate: ${again} --fork --set ${inBase ? 'base.' : ''}schedule.lr=1e-4` : ''
  return new GradusError(cause.code, cause.message, {
    hint: `${sentence(cause.hint ?? '')} To go on from the last checkpoint: ${again}.${change}`.trim(),
    cause,
  })
}

const sentence = (text: string): string => (text === '' || text.endsWith('.') ? text : `${text}.`)

function describePlan({ plan, dir, forkOf }: Intent): string {
  const where = forkOf === undefined ? (dir ?? 'a new folder in runs/') : `a new folder beside ${forkOf}`
  const from = plan.model ?? (plan.base ? `a base model made first by ${plan.base.recipe}` : 'fresh weights')
  return [
    `Would run ${plan.recipe} on ${plan.task} in ${where}, starting from ${from}.`,
    JSON.stringify(plan, null, 2),
    '',
  ].join('\n')
}
