// What `gradus lab run` does: plans all runs, carries out those that are not there yet, and says what was found.
import { isGradusError } from '../../base/error.ts'
import {
  type Lab,
  type LabRequest,
  lockLab,
  planLab,
  type QueueItem,
  type QueueOutcome,
  runQueue,
  standingOf,
  writeLabReport,
  writeManifest,
} from '../../lab/index.ts'
import type { OpenRun } from '../../store/index.ts'
import { type ExitCode, exitCodes, formatError } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { processClock } from './host-facts.ts'
import { labPlanner, refuseUnused } from './lab-planner.ts'
import { type LabRunOptions, labRequest } from './lab-request.ts'
import { describeLab, describeQueue, type ListedRun } from './lab-text.ts'
import { parseAssignments } from './overrides.ts'
import { ProgressDisplay } from './progress.ts'
import type { RunPlan } from './run-plan.ts'
import { interruptibly, type RunControl } from './train-command.ts'
import { RunFailure, trainRun } from './train-run.ts'

/** Runs the verb. @throws `usage/...`, `config/...`, `store/disk-full`, `store/not-writable` */
export async function labRunCommand(options: LabRunOptions, shell: Shell): Promise<ExitCode> {
  const { io } = shell
  const settings = parseAssignments(options.set)
  const request = labRequest(options, settings, shell)
  const planner = labPlanner(settings)
  const lab = planLab(request, planner)
  refuseUnused(settings, [...new Set(Object.values(lab.manifest.arms).map((arm) => arm.recipe))])
  const listed: readonly ListedRun[] = lab.queue.map(({ testbed, title, dir }) => {
    return { testbed, title, dir, standing: standingOf(dir) }
  })
  if (options.dryRun) {
    io.out(options.json ? `${JSON.stringify({ runs: listed })}\n` : describeQueue(listed))
    return exitCodes.ok
  }
  const done = listed.filter(({ standing }) => standing === 'done').length
  const unlock = done < listed.length ? lockLab(request.out) : () => {}
  try {
    return await runLab({ request, lab, listed, done, startingFrom: planner.startingFrom }, options, shell)
  } finally {
    unlock()
  }
}

interface PlannedLab {
  readonly request: LabRequest
  readonly lab: Lab<RunPlan>
  readonly listed: readonly ListedRun[]
  readonly done: number
  readonly startingFrom: Setting['startingFrom']
}

async function runLab(
  { request, lab, listed, done, startingFrom }: PlannedLab,
  options: LabRunOptions,
  shell: Shell,
): Promise<ExitCode> {
  const { io, command } = shell
  writeManifest(request.out, lab.manifest)
  const display = new ProgressDisplay(io, processClock, options.quiet === true)
  display.line(`${listed.length} runs${done === 0 ? '' : `, ${done} of them done`}, in ${request.out}`)
  // Should this be killed, the report on the disk says what is missing and not what an earlier command had found.
  if (done < listed.length) writeLabReport(request.out, lab.manifest)
  const { status, failures } = await interruptibly({ shell, display, resume: () => command }, (control) =>
    runAll(lab, { startingFrom, control, shell, chosen: request.testbed.id }),
  )
  if (status === 'interrupted') {
    // What there is can be read meanwhile, with what is missing.
    writeLabReport(request.out, lab.manifest)
    io.err(`To go on: ${command}\n`)
    return exitCodes.interrupted
  }
  const claims = show(request, lab, { json: options.json, io })
  if (failures.length > 0) return exitCodes.failed
  const hold = claims.every(({ outcome }) => outcome === 'held' || outcome === 'inconclusive')
  return options.check && !hold ? exitCodes.checkFailed : exitCodes.ok
}

interface Setting {
  readonly startingFrom: (plan: RunPlan, dir: string) => RunPlan
  readonly control: RunControl
  readonly shell: Shell
  /** Testbed that lines of progress need not name. */
  readonly chosen: string
}

function runAll(lab: Lab<RunPlan>, { startingFrom, control, shell, chosen }: Setting): Promise<QueueOutcome> {
  const { display, stopRequested } = control
  const count = lab.queue.length
  return runQueue(lab.queue, {
    startingFrom,
    stopRequested,
    train: (plan, item) => trainOne(plan, item, { control, command: shell.command }),
    onRun({ title, testbed, startsFrom }, number) {
      const where = testbed === chosen || startsFrom === undefined ? '' : ` on ${testbed}`
      display.line(`run ${number}/${count}  ${title}${where}`)
    },
    // An error, so it is told with --quiet as well.
    onFailure: ({ title, dir, error }) => shell.io.err(`${title} failed (${dir}): ${formatError(error)}`),
  })
}

/** Trains a plan of a queue in its directory. */
export async function trainOne(
  plan: RunPlan,
  { dir, title, startsFrom }: QueueItem<RunPlan>,
  { control, command, isBase = startsFrom === undefined }: { control: RunControl; command: string; isBase?: boolean },
): Promise<'done' | 'interrupted'> {
  let isOver = false
  // A second Ctrl-C closes what is open: the run of the moment, and none of those before it.
  const onOpen = (run: OpenRun): void => {
    const close: OpenRun['close'] = (status, reason) => {
      if (!isOver) run.close(status, reason)
    }
    control.onOpen?.({ ...run, close })
  }
  try {
    const { status } = await trainRun(plan, { ...control, onOpen, command, dir, label: title, isBase })
    return status
  } catch (error) {
    if (isGradusError(error) && error.code === 'store/already-done') return 'done'
    throw error instanceof RunFailure ? error.cause : error
  } finally {
    isOver = true
  }
}

/** Prints what was found and writes the report; gives back the claims. */
function show(
  { out }: LabRequest,
  { manifest }: Lab<RunPlan>,
  { json, io }: { json: boolean | undefined; io: Shell['io'] },
) {
  const { results, path: report, page } = writeLabReport(out, manifest)
  io.out(json ? `${JSON.stringify({ ...results, report })}\n` : describeLab(results, [report, page]))
  return results.claims
}
